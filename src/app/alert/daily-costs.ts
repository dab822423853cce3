// What each day cost, with the days on which nothing was used: for forecasts and for days out of the ordinary.
import type { ScopeTest } from '../../alert/alert-rules.ts'
import { formatDay, parseDay } from '../../base/calendar.ts'
import { decimalToNumber } from '../../base/decimal.ts'
import { smallestOf } from '../../base/lists.ts'
import type { Day, Zone } from '../../base/zone.ts'
import type { Failure } from '../../query/ledger.ts'
import { type AlertAsking, askCost, type CostRow } from './ask-cost.ts'

export interface DailyQuestion {
  readonly scope: readonly ScopeTest[]
  readonly zone: Zone
  /** The days [from, last]. */
  readonly from: Day
  readonly last: Day
  readonly isByClient?: boolean
}

export interface DailyAnswer {
  /** The first day that has anything; undefined where none has. */
  readonly first: Day | undefined
  readonly rows: readonly CostRow[]
  readonly failures: readonly Failure[]
}

export async function askDays(asking: AlertAsking, question: DailyQuestion): Promise<DailyAnswer> {
  const { scope, zone, from, last, isByClient = false } = question
  const range = { startDate: formatDay(from), endDate: formatDay(last) }
  const { rows, failures } = await askCost(asking, { scope, timezone: zone.name, range, isByClient })
  // Days of the range before the logs begin say nothing.
  const used = rows.filter(({ cost, unpriced }) => cost.units !== 0n || unpriced > 0)
  const first = smallestOf(used.map(({ day }) => parseDay(day)!))
  return { first: used.length === 0 ? undefined : (first as Day), rows: used, failures }
}

/** A number for each of the days [first, last], 0 where there are no rows: near the exact amounts. */
export function costsOf(rows: readonly CostRow[], first: Day, last: Day): number[] {
  const costs = new Array<number>(Math.max(0, last - first + 1)).fill(0)
  for (const { day, cost } of rows) {
    const at = parseDay(day)! - first
    if (at >= 0 && at < costs.length) costs[at]! += decimalToNumber(cost)
  }
  return costs
}
