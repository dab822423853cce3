// Writes the names of an event's fields into the docs, from the list that the reader and the logger are made of:
// the table in docs/logs-and-formats.md, and the names that the logger takes in docs/capture.md.
import { readFileSync } from 'node:fs'
import { loadSource, writeGenerated } from './generated.mjs'

const { FIELDS, READ_FIELDS } = await loadSource('src/event/fields.ts')
const { inputName } = await loadSource('src/capture/event-input.ts')
const rows = READ_FIELDS.map(({ name, aliases, kind, help }) => {
  const others = aliases.map(alias => `\`${alias}\``).join(' ')
  return `| \`${name}\` | ${others} | ${kind} | ${help} |`
})
const table = ['| field | also accepted | read as | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n')
writePart('docs/logs-and-formats.md', 'fields', table)

// The kind of an event is the method that logs it.
const names = FIELDS.filter(({ name }) => name !== 'event').map(({ name }) => `\`${inputName(name)}\``)
writePart(
  'docs/capture.md',
  'names',
  names
    .join(' ')
    .replace(/(.{1,118})( |$)/g, '$1\n')
    .trimEnd(),
)

function writePart(path, part, text) {
  const between = new RegExp(`(<!-- ${part}: [^\\n]*-->\\n)[\\s\\S]*?(<!-- /${part} -->)`)
  const made = readFileSync(path, 'utf8').replace(between, (_, begin, end) => `${begin}\n${text}\n\n${end}`)
  writeGenerated(path, made, 'npm run docs')
}
