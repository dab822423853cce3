// Named calendar periods: `last-month`, `2026-Q1`, `2026-W06`. They consist of whole days, and cover the calendar without gaps
// or overlaps.
import {
  dateOfDay,
  firstOfMonth,
  isoWeekOf,
  mondayOfWeek,
  parseDay,
  startOfMonth,
  startOfWeek,
} from '../base/calendar.ts'
import type { Day } from '../base/zone.ts'

/** The days [first, end) of a period. */
export interface Period {
  readonly first: Day
  readonly end: Day
  /** How long it is, in the unit that periods of its kind follow each other by. */
  readonly length: { readonly unit: 'day' | 'month'; readonly count: number }
}

export const PERIOD_WORDS = ['today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month'] as const
export const PERIOD_FORMS = [...PERIOD_WORDS, '2026', '2026-Q1', '2026-02', '2026-W06', '2026-02-02'] as const

/** The period that a text names, seen from a day; undefined where it names none that exists. */
export function parsePeriod(text: string, today: Day): Period | undefined {
  const lower = text.toLowerCase()
  if (lower === 'today') return days(today, 1)
  if (lower === 'yesterday') return days((today - 1) as Day, 1)
  if (lower === 'this-week') return days(startOfWeek(today), 7)
  if (lower === 'last-week') return days((startOfWeek(today) - 7) as Day, 7)
  if (lower === 'this-month') return months(startOfMonth(today), 1)
  if (lower === 'last-month') return months(monthsAfter(startOfMonth(today), -1), 1)
  return parseDated(text)
}

function parseDated(text: string): Period | undefined {
  const match = /^(\d{4})(?:-(?:Q([1-4])|W(\d{2})|(\d{2})))?$/i.exec(text)
  if (match === null) {
    const day = parseDay(text)
    return day === undefined ? undefined : days(day, 1)
  }
  const year = Number(match[1])
  if (match[2] !== undefined) return months(firstOfMonth(year, Number(match[2]) * 3 - 2), 3)
  if (match[3] !== undefined) return weekOf(year, Number(match[3]))
  if (match[4] === undefined) return months(firstOfMonth(year, 1), 12)
  const month = Number(match[4])
  return month >= 1 && month <= 12 ? months(firstOfMonth(year, month), 1) : undefined
}

// The week of a year, if the year has it.
function weekOf(year: number, week: number): Period | undefined {
  const monday = mondayOfWeek(year, week)
  const found = isoWeekOf(monday)
  return found.year === year && found.week === week ? days(monday, 7) : undefined
}

/** "2026-W06" for the week that a day is in. */
export function formatWeek(day: Day): string {
  const { year, week } = isoWeekOf(day)
  return `${year}-W${String(week).padStart(2, '0')}`
}

function days(first: Day, count: number): Period {
  return { first, end: (first + count) as Day, length: { unit: 'day', count } }
}

function months(first: Day, count: number): Period {
  return { first, end: monthsAfter(first, count), length: { unit: 'month', count } }
}

// Of a first day of a month.
function monthsAfter(day: Day, count: number): Day {
  const { year, month } = dateOfDay(day)
  return firstOfMonth(year, month + count)
}

/** "2026-02" for the month that a day is in. */
export function formatMonth(day: Day): string {
  const { year, month } = dateOfDay(day)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
}
