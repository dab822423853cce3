// Runs the commands of README.md and docs/*.md in a copy of this workspace, and writes their output where it is shown.
//
// In a block marked sh, every line that begins with `usagebook` (or `npx usagebook`, or `$ usagebook`) is run by bash; other
// lines are left alone. It must end with 0, or with the code that a comment names: `# exit 3`. A block marked text, json,
// csv or md right after it shows what the lines print. With --check nothing is written, and a difference ends with 1.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const PARTS = [
  'usage_logs',
  'profiles',
  'clients.json',
  'prices.json',
  'chargeback.json',
  'usagebook.config.json',
  'reports',
]
const GENERATED = ['docs/reference.md', 'docs/errors.md']
const BLOCK = /^```sh\n([\s\S]*?)^```\n(?:(\n*```(?:text|json|csv|md)\n)([\s\S]*?)^```\n)?/gm
const RUNNABLE = /^(?:\$ )?(?:npx )?(usagebook\b.*)$/
const isCheck = process.argv.includes('--check')

const documents = [
  'README.md',
  ...readdirSync('docs')
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
]
for (const path of documents) {
  if (existsSync(path) && !GENERATED.includes(path)) updateDocument(path)
}

function updateDocument(path) {
  const before = readFileSync(path, 'utf8')
  const home = mkdtempSync(join(tmpdir(), 'usagebook-docs-'))
  try {
    const root = join(home, 'workspace')
    for (const part of PARTS) if (existsSync(part)) cpSync(part, join(root, part), { recursive: true })
    const after = before.replace(BLOCK, (block, lines, opening, shown) => {
      const commands = lines.split('\n').flatMap(line => RUNNABLE.exec(line)?.[1] ?? [])
      const output = commands.map(command => run(command, root, home, path)).join('')
      if (opening === undefined || commands.length === 0 || shown === output) return block
      return `\`\`\`sh\n${lines}\`\`\`\n${opening}${output}\`\`\`\n`
    })
    if (after === before) return
    if (isCheck) {
      console.error(`${path} shows other output than its commands print. Run "npm run docs" and read the difference.`)
      process.exitCode = 1
    } else {
      writeFileSync(path, after)
      console.log(`${path} written`)
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** What a command line prints on a terminal that is 80 columns wide and has no colours. */
function run(command, root, home, path) {
  const script = `usagebook() { '${process.execPath}' '${resolve('bin/usagebook.js')}' "$@"; }\n${command}`
  const done = spawnSync('bash', ['-c', script], {
    cwd: root,
    encoding: 'utf8',
    // stderr after stdout, as a reader of the page expects it.
    env: {
      PATH: process.env.PATH,
      HOME: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      COLUMNS: '80',
      NO_COLOR: '1',
      USAGEBOOK_NOW: '2026-02-03T08:00:00Z',
      USAGEBOOK_USER: 'anna@diageo.com',
    },
  })
  const expected = Number(/# exit (\d+)\s*$/.exec(command)?.[1] ?? 0)
  if (done.status !== expected) {
    console.error(`${path}: "${command}" ended with ${done.status} and not with ${expected}.\n${done.stderr}`)
    process.exitCode = 1
  }
  return (
    `${done.stdout}${done.stderr}`
      .replaceAll(root, '.')
      // Drawn anew in every run.
      .replace(/\bub_[0-9A-Za-z]{30}\b/g, '<token>')
      .replace(/\/(share|login)\/[0-9A-Za-z]{40}\b/g, '/$1/<secret>')
  )
}
