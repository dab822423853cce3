// Writes the index at the top of docs/decisions.md. Its subjects are kept as they are; a decision that has none yet is put
// under "Not sorted yet", to be moved by hand.
import { readFileSync } from 'node:fs'
import { writeGenerated } from './generated.mjs'

const PAGE = 'docs/decisions.md'
const INDEX = /(<!-- index: [^\n]*-->\n)([\s\S]*?)(<!-- \/index -->)/
const UNSORTED = 'Not sorted yet'

const page = readFileSync(PAGE, 'utf8')
const subjectOf = new Map()
const subjects = new Map()
let subject = UNSORTED
for (const line of page.match(INDEX)[2].split('\n')) {
  const [, named] = /^\*\*(.+)\*\*$/.exec(line) ?? []
  const [, anchor] = /^- \[.*\]\(#(.+)\)$/.exec(line) ?? []
  if (named !== undefined) {
    subject = named
    subjects.set(subject, [])
  } else if (anchor !== undefined) subjectOf.set(anchor, subject)
}
subjects.set(UNSORTED, subjects.get(UNSORTED) ?? [])
for (const [, heading, title] of page.matchAll(/^## (\d{4}-\d{2}-\d{2}: (.+))$/gm)) {
  const anchor = anchorOf(heading)
  subjects.get(subjectOf.get(anchor) ?? UNSORTED).push(`- [${title}](#${anchor})`)
}
const index = [...subjects]
  .filter(([, links]) => links.length > 0)
  .map(([name, links]) => `\n**${name}**\n\n${links.join('\n')}\n`)
  .join('')
writeGenerated(
  PAGE,
  page.replace(INDEX, (_, begin, __, end) => `${begin}${index}\n${end}`),
  'npm run docs',
)

// As GitHub makes it.
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .replaceAll(' ', '-')
}
