// The order of rows: the same for the same logs, whichever reader was used.
import { compareDecimals, type Decimal } from '../../base/decimal.ts'
import { isDecimal } from '../../base/json.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import type { Cell } from '../model/report.ts'

/** Names by code units, numbers by size, no name last. */
export function compareKeys(a: KeyValue, b: KeyValue): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : 1
}

/** Amounts from the highest to the lowest, unknown last. */
export function compareCosts(a: Decimal | null, b: Decimal | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return compareDecimals(b, a)
}

/** Cells of one column: numbers from the highest, texts from the first, unknown last. */
export function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (isDecimal(a) && isDecimal(b)) return compareDecimals(b, a)
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (Array.isArray(a) && Array.isArray(b)) return b.length - a.length
  const left = Number(a as number | bigint)
  const right = Number(b as number | bigint)
  return right - left
}
