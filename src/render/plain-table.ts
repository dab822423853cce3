// Plain columns for a terminal: a header, two spaces between, long cells wrapped where the whole would be too wide.
import { visibleText } from '../base/safe-text.ts'
import { padEnd, textWidth } from '../base/text-width.ts'

const GAP = 2
const NARROWEST = 10

/** Lines of a table. With a `width`, the widest columns are wrapped until it fits; without, nothing is. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[], width?: number): string[] {
  const cells = [header, ...rows.map(row => row.map(visibleText))]
  const widths = header.map((_, column) => Math.max(...cells.map(row => textWidth(row[column] ?? ''))))
  if (width !== undefined) shrink(widths, longestWords(cells, widths.length), width)
  return cells.flatMap(row => formatRow(row, widths))
}

/** A text in lines of at most `width` columns, broken at spaces where there are any. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap(part => splitWord(part, width))) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

function formatRow(row: readonly string[], widths: readonly number[]): string[] {
  const wrapped = widths.map((width, column) => wrapText(row[column] ?? '', width))
  const height = Math.max(...wrapped.map(lines => lines.length))
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, column) => padEnd(wrapped[column]![line] ?? '', width))
      .join(' '.repeat(GAP))
      .trimEnd(),
  )
}

/** Takes columns from the widest first: down to their longest word, and then, if that is not enough, below it. */
function shrink(widths: number[], words: readonly number[], width: number): void {
  const gaps = GAP * (widths.length - 1)
  let over = widths.reduce((sum, columns) => sum + columns, gaps) - width
  for (const floors of [words, widths.map(() => NARROWEST)]) {
    while (over > 0) {
      const room = widths.map((columns, column) => (columns > floors[column]! ? columns : 0))
      const widest = Math.max(...room)
      if (widest === 0) break
      widths[room.indexOf(widest)] = widest - 1
      over--
    }
  }
}

function longestWords(cells: readonly (readonly string[])[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) =>
    Math.max(...cells.flatMap(row => (row[column] ?? '').split(' ').map(textWidth))),
  )
}

function splitWord(word: string, width: number): string[] {
  const parts: string[] = []
  let rest = word
  while (textWidth(rest) > width) {
    const characters = [...rest]
    let length = 0
    let columns = 0
    while (length < characters.length && columns + textWidth(characters[length]!) <= width)
      columns += textWidth(characters[length++]!)
    parts.push(characters.slice(0, Math.max(1, length)).join(''))
    rest = characters.slice(Math.max(1, length)).join('')
  }
  return [...parts, rest]
}
