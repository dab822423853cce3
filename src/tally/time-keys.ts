// Units of time as key numbers: days, weeks and months as the number of their first day, hours as minutes since 1970.
import { startOfMonth, startOfWeek } from '../base/calendar.ts'
import { DAY_MS, type Day, type Instant, type Zone } from '../base/zone.ts'
import type { TimeUnit } from '../query/query.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** The key of the unit that an instant is in. */
export function timeKeyOf(unit: TimeUnit, instant: number, zone: Zone): number {
  if (unit === 'hour') {
    const offsetMs = zone.offsetMsAt(instant as Instant)
    return (Math.floor((instant + offsetMs) / HOUR_MS) * HOUR_MS - offsetMs) / MINUTE_MS
  }
  const day = zone.dayOf(instant as Instant)
  return unit === 'day' ? day : unit === 'week' ? startOfWeek(day) : startOfMonth(day)
}

/** The first instant of the unit with this key. */
export function startOfTimeKey(unit: TimeUnit, key: number, zone: Zone): Instant {
  return unit === 'hour' ? ((key * MINUTE_MS) as Instant) : zone.startOfDay(key as Day)
}

/** Remembers the last unit, because neighbouring events are mostly in the same. */
export class TimeKeyFinder {
  private readonly unit: TimeUnit
  private readonly zone: Zone
  private from = 0
  private to = 0
  private key = 0

  constructor(unit: TimeUnit, zone: Zone) {
    this.unit = unit
    this.zone = zone
  }

  keyOf(instant: number): number {
    if (instant >= this.from && instant < this.to) return this.key
    this.key = timeKeyOf(this.unit, instant, this.zone)
    // Within a day in which the offset does not change, or else an hour, the end of the stretch is known.
    const offsetMs = this.zone.offsetMsAt(instant as Instant)
    const unitMs = this.unit === 'hour' ? HOUR_MS : DAY_MS
    const from = Math.floor((instant + offsetMs) / unitMs) * unitMs - offsetMs
    const isEven = this.zone.offsetMsAt(from as Instant) === this.zone.offsetMsAt((from + unitMs - 1) as Instant)
    this.from = isEven ? from : instant
    this.to = isEven ? from + unitMs : instant
    return this.key
  }

  /** The stretch of time around the last instant in which the key is surely the same; empty where none is known. */
  get span(): { readonly from: number; readonly to: number } {
    return { from: this.from, to: this.to }
  }
}
