// Cells as a person reads them: thousands, units, signs. Machine formats write the bare value instead.
import {
  absoluteDecimal,
  compareDecimals,
  type Decimal,
  decimalToNumber,
  formatDecimal,
  formatDecimalFixed,
  parseDecimal,
  ZERO,
} from '../../base/decimal.ts'
import { isDecimal } from '../../base/json.ts'
import { formatMoney, type MoneyStyle } from '../../base/money-text.ts'
import { visibleText } from '../../base/safe-text.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Cell, ColumnKind, Headline, Rest, Section } from '../../report/model/report.ts'

export const NO_VALUE = '–'
export const NO_NAME = '(none)'

export type CellStyle = MoneyStyle

/** Before an amount that is a part of the cost, because something has no price. */
export const AT_LEAST = '≥'

/** A cell for reading. Texts are made safe for a terminal. `isPart`: the amount is a part of the cost. */
export function formatCell(cell: Cell, kind: ColumnKind, style: CellStyle, isPart = false): string {
  if (kind === 'text') return cell === null ? NO_NAME : visibleText(String(cell))
  if (cell === null) return NO_VALUE
  if (kind === 'list') return (cell as readonly string[]).map(visibleText).join(', ')
  if (kind === 'money') return isPart ? formatPart(cell as Decimal, style) : formatMoney(cell as Decimal, style)
  if (kind === 'instant') return String(cell).slice(0, 16).replace('T', ' ')
  if (kind === 'number') return formatNumber(cell as Decimal | number | bigint)
  if (kind === 'duration') return formatDuration(isDecimal(cell) ? decimalToNumber(cell) : Number(cell))
  const value = cell as number | bigint
  if (kind === 'bytes') return formatBytes(Number(value))
  if (kind === 'count') return withThousands(String(value))
  if (kind === 'tokens') return formatTokens(value)
  if (kind === 'share') return formatShare(Number(value))
  return formatChange(Number(value))
}

/** Whether the amount in a column is a part of the cost, by row. */
export function partTest({ columns }: Pick<Section, 'columns'>, index: number): (row: readonly Cell[]) => boolean {
  const { unpricedKey } = columns[index]!
  const at = unpricedKey === undefined ? -1 : columns.findIndex(column => column.key === unpricedKey)
  return row => at >= 0 && row[index] !== null && Number(row[at] ?? 0) > 0
}

/** A cell of a row that is perhaps a metric of its own, whose kind is that of its numbers and of their differences. */
export function formatRowCell(
  cell: Cell,
  kind: ColumnKind,
  metric: { readonly kind: ColumnKind } | undefined,
  style: CellStyle,
  isPart = false,
): string {
  if (kind === 'difference' && cell !== null) return formatDifference(cell, metric?.kind ?? 'number', style)
  return formatCell(cell, kind === 'number' && metric !== undefined ? metric.kind : kind, style, isPart)
}

// Always with its sign. What a part of 1 has changed by is in points, since a percentage of a percentage misleads.
function formatDifference(difference: Cell, kind: ColumnKind, style: CellStyle): string {
  const size = isDecimal(difference) ? absoluteDecimal(difference) : absoluteNumber(difference as number | bigint)
  const sign = size === difference ? '+' : '-'
  const isNothing = isDecimal(size) ? size.units === 0n : Number(size) === 0
  const text = kind === 'share' ? formatPoints(Number(size) * 100) : formatCell(size, kind, style)
  return isNothing ? text : `${sign}${text}`
}

function formatPoints(points: number): string {
  if (points === 0) return '0 pp'
  return `${points.toFixed(points < 0.05 ? 2 : 1)} pp`
}

function absoluteNumber(value: number | bigint): number | bigint {
  return value < 0 ? -value : value
}

/** What stands behind a headline number that is compared. */
export function headlineChange({ change }: Headline): string {
  if (change === undefined) return ''
  return change === null ? ' (new)' : ` (${formatChange(change)})`
}

/** A cell for a machine: bare numbers with all their digits, texts as they are, '' for no value. */
export function bareCell(cell: Cell): string {
  if (cell === null) return ''
  if (isDecimal(cell)) return formatDecimal(cell)
  return Array.isArray(cell) ? cell.join(';') : String(cell)
}

/** Two fraction digits where some amount is a dollar or more, else four, else as many as the smallest needs to show. */
export function moneyDigitsOf(cells: readonly Cell[]): number {
  const amounts = cells.filter(isDecimal).map(absoluteDecimal)
  if (amounts.some(amount => compareDecimals(amount, ONE) >= 0) || amounts.every(amount => amount.units === 0n))
    return 2
  return amounts.some(amount => compareDecimals(amount, CENT) >= 0) ? 4 : 6
}

const ONE = parseDecimal('1')!
const CENT = parseDecimal('0.01')!

// What is less than the digits can show is at least nothing.
function formatPart(amount: Decimal, style: CellStyle): string {
  const text = formatMoney(amount, style)
  return `${AT_LEAST}${text.startsWith('<') ? formatMoney(ZERO, style) : text}`
}

const TOKEN_UNITS: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
]

function formatTokens(value: number | bigint): string {
  const number = Number(value)
  if (number < 100_000) return withThousands(String(value))
  // What rounds up to a thousand of one unit is one of the next.
  const [size, unit] = TOKEN_UNITS.find(([least]) => number >= least * 0.9995) ?? [1, '']
  const scaled = number / size
  return `${scaled >= 100 ? withThousands(scaled.toFixed(0)) : scaled.toFixed(scaled >= 10 ? 1 : 2)} ${unit}`
}

function formatShare(share: number): string {
  if (share === 0) return '0 %'
  return share > 0 && share < 0.0005 ? '<0.1 %' : `${(share * 100).toFixed(1)} %`
}

function formatChange(change: number): string {
  const percent = change * 100
  const size = Math.abs(percent)
  if (size === 0) return '0 %'
  // What a tenth does not show has more digits: a change is not to look like none.
  const text = size >= 1000 ? `×${(change + 1).toFixed(0)}` : `${size.toFixed(size < 0.05 ? 2 : 1)} %`
  return percent > 0 && !text.startsWith('×') ? `+${text}` : percent < 0 ? `-${text}` : text
}

function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`
  if (ms < 999.5) return `${ms < 10 ? trimZero(ms.toFixed(1)) : ms.toFixed(0)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  return ms < 3_570_000 ? `${(ms / 60_000).toFixed(1)} min` : `${(ms / 3_600_000).toFixed(1)} h`
}

function formatNumber(value: Decimal | number | bigint): string {
  if (isDecimal(value)) return withThousands(trimZeros(formatDecimalFixed(value, 2)))
  const size = Math.abs(Number(value))
  return withThousands(trimZeros(Number(value).toFixed(size > 0 && size < 1 ? 4 : 2)))
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

function formatBytes(value: number): string {
  let size = value
  let unit = 0
  for (; size >= 999.5 && unit < BYTE_UNITS.length - 1; unit++) size /= 1000
  return `${unit === 0 || size >= 100 ? size.toFixed(0) : trimZeros(size.toFixed(1))} ${BYTE_UNITS[unit]}`
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text
}

/** The name of the row that adds up what `--top` left out. */
export function restLabel({ count, isEarlier }: Rest): string {
  return `${withThousands(String(count))} ${isEarlier ? 'earlier' : 'more'}`
}
