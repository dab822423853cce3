// From the range options to instants: last days or hours, dates, or a named period, in the report's time zone.
import { formatDay, parseDay } from '../base/calendar.ts'
import { optionName, UsageError } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'
import { parseTimeText } from '../base/parse-time.ts'
import { DAY_MS, type Day, type Instant, type Zone } from '../base/zone.ts'
import { PERIOD_FORMS, PERIOD_WORDS, type Period, parsePeriod } from './period.ts'
import { type Back, daysBack, monthsBack, msBack, previousRange } from './previous-range.ts'
import type { Range } from './query.ts'

/** The range flags as they were typed. */
export interface RangeRequest {
  readonly lastDays?: number | undefined
  readonly lastHours?: number | undefined
  readonly startDate?: string | undefined
  readonly endDate?: string | undefined
  readonly period?: string | undefined
}

/** A range with what a reader should see of it. */
export interface NamedRange extends Range {
  /** In words: "last 7 days". Empty where the dates say it all. */
  readonly label: string
  /** The range just before, of a range that is still running the same part; null where this one is open at its start. */
  readonly previous: Range | null
}

const HOUR_MS = 3_600_000
/** 1900-01-01: what is asked for before it is a slip. */
const EARLIEST_DAY = -25_567

export const ALL_TIME: NamedRange = { from: null, to: null, label: 'all', previous: null }

/** A range that its dates say all of. */
export function unnamedRange({ from, to }: Range): NamedRange {
  return { from, to, label: '', previous: null }
}

export function parseRange(request: RangeRequest, zone: Zone, now: Instant): NamedRange {
  refuseTwo(request)
  const today = zone.dayOf(now)
  if (request.lastDays !== undefined) return lastDays(request.lastDays, today, zone, now)
  if (request.lastHours !== undefined) return lastHours(request.lastHours, now)
  const since = request.endDate === undefined ? parseAge(request.startDate ?? '', today) : undefined
  if (since !== undefined) return 'day' in since ? lastDays(today - since.day, today, zone, now) : lastTime(since, now)
  if (request.period !== undefined) return namedPeriod(request.period, 'period', zone, now)
  if (request.startDate === undefined && request.endDate === undefined) return ALL_TIME
  return betweenDates(request.startDate, request.endDate, zone, now)
}

/** A period as a range, for `--period` and `--compare`. */
export function namedPeriod(text: string, name: string, zone: Zone, now: Instant): NamedRange {
  const period = parsePeriod(text, zone.dayOf(now))
  if (period === undefined) throw badPeriod(text, name)
  const isWord = (PERIOD_WORDS as readonly string[]).includes(text.toLowerCase())
  return { ...rangeOfDays(period, zone, now), label: isWord ? text.toLowerCase().replace('-', ' ') : text }
}

function rangeOfDays({ first, end, length }: Period, zone: Zone, now: Instant): Omit<NamedRange, 'label'> {
  const back = length.unit === 'day' ? daysBack(length.count, zone) : monthsBack(length.count, zone)
  return withPrevious(zone.startOfDay(first), zone.startOfDay(end), now, back)
}

function withPrevious(from: number, to: number, now: Instant, back: Back): Omit<NamedRange, 'label'> {
  return { from, to, previous: previousRange(from, to, now, back) }
}

function lastDays(count: number, today: Day, zone: Zone, now: Instant): NamedRange {
  const from = zone.startOfDay((today - count) as Day)
  return {
    from,
    to: now,
    label:
      count === 0 ? 'today so far' : count === 1 ? 'yesterday and today so far' : `last ${count} days and today so far`,
    previous: previousRange(from, null, now, daysBack(count + 1, zone)),
  }
}

function lastHours(count: number, now: Instant): NamedRange {
  return lastTime(hours(count), now)
}

function hours(count: number): Age {
  return { lengthMs: count * HOUR_MS, label: count === 1 ? 'last hour' : `last ${count} hours` }
}

function lastTime({ lengthMs, label }: Age, now: Instant): NamedRange {
  return { ...withPrevious(now - lengthMs, now, now, msBack(lengthMs)), label }
}

function betweenDates(start: string | undefined, end: string | undefined, zone: Zone, now: Instant): NamedRange {
  const from = start === undefined ? null : parsePoint(start, 'startDate', zone, now, 0)
  const to = end === undefined ? null : parsePoint(end, 'endDate', zone, now, 1)
  if (from !== null && to !== null && from >= to) {
    throw new UsageError(
      'bad-date-range',
      `${optionName('startDate')} ${start} is not before the end of ${optionName('endDate')} ${end}.`,
      {
        where: { option: 'startDate' },
        hint: 'Swap the two dates, or leave one of them out.',
      },
    )
  }
  const previous = from === null ? null : previousRange(from, to, now, backOf(from, to, zone, now))
  return { from, to, label: '', previous }
}

// Whole days are moved by days, so that a change of clocks moves nothing across midnight. A range without an end goes on
// until now, and from the start of a day on it is as long as the days that it has touched.
function backOf(from: number, to: number | null, zone: Zone, now: Instant): Back {
  const firstDay = zone.dayOf(from as Instant)
  const endDay = to === null ? ((zone.dayOf(now) + 1) as Day) : zone.dayOf(to as Instant)
  const areDays = zone.startOfDay(firstDay) === from && (to === null || zone.startOfDay(endDay) === to)
  return areDays ? daysBack(endDay - firstDay, zone) : msBack((to ?? now) - from)
}

// A day stands for its start (`dayOffset` 0) or its end (1); an instant for itself.
function parsePoint(text: string, name: string, zone: Zone, now: Instant, dayOffset: 0 | 1): number {
  const age = parseAge(text, zone.dayOf(now))
  if (age !== undefined && 'lengthMs' in age) return now - age.lengthMs
  const day = age?.day ?? parseDay(text)
  if (day !== undefined) return zone.startOfDay((day + dayOffset) as Day)
  // Few digits are a slip, and no seconds of 1970.
  const time = /^(\d{4}-\d{2}-\d{2}|\d{1,8})$/.test(text) ? undefined : parseTimeText(text)
  if (time === undefined) throw badDate(text, name)
  return time.isNaive ? zone.instantOfLocal(time.ms) : time.ms
}

interface Age {
  readonly lengthMs: number
  readonly label: string
}

/** Counted back from today or from now: "yesterday" and "7d" are days, "24h" and "90m" lengths of time. */
function parseAge(text: string, today: Day): { readonly day: Day } | Age | undefined {
  const folded = text.toLowerCase()
  if (folded === 'today' || folded === 'yesterday') return { day: (folded === 'today' ? today : today - 1) as Day }
  const [, digits, unit] = /^(\d{1,6})([wdhm])$/.exec(folded) ?? []
  const count = Number(digits)
  if (unit === 'd' || unit === 'w') {
    const day = today - count * (unit === 'w' ? 7 : 1)
    return day < EARLIEST_DAY ? undefined : { day: day as Day }
  }
  if (unit === 'h') return hours(count)
  return unit === 'm' ? { lengthMs: count * 60_000, label: `last ${count} minutes` } : undefined
}

function badDate(text: string, name: string): UsageError {
  const isShaped = /^\d{4}-\d{2}-\d{2}/.test(text)
  const why = isShaped ? 'there is no such date' : 'not a date'
  return new UsageError('bad-date', `${optionName(name)} ${JSON.stringify(text)}: ${why}.`, {
    where: { option: name },
    hint: isShaped
      ? suggestDate(text)
      : 'Write a date as 2026-02-28, an instant as 2026-02-28T09:00:00Z, or today, yesterday, 7d or 24h.',
  })
}

function suggestDate(text: string): string {
  const [year = 1970, month = 1] = text.split('-').map(Number)
  if (month < 1 || month > 12) return 'Use a month from 01 to 12.'
  const last = ((Date.UTC(year, month, 1) / DAY_MS) as Day) - 1
  return `Use a date up to ${formatDay(last as Day)}, the last of that month.`
}

function badPeriod(text: string, name: string): UsageError {
  const near = nearestNames(text, PERIOD_FORMS, 1)[0]
  return new UsageError('bad-period', `${optionName(name)} ${JSON.stringify(text)}: there is no such period.`, {
    where: { option: name },
    hint: `Use ${near === undefined ? '' : `${near}, or `}one of ${PERIOD_FORMS.join(', ')}.`,
  })
}

/** The options that each say a range. */
export const RANGE_WAYS = ['lastDays', 'lastHours', 'period', 'startDate', 'endDate'] as const

function refuseTwo(request: RangeRequest): void {
  const given = RANGE_WAYS.filter(name => request[name] !== undefined)
  const areDates = given.every(name => name === 'startDate' || name === 'endDate')
  if (given.length < 2 || areDates) return
  const [first, ...others] = given.map(optionName)
  throw new UsageError('range-twice', `${[first, ...others].join(' and ')} both set the range.`, {
    where: { option: given[0]! },
    hint: `Use one of them: leave ${others.join(' and ')} out.`,
  })
}
