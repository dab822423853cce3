// A column of a table as numbers in order of time, and their parts: charts are drawn from these.
import type { Column, Series, SeriesLayers } from '../model/report.ts'
import { compareRowKeys } from './row-order.ts'
import { numberOf } from './table-comparison.ts'
import type { TableColumn, TableRow, TableSpec } from './table-spec.ts'

/** The series of the column that the table names; null for none. */
export function seriesOf(spec: TableSpec, columns: readonly TableColumn[], rows: readonly TableRow[]): Series | null {
  const { seriesKey, layers } = spec
  const column = columns.find(({ key }) => key === seriesKey)
  if (column === undefined) return null
  const byTime = [...rows].sort((a, b) => compareRowKeys(spec, a, b))
  return {
    title: column.title,
    kind: column.kind,
    ...(column.currency === undefined ? {} : { currency: column.currency }),
    isBad: isBad(column),
    labels: byTime.map(row => row.labels[0] ?? ''),
    values: valuesOf(column, byTime),
    ...(layers === undefined ? {} : { layers: () => layers(byTime) }),
  }
}

/** Columns that add up to that of the series; `title` is what they tell apart. */
export function columnLayers(
  title: string,
  columns: readonly TableColumn[],
): (rows: readonly TableRow[]) => SeriesLayers {
  return rows => ({
    title,
    layers: columns.map(column => ({ name: column.title, values: valuesOf(column, rows), isBad: isBad(column) })),
  })
}

function valuesOf(column: TableColumn, rows: readonly TableRow[]): number[] {
  return rows.map(row => numberOf(column.value(row)))
}

function isBad({ key }: Column): boolean {
  return key === 'errors'
}
