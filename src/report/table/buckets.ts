// The time buckets of a report: hours for ranges of up to two days, days for longer ones, empty ones included.
import { startOfMonth, startOfWeek } from '../../base/calendar.ts'
import { DAY_MS, type Day, type Instant, type Zone } from '../../base/zone.ts'
import type { Range, TimeUnit } from '../../query/query.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { startOfTimeKey, timeKeyOf } from '../../tally/time-keys.ts'
import type { ReportPeriod } from '../model/report.ts'

const LONGEST_BY_HOUR_MS = 2 * 86_400_000 + 3_600_000
const HOUR_MS = 3_600_000

/** Two days with a change of clocks between them are still two days. */
export function bucketUnitOf({ from, to }: Range): 'hour' | 'day' {
  return from !== null && to !== null && to - from <= LONGEST_BY_HOUR_MS ? 'hour' : 'day'
}

/** A century of days. Where there were more stretches than this, only those with events are shown. */
export const MOST_BUCKETS = 36_525

/**
 * The keys of all units from the first to the last instant, as `timeKeyOf` gives them; where they would be too many, because of
 * one event of the year 9026 perhaps, those that something is present of.
 */
export function timeKeysBetween(
  unit: TimeUnit,
  first: number,
  last: number,
  zone: Zone,
  present: Iterable<KeyValue>,
): number[] {
  if (!areFew(unit, first, last)) return [...new Set(present)].map(Number).sort((a, b) => a - b)
  const keys: number[] = []
  if (unit === 'hour') {
    for (let at = first; ; at += HOUR_MS) {
      const key = timeKeyOf('hour', Math.min(at, last), zone)
      if (keys.at(-1) !== key) keys.push(key)
      if (at >= last) return keys
    }
  }
  const lastDay = zone.dayOf(last as Instant)
  for (let day = zone.dayOf(first as Instant); day <= lastDay; day = (day + 1) as Day) {
    const key = unit === 'day' ? day : unit === 'week' ? startOfWeek(day) : startOfMonth(day)
    if (keys.at(-1) !== key) keys.push(key)
  }
  return keys
}

/** The buckets of a report: from the start of its period to its last event. None where there are no events. */
export function bucketKeysOf(
  unit: TimeUnit,
  period: ReportPeriod,
  { firstInstant, lastInstant }: { readonly firstInstant: number; readonly lastInstant: number },
  zone: Zone,
  present: Iterable<KeyValue>,
): number[] {
  if (firstInstant > lastInstant) return []
  return timeKeysBetween(unit, Math.min(period.from ?? firstInstant, firstInstant), lastInstant, zone, present)
}

/** Whether all stretches from the first to the last instant are few enough to be shown. */
function areFew(unit: TimeUnit, first: number, last: number): boolean {
  return last - first < MOST_BUCKETS * (unit === 'hour' ? HOUR_MS : DAY_MS)
}

/** The key as far from the start of the range before as `key` is from the start of the range. */
export function keyBefore(unit: TimeUnit, key: number, from: Instant | null, before: Range, zone: Zone): number | null {
  if (from === null || before.from === null) return null
  if (unit === 'day') return key - zone.dayOf(from) + zone.dayOf(before.from as Instant)
  const shiftMs = startOfTimeKey(unit, key, zone) - from
  return timeKeyOf(unit, before.from + shiftMs, zone)
}
