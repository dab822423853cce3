// The sums of one group-by as reports, merging and the binary format read them, whoever made them.
import type { Decimal } from '../base/decimal.ts'
import type { GroupBy } from '../query/query.ts'
import type { KeyTable, KeyValue } from './key-table.ts'
import type { Sketch } from './sketch.ts'

/** One exact sum for each slot. */
export interface Sums {
  /** A number where it is exact, else a BigInt. */
  get(slot: number): number | bigint
  /** Whether all sums are known to be 0. */
  readonly isZero?: boolean
  /** All sums by slot, where numbers hold them; it may end before the last slots, whose sums are 0. */
  readonly values?: ArrayLike<number> | undefined
}

/** A slot from 0 to `size` - 1 for every combination of key values. */
export interface Groups {
  readonly by: GroupBy
  readonly size: number
  /** Where the codes of each key come from, in the order of `by.keys`. */
  readonly tables: readonly KeyTable[]
  /** Codes of each key by slot. */
  readonly keys: readonly ArrayLike<number>[]
  /** In the order of `by.sums`. */
  readonly sums: readonly Sums[]
  /** First and last instant of each slot, where `by.hasExtent`. */
  readonly firsts: ArrayLike<number>
  readonly lasts: ArrayLike<number>
  /** Logged costs that are no whole number of 10^-12 dollars, by slot. */
  readonly wideCosts: ReadonlyMap<number, Decimal>
  keyOf(slot: number, key: number): KeyValue
  /** The durations of a slot, where `by.hasDurations`. */
  sketchOf(slot: number): Sketch
}
