// Rolls the tables of a usage tally up into the groups of the report, and prices every row once on the way.
import { type Decimal, ZERO } from '../base/decimal.ts'
import { type CostBasis, GroupCost } from '../pricing/group-cost.ts'
import { USAGE_MEASURES, type UsageMeasure } from '../query/measures.ts'
import { type RateClass, unpackRate } from '../query/rate-class.ts'
import type { Groups } from '../tally/groups.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { Sketch } from '../tally/sketch.ts'
import { addExact } from '../tally/sum-column.ts'
import { RATE_KEYS } from './usage-query.ts'

/** How the events of a rate class get their cost. */
export type BasisOf = (rateClass: RateClass) => CostBasis

/** The sums and the cost of some events. */
export class UsageTotals {
  readonly sums: (number | bigint)[] = USAGE_MEASURES.map(() => 0)
  readonly cost = new GroupCost()
  readonly durations = new Sketch()

  addRow(row: UsageRow): void {
    for (let index = 0; index < this.sums.length; index++)
      this.sums[index] = addExact(this.sums[index]!, row.sums[index]!)
    this.cost.add(row.basis, row.sums, 0, row.loggedRest)
  }

  merge(other: UsageTotals): void {
    for (let index = 0; index < this.sums.length; index++)
      this.sums[index] = addExact(this.sums[index]!, other.sums[index]!)
    this.cost.merge(other.cost)
    this.durations.merge(other.durations)
  }

  get(measure: UsageMeasure): number | bigint {
    return this.sums[USAGE_MEASURES.indexOf(measure)]!
  }
}

/** One row of a table with its price. The object is used again for the next row. */
export interface UsageRow {
  /** The values of the table's keys before those of the rate class. */
  readonly keys: KeyValue[]
  readonly rateClass: RateClass
  readonly sums: (number | bigint)[]
  basis: CostBasis
  loggedRest: Decimal
}

/** Calls `visit` with every row of a table whose last keys are those of the rate class. */
export function forEachUsageRow(table: Groups, basisOf: BasisOf, visit: (row: UsageRow) => void): void {
  const keyCount = table.by.keys.length - RATE_KEYS.length
  const pricer = new RatePricer(table, basisOf)
  for (let slot = 0; slot < table.size; slot++) {
    const { rateClass, basis } = pricer.priceOf(slot)
    const keys = Array.from({ length: keyCount }, (_, key) => table.keyOf(slot, key))
    const sums = table.sums.map(column => column.get(slot))
    visit({ keys, rateClass, basis, sums, loggedRest: table.wideCosts.get(slot) ?? ZERO })
  }
}

/** The rate classes that a table has rows of; none for a table whose key they are not a part of. */
export function rateClassesOf(table: Groups): RateClass[] {
  if (!table.by.keys.includes('rate')) return []
  const pricer = new RatePricer(table, () => ({ from: 'unpriced' }))
  for (let slot = 0; slot < table.size; slot++) pricer.priceOf(slot)
  return pricer.rateClasses()
}

// Prices each rate class of a table once, found by the codes of its keys.
class RatePricer {
  private readonly table: Groups
  private readonly basisOf: BasisOf
  private readonly firstKey: number
  private readonly known = new Map<string, { rateClass: RateClass; basis: CostBasis }>()

  constructor(table: Groups, basisOf: BasisOf) {
    this.table = table
    this.basisOf = basisOf
    this.firstKey = table.by.keys.length - RATE_KEYS.length
  }

  priceOf(slot: number): { rateClass: RateClass; basis: CostBasis } {
    const codes = RATE_KEYS.map((_, index) => this.table.keys[this.firstKey + index]![slot]!).join(' ')
    let priced = this.known.get(codes)
    if (priced === undefined) {
      const rateClass = this.rateClassOf(slot)
      priced = { rateClass, basis: this.basisOf(rateClass) }
      this.known.set(codes, priced)
    }
    return priced
  }

  /** All that were asked for. */
  rateClasses(): RateClass[] {
    return [...this.known.values()].map(priced => priced.rateClass)
  }

  private rateClassOf(slot: number): RateClass {
    const [model, provider, serviceTier, rate] = RATE_KEYS.map((_, index) =>
      this.table.keyOf(slot, this.firstKey + index),
    )
    return {
      model: model as string | null,
      provider: provider as string | null,
      serviceTier: serviceTier as string | null,
      ...unpackRate(rate as number),
    }
  }
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

/** Merges the sketches of a table into groups by one of its keys. */
export function addDurations(table: Groups, key: number, into: GroupMap): void {
  for (let slot = 0; slot < table.size; slot++) into.of(table.keyOf(slot, key)).durations.merge(table.sketchOf(slot))
}
