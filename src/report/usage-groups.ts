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
  readonly sums: (number | bigint)[] = [...NO_SUMS]
  readonly cost = new GroupCost()
  readonly durations = new Sketch()

  addRow(row: UsageRow): void {
    const { sums } = this
    for (const index of row.filled) sums[index] = addExact(sums[index]!, row.sums[index]!)
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

/** Calls `visit` with every row of a table whose last keys are those of the rate class. */
export function forEachUsageRow(table: Groups, basisOf: BasisOf, visit: (row: UsageRow) => void): void {
  const keyCount = table.by.keys.length - RATE_KEYS.length
  const pricer = new RatePricer(table, basisOf)
  const filled = table.sums.flatMap((sum, index) => (sum.isZero === true ? [] : [index]))
  if (table.size === 0) return
  const row: UsageRow = { keys: [], sums: table.sums.map(() => 0), filled, loggedRest: ZERO, ...pricer.priceOf(0) }
  for (let slot = 0; slot < table.size; slot++) {
    for (let key = 0; key < keyCount; key++) row.keys[key] = table.keyOf(slot, key)
    for (const index of filled) row.sums[index] = table.sums[index]!.get(slot)
    const { rateClass, basis } = pricer.priceOf(slot)
    row.rateClass = rateClass
    row.basis = basis
    row.loggedRest = table.wideCosts.get(slot) ?? ZERO
    visit(row)
  }
}

/** The rate classes that a table has rows of; none for a table whose key they are not a part of. */
export function rateClassesOf(table: Groups): RateClass[] {
  if (!table.by.keys.includes('rate')) return []
  const pricer = new RatePricer(table, () => ({ from: 'unpriced' }))
  for (let slot = 0; slot < table.size; slot++) pricer.priceOf(slot)
  return pricer.rateClasses()
}

interface PricedClass {
  readonly rateClass: RateClass
  readonly basis: CostBasis
}

// Prices each rate class of a table once, found by the codes of its keys.
class RatePricer {
  private readonly table: Groups
  private readonly basisOf: BasisOf
  private readonly firstKey: number
  private readonly known = new Map<number | string, PricedClass>()

  constructor(table: Groups, basisOf: BasisOf) {
    this.table = table
    this.basisOf = basisOf
    this.firstKey = table.by.keys.length - RATE_KEYS.length
  }

  priceOf(slot: number): PricedClass {
    const codes = this.codesOf(slot)
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

  // The codes of a slot's rate class as one number, or where they are too large for that, as a text.
  private codesOf(slot: number): number | string {
    const { keys } = this.table
    const first = this.firstKey
    const model = keys[first]![slot]!
    const provider = keys[first + 1]![slot]!
    const tier = keys[first + 2]![slot]!
    const rate = keys[first + 3]![slot]!
    if (model < 2 ** 20 && provider < 2 ** 8 && tier < 2 ** 8 && rate < 2 ** 16)
      return ((model * 2 ** 8 + provider) * 2 ** 8 + tier) * 2 ** 16 + rate
    return `${model} ${provider} ${tier} ${rate}`
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
