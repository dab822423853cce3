// The table of an explanation: a row for each cell, with what its change is made of.
import { absoluteDecimal, addDecimals, compareDecimals, type Decimal, ZERO } from '../../base/decimal.ts'
import type { JsonObject } from '../../base/json.ts'
import { listOf } from '../../base/lazy-list.ts'
import { convertUsd } from '../../pricing/currency.ts'
import type { ExplainedCell } from '../explain/cells.ts'
import {
  addParts,
  explainCells,
  NO_PARTS,
  PART_NAMES,
  type PartName,
  type Parts,
  sumOfParts,
} from '../explain/parts.ts'
import type { Cell, Column, Section } from '../model/report.ts'
import type { ExplainView, ReportInput } from '../model/report-definition.ts'
import { findColumn } from '../table/find-column.ts'
import { compareCells, compareKeys } from '../table/order.ts'
import { groupNames } from './group-names.ts'
import { formatKey } from './group-rows.ts'

/** A line of the explanation: a cell, and what its change is made of. */
export interface ExplainLine {
  readonly labels: readonly (string | null)[]
  readonly cell: ExplainedCell
  readonly parts: Parts
  readonly change: Decimal
}

export const KIND_COLUMN: Column = { key: 'kind', title: 'kind', kind: 'text' }
/** What no field may be called beside the rest of a line. */
const TAKEN = ['kind', 'parts', 'before', 'after', 'quantity', 'unpriced', ...PART_NAMES]

const AMOUNTS: readonly [key: string, title: string, amount: (line: ExplainLine) => Decimal][] = [
  ['change', 'Change', ({ change }) => change],
  ...PART_NAMES.map(part),
  ['before', 'Cost before', ({ cell }) => cell.before?.cost ?? ZERO],
  ['after', 'Cost now', ({ cell }) => cell.after?.cost ?? ZERO],
]

/** The largest changes first. */
export function linesOf(cells: readonly ExplainedCell[], { zone }: ReportInput, view: ExplainView): ExplainLine[] {
  const parts = explainCells(cells, view.method)
  const lines = cells.map((cell, at): ExplainLine => {
    const labels = cell.keys.map((key, index) => formatKey(key, view.fields[index]!, zone))
    return { labels, cell, parts: parts[at]!, change: sumOfParts(parts[at]!) }
  })
  return lines.sort(
    (a, b) => compareDecimals(absoluteDecimal(b.change), absoluteDecimal(a.change)) || compareNames(a, b),
  )
}

function compareNames(a: ExplainLine, b: ExplainLine): number {
  for (const [index, label] of a.labels.entries()) {
    const order = compareKeys(label, b.labels[index]!)
    if (order !== 0) return order
  }
  return compareKeys(a.cell.kind, b.cell.kind)
}

export function explainSection(input: ReportInput, view: ExplainView, lines: readonly ExplainLine[]): Section {
  const { currency, sort, top } = input
  const names = groupNames(
    view.fields.map(({ name }) => name),
    TAKEN,
  )
  const money = (key: string, title: string, code = 'USD'): Column => ({
    key: `${key}_${code.toLowerCase()}`,
    title,
    kind: 'money',
    currency: code,
  })
  const shownCode = currency?.currency ?? 'USD'
  const columns: Column[] = [
    ...names.map(({ key }): Column => ({ key, title: key, kind: 'text' })),
    ...(view.isByKind ? [KIND_COLUMN] : []),
    ...AMOUNTS.map(([key, title]) => money(key, title)),
    { key: 'quantity_before', title: `${view.quantity} before`, kind: 'count' },
    { key: 'quantity', title: `${view.quantity} now`, kind: 'count' },
    { key: 'unpriced_analyses_before', title: 'Unpriced before', kind: 'count' },
    { key: 'unpriced_analyses', title: 'Unpriced', kind: 'count' },
    ...(currency === null ? [] : AMOUNTS.map(([key, title]) => money(key, title, shownCode))),
  ]
  const cellsOf = (line: ExplainLine): Cell[] => {
    const { labels, cell } = line
    const amounts = AMOUNTS.map(([, , amountOf]) => amountOf(line))
    return [
      ...labels,
      ...(view.isByKind ? [cell.kind] : []),
      ...amounts,
      cell.before?.quantity ?? 0n,
      cell.after?.quantity ?? 0n,
      cell.unpriced.before,
      cell.unpriced.after,
      ...(currency === null ? [] : amounts.map(amount => convertUsd(amount, currency))),
    ]
  }
  const ordered = sort === null ? lines : sortedBy(lines, cellsOf, findColumn(columns, sort))
  const [kept, left] = top === null ? [ordered, []] : [ordered.slice(0, top), ordered.slice(top)]
  const objectOf = ({ labels, cell, parts, change }: ExplainLine): JsonObject => ({
    ...Object.fromEntries(names.map(({ jsonKey }, index) => [jsonKey, labels[index]!])),
    ...(view.isByKind ? { kind: cell.kind } : {}),
    parts: { ...parts },
    change,
    before: cell.before?.cost ?? ZERO,
    after: cell.after?.cost ?? ZERO,
    quantity: { before: cell.before?.quantity ?? 0n, after: cell.after?.quantity ?? 0n },
    unpriced: { ...cell.unpriced },
  })
  const shownAmounts = AMOUNTS.slice(0, -2).map(([key]) => `${key}_${shownCode.toLowerCase()}`)
  return {
    name: 'explain',
    rowName: 'explain',
    title: 'Lines',
    columns,
    rows: listOf(kept, cellsOf),
    get objects() {
      return listOf(kept, objectOf)
    },
    shown: [...names.map(({ key }) => key), ...(view.isByKind ? [KIND_COLUMN.key] : []), ...shownAmounts],
    optional: [],
    barKey: null,
    series: null,
    rest: left.length === 0 ? null : { count: left.length, row: restCells(left, columns, cellsOf), isEarlier: false },
  }
}

function part(name: PartName): [string, string, (line: ExplainLine) => Decimal] {
  return [name, `${name.charAt(0).toUpperCase()}${name.slice(1)}`, ({ parts }) => parts[name]]
}

function sortedBy(lines: readonly ExplainLine[], cellsOf: (line: ExplainLine) => Cell[], at: number): ExplainLine[] {
  const rows = lines.map(line => ({ line, cell: at < 0 ? null : cellsOf(line)[at]! }))
  return rows.sort((a, b) => compareCells(a.cell, b.cell)).map(({ line }) => line)
}

// Amounts add up; how many requests or tokens those are does not, where a cell is one of several of the same requests.
function restCells(
  left: readonly ExplainLine[],
  columns: readonly Column[],
  cellsOf: (line: ExplainLine) => Cell[],
): Cell[] {
  const sum = (amountOf: (line: ExplainLine) => Decimal) =>
    left.reduce((total, line) => addDecimals(total, amountOf(line)), ZERO)
  const parts = left.reduce((total, line) => addParts(total, line.parts), NO_PARTS)
  const side = (amountOf: (line: ExplainLine) => Decimal) => ({ cost: sum(amountOf), quantity: 0n, isUnpriced: false })
  const before = side(({ cell }) => cell.before?.cost ?? ZERO)
  const after = side(({ cell }) => cell.after?.cost ?? ZERO)
  const cell = { keys: [], kind: null, unpriced: { before: 0, after: 0 }, before, after }
  const cells = cellsOf({ labels: left[0]!.labels.map(() => null), cell, parts, change: sumOfParts(parts) })
  return cells.map((value, at) => (columns[at]!.kind === 'money' ? value : null))
}
