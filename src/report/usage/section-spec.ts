// What a section of a usage report is built from.
import type { JsonObject } from '../../base/json.ts'
import type { CurrencyRate } from '../../pricing/currency.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import type { Group } from '../group/group.ts'
import type { Column, Series } from '../model/report.ts'
import type { Measures } from './usage-measures.ts'

/** A group; there may be a million, so what a row shows besides is asked of the section. */
export interface Entry {
  readonly keys: readonly KeyValue[]
  /** The keys as they are shown, null for no value. */
  readonly labels: readonly (string | null)[]
  readonly totals: Group
  readonly previous: Group | null
}

export type KeyOrder = (a: KeyValue, b: KeyValue) => number

export interface SectionSpec {
  readonly name: string
  readonly rowName: string
  readonly title: string
  /** Columns of the keys. */
  readonly keyColumns: readonly Column[]
  /** JSON keys of the keys. */
  readonly jsonKeys: readonly string[]
  readonly order: 'cost' | 'key'
  /** How keys are ordered, where not all as names are. */
  readonly keyOrders?: readonly KeyOrder[]
  /** Which key is a time that the rows of what stands before it are in order of; below 1 for none. */
  readonly timeAt?: number
  readonly hasDistincts: boolean
  readonly series: Series | null
  /** How many clients and users the group of a first key has; absent where that is not counted. */
  readonly clientsOf?: (key: KeyValue) => number
  readonly usersOf?: (key: KeyValue) => number
  /** More for the JSON object, before and after the measures. */
  readonly leadOf?: (key: KeyValue) => JsonObject
  readonly tailOf?: (key: KeyValue) => JsonObject
}

export interface SectionOptions {
  readonly hasCost: boolean
  readonly hasComparison: boolean
  /** Rows kept; the ones with the highest order, for an order by key the last. Null keeps all. */
  readonly top: number | null
  /** A column to order by, as in CSV. */
  readonly sort: string | null
  readonly total: Measures
  /** What the groups are parts of; every event is in one of them. */
  readonly whole: Group
  /** Costs are also given in this currency; null for dollars alone. */
  readonly currency: CurrencyRate | null
}
