// The most common tables of a report: groups by one name, and groups by hour or day.
import type { Groups } from '../group/group.ts'
import type { Section } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import { type Both, tableOptions } from './both-ranges.ts'
import { buildTable } from './table.ts'
import { bucketRows, namedRows } from './table-rows.ts'
import { NAME_COLUMN, type TableColumn, type TableSpec } from './table-spec.ts'

export interface NamedTable extends Partial<TableSpec> {
  readonly name: string
  /** As in CSV and JSON: "endpoint". */
  readonly rowName: string
  readonly title: string
  /** The first is what rows are ordered by and set against the range before. */
  readonly columns: readonly TableColumn[]
}

export function namedTable(input: ReportInput, spec: NamedTable, groups: Both<Groups>): Section {
  return buildTable(fullSpec(spec), namedRows(...groups), tableOptions(input))
}

/** A row a bucket, empty ones too, with a line over them. */
export function timeTable(
  input: ReportInput,
  unit: 'hour' | 'day',
  spec: Omit<NamedTable, 'rowName' | 'title'>,
  groups: Both<Groups>,
): Section {
  const title = unit === 'day' ? 'Dates' : 'Hours'
  const full = fullSpec({ seriesKey: spec.columns[0]!.key, order: 'time', rowName: unit, title, ...spec })
  return buildTable(full, bucketRows(input, unit, ...groups), tableOptions(input))
}

function fullSpec(spec: NamedTable): TableSpec {
  const first = spec.columns[0]!.key
  const barKey = spec.columns.some(column => column.key === 'share') ? { barKey: 'share' } : {}
  return { keyColumns: [NAME_COLUMN], jsonKeys: [spec.rowName], order: [first], compared: [first], ...barKey, ...spec }
}
