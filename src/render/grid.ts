// A table without lines: columns aligned, two spaces between them.
import { textWidth } from '../base/text-width.ts'

const GAP = '  '
const COLOR_CODES = /\u001b\[[\d;]*m/g

/** The lines of a grid; cells may carry colour codes, but no line breaks. A row may be shorter than others. */
export function layOutGrid(rows: readonly (readonly string[])[], alignments: readonly ('left' | 'right')[]): string[] {
  const widths = rows.map(row => row.map(visibleWidth))
  const columns = Math.max(0, ...widths.map(row => row.length))
  const widest = Array.from({ length: columns }, (_, column) => Math.max(...widths.map(row => row[column] ?? 0)))
  return rows.map((row, line) => {
    const cells = row.map((cell, column) => {
      const padding = ' '.repeat(widest[column]! - widths[line]![column]!)
      return alignments[column] === 'right' ? padding + cell : cell + padding
    })
    return cells.join(GAP).trimEnd()
  })
}

function visibleWidth(cell: string): number {
  return textWidth(cell.includes('\u001b') ? cell.replace(COLOR_CODES, '') : cell)
}
