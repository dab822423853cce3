// A table without lines: columns aligned, two spaces between them.
import Table from 'cli-table3'

const NO_LINES = Object.fromEntries(
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid'
    .split(' ')
    .map(name => [name, '']),
)

/** The lines of a grid; cells may carry colour codes. */
export function layOutGrid(rows: readonly (readonly string[])[], alignments: readonly ('left' | 'right')[]): string[] {
  if (rows.length === 0) return []
  const table = new Table({
    chars: { ...NO_LINES, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: [...alignments],
  })
  table.push(...rows.map(row => [...row]))
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
}
