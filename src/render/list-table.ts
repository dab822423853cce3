// Lists for a terminal: profiles, clients, prices, checks. Columns two spaces apart, without lines, laid out by
// cli-table3, which is loaded when a list is drawn. The build makes it measure text with base/text-width.ts.
import { addAll, largestOf } from '../base/lists.ts'
import { visibleText } from '../base/safe-text.ts'
import { textWidth } from '../base/text-width.ts'
import { breakText } from './wrap-text.ts'

export type Alignment = 'left' | 'right'

const GAP = '  '
const NARROWEST = 10
const COLOR_CODES = /\u001b\[[\d;]*m/g
// cli-table3 compares all rows of a table with each other: 1,784 prices at once take a second.
const ROWS_AT_ONCE = 50
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: GAP,
}

/** Lines of a list with a header. With a `width`, the widest columns are wrapped until it fits; without, nothing is. */
export async function listWithHeader(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width?: number,
): Promise<string[]> {
  const cells = [header, ...rows.map(row => row.map(visibleText))]
  if (width === undefined) return await layOutList(cells)
  const widths = header.map((_, column) => largestOf(cells.map(row => textWidth(row[column] ?? ''))))
  shrink(widths, longestWords(cells, widths.length), width)
  return await layOutList(cells.map(row => row.map((cell, column) => breakText(cell, widths[column]!).join('\n'))))
}

/** Lines of rows as they are: a cell may have colours and several lines, and must be safe to show. A row may be short. */
export async function layOutList(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = [],
): Promise<string[]> {
  if (rows.length === 0) return []
  const { default: Table } = await import('cli-table3')
  const columns = largestOf(rows.map(row => row.length))
  const colWidths = Array.from({ length: columns }, (_, column) =>
    rows.reduce((width, row) => Math.max(width, cellWidth(row[column] ?? '')), 0),
  )
  const lines: string[] = []
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const table = new Table({
      chars: NO_LINES,
      colWidths,
      colAligns: [...alignments],
      style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    })
    for (const row of rows.slice(first, first + ROWS_AT_ONCE)) {
      table.push(Array.from({ length: columns }, (_, column) => row[column] ?? ''))
    }
    addAll(lines, table.toString().split('\n'))
  }
  return lines.map(line => line.trimEnd())
}

function cellWidth(cell: string): number {
  return largestOf(cell.replace(COLOR_CODES, '').split('\n').map(textWidth))
}

/** Takes columns from the widest first: down to their longest word, and then, if that is not enough, below it. */
function shrink(widths: number[], words: readonly number[], width: number): void {
  const gaps = GAP.length * (widths.length - 1)
  let over = widths.reduce((sum, columns) => sum + columns, gaps) - width
  for (const floors of [words, widths.map(() => NARROWEST)]) {
    while (over > 0) {
      const room = widths.map((columns, column) => (columns > floors[column]! ? columns : 0))
      const widest = largestOf(room)
      if (widest === 0) break
      widths[room.indexOf(widest)] = widest - 1
      over--
    }
  }
}

function longestWords(cells: readonly (readonly string[])[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) =>
    largestOf(cells.flatMap(row => (row[column] ?? '').split(' ').map(textWidth))),
  )
}
