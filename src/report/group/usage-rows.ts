// The rows of a usage table one after the other, each with its price.
import { type Decimal, ZERO } from '../../base/decimal.ts'
import { needHeapFor } from '../../base/heap-room.ts'
import type { BasisOf, CostBasis } from '../../pricing/group-cost.ts'
import { USAGE_MEASURES } from '../../query/measures.ts'
import { RATE_KEYS, type RateClass } from '../../query/rate-class.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { subtractExact } from '../../tally/sum-column.ts'
import { basesOf, rateSlotsOf } from './usage-rates.ts'

/** One row of a table with its price. The object is used again for the next row. */
export interface UsageRow {
  /** The values of the table's keys before those of the rate class. */
  readonly keys: KeyValue[]
  rateClass: RateClass
  readonly sums: (number | bigint)[]
  basis: CostBasis
  loggedRest: Decimal
}

/** The rows of a table whose last keys are those of the rate class. `wanted` says which keys are needed. */
export function usageRowsOf(
  table: TallyGroups,
  basisOf: BasisOf,
  wanted: readonly number[] = [...table.by.keys.keys()].slice(0, -RATE_KEYS.length),
): { readonly size: number; readonly at: (slot: number) => UsageRow } {
  const { classes, ofSlot } = rateSlotsOf(table)
  const bases = basesOf(table, basisOf)
  const filled = table.sums.flatMap((sum, index) => (sum.isZero === true ? [] : [index]))
  const hasWideCosts = table.wideCosts.size > 0
  const [rateClass, basis] = [classes[0]!, bases[0]!]
  const row: UsageRow = { keys: [], sums: table.sums.map(() => 0), loggedRest: ZERO, rateClass, basis }
  return {
    size: table.size,
    at: slot => {
      for (const key of wanted) row.keys[key] = table.keyOf(slot, key)
      for (const index of filled) row.sums[index] = table.sums[index]!.get(slot)
      row.rateClass = classes[ofSlot[slot]!]!
      row.basis = bases[ofSlot[slot]!]!
      row.loggedRest = hasWideCosts ? (table.wideCosts.get(slot) ?? ZERO) : ZERO
      return row
    },
  }
}

/** Calls `visit` with every row of such a table, one after the other. */
export function forEachUsageRow(
  table: TallyGroups,
  basisOf: BasisOf,
  visit: (row: UsageRow) => void,
  wanted?: readonly number[],
): void {
  const { size, at } = usageRowsOf(table, basisOf, wanted)
  for (let slot = 0; slot < size; slot++) {
    visit(at(slot))
    needHeapFor(slot)
  }
}

/** The rate classes that a table has rows of; none for a table whose key they are not a part of. */
export function rateClassesOf(table: TallyGroups): readonly RateClass[] {
  return table.by.keys.includes('rate') ? rateSlotsOf(table).classes : []
}

/**
 * The rows with what of them has a price or none: analyses, and other events that carry usage. A request without any is not
 * unpriced, it has nothing to price. The object is used again, and of the keys only the event is in it.
 */
export function forEachPricedRow(
  table: TallyGroups,
  basisOf: BasisOf,
  visit: (slot: number, row: UsageRow) => void,
): void {
  const eventAt = table.by.keys.indexOf('event')
  let slot = 0
  forEachUsageRow(
    table,
    basisOf,
    row => {
      if (eventAt >= 0 && row.keys[eventAt] !== 'analysis') {
        row.sums[ANALYSES_AT] = subtractExact(row.sums[ANALYSES_AT]!, row.sums[WITHOUT_USAGE_AT]!)
        if (Number(row.sums[ANALYSES_AT]!) > 0) visit(slot, row)
      } else visit(slot, row)
      slot++
    },
    eventAt < 0 ? [] : [eventAt],
  )
}

const ANALYSES_AT = USAGE_MEASURES.indexOf('analyses')
const WITHOUT_USAGE_AT = USAGE_MEASURES.indexOf('withoutUsage')
