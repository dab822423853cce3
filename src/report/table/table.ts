// A section of a report as a table of groups: rows in order, cut to the top ones, as cells and as JSON objects.
import { type List, listOf } from '../../base/lazy-list.ts'
import { Group } from '../group/group.ts'
import type { Cell, Section } from '../model/report.ts'
import { objectMaker } from './row-objects.ts'
import { orderByTime, orderRows } from './row-order.ts'
import { columnsOf } from './table-comparison.ts'
import { seriesOf } from './table-series.ts'
import type { TableColumn, TableOptions, TableRow, TableSpec } from './table-spec.ts'

export function buildTable(spec: TableSpec, rows: readonly TableRow[], options: TableOptions): Section {
  const columns = columnsOf(spec, options.hasComparison)
  const ordered = orderRows(spec, columns, rows, options.sort)
  const isEarlier = spec.order === 'time' && options.sort === null
  const [first, left] = cutRows(ordered, options.top, isEarlier)
  const kept = options.sort === null ? orderByTime(spec, columns, first, rows) : first
  return sectionOf(spec, columns, kept, options, {
    series: seriesOf(spec, columns, rows),
    rest: left.length === 0 ? null : { count: left.length, row: restCells(spec, columns, kept, left), isEarlier },
  })
}

/** A table of rows that are in their order, none left out, and of which each may be made when it is read. */
export function listTable(spec: TableSpec, rows: List<TableRow>): Section {
  return sectionOf(spec, columnsOf(spec, false), rows, { hasComparison: false }, { series: null, rest: null })
}

function sectionOf(
  spec: TableSpec,
  columns: readonly TableColumn[],
  rows: List<TableRow>,
  options: Pick<TableOptions, 'hasComparison'>,
  { series, rest }: Pick<Section, 'series' | 'rest'>,
): Section {
  const cellsOf = (row: TableRow): Cell[] => {
    const cells: Cell[] = [...row.labels]
    for (const column of columns) cells.push(column.value(row))
    return cells
  }
  const names = spec.keyColumns.map(column => (column.title === '' ? { ...column, title: spec.title } : column))
  return {
    name: spec.name,
    rowName: spec.rowName,
    title: spec.title,
    columns: [...names, ...columns],
    rows: listOf(rows, cellsOf),
    get objects() {
      return listOf(rows, objectMaker(spec, options))
    },
    shown: [...names.map(column => column.key), ...shownKeys(spec, options)],
    optional: columns.filter(column => column.isOptional === true).map(column => column.key),
    barKey: spec.barKey ?? null,
    series,
    rest,
  }
}

/** The change stands beside what it is of, and its share. */
function shownKeys(
  { shown, columns, compared: [first] }: TableSpec,
  { hasComparison }: Pick<TableOptions, 'hasComparison'>,
): readonly string[] {
  const keys =
    shown ??
    columns.filter(({ isOptional, isUnshown }) => isOptional !== true && isUnshown !== true).map(({ key }) => key)
  if (!hasComparison || first === undefined || keys.some(key => key.endsWith('_change'))) return keys
  const at = keys.indexOf(first) + 1
  return keys.toSpliced(keys[at] === 'share' ? at + 1 : at, 0, `${first}_change`)
}

// Of what is in order of time the last rows are kept, of anything else the first.
function cutRows(rows: readonly TableRow[], top: number | null, isTime: boolean): [TableRow[], TableRow[]] {
  if (top === null || rows.length <= top) return [[...rows], []]
  const at = isTime ? rows.length - top : top
  const [first, second] = [rows.slice(0, at), rows.slice(at)]
  return isTime ? [second, first] : [first, second]
}

function restCells(
  spec: TableSpec,
  columns: readonly TableColumn[],
  kept: readonly TableRow[],
  left: readonly TableRow[],
): Cell[] {
  const keys = spec.keyColumns.map(() => null)
  if (spec.hasRest === false) return [...keys, ...columns.map(() => null)]
  const previous = new Group()
  for (const row of left) if (row.previous !== null) previous.merge(row.previous)
  const row = { keys: [], labels: [], group: restOf(spec, kept, left), previous }
  return [...keys, ...columns.map(column => column.value(row))]
}

// Few are shown and many left, so what is left is the whole without what is shown.
function restOf({ whole }: TableSpec, kept: readonly TableRow[], left: readonly TableRow[]): Group {
  if (whole !== undefined) return whole.without(kept.map(row => row.group))
  const rest = new Group()
  for (const { group } of left) rest.merge(group)
  return rest
}
