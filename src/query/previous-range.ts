// The range just before another one. For a range that is still running it is the same part of the one before, by the calendar
// and the clock, so that three days of a month are compared with three days.
import { dateOfDay, dayOfDate, firstOfMonth } from '../base/calendar.ts'
import { DAY_MS, type Day, type Instant, type Zone } from '../base/zone.ts'
import type { Range } from './query.ts'

/** Moves an instant back by the length of a range. */
export type Back = (instant: number) => number

/** `back` moves the start of the range to that of the one before; null where the range begins after now. */
export function previousRange(from: number, to: number | null, now: Instant, back: Back): Range | null {
  if (to === null && from > now) return null
  const isRunning = from <= now && (to === null || now < to)
  const start = back(from)
  return { from: start, to: isRunning ? Math.min(Math.max(back(now), start), from) : from }
}

export function daysBack(count: number, zone: Zone): Back {
  return instant => sameTimeOn((zone.dayOf(instant as Instant) - count) as Day, instant, zone)
}

/** A date that the earlier month does not have stands for the end of that month. */
export function monthsBack(count: number, zone: Zone): Back {
  return instant => {
    const { year, month, date } = dateOfDay(zone.dayOf(instant as Instant))
    const earlier = dateOfDay(firstOfMonth(year, month - count))
    const day = dayOfDate(earlier.year, earlier.month, date)
    return day === undefined
      ? zone.startOfDay(firstOfMonth(earlier.year, earlier.month + 1))
      : sameTimeOn(day, instant, zone)
  }
}

export function msBack(lengthMs: number): Back {
  return instant => instant - lengthMs
}

// A day that begins at one o'clock because its clocks are set forward at midnight is moved to the start of another day.
function sameTimeOn(day: Day, instant: number, zone: Zone): number {
  const own = zone.dayOf(instant as Instant)
  if (zone.startOfDay(own) === instant) return zone.startOfDay(day)
  const timeOfDayMs = instant + zone.offsetMsAt(instant as Instant) - own * DAY_MS
  return zone.instantOfLocal(day * DAY_MS + timeOfDayMs)
}
