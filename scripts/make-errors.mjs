// Makes docs/errors.md from the golden cases in test/cases/errors, each of which triggers the error it is named for.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeGenerated } from './generated.mjs'

const CASES = 'test/cases/errors'
const EXITS = {
  1: 'could not do all of it',
  2: 'wrong usage or configuration',
  3: 'a check said no',
  4: 'conflict',
  5: 'an alert fired',
}

const byCode = new Map()
for (const name of readdirSync(CASES).sort()) {
  const code = name.split('.')[0]
  byCode.set(code, [...(byCode.get(code) ?? []), name])
}
const text = [
  '# Errors',
  '<!-- Made by "npm run docs" from test/cases/errors. -->',
  [
    'Every error has a code that stays the same from version to version. With `--format json`, and with `USAGEBOOK_ERRORS=json`',
    'whatever the format, it is in the one JSON object on stderr: `{"error":{"code":"unknown-command","message":…,"hint":…}}`.',
    'The last line of an error says what to do. `<root>` stands for the folder of the workspace.',
  ].join('\n'),
  ...[...byCode].map(([code, names]) =>
    [`## ${code}`, `Exit code ${exitOf(names[0])}.`, ...names.map(example)].join('\n\n'),
  ),
].join('\n\n')
writeGenerated('docs/errors.md', `${text}\n`, 'npm run docs')

function exitOf(name) {
  const code = read(name, 'code').trim().split(' ').at(-1)
  return `${code}: ${EXITS[code]}`
}

function example(name) {
  const lines = read(name, 'cmd')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
  // Several runs print their line themselves.
  const typed = lines.length === 1 ? `$ ${lines[0]}\n` : ''
  return `\`\`\`text\n${typed}${read(name, 'stderr')}\`\`\``
}

function read(name, file) {
  const path = join(CASES, name, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
