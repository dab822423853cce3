// Weeks of years, which begin and end in the middle of other weeks.
import { tz } from '@date-fns/tz'
import { getISOWeek } from 'date-fns/getISOWeek'
import { getISOWeekYear } from 'date-fns/getISOWeekYear'
import { describe, expect, test } from 'vitest'
import { formatDay, parseDay } from '../../src/base/calendar.ts'
import { DAY_MS, type Day } from '../../src/base/zone.ts'
import { formatWeek, parsePeriod } from '../../src/query/period.ts'

const TODAY = parseDay('2026-02-03')!
const YEARS = Array.from({ length: 40 }, (_, index) => 1995 + index)

function spanOf(text: string): string[] | undefined {
  const period = parsePeriod(text, TODAY)
  return period && [period.first, (period.end - 1) as Day].map(formatDay)
}

describe('periods by name', () => {
  test('the week of a day is that of ISO 8601 at the borders of 40 years', () => {
    const utc = { in: tz('UTC') }
    const days = YEARS.flatMap(year => Array.from({ length: 22 }, (_, index) => parseDay(`${year}-12-22`)! + index))
    const expected = days.map(day => {
      const date = new Date(day * DAY_MS)
      return `${getISOWeekYear(date, utc)}-W${String(getISOWeek(date, utc)).padStart(2, '0')}`
    })
    expect(days.map(day => formatWeek(day as Day))).toEqual(expected)
  })

  test('the weeks of a year tile it, and there are 52 or 53', () => {
    const names = YEARS.flatMap(year =>
      Array.from({ length: 54 }, (_, index) => `${year}-W${String(index).padStart(2, '0')}`),
    )
    const weeks = names.map(name => parsePeriod(name, TODAY)).filter(week => week !== undefined)
    expect(weeks.map(week => week.first).slice(1)).toEqual(weeks.map(week => week.end).slice(0, -1))
    expect(weeks.map(week => formatWeek(week.first))).toEqual(names.filter(name => parsePeriod(name, TODAY)))
  })

  test('a week that the year does not have is none', () => {
    expect(spanOf('2026-W53')).toEqual(['2026-12-28', '2027-01-03'])
    expect(spanOf('2025-W53')).toBeUndefined()
    expect(spanOf('2026-W00')).toBeUndefined()
  })

  test('months and quarters carry into the years around', () => {
    expect(spanOf('2026-01')).toEqual(['2026-01-01', '2026-01-31'])
    expect(spanOf('2026-Q4')).toEqual(['2026-10-01', '2026-12-31'])
    expect(spanOf('2024')).toEqual(['2024-01-01', '2024-12-31'])
    expect(spanOf('last-month')).toEqual(['2026-01-01', '2026-01-31'])
  })
})
