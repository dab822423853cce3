// Days and instants as text, and the calendar arithmetic of the Gregorian calendar.
import { DAY_MS, type Day, type Instant, type Zone } from './instant.ts'

/** The day of a date that exists, or undefined: 2026-02-30 is none. Months count from 1. */
export function dayOfDate(year: number, month: number, date: number): Day | undefined {
  const probe = new Date(0)
  probe.setUTCFullYear(year, month - 1, date)
  if (probe.getUTCFullYear() !== year || probe.getUTCMonth() !== month - 1 || probe.getUTCDate() !== date)
    return undefined
  return (probe.getTime() / DAY_MS) as Day
}

/** Year, month (from 1) and date of a day. */
export function dateOfDay(day: Day): { year: number; month: number; date: number } {
  const probe = new Date(day * DAY_MS)
  return { year: probe.getUTCFullYear(), month: probe.getUTCMonth() + 1, date: probe.getUTCDate() }
}

/** "2026-02-02" as a day, or undefined. */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match === null ? undefined : dayOfDate(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** The dates that stand in a text and exist, in their order. */
export function daysIn(text: string): Day[] {
  return [...text.matchAll(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g)].flatMap(([date]) => parseDay(date) ?? [])
}

export function formatDay(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** The Monday of the week that a day is in. */
export function startOfWeek(day: Day): Day {
  return (day - weekdayOf(day) + 1) as Day
}

/** The year and number of the ISO week that a day is in: those of the week's Thursday. */
export function isoWeekOf(day: Day): { year: number; week: number } {
  const thursday = (startOfWeek(day) + 3) as Day
  const { year } = dateOfDay(thursday)
  return { year, week: Math.floor((thursday - firstOfMonth(year, 1)) / 7) + 1 }
}

/** The Monday of an ISO week; numbers that the year does not have carry into its neighbours. */
export function mondayOfWeek(year: number, week: number): Day {
  // The fourth of January is in the first week.
  const first = startOfWeek((firstOfMonth(year, 1) + 3) as Day)
  return (first + 7 * (week - 1)) as Day
}

export function startOfMonth(day: Day): Day {
  const { year, month } = dateOfDay(day)
  return firstOfMonth(year, month)
}

/** The first day of a month; months below 1 or above 12 carry into the years. */
export function firstOfMonth(year: number, month: number): Day {
  const probe = new Date(0)
  probe.setUTCFullYear(year, month - 1, 1)
  return (probe.getTime() / DAY_MS) as Day
}

/** ISO 8601 in UTC without needless fractions: "2026-02-03T08:00:00Z". */
export function formatInstantUtc(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}

/** ISO 8601 with the offset of a zone: "2026-02-03T09:00:00+01:00". */
export function formatInstant(instant: Instant, zone: Zone): string {
  const offsetMs = zone.offsetMsAt(instant)
  const local = new Date(instant + offsetMs).toISOString().slice(0, -1).replace('.000', '')
  const minutes = Math.abs(Math.round(offsetMs / 60_000))
  const sign = offsetMs < 0 ? '-' : '+'
  return `${local}${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
