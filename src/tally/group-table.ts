// The sums of one group-by while they grow: a slot for every combination of key values, found by their codes.
import type { Decimal } from '../base/decimal.ts'
import { randomWord } from '../base/random-word.ts'
import type { GroupBy } from '../query/query.ts'
import type { Groups } from './groups.ts'
import type { KeyTable, KeyValue } from './key-table.ts'
import { Sketch } from './sketch.ts'
import { SumColumn } from './sum-column.ts'
import { addWideCost } from './wide-costs.ts'

// Nobody can foresee it, so no log can be written whose groups all share a place.
const SECRET = randomWord()

const FIRST_PLACES = 64

export class GroupTable implements Groups {
  readonly by: GroupBy
  readonly tables: readonly KeyTable[]
  readonly keys: number[][]
  readonly sums: readonly SumColumn[]
  readonly sketches: Sketch[] = []
  readonly firsts: number[] = []
  readonly lasts: number[] = []
  readonly wideCosts = new Map<number, Decimal>()
  size = 0
  /** Slot + 1 at the place that its codes' hash gives or at a later one; 0 is free. At most half full. */
  private places = new Int32Array(FIRST_PLACES)

  constructor(by: GroupBy, tables: readonly KeyTable[]) {
    this.by = by
    this.tables = tables
    this.keys = by.keys.map(() => [])
    this.sums = by.sums.map(() => new SumColumn())
  }

  /** The slot of these codes, a new one if need be. */
  slotOf(codes: ArrayLike<number>): number {
    const { keys } = this
    const most = this.places.length - 1
    let place = hashOf(codes, keys.length) & most
    for (let slot = this.places[place]! - 1; slot >= 0; slot = this.places[place]! - 1) {
      let key = 0
      while (key < keys.length && keys[key]![slot] === codes[key]) key++
      if (key === keys.length) return slot
      place = (place + 1) & most
    }
    this.places[place] = this.size + 1
    this.addSlot(codes)
    if (this.size * 2 > most) this.growPlaces()
    return this.size - 1
  }

  addWideCost(slot: number, cost: Decimal): void {
    addWideCost(this.wideCosts, slot, cost)
  }

  extend(slot: number, first: number, last: number): void {
    if (first < this.firsts[slot]!) this.firsts[slot] = first
    if (last > this.lasts[slot]!) this.lasts[slot] = last
  }

  keyOf(slot: number, key: number): KeyValue {
    return this.tables[key]!.valueOf(this.keys[key]![slot]!)
  }

  sketchOf(slot: number): Sketch {
    return this.sketches[slot]!
  }

  private addSlot(codes: ArrayLike<number>): void {
    for (let key = 0; key < this.keys.length; key++) this.keys[key]!.push(codes[key]!)
    if (this.by.hasDurations) this.sketches.push(new Sketch())
    this.firsts.push(Number.POSITIVE_INFINITY)
    this.lasts.push(Number.NEGATIVE_INFINITY)
    this.size++
  }

  private growPlaces(): void {
    this.places = new Int32Array(this.places.length * 4)
    const most = this.places.length - 1
    const codes = this.keys.map(() => 0)
    for (let slot = 0; slot < this.size; slot++) {
      for (let key = 0; key < codes.length; key++) codes[key] = this.keys[key]![slot]!
      let place = hashOf(codes, codes.length) & most
      while (this.places[place] !== 0) place = (place + 1) & most
      this.places[place] = slot + 1
    }
  }
}

function hashOf(codes: ArrayLike<number>, count: number): number {
  let hash = SECRET
  for (let key = 0; key < count; key++) {
    hash = Math.imul(hash ^ codes[key]!, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash
}
