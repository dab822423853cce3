// The rows of a table in the order and the choice that its reader asked for.
import { numberText, type PageCell, type PageTable } from '../render/html/table-row.ts'

export interface Sorting {
  readonly column: number
  readonly isAscending: boolean
}

/** Positions of the rows that hold the words, in order; unknown values come last either way. */
export function chooseRows(
  table: PageTable,
  texts: readonly string[],
  words: string,
  sorting: Sorting | null,
): number[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
  const found = [...table.rows.keys()].filter(row => wanted.every(word => texts[row]!.includes(word)))
  if (sorting === null) return found
  const { column, isAscending } = sorting
  const { kind } = table.columns[column]!
  const isText = kind === 'text' || kind === 'list' || kind === 'instant'
  const compare = isText ? new Intl.Collator('en', { numeric: true }).compare : compareNumbers
  const cells = table.rows.map(row => row[column]!)
  return found.sort((a, b) => {
    const [left, right] = [cells[a]!, cells[b]!]
    if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1
    const order = compare(String(left), String(right))
    return (isAscending ? order : -order) || a - b
  })
}

function compareNumbers(a: string, b: string): number {
  return Number(numberText(a)) - Number(numberText(b))
}

/** What of a row can be searched: its texts. */
export function searchText(table: PageTable, row: readonly PageCell[]): string {
  return table.columns
    .map(({ kind }, index) => (kind === 'text' || kind === 'list' ? String(row[index] ?? '(none)') : ''))
    .join(' ')
    .toLowerCase()
}
