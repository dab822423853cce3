// Asks the logs for everything that the rules of a check look at.
import type { Rule } from '../../alert/alert-rules.ts'
import type { AlertState } from '../../alert/alert-state.ts'
import type { HourCounts } from '../../alert/down.ts'
import { FIRST_LOOK_MS, historyMs, lookbackMs, type Seen, startOf } from '../../alert/evaluate-rule.ts'
import { largestOf, smallestOf } from '../../base/lists.ts'
import { DAY_MS } from '../../base/zone.ts'
import type { Failure } from '../../query/ledger.ts'
import type { AlertAsking } from './ask-cost.ts'
import { askHours } from './ask-hours.ts'
import { askPoints } from './ask-points.ts'

export interface Look extends Seen {
  readonly failures: readonly Failure[]
  readonly read: number
  readonly rejected: number
}

/** Where there are no events, they are looked for further and further back, and at last in all logs. */
const FURTHER_DAYS: readonly (number | null)[] = [60, 400, null]

export async function lookAt(rules: readonly Rule[], state: AlertState, asking: AlertAsking): Promise<Look> {
  const now = asking.host.now()
  const back = largestOf(rules.map(lookbackMs))
  const starts = rules.map(rule => {
    const known = state.rules[rule.name]
    return known === undefined ? now - FIRST_LOOK_MS - back : Math.min(known.evaluatedTo, now) - lookbackMs(rule)
  })
  let from: number | null = smallestOf(starts)
  let asked = await askPoints(asking, from, now + 1)
  for (const days of FURTHER_DAYS) {
    if (asked.points.length > 0) break
    from = days === null ? null : now - days * DAY_MS
    asked = await askPoints(asking, from, now + 1)
  }
  const lastEvent = asked.points.at(-1)?.at ?? null
  const needed = smallestOf(rules.map(rule => startOf(state.rules[rule.name], { lastEvent, now }) - lookbackMs(rule)))
  if (from !== null && needed < from) asked = await askPoints(asking, needed, now + 1)
  const { points, ledger } = asked
  const seen = { points, lastEvent, now, read: ledger.read, rejected: ledger.rejected }
  const past = rules.filter(rule => historyMs(rule) > 0)
  if (past.length === 0)
    return { ...seen, hours: new Map<string, Map<number, HourCounts>>(), failures: ledger.failures }
  const first = smallestOf(past.map(rule => startOf(state.rules[rule.name], { lastEvent, now }) - historyMs(rule)))
  const { hours, failures } = await askHours(asking, first, now + 1)
  return { ...seen, hours, failures: [...ledger.failures, ...failures] }
}
