// What was said about the range, as instants: last days or hours, dates, or a named period, in the report's zone.
import { dateOfDay, formatDay, parseDay } from '../base/calendar.ts'
import { UsageError } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'
import { parseTimeText } from '../base/parse-time.ts'
import { DAY_MS, type Day, type Instant, type Zone } from '../base/zone.ts'
import { PERIOD_FORMS, PERIOD_WORDS, type Period, parsePeriod } from './period.ts'
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
  /** The range of the same length just before; null where this one is open at its start. */
  readonly previous: Range | null
}

export const ALL_TIME: NamedRange = { from: null, to: null, label: 'all', previous: null }

export function parseRange(request: RangeRequest, zone: Zone, now: Instant): NamedRange {
  refuseTwo(request)
  const today = zone.dayOf(now)
  if (request.lastDays !== undefined) return lastDays(request.lastDays, today, zone, now)
  if (request.lastHours !== undefined) return lastHours(request.lastHours, now)
  if (request.period !== undefined) return namedPeriod(request.period, 'period', today, zone)
  if (request.startDate === undefined && request.endDate === undefined) return ALL_TIME
  return betweenDates(request.startDate, request.endDate, zone)
}

/** A period as a range, for `--period` and `--compare`. */
export function namedPeriod(text: string, flag: string, today: Day, zone: Zone): NamedRange {
  const period = parsePeriod(text, today)
  if (period === undefined) throw badPeriod(text, flag)
  const isWord = (PERIOD_WORDS as readonly string[]).includes(text.toLowerCase())
  return { ...rangeOfDays(period, zone), label: isWord ? text.toLowerCase().replace('-', ' ') : text }
}

function rangeOfDays(period: Period, zone: Zone): Omit<NamedRange, 'label'> {
  const from = zone.startOfDay(period.first)
  return {
    from,
    to: zone.startOfDay(period.end),
    previous: { from: zone.startOfDay(period.previousFirst), to: from },
  }
}

// The range before is as long, and ends at the same time of day, so that a morning is compared with a morning.
function lastDays(count: number, today: Day, zone: Zone, now: Instant): NamedRange {
  const first = (today - count) as Day
  const sinceMidnight = now - zone.startOfDay(today)
  const previousEnd = Math.min(zone.startOfDay((first - 1) as Day) + sinceMidnight, zone.startOfDay(first))
  return {
    from: zone.startOfDay(first),
    to: now,
    label:
      count === 0 ? 'today so far' : count === 1 ? 'yesterday and today so far' : `last ${count} days and today so far`,
    previous: { from: zone.startOfDay((first - 1 - count) as Day), to: previousEnd },
  }
}

function lastHours(count: number, now: Instant): NamedRange {
  const lengthMs = count * 3_600_000
  const from = now - lengthMs
  return {
    from,
    to: now,
    label: count === 1 ? 'last hour' : `last ${count} hours`,
    previous: { from: from - lengthMs, to: from },
  }
}

function betweenDates(start: string | undefined, end: string | undefined, zone: Zone): NamedRange {
  const from = start === undefined ? null : parsePoint(start, 'start-date', zone, 0)
  const to = end === undefined ? null : parsePoint(end, 'end-date', zone, 1)
  if (from !== null && to !== null && from >= to) {
    throw new UsageError('bad-date-range', `--start-date ${start} is not before the end of --end-date ${end}.`, {
      where: { flag: '--start-date' },
      hint: 'Swap the two dates, or leave one of them out.',
    })
  }
  return { from, to, label: '', previous: from === null || to === null ? null : previousOf(from, to, zone) }
}

// Whole days are moved by days, so that a change of clocks moves nothing across midnight.
function previousOf(from: number, to: number, zone: Zone): Range {
  const firstDay = zone.dayOf(from as Instant)
  const endDay = zone.dayOf(to as Instant)
  const areDays = zone.startOfDay(firstDay) === from && zone.startOfDay(endDay) === to
  return { from: areDays ? zone.startOfDay((2 * firstDay - endDay) as Day) : 2 * from - to, to: from }
}

// A day stands for its start (`dayOffset` 0) or its end (1); an instant for itself.
function parsePoint(text: string, flag: string, zone: Zone, dayOffset: 0 | 1): number {
  const day = parseDay(text)
  if (day !== undefined) return zone.startOfDay((day + dayOffset) as Day)
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? undefined : parseTimeText(text)
  if (time === undefined) throw badDate(text, flag)
  return time.isNaive ? zone.instantOfLocal(time.ms) : time.ms
}

function badDate(text: string, flag: string): UsageError {
  const isShaped = /^\d{4}-\d{2}-\d{2}/.test(text)
  const why = isShaped ? 'there is no such date' : 'not a date'
  return new UsageError('bad-date', `--${flag} ${JSON.stringify(text)}: ${why}.`, {
    where: { flag: `--${flag}` },
    hint: isShaped ? suggestDate(text) : 'Write a date as 2026-02-28, or an instant as 2026-02-28T09:00:00Z.',
  })
}

function suggestDate(text: string): string {
  const [year = 1970, month = 1] = text.split('-').map(Number)
  if (month < 1 || month > 12) return 'Use a month from 01 to 12.'
  const last = ((Date.UTC(year, month, 1) / DAY_MS) as Day) - 1
  return `Use a date up to ${formatDay(last as Day)}, the last of that month.`
}

function badPeriod(text: string, flag: string): UsageError {
  const near = nearestNames(text, PERIOD_FORMS, 1)[0]
  return new UsageError('bad-period', `--${flag} ${JSON.stringify(text)}: there is no such period.`, {
    where: { flag: `--${flag}` },
    hint: `Use ${near === undefined ? '' : `${near}, or `}one of ${PERIOD_FORMS.join(', ')}.`,
  })
}

const WAYS = [
  ['--last-days', 'lastDays'],
  ['--last-hours', 'lastHours'],
  ['--period', 'period'],
  ['--start-date', 'startDate'],
  ['--end-date', 'endDate'],
] as const

function refuseTwo(request: RangeRequest): void {
  const given = WAYS.filter(([, key]) => request[key] !== undefined).map(([flag]) => flag)
  const areDates = given.every(flag => flag === '--start-date' || flag === '--end-date')
  if (given.length < 2 || areDates) return
  throw new UsageError('range-twice', `${given.join(' and ')} both say the range.`, {
    where: { flag: given[0]! },
    hint: `Use one of them: leave ${given.slice(1).join(' and ')} out.`,
  })
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** Days from first to last in words: "1 to 3 February 2026". */
export function describeDays(first: Day, last: Day): string {
  const a = dateOfDay(first)
  const b = dateOfDay(last)
  const end = `${b.date} ${MONTHS[b.month - 1]} ${b.year}`
  if (first === last) return end
  if (a.year !== b.year) return `${a.date} ${MONTHS[a.month - 1]} ${a.year} to ${end}`
  return a.month === b.month ? `${a.date} to ${end}` : `${a.date} ${MONTHS[a.month - 1]} to ${end}`
}
