// Writes the table of scrubbed messages into docs/capture.md, from the cases that the tests run.
import { readFileSync } from 'node:fs'
import { loadSource, writeGenerated } from './generated.mjs'

const PAGE = 'docs/capture.md'
const { SCRUB_CASES } = await loadSource('test/capture/scrub-cases.ts')
const rows = Object.values(SCRUB_CASES)
  .flat()
  .map(({ message, logged }) => `| ${code(message)} | ${message === logged ? 'as it is' : code(logged)} |`)
const table = ['| message | logged |', '| --- | --- |', ...rows].join('\n')
const page = readFileSync(PAGE, 'utf8')
const made = page.replace(
  /(<!-- scrubbed: [^\n]*-->\n)[\s\S]*?(<!-- \/scrubbed -->)/,
  (_, begin, end) => `${begin}\n${table}\n\n${end}`,
)
writeGenerated(PAGE, made, 'npm run docs')

function code(text) {
  return `\`${text.replaceAll('\n', ' ').replaceAll('|', '\\|')}\``
}
