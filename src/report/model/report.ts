// A report as a value: everything that a renderer gets to see.
import type { Decimal } from '../../base/decimal.ts'
import type { JsonObject } from '../../base/json.ts'
import type { List } from '../../base/lazy-list.ts'
import type { Day, Instant } from '../../base/zone.ts'
import type { Ledger } from '../../query/ledger.ts'

/** What the numbers of a column are, which decides how each renderer writes them. */
export type ColumnKind =
  | 'text'
  /** A whole number. */
  | 'count'
  /** Tokens: whole, and often too large to be read digit by digit. */
  | 'tokens'
  | 'money'
  /** A part of 1. */
  | 'share'
  /** Milliseconds. */
  | 'duration'
  /** A number that need not be whole. */
  | 'number'
  /** A size. */
  | 'bytes'
  /** A point in time as ISO 8601 text with the offset of the report's zone. */
  | 'instant'
  /** Texts in a list. */
  | 'list'
  /** A change as a part of 1, with its sign. */
  | 'change'
  /** A change as so much more or less of what the row's numbers are. */
  | 'difference'

export interface Column {
  /** snake_case, as in CSV; the JSON key is its camelCase form. */
  readonly key: string
  readonly title: string
  readonly kind: ColumnKind
  /** Of a column of money; USD where it is left out. */
  readonly currency?: string
  /** Of money: the key of the column that counts what has no price. Where it is above 0, the amount is a part of the cost. */
  readonly unpricedKey?: string
  /** Whether the numbers of all rows add up to that of the whole. */
  readonly isSum?: boolean
}

export type Cell = string | number | bigint | Decimal | null | readonly string[]

export interface HistogramBar {
  readonly label: string
  readonly count: number
  /** Of a rating: how many stars of five. */
  readonly stars?: number
}

export interface Section {
  /** As in `--section`: "clients". */
  readonly name: string
  /** As in CSV: "client". */
  readonly rowName: string
  readonly title: string
  /** All columns, in the order of CSV. */
  readonly columns: readonly Column[]
  readonly rows: List<readonly Cell[]>
  /** JSON objects of the same rows. */
  readonly objects: List<JsonObject>
  /** Keys of the columns that a narrow page shows, the most important first; the first is the row's name. */
  readonly shown: readonly string[]
  /** Keys of columns at the end of CSV and the like only where they are asked for. */
  readonly optional: readonly string[]
  /** The key of the column that bars are drawn from. */
  readonly barKey: string | null
  /** Counts by value, drawn as bars one below the other in place of the table. */
  readonly histogram?: readonly HistogramBar[]
  /** Counts by day, drawn as a calendar of weeks in place of the table. */
  readonly calendar?: { readonly firstDay: Day; readonly counts: readonly number[] }
  /** Counts by two things, darker for more: a row's counts are in the order of the columns. */
  readonly heat?: {
    readonly rows: readonly string[]
    readonly columns: readonly string[]
    readonly counts: readonly (readonly number[])[]
  }
  /** Rows in order of time have one: their numbers, drawn as a line or as columns. */
  readonly series: Series | null
  /** From one amount to another step by step, drawn above the table. */
  readonly waterfall?: Waterfall
  /** Of rows that are different metrics: what each is called for reading, and what its numbers are. */
  readonly metrics?: readonly { readonly title: string; readonly kind: ColumnKind }[]
  /** What was left out of `rows` by `--top`, as a row of the same columns. */
  readonly rest: Rest | null
}

export interface Waterfall {
  readonly title: string
  readonly currency: string
  readonly steps: readonly WaterfallStep[]
}

export interface WaterfallStep {
  readonly label: string
  /** Of a total the whole, else what it adds to the steps before. */
  readonly amount: Decimal
  readonly isTotal: boolean
}

export interface Rest {
  readonly count: number
  readonly row: readonly Cell[]
  /** Whether it comes before the rows, as of days the last are kept. */
  readonly isEarlier: boolean
}

/** Numbers in order of time, those of rows left out by `--top` too. For drawings: near the exact numbers, never printed. */
export interface Series {
  /** What the numbers are: "Cost". */
  readonly title: string
  readonly kind: ColumnKind
  /** Of money; USD where it is left out. */
  readonly currency?: string
  /** Whether more is worse, as of errors. */
  readonly isBad?: boolean
  /** When each number is, as the rows are named. */
  readonly labels: readonly string[]
  readonly values: readonly number[]
  /** What the numbers are made of. Computed when it is asked for, since only a chart shows it. */
  readonly layers?: () => SeriesLayers
}

export interface SeriesLayers {
  /** What the layers are: "client". */
  readonly title: string
  /** From the bottom to the top; together they are the values of the series. */
  readonly layers: readonly SeriesLayer[]
}

export interface SeriesLayer {
  readonly name: string | null
  readonly values: readonly number[]
  readonly isBad?: boolean
}

export interface ReportPeriod {
  readonly from: Instant | null
  readonly to: Instant | null
  readonly timezone: string
  /** In words: "last 7 days, 26 January to 2 February 2026". */
  readonly label: string
  readonly firstDay: Day | null
  readonly lastDay: Day | null
}

/** A number that a reader should see first. */
export interface Headline {
  readonly label: string
  readonly value: Cell
  readonly kind: ColumnKind
  /** Against the range before; null where there is nothing to compare. */
  readonly change?: number | null
  /** Of money: something has no price, so that the cost is at least this. */
  readonly isPart?: boolean
  /** Whether more is worse, as of errors. */
  readonly isBad?: boolean
  /** The same number over time, for a small drawing. */
  readonly spark?: readonly number[]
}

export interface Note {
  readonly kind: 'warning' | 'info'
  readonly text: string
  readonly hint?: string
}

export interface Report {
  readonly title: string
  readonly period: ReportPeriod
  /** What the changes are against; null where there are none. */
  readonly compared: ReportPeriod | null
  /** Filters in words: "client: diageo". */
  readonly filters: readonly string[]
  readonly headlines: readonly Headline[]
  /** Smaller facts under the headlines. */
  readonly facts: readonly string[]
  readonly sections: readonly Section[]
  readonly ledger: Ledger
  readonly unpricedAnalyses: number
  readonly notes: readonly Note[]
  /** Of the headlines: an ISO 4217 code. */
  readonly currency: string
  /** Where the prices come from; null where the report shows no cost. */
  readonly priceSource: string | null
  /** The JSON form. */
  readonly document: JsonObject
}
