// What a table of groups is described by: its rows, its columns, and how they are ordered and shown.
import type { JsonValue } from '../../base/json.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import type { Group } from '../group/group.ts'
import type { Cell, Column } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'

export interface TableRow {
  /** Empty for what was left out by --top, added up. */
  readonly keys: readonly KeyValue[]
  /** The keys as they are shown, null for no value. */
  readonly labels: readonly (string | null)[]
  readonly group: Group
  /** The same group in the range before. */
  readonly previous: Group | null
}

export interface TableColumn extends Column {
  value(row: TableRow): Cell
  /** In the JSON object where that is not the cell: another value, or undefined for none. */
  json?(row: TableRow): JsonValue | undefined
  /** Stands in CSV and the like only where it is asked for, and in JSON always. */
  readonly isOptional?: boolean
  /** A name that the column had: CSV keeps it in its place, with the new name at the end, and JSON has both. */
  readonly formerKey?: string
  /** Stands in CSV, at its end, and in JSON, and on a page only where it is asked for. */
  readonly isUnshown?: boolean
}

export interface TableSpec {
  readonly name: string
  readonly rowName: string
  readonly title: string
  /** Columns of the keys: `name` where there is one. */
  readonly keyColumns: readonly Column[]
  /** JSON keys of the keys. */
  readonly jsonKeys: readonly string[]
  readonly columns: readonly TableColumn[]
  /** Keys of the columns that rows are ordered by, from the highest; or by key, or the newest first. */
  readonly order: 'key' | 'newest' | readonly string[]
  /** The column that is set against the range before; null for none. */
  readonly compared: string | null
  readonly barKey?: string
  /** The column that is drawn as a line over the rows. */
  readonly seriesKey?: string
  /** Columns that add up to that one, and what they tell apart. */
  readonly layers?: { readonly title: string; readonly keys: readonly string[] }
  /** Columns that a narrow page shows first, besides the keys; default all in their order. */
  readonly shown?: readonly string[]
  /** Whether what is left out by --top can be added up to one row. */
  readonly hasRest?: boolean
}

export type TableOptions = Pick<ReportInput, 'top' | 'sort'> & { readonly hasComparison: boolean }

export const NAME_COLUMN: Column = { key: 'name', title: '', kind: 'text' }
