// The order of the rows of a table: as its description says, by a column that was asked for, or by time.
import { needHeapFor } from '../../base/heap-room.ts'
import { Groups } from '../group/group.ts'
import { findColumn } from './find-column.ts'
import { compareCells, compareKeys } from './order.ts'
import type { TableColumn, TableRow, TableSpec } from './table-spec.ts'

/** Compares the rows at two places. */
type Comparison = (a: number, b: number) => number

/** `sort` is the name of a column that was asked for; null for none. */
export function orderRows(
  spec: TableSpec,
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  sort: string | null,
): TableRow[] {
  const { keyColumns, order, tieOrder } = spec
  const asked = sort === null ? -1 : findColumn([...keyColumns, ...columns], sort)
  const comparisons: Comparison[] = []
  const column = columns[asked - keyColumns.length]
  if (column !== undefined) comparisons.push(byColumn(column, rows))
  else if (asked >= 0) comparisons.push((a, b) => compareKeyAt(spec, asked, rows[a]!, rows[b]!))
  if (order === 'newest') comparisons.push((a, b) => rows[b]!.group.last - rows[a]!.group.last)
  const isByKey = order === 'key' || order === 'time' || order === 'newest'
  const keys = isByKey ? (asked < 0 ? [] : (tieOrder ?? [])) : order
  return inOrder(rows, [...comparisons, ...byColumns(keys, columns, rows), byKeys(spec, rows)])
}

/**
 * The kept rows of what stands before a time are together and in order of time, in the order of what `all` rows of it add up
 * to. Where there is no such time, they stay as they are.
 */
export function orderByTime(
  spec: TableSpec,
  columns: readonly TableColumn[],
  kept: TableRow[],
  all: readonly TableRow[],
): TableRow[] {
  const { timeAt = 0, order } = spec
  if (timeAt <= 0 || typeof order === 'string') return kept
  const wholes = new Groups()
  for (const { keys, group } of all) wholes.of(keys.slice(0, timeAt)).mergeCounts(group)
  const rows = wholes.all.map(({ keys, group }): TableRow => ({ keys, labels: [], group, previous: null }))
  const places = new Map(
    inOrder(rows, [...byColumns(order, columns, rows), byKeys(spec, rows)]).map(({ group }, place) => [group, place]),
  )
  const placeOf = ({ keys }: TableRow) => places.get(wholes.of(keys.slice(0, timeAt)))!
  const placesOfKept = kept.map(placeOf)
  return inOrder(kept, [(a, b) => placesOfKept[a]! - placesOfKept[b]!, byKeys(spec, kept)])
}

export function compareRowKeys(spec: Pick<TableSpec, 'keyOrders'>, a: TableRow, b: TableRow): number {
  for (let index = 0; index < a.keys.length; index++) {
    const order = compareKeyAt(spec, index, a, b)
    if (order !== 0) return order
  }
  return 0
}

function compareKeyAt({ keyOrders }: Pick<TableSpec, 'keyOrders'>, index: number, a: TableRow, b: TableRow): number {
  return (keyOrders?.[index] ?? compareKeys)(a.keys[index]!, b.keys[index]!)
}

// Places are sorted instead of rows, so that what is compared can lie in columns.
function inOrder(rows: readonly TableRow[], comparisons: readonly Comparison[]): TableRow[] {
  const places = Uint32Array.from(rows.keys())
  places.sort((a, b) => {
    for (const compare of comparisons) {
      const order = compare(a, b)
      if (order !== 0) return order
    }
    return 0
  })
  return Array.from(places, place => rows[place]!)
}

function byColumns(keys: readonly string[], columns: readonly TableColumn[], rows: readonly TableRow[]): Comparison[] {
  return keys.flatMap(key => columns.filter(column => column.key === key)).map(column => byColumn(column, rows))
}

function byColumn(column: TableColumn, rows: readonly TableRow[]): Comparison {
  if (column.order === undefined) {
    const cells = rows.map((row, index) => {
      needHeapFor(index)
      return column.value(row)
    })
    return (a, b) => compareCells(cells[a]!, cells[b]!)
  }
  const numbers = new Float64Array(rows.length)
  for (let place = 0; place < rows.length; place++) numbers[place] = column.order(rows[place]!) ?? Number.NaN
  return (a, b) => {
    const order = numbers[b]! - numbers[a]!
    return Number.isNaN(order) ? compareCells(column.value(rows[a]!), column.value(rows[b]!)) : order
  }
}

function byKeys(spec: TableSpec, rows: readonly TableRow[]): Comparison {
  return (a, b) => compareRowKeys(spec, rows[a]!, rows[b]!)
}
