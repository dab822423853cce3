// One row of a table of the page: made here for the file, and by the page's script for the rows that it turns to.
import { parseDecimal } from '../../base/decimal.ts'
import { isDecimal } from '../../base/json.ts'
import type { Cell, ColumnKind } from '../../report/model/report.ts'
import { AT_LEAST, formatRowCell } from '../cell/format-cell.ts'
import { html, type Markup, name } from './markup.ts'

export interface PageColumn {
  readonly kind: ColumnKind
  readonly currency: string
  readonly moneyDigits: number
  /** Errors are shown in colour where there are any. */
  readonly isBad: boolean
  /** Whether the numbers of several rows can be added. */
  readonly isSum: boolean
}

/** The rows of a table as the page has them, in the order of the report. */
export interface PageTable {
  readonly columns: readonly PageColumn[]
  /** The column that bars stand beside; -1 for none. */
  readonly barAt: number
  /** What the longest bar stands for. */
  readonly most: number
  readonly rows: readonly (readonly PageCell[])[]
  /** Where the name of each row leads; null for nowhere. Absent where none leads anywhere. */
  readonly hrefs?: readonly (string | null)[]
  /** The kinds of the numbers of each row, where rows are different metrics. */
  readonly metrics: readonly { readonly kind: ColumnKind }[] | null
}

/**
 * A cell in JSON: decimals and integers beyond the safe ones as text with all their digits, behind AT_LEAST where the amount is
 * a part of the cost.
 */
export type PageCell = string | number | null | readonly string[]

export function pageCell(cell: Cell, isPart = false): PageCell {
  if (isDecimal(cell)) return `${isPart ? AT_LEAST : ''}${cell.units}e-${cell.scale}`
  return typeof cell === 'bigint' ? String(cell) : cell
}

function cellOf(cell: PageCell, kind: ColumnKind): Cell {
  return (kind === 'money' || kind === 'number' || kind === 'difference') && typeof cell === 'string'
    ? parseDecimal(numberText(cell))!
    : cell
}

/** The number of a cell without what is said of it. */
export function numberText(cell: string): string {
  return cell.startsWith(AT_LEAST) ? cell.slice(AT_LEAST.length) : cell
}

/** An amount that is a part of the cost, with what that means. */
export function partAmount(text: string): Markup {
  return html`<span title="at least this: something in it has no price">${text}</span>`
}

/** The first column names the row. `label` stands in place of its texts, for the row of what was left out. */
export function renderRow(
  table: Omit<PageTable, 'rows' | 'metrics' | 'hrefs'>,
  row: readonly PageCell[],
  label: string | null = null,
  metric?: { readonly kind: ColumnKind },
  href: string | null = null,
): Markup {
  const labelAt = table.columns.findIndex(isTextColumn)
  const cells = table.columns.map((column, index) => {
    const isText = isTextColumn(column)
    if (label !== null && isText) return index === labelAt ? html`<th scope="row">${label}</th>` : html`<td></td>`
    const cell = row[index]!
    const isPart = column.kind === 'money' && typeof cell === 'string' && cell.startsWith(AT_LEAST)
    const text = formatRowCell(cellOf(cell, column.kind), column.kind, metric, column, isPart)
    if (index === 0) {
      const shown = name(text)
      return html`<th scope="row">${href === null ? shown : html`<a href="${href}">${shown}</a>`}</th>`
    }
    if (isText) return html`<td>${name(text)}</td>`
    if (index === table.barAt)
      return html`<td class="n bar">${text}${label === null ? bar(row[index]!, table.most) : null}</td>`
    return html`<td class="${column.isBad && Number(row[index]) > 0 ? 'n bad' : 'n'}">${isPart ? partAmount(text) : text}</td>`
  })
  return html`<tr>${cells}</tr>`
}

function isTextColumn({ kind }: PageColumn): boolean {
  return kind === 'text' || kind === 'list'
}

function bar(value: PageCell, most: number): Markup {
  const percent = most === 0 ? 0 : (Math.max(0, Number(value ?? 0)) / most) * 100
  return html`<svg aria-hidden="true"><rect width="${percent.toFixed(1)}%" height="100%" rx="2"/></svg>`
}
