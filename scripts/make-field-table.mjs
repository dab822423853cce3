// Writes the table of fields into docs/logs-and-formats.md, from the list that the reader is made of.
import { readFileSync } from 'node:fs'
import { loadSource, writeGenerated } from './generated.mjs'

const PAGE = 'docs/logs-and-formats.md'
const { READ_FIELDS } = await loadSource('src/event/fields.ts')
const rows = READ_FIELDS.map(({ name, aliases, kind, help }) => {
  const others = aliases.map(alias => `\`${alias}\``).join(' ')
  return `| \`${name}\` | ${others} | ${kind} | ${help} |`
})
const table = ['| field | also accepted | read as | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n')
const page = readFileSync(PAGE, 'utf8')
const made = page.replace(/(<!-- fields: [^\n]*-->\n)[\s\S]*?(<!-- \/fields -->)/, `$1\n${table}\n\n$2`)
writeGenerated(PAGE, made, 'npm run docs')
