// A section as a Markdown table that is also readable as plain text, for a chat that does not render it.
import { largestOf } from '../base/lists.ts'
import { markdownText } from '../base/safe-text.ts'
import { padEnd, padStart, textWidth } from '../base/text-width.ts'
import type { Section } from '../report/model/report.ts'
import { buildTextTable, type TextColumn } from './text-table.ts'

/** Cells that are longer do not widen their column. */
const WIDEST_CELL = 40
/** What a chat or an issue would turn into a link, or into a message to somebody. */
const LINKED = /@|:\/\/|www\.|#\d/i

export function renderMarkdownTable(section: Section, wanted: readonly string[] | null): string {
  const { columns, rows } = buildTextTable(section, wanted)
  const written = columns.map(writeColumn)
  const lines = ['head', 'rule', ...rows.keys()].map(
    (_, line) => `| ${written.map(cells => cells[line]!).join(' | ')} |`,
  )
  return lines.join('\n')
}

// The head, the rule and the cells, all of one width.
function writeColumn({ title, alignment, cells, isName }: TextColumn): string[] {
  const texts = [markdownText(title), ...cells.map(cell => (isName ? markdownName(cell) : markdownNumber(cell)))]
  const width = largestOf(
    texts.map(textWidth).filter(length => length <= WIDEST_CELL),
    3,
  )
  const pad = alignment === 'left' ? padEnd : padStart
  const rule = alignment === 'left' ? `:${'-'.repeat(width - 1)}` : `${'-'.repeat(width - 1)}:`
  const [head, ...body] = texts.map(text => pad(text, width))
  return [head!, rule, ...body]
}

// A sign in a cell begins no list.
function markdownNumber(text: string): string {
  return markdownText(text).replace(/^\\(?=[-+])/, '')
}

function markdownName(text: string): string {
  return LINKED.test(text) ? codeSpan(text) : markdownText(text)
}

// A code span is fenced by more backticks than stand in a row inside; only the bar is still the table's.
function codeSpan(text: string): string {
  const longest = largestOf(
    [...text.matchAll(/`+/g)].map(([run]) => run.length),
    0,
  )
  const fence = '`'.repeat(longest + 1)
  const space = longest > 0 ? ' ' : ''
  return `${fence}${space}${text.replaceAll('|', '\\|')}${space}${fence}`
}
