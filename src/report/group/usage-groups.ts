// Rolls the tables of a usage tally up into the groups of the report, and prices every row once on the way.
import { type Decimal, ZERO } from '../../base/decimal.ts'
import { type BasisOf, type CostBasis, GroupCost } from '../../pricing/group-cost.ts'
import { USAGE_MEASURES, type UsageMeasure } from '../../query/measures.ts'
import { RATE_KEYS, type RateClass } from '../../query/rate-class.ts'
import type { Groups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { Sketch } from '../../tally/sketch.ts'
import { addExact, subtractExact } from '../../tally/sum-column.ts'
import { placesByCode } from './places-by-code.ts'
import { rateSlotsOf } from './usage-rates.ts'

/** The sums and the cost of some events. */
export class UsageTotals {
  readonly sums: (number | bigint)[]
  readonly cost: GroupCost
  /** Where durations come from, before somebody asks for them. */
  private sources: (() => Sketch)[] = NO_SOURCES
  private merged: Sketch | undefined

  constructor(sums: (number | bigint)[] = [...NO_SUMS], cost: GroupCost = new GroupCost()) {
    this.sums = sums
    this.cost = cost
  }

  get durations(): Sketch {
    // A group with one source is asked once or twice, and a million of them must not keep what they said.
    if (this.merged === undefined && this.sources.length === 1) return this.sources[0]!()
    this.merged ??= new Sketch()
    for (const source of this.sources) this.merged.merge(source())
    this.sources = NO_SOURCES
    return this.merged
  }

  addRow(row: UsageRow): void {
    const { sums } = this
    for (const index of row.filled) sums[index] = addExact(sums[index]!, row.sums[index]!)
    this.cost.add(row.basis, row.sums, 0, row.loggedRest)
  }

  /** Durations that are merged when somebody asks for them. */
  addDurations(source: () => Sketch): void {
    if (this.sources === NO_SOURCES) this.sources = [source]
    else this.sources.push(source)
  }

  merge(other: UsageTotals): void {
    for (let index = 0; index < this.sums.length; index++)
      this.sums[index] = addExact(this.sums[index]!, other.sums[index]!)
    this.cost.merge(other.cost)
    this.addDurations(() => other.durations)
  }

  /** What is left when some of the events that this was added up from are taken away. */
  without(parts: readonly UsageTotals[]): UsageTotals {
    const part = new UsageTotals()
    for (const one of parts) part.merge(one)
    const sums = this.sums.map((sum, index) => subtractExact(sum, part.sums[index]!))
    const left = new UsageTotals(sums, this.cost.without(part.cost))
    left.addDurations(() => this.durations.without(part.durations))
    return left
  }

  get(measure: UsageMeasure): number | bigint {
    return this.sums[USAGE_MEASURES.indexOf(measure)]!
  }
}

const NO_SOURCES: (() => Sketch)[] = []
const NO_SUMS: readonly number[] = USAGE_MEASURES.map(() => 0)

/** One row of a table with its price. The object is used again for the next row. */
export interface UsageRow {
  /** The values of the table's keys before those of the rate class. */
  readonly keys: KeyValue[]
  rateClass: RateClass
  readonly sums: (number | bigint)[]
  /** Which of the sums may be other than 0. */
  readonly filled: readonly number[]
  basis: CostBasis
  loggedRest: Decimal
}

/** Calls `visit` with every row of a table whose last keys are those of the rate class. `wanted` says which keys it needs. */
export function forEachUsageRow(
  table: Groups,
  basisOf: BasisOf,
  visit: (row: UsageRow) => void,
  wanted: readonly number[] = [...table.by.keys.keys()].slice(0, -RATE_KEYS.length),
): void {
  const { classes, ofSlot } = rateSlotsOf(table)
  const bases = classes.map(basisOf)
  const filled = table.sums.flatMap((sum, index) => (sum.isZero === true ? [] : [index]))
  const hasWideCosts = table.wideCosts.size > 0
  if (table.size === 0) return
  const [rateClass, basis] = [classes[0]!, bases[0]!]
  const row: UsageRow = { keys: [], sums: table.sums.map(() => 0), filled, loggedRest: ZERO, rateClass, basis }
  for (let slot = 0; slot < table.size; slot++) {
    for (const key of wanted) row.keys[key] = table.keyOf(slot, key)
    for (const index of filled) row.sums[index] = table.sums[index]!.get(slot)
    row.rateClass = classes[ofSlot[slot]!]!
    row.basis = bases[ofSlot[slot]!]!
    row.loggedRest = hasWideCosts ? (table.wideCosts.get(slot) ?? ZERO) : ZERO
    visit(row)
  }
}

/** The rate classes that a table has rows of; none for a table whose key they are not a part of. */
export function rateClassesOf(table: Groups): readonly RateClass[] {
  return table.by.keys.includes('rate') ? rateSlotsOf(table).classes : []
}

/** Groups by a key, made when first asked for. */
export class GroupMap {
  readonly groups = new Map<KeyValue, UsageTotals>()

  of(key: KeyValue): UsageTotals {
    let totals = this.groups.get(key)
    if (totals === undefined) {
      totals = new UsageTotals()
      this.groups.set(key, totals)
    }
    return totals
  }
}

/** Gives the groups by one of a table's keys the sketches of their slots. */
export function addDurations(table: Groups, key: number, groups: ReadonlyMap<KeyValue, UsageTotals>): void {
  const keys = table.tables[key]!
  const slots = placesByCode(table.keys[key]!, table.size, keys.size)
  for (let code = 0; code < keys.size; code++) {
    const [start, end] = [slots.starts[code]!, slots.starts[code + 1]!]
    if (start < end)
      groups.get(keys.valueOf(code))?.addDurations(() => sketchOf(table, slots.places.subarray(start, end)))
  }
}

function sketchOf(table: Groups, slots: Uint32Array): Sketch {
  if (slots.length === 1) return table.sketchOf(slots[0]!)
  const sketch = new Sketch()
  for (const slot of slots) sketch.merge(table.sketchOf(slot))
  return sketch
}
