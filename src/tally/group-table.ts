// The sums of one group-by: a slot for every combination of key values, found by their codes.
import { addDecimals, type Decimal } from '../base/decimal.ts'
import type { GroupBy } from '../query/query.ts'
import type { KeyTable, KeyValue } from './key-table.ts'
import { Sketch } from './sketch.ts'
import { SumColumn } from './sum-column.ts'

// Codes are below 2^26, so a pair of a group number and a code is one exact double.
const CODE_SPAN = 2 ** 26

export class GroupTable {
  readonly by: GroupBy
  /** Where the codes of each key come from, in the order of `by.keys`. */
  readonly tables: readonly KeyTable[]
  /** Codes of each key by slot. */
  readonly keys: number[][]
  readonly sums: readonly SumColumn[]
  readonly sketches: Sketch[] = []
  /** First and last instant of each slot, where `by.hasExtent`. */
  readonly firsts: number[] = []
  readonly lasts: number[] = []
  /** Logged costs that are no whole number of 10^-12 dollars, by slot. */
  readonly wideCosts = new Map<number, Decimal>()
  size = 0
  private readonly levels: Map<number, number>[]

  constructor(by: GroupBy, tables: readonly KeyTable[]) {
    this.by = by
    this.tables = tables
    this.keys = by.keys.map(() => [])
    this.sums = by.sums.map(() => new SumColumn())
    this.levels = by.keys.map(() => new Map())
  }

  /** The slot of these codes, a new one if need be. */
  slotOf(codes: ArrayLike<number>): number {
    let group = 0
    let isNew = this.size === 0
    for (let level = 0; level < this.levels.length; level++) {
      const map = this.levels[level]!
      const pair = group * CODE_SPAN + codes[level]!
      let next = map.get(pair)
      if (next === undefined) {
        isNew = level === this.levels.length - 1
        next = isNew ? this.size : map.size
        map.set(pair, next)
      }
      group = next
    }
    if (isNew) this.addSlot(codes)
    return group
  }

  addWideCost(slot: number, cost: Decimal): void {
    const before = this.wideCosts.get(slot)
    this.wideCosts.set(slot, before === undefined ? cost : addDecimals(before, cost))
  }

  extend(slot: number, first: number, last: number): void {
    if (first < this.firsts[slot]!) this.firsts[slot] = first
    if (last > this.lasts[slot]!) this.lasts[slot] = last
  }

  keyOf(slot: number, key: number): KeyValue {
    return this.tables[key]!.valueOf(this.keys[key]![slot]!)
  }

  private addSlot(codes: ArrayLike<number>): void {
    for (let key = 0; key < this.keys.length; key++) this.keys[key]!.push(codes[key]!)
    if (this.by.hasDurations) this.sketches.push(new Sketch())
    this.firsts.push(Number.POSITIVE_INFINITY)
    this.lasts.push(Number.NEGATIVE_INFINITY)
    this.size++
  }
}
