// When a feature is down: it was used before, and now there are only errors, or it is silent at an hour of the week at which it
// never is. It is up again with the first request that succeeds.
import type { Rule } from './alert-rules.ts'
import { type Change, changesOf } from './signal.ts'
import type { Point } from './window.ts'

const HOUR_MS = 3_600_000
const WEEK_HOURS = 168
/** In each of so many weeks before it was used at the same hour. */
const WEEKS_USED = 4
/** How far before a check the signal has to be looked at. */
export const DOWN_LOOKBACK_MS = 25 * HOUR_MS
/** How far before that one has to know how it was used. */
export const DOWN_HISTORY_MS = WEEKS_USED * WEEK_HOURS * HOUR_MS

/** What an hour of a feature had; hours are counted from 1970 in UTC. */
export interface HourCounts {
  readonly requests: number
  readonly successes: number
}

export interface FeatureSeen {
  readonly points: readonly Point[]
  readonly hours: ReadonlyMap<number, HourCounts>
  /** Whether it was down at the beginning. */
  readonly wasDown: boolean
  /** Whether events before the beginning were not seen by the last check. */
  readonly hasLate: boolean
}

/** `instants` are those of all events, in order: they show that logs were written while a feature was silent. */
export function downChanges(
  { points, hours, wasDown, hasLate }: FeatureSeen,
  rule: Rule,
  instants: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): Change[] {
  const begins = [
    ...failingAt(points, rule, hours, { from, to, hasLate }),
    ...silentAt(points, hours, instants, from, to),
  ]
  const successes = points.filter(({ at, requests, errors }) => at > from && at <= to && requests > errors)
  const steps = [...begins.map(at => ({ at, holds: true })), ...successes.map(({ at }) => ({ at, holds: false }))].sort(
    (a, b) => a.at - b.at || Number(a.holds) - Number(b.holds),
  )
  const changes: Change[] = [{ at: from, holds: wasDown }]
  for (const { at, holds } of steps) {
    if (at <= from) changes[0] = { at: from, holds }
    else if (changes.at(-1)!.holds !== holds) changes.push({ at, holds })
  }
  return changes
}

// Only errors, and there were successes in the week before.
function failingAt(
  points: readonly Point[],
  rule: Rule,
  hours: FeatureSeen['hours'],
  { from, to, hasLate }: { readonly from: number; readonly to: number; readonly hasLate: boolean },
): number[] {
  const allFail = {
    ...rule,
    when: { ...rule.when, metric: 'error_rate' as const, operator: '>=' as const, limit: ALL },
  }
  return changesOf(points, allFail, from, to, hasLate)
    .filter(({ at, holds }) => holds && wasUsed(hours, Math.floor((at - rule.overMs) / HOUR_MS)))
    .map(({ at }) => at)
}

const ALL = { units: 100n, scale: 0 }

function wasUsed(hours: FeatureSeen['hours'], before: number): boolean {
  for (let hour = before - WEEK_HOURS; hour <= before; hour++) if ((hours.get(hour)?.successes ?? 0) > 0) return true
  return false
}

// An hour without a request is known to be one with the first event of any kind after it.
function silentAt(
  points: readonly Point[],
  hours: FeatureSeen['hours'],
  instants: readonly number[],
  from: number,
  to: number,
): number[] {
  const found: number[] = []
  const first = Math.floor((from - DOWN_LOOKBACK_MS) / HOUR_MS)
  for (let hour = first; (hour + 1) * HOUR_MS <= to; hour++) {
    if ((hours.get(hour)?.requests ?? 0) > 0 || !isAlwaysUsed(hours, hour)) continue
    const end = (hour + 1) * HOUR_MS
    const shown = instants.find(at => at >= end)
    if (shown === undefined || shown <= from || shown > to) continue
    if (!points.some(({ at, requests }) => requests > 0 && at >= end && at <= shown)) found.push(shown)
  }
  return found
}

function isAlwaysUsed(hours: FeatureSeen['hours'], hour: number): boolean {
  for (let week = 1; week <= WEEKS_USED; week++) {
    if ((hours.get(hour - week * WEEK_HOURS)?.requests ?? 0) === 0) return false
  }
  return true
}
