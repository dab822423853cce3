// A section of a report as a table of groups: rows in order, cut to the top ones, as cells and as JSON objects.
import type { JsonObject, JsonValue } from '../../base/json.ts'
import { type List, listOf } from '../../base/lazy-list.ts'
import { camelCase } from '../../base/names.ts'
import { Group } from '../group/group.ts'
import type { Cell, Column, Section, Series } from '../model/report.ts'
import { findColumn } from './find-column.ts'
import { compareCells, compareKeys } from './order.ts'
import { columnsOf, comparisonColumns, numberOf } from './table-comparison.ts'
import type { TableColumn, TableOptions, TableRow, TableSpec } from './table-spec.ts'

export function buildTable(spec: TableSpec, rows: readonly TableRow[], options: TableOptions): Section {
  const columns = columnsOf(spec, options.hasComparison)
  const ordered = orderRows(spec, columns, rows, options.sort)
  const [kept, left] = cutRows(ordered, options.top, isByTime(spec, options.sort))
  const series = columns.find(column => column.key === spec.seriesKey)
  return {
    ...sectionOf(spec, columns, kept, options),
    series: series === undefined ? null : seriesOf(series, rows, layersOf(spec)),
    rest:
      left.length === 0
        ? null
        : { count: left.length, row: restCells(spec, columns, left), isEarlier: isByTime(spec, options.sort) },
  }
}

/** A table of rows that are in their order, none left out, and of which each may be made when it is read. */
export function listTable(spec: TableSpec, rows: List<TableRow>): Section {
  return sectionOf(spec, columnsOf(spec, false), rows, { hasComparison: false })
}

function sectionOf(
  spec: TableSpec,
  columns: readonly TableColumn[],
  rows: List<TableRow>,
  options: Pick<TableOptions, 'hasComparison'>,
): Section {
  const cellsOf = (row: TableRow): Cell[] => [...row.labels, ...columns.map(column => column.value(row))]
  const names = spec.keyColumns.map((column, index) => (index === 0 ? { ...column, title: spec.title } : column))
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
    series: null,
    rest: null,
  }
}

/** The change stands beside what it is of, and its share. */
function shownKeys(
  { shown, columns, compared }: TableSpec,
  { hasComparison }: Pick<TableOptions, 'hasComparison'>,
): readonly string[] {
  const keys =
    shown ??
    columns.filter(({ isOptional, isUnshown }) => isOptional !== true && isUnshown !== true).map(({ key }) => key)
  if (!hasComparison || compared === null) return keys
  const at = keys.indexOf(compared) + 1
  return keys.toSpliced(keys[at] === 'share' ? at + 1 : at, 0, `${compared}_change`)
}

function orderRows(
  spec: TableSpec,
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  sort: string | null,
): TableRow[] {
  const asked = sort === null ? undefined : columns[findColumn(columns, sort)]
  const isByName = sort !== null && findColumn(spec.keyColumns, sort) >= 0
  const ordered = [...rows].sort((a, b) => compareRowKeys(a, b))
  if (isByName || (asked === undefined && spec.order === 'key')) return ordered
  if (spec.order === 'newest') ordered.sort((a, b) => b.group.last - a.group.last)
  const by =
    spec.order === 'key' || spec.order === 'newest'
      ? []
      : spec.order.map(key => columns.find(column => column.key === key)!)
  const list = asked === undefined ? by : [asked, ...by]
  const cells = new Map(ordered.map(row => [row, list.map(column => column.value(row))]))
  return ordered.sort((a, b) => compareAll(cells.get(a)!, cells.get(b)!))
}

function compareAll(a: readonly Cell[], b: readonly Cell[]): number {
  for (let index = 0; index < a.length; index++) {
    const order = compareCells(a[index]!, b[index]!)
    if (order !== 0) return order
  }
  return 0
}

function compareRowKeys(a: TableRow, b: TableRow): number {
  for (let index = 0; index < a.keys.length; index++) {
    const order = compareKeys(a.keys[index]!, b.keys[index]!)
    if (order !== 0) return order
  }
  return 0
}

function isByTime(spec: TableSpec, sort: string | null): boolean {
  return spec.seriesKey !== undefined && sort === null
}

// Of what is in order of time the last rows are kept, of anything else the first.
function cutRows(rows: readonly TableRow[], top: number | null, isTime: boolean): [TableRow[], TableRow[]] {
  if (top === null || rows.length <= top) return [[...rows], []]
  const at = isTime ? rows.length - top : top
  const [first, second] = [rows.slice(0, at), rows.slice(at)]
  return isTime ? [second, first] : [first, second]
}

interface LayerColumns {
  readonly title: string
  readonly columns: readonly TableColumn[]
}

function layersOf({ layers, columns }: TableSpec): LayerColumns | null {
  if (layers === undefined) return null
  return { title: layers.title, columns: layers.keys.map(key => columns.find(column => column.key === key)!) }
}

function seriesOf(column: TableColumn, rows: readonly TableRow[], layers: LayerColumns | null): Series {
  const byTime = [...rows].sort(compareRowKeys)
  const valuesOf = ({ value }: TableColumn) => byTime.map(row => numberOf(value(row)))
  const layerOf = (part: TableColumn) => ({ name: part.title, values: valuesOf(part), isBad: isBad(part) })
  return {
    title: column.title,
    kind: column.kind,
    ...(column.currency === undefined ? {} : { currency: column.currency }),
    isBad: isBad(column),
    labels: byTime.map(row => row.labels[0] ?? ''),
    values: valuesOf(column),
    ...(layers === null ? {} : { layers: () => ({ title: layers.title, layers: layers.columns.map(layerOf) }) }),
  }
}

function isBad({ key }: Column): boolean {
  return key === 'errors'
}

function restCells(spec: TableSpec, columns: readonly TableColumn[], rows: readonly TableRow[]): Cell[] {
  const keys = spec.keyColumns.map(() => null)
  if (spec.hasRest === false) return [...keys, ...columns.map(() => null)]
  const group = new Group()
  const previous = new Group()
  for (const row of rows) {
    group.merge(row.group)
    if (row.previous !== null) previous.merge(row.previous)
  }
  return [...keys, ...columns.map(column => column.value({ keys: [], labels: [], group, previous }))]
}

// Makes rows into JSON objects; what all of them have in common is worked out once.
function objectMaker(
  spec: TableSpec,
  { hasComparison }: Pick<TableOptions, 'hasComparison'>,
): (row: TableRow) => JsonObject {
  const keys = spec.columns.map(({ key, formerKey }) => [camelCase(key), formerKey && camelCase(formerKey)] as const)
  const [before, change] = hasComparison ? comparisonColumns(spec) : []
  const compared = keys[spec.columns.findIndex(({ key }) => key === spec.compared)] ?? []
  return row => {
    const object: { [key: string]: JsonValue | undefined } = {}
    for (const [index, key] of spec.jsonKeys.entries()) object[key] = row.labels[index]!
    for (const [index, column] of spec.columns.entries()) {
      const value = column.json === undefined ? (column.value(row) as JsonValue) : column.json(row)
      for (const key of keys[index]!) if (key !== undefined) object[key] = value
    }
    if (before === undefined || change === undefined) return object
    const underEachName = (value: Cell) =>
      Object.fromEntries(compared.filter(key => key !== undefined).map(key => [key, value as JsonValue]))
    return { ...object, previous: underEachName(before.value(row)), change: underEachName(change.value(row)) }
  }
}
