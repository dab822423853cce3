// What the rows of a table add up to that its reader has filtered, to the last digit.
import { addDecimals, type Decimal, formatDecimal, parseDecimal } from '../base/decimal.ts'
import { AT_LEAST } from '../render/cell/format-cell.ts'
import { numberText, type PageCell, type PageTable } from '../render/html/table-row.ts'

/** Null where the numbers of a column cannot be added. */
export function sumRows(table: Pick<PageTable, 'columns' | 'rows'>, rows: readonly number[]): PageCell[] {
  return table.columns.map(({ kind, isSum }, column) => {
    if (!isSum) return null
    const cells = rows.map(row => table.rows[row]![column]!)
    const known = cells.filter(cell => cell !== null).map(String)
    if (known.length === 0) return null
    if (kind !== 'money') {
      const sum = known.reduce((sum, cell) => sum + BigInt(cell), 0n)
      return sum <= Number.MAX_SAFE_INTEGER ? Number(sum) : String(sum)
    }
    const amount = known.map(cell => parseDecimal(numberText(cell)) as Decimal).reduce(addDecimals)
    const isPart = known.length < cells.length || known.some(cell => cell.startsWith(AT_LEAST))
    return `${isPart ? AT_LEAST : ''}${formatDecimal(amount)}`
  })
}
