// The description of a table of groups: its rows, its columns, and how they are ordered and shown.
import type { JsonValue } from '../../base/json.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import type { Group } from '../group/group.ts'
import type { Cell, Column, SeriesLayers } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'

export interface TableRow {
  /** Empty for what was left out by --top, added up. */
  readonly keys: readonly KeyValue[]
  /** The keys as they are shown, null for no value. */
  readonly labels: readonly (string | null)[]
  readonly group: Group
  /** The same group in the range before; null for none. */
  readonly previous: Group | null
}

export interface TableColumn extends Column {
  value(row: TableRow): Cell
  /** A number that rows can be compared by in place of their cells, because decimals take long; undefined where no number is exact. */
  order?(row: TableRow): number | undefined
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
  /** Columns of the JSON objects, where they are others than those of the table or stand in another order. */
  readonly objectColumns?: readonly ObjectColumn[]
  /**
   * Keys of the columns that rows are ordered by, from the highest; or by key, or the newest first. In order of time rows are
   * by key too, and `--top` keeps the last ones.
   */
  readonly order: 'key' | 'time' | 'newest' | readonly string[]
  /** Keys of the columns that decide between rows that are the same in a column that was asked for; default `order`. */
  readonly tieOrder?: readonly string[]
  /** How keys are compared, where not all are as names are. */
  readonly keyOrders?: readonly KeyOrder[]
  /**
   * The place of a key that is a time, such as 1 for client and day: then the rows of a client are together, in order of time,
   * and the client with the highest sum comes first. Below 1 for none.
   */
  readonly timeAt?: number
  /** Keys of the columns that are set against the range before; the change of the first is the one that a page shows. */
  readonly compared: readonly string[]
  readonly barKey?: string
  /** The column that is drawn as a line over the rows. */
  readonly seriesKey?: string
  /** What that column is made of, for all rows in order of time. */
  readonly layers?: (rows: readonly TableRow[]) => SeriesLayers
  /** Columns that a narrow page shows first, besides the keys; default all in their order. It may name a change itself. */
  readonly shown?: readonly string[]
  /** Whether what is left out by --top can be added up to one row. */
  readonly hasRest?: boolean
  /** The sum of all rows, where it is known. What `--top` leaves out is then the whole without what is shown: there may be a million rows. */
  readonly whole?: Group
}

export type ObjectColumn = Pick<TableColumn, 'key' | 'formerKey' | 'value' | 'json'>

export type KeyOrder = (a: KeyValue, b: KeyValue) => number

export type TableOptions = Pick<ReportInput, 'top' | 'sort'> & { readonly hasComparison: boolean }

export const NAME_COLUMN: Column = { key: 'name', title: '', kind: 'text' }
