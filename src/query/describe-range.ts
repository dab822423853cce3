// A range in words: "1 to 3 February 2026" or, if it does not end with a day, "1 to 3 February 2026, up to 08:00".
import { dateOfDay } from '../base/calendar.ts'
import { DAY_MS, type Day, type Instant, type Zone } from '../base/zone.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const MINUTE_MS = 60_000

/** Days from first to last. */
export function describeDays(first: Day, last: Day): string {
  const a = dateOfDay(first)
  const b = dateOfDay(last)
  const end = `${b.date} ${MONTHS[b.month - 1]} ${b.year}`
  if (first === last) return end
  if (a.year !== b.year) return `${a.date} ${MONTHS[a.month - 1]} ${a.year} to ${end}`
  return a.month === b.month ? `${a.date} to ${end}` : `${a.date} ${MONTHS[a.month - 1]} to ${end}`
}

/** From an instant up to another, in a zone. */
export function describeInstants(from: Instant, to: Instant, zone: Zone): string {
  const first = zone.dayOf(from)
  const last = zone.dayOf(Math.max(from, to - 1) as Instant)
  const isWholeFirst = zone.startOfDay(first) === from
  const isWholeLast = to > from && zone.startOfDay((last + 1) as Day) === to
  if (isWholeFirst && isWholeLast) return describeDays(first, last)
  if (isWholeFirst) return `${describeDays(first, last)}, up to ${timeOfDay(to, zone)}`
  const end = isWholeLast ? '24:00' : timeOfDay(to, zone)
  if (first === last) return `${describeDays(first, first)}, ${timeOfDay(from, zone)} to ${end}`
  return `${describeDays(first, first)}, ${timeOfDay(from, zone)} to ${describeDays(last, last)}, ${end}`
}

// With seconds only where there are some.
function timeOfDay(instant: Instant, zone: Zone): string {
  const localMs = instant + zone.offsetMsAt(instant)
  const text = new Date(((localMs % DAY_MS) + DAY_MS) % DAY_MS).toISOString()
  return localMs % MINUTE_MS === 0 ? text.slice(11, 16) : text.slice(11, 19)
}
