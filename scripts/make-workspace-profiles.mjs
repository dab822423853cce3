// Makes profiles/ and clients.json of the workspace in this repository, by the commands that people would use, at the
// times of the story that usage_logs/ tells. With --check nothing is written, and a difference ends with 1.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = mkdtempSync(join(tmpdir(), 'usagebook-profiles-'))

const ANNA = 'anna@diageo.com'
const BEN = 'ben@diageo.com'
const HUGO = 'hugo@loreal.com'

run('2026-01-09T09:00:00Z', ANNA, ['client', 'add', 'diageo', '--name', 'Diageo'])
run('2026-01-09T09:01:00Z', ANNA, ['client', 'add', 'unilever', '--name', 'Unilever'])
run('2026-01-09T09:02:00Z', ANNA, ['client', 'add', 'loreal', '--name', "L'Oréal"])
run('2026-01-09T09:03:00Z', ANNA, ['client', 'add', 'nestle', '--name', 'Nestlé', '-m', 'starts on 19 January'])

create('2026-01-09T10:00:00Z', ANNA, 'diageo,unilever,nestle', {
  name: 'Brand check',
  description: 'Does a picture follow the rules of the brand?',
  model: 'gpt-4o',
  pass_threshold: 80,
  checks: {
    ...checks('logo_present logo_size logo_clear_space', 2),
    ...checks('colours typography layout imagery tagline legal_line contrast', 1),
  },
})
create('2026-01-09T10:20:00Z', ANNA, 'all', {
  name: 'Product claims',
  description: 'Is every claim about a product supported by the sheet of claims?',
  model: 'claude-sonnet-4-5',
  pass_threshold: 90,
  checks: checks('health nutrition origin comparison superlative footnotes', 1),
})
create('2026-01-09T10:40:00Z', BEN, 'diageo,unilever', {
  name: 'Legal review',
  description: 'What should a lawyer read in this contract?',
  model: 'claude-sonnet-4-5',
  pass_threshold: 95,
  checks: checks(
    'parties term renewal termination fees currency late_payment tax liability indemnity warranty ip_ownership licence ' +
      'confidentiality data_protection audit assignment force_majeure law venue',
    1,
  ),
})
create('2026-01-09T11:00:00Z', BEN, 'all', {
  name: 'Tone of voice',
  model: 'claude-haiku-4-5',
  pass_threshold: 70,
  checks: checks('warm clear inclusive no_jargon', 1),
})
create('2026-01-09T11:20:00Z', HUGO, 'loreal,nestle', {
  name: 'Packaging',
  description: 'Is everything on the pack that must be?',
  model: 'gemini-2.5-flash',
  pass_threshold: 100,
  checks: checks('ingredients volume batch_code best_before recycling barcode address warnings languages', 1),
})

const FIRST_USES = {
  diageo: ['brand_check', 'tone_of_voice', 'product_claims', 'legal_review'],
  unilever: ['legal_review', 'product_claims', 'brand_check'],
  loreal: ['product_claims', 'tone_of_voice', 'packaging'],
}
for (const [client, profiles] of Object.entries(FIRST_USES)) {
  for (const profile of profiles) run('2026-01-09T12:00:00Z', ANNA, ['client', 'assign', client, profile])
}

edit('2026-01-14T18:30:00Z', BEN, 'brand_check', 'alcohol needs its own two checks', [
  'pass_threshold=85',
  'checks.responsible_drinking={"enabled": true, "weight": 3}',
  'checks.age_gate={"enabled": true, "weight": 3}',
])
for (const profile of ['packaging', 'brand_check']) {
  run('2026-01-16T09:00:00Z', ANNA, ['client', 'assign', 'nestle', profile])
}
edit('2026-01-21T18:00:00Z', ANNA, 'product_claims', 'rules of 2026 on green claims', [
  'checks.green_claims={"enabled": true, "weight": 2}',
  'checks.carbon={"enabled": true, "weight": 2}',
])
edit('2026-01-26T19:00:00Z', BEN, 'brand_check', 'the small model does as well', [
  'model=gpt-4o-mini',
  'checks.background={"enabled": true, "weight": 1}',
  'checks.cropping={"enabled": true, "weight": 1}',
])

const made = ['clients.json', ...readdirSync(join(root, 'profiles')).map(name => `profiles/${name}`)]
const there = existsSync('profiles') ? readdirSync('profiles').map(name => `profiles/${name}`) : []
const wrong = made.filter(
  path => !existsSync(path) || readFileSync(path, 'utf8') !== readFileSync(join(root, path), 'utf8'),
)
const strays = there.filter(path => !made.includes(path))
if (!process.argv.includes('--check')) {
  rmSync('profiles', { recursive: true, force: true })
  for (const path of made) cpSync(join(root, path), path)
} else if (wrong.length + strays.length > 0) {
  console.error(`${[...wrong, ...strays].join(', ')} not current. Run "npm run story" and read the difference.`)
  process.exitCode = 1
}
rmSync(root, { recursive: true })

function checks(names, weight) {
  return Object.fromEntries(names.split(' ').map(name => [name, { enabled: true, weight }]))
}

function create(at, by, visibleTo, content) {
  run(at, by, ['profile', 'create', '--file', '-', '--visible-to', visibleTo], JSON.stringify(content))
}

function edit(at, by, id, message, sets) {
  run(at, by, ['profile', 'edit', id, '-m', message, ...sets.flatMap(set => ['--set', set])])
}

function run(at, by, words, input) {
  const argv = [resolve('bin/usagebook.js'), ...words, '--by', by, '--root', root]
  const env = { ...process.env, USAGEBOOK_NOW: at }
  const done = spawnSync(process.execPath, argv, { input, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`usagebook ${words.join(' ')} ended with ${done.status}: ${done.stderr}`)
}
