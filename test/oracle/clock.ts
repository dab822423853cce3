// Instants, days and zones of the oracle, by what Intl says of a zone.

const DAY = 86_400_000

/** Milliseconds by which a zone's clock is before UTC at an instant. */
function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0
  const cut = Math.floor(instant / 900_000) * 900_000
  const key = `${zone} ${cut}`
  const known = OFFSETS.get(key)
  if (known !== undefined) return known
  const parts = new Map(
    formatOf(zone)
      .formatToParts(cut)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type)!
  const clock = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour') % 24, of('minute'), of('second'))
  OFFSETS.set(key, clock - cut)
  return clock - cut
}

const OFFSETS = new Map<string, number>()
const FORMATS = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone)
  if (known !== undefined) return known
  const numeric = 'numeric'
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  })
  FORMATS.set(zone, format)
  return format
}

/**
 * The instant at which a zone's clock shows a time, given as if it were UTC: the first of two. A time that the clock skips is
 * read by the clock of before.
 */
export function instantOf(clock: number, zone: string): number {
  const before = offsetAt(clock - DAY, zone)
  const shown = [before, offsetAt(clock + DAY, zone)].map(offset => clock - offset)
  const real = shown.filter(instant => instant + offsetAt(instant, zone) === clock)
  return real.length === 0 ? clock - before : Math.min(...real)
}

/** The time that a zone's clock shows. */
export function clockAt(instant: number, zone: string): Date {
  return new Date(instant + offsetAt(instant, zone))
}

export function dayAt(instant: number, zone: string): string {
  return clockAt(instant, zone).toISOString().slice(0, 10)
}

export function startOfDay(day: string, zone: string): number {
  return instantOf(Date.parse(`${day}T00:00:00Z`), zone)
}

/** The same time by the clock so many days earlier; the start of a day stays one. */
export function daysEarlier(instant: number, count: number, zone: string): number {
  return sameTime(instant, dayAfter(dayAt(instant, zone), -count), zone)
}

/** The same date and time so many months earlier; the end of a month that lacks the date. */
export function monthsEarlier(instant: number, count: number, zone: string): number {
  const [year = 0, month = 0, date = 0] = dayAt(instant, zone).split('-').map(Number)
  const day = new Date(Date.UTC(year, month - 1 - count, date)).toISOString().slice(0, 10)
  if (Number(day.slice(8)) === date) return sameTime(instant, day, zone)
  return startOfDay(`${day.slice(0, 8)}01`, zone)
}

function sameTime(instant: number, day: string, zone: string): number {
  const own = dayAt(instant, zone)
  if (startOfDay(own, zone) === instant) return startOfDay(day, zone)
  const sinceMidnight = clockAt(instant, zone).getTime() - Date.parse(`${own}T00:00:00Z`)
  return instantOf(Date.parse(`${day}T00:00:00Z`) + sinceMidnight, zone)
}

export function dayAfter(day: string, count = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10)
}

/** What a group by a unit of time calls the stretch that an instant is in. */
export function stretchAt(unit: string, instant: number, zone: string): string {
  const day = dayAt(instant, zone)
  if (unit === 'day') return day
  if (unit === 'month') return day.slice(0, 7)
  if (unit === 'week') return weekOf(day)
  const minutes = offsetAt(instant, zone) / 60_000
  const sign = minutes < 0 ? '-' : '+'
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${clockAt(instant, zone).toISOString().slice(0, 13)}:00:00${sign}${pad(hours)}:${pad(rest)}`
}

// The week of ISO 8601: that of the year which its Thursday is in.
function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  const thursday = date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY
  const year = new Date(thursday).getUTCFullYear()
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/**
 * A time of a log: text of ISO 8601, a day of the report's zone, or seconds or milliseconds since 1970. Undefined where it is
 * none.
 */
export function readTime(text: string, zone: string, logZone: string): number | undefined {
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
  if (number !== undefined) return Math.floor(number < 1e11 ? number * 1000 : number)
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text)
  if (parts === null) return undefined
  const [, day = '', time, offset] = parts
  if (Number.isNaN(Date.parse(`${day}T00:00:00Z`)) || dayAfter(day, 0) !== day) return undefined
  if (time === undefined) return startOfDay(day, zone)
  const [clock = '', fraction = ''] = time.split('.')
  const ms = Math.floor(Number(`0.${fraction || '0'}`) * 1000 + 1e-6)
  const full = clock.length === 5 ? `${clock}:00` : clock
  if (offset !== undefined) return Date.parse(`${day}T${full}${offset}`) + ms
  return instantOf(Date.parse(`${day}T${full}Z`), logZone) + ms
}
