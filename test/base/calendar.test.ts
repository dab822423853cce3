import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dateOfDay,
  dayOfDate,
  firstOfMonth,
  formatDay,
  formatInstant,
  formatInstantUtc,
  parseDay,
  startOfMonth,
  startOfWeek,
  weekdayOf,
} from '../../src/base/calendar.ts'
import { type Day, type Instant, parseZone } from '../../src/base/zone.ts'

const anyDay = fc.integer({ min: -100_000, max: 2_000_000 }).map(count => count as Day)

describe('days as text', () => {
  test('are read back', () => {
    fc.assert(
      fc.property(anyDay, day => {
        expect(parseDay(formatDay(day))).toBe(day)
      }),
    )
  })

  test.each([
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2025-02-29',
    '1900-02-29',
    '2026-1-1',
    '26-01-01',
    '2026-01-01 ',
  ])('%j is none', text => {
    expect(parseDay(text)).toBeUndefined()
  })

  test('the years before 100 are not those of the last century', () => {
    expect(formatDay(parseDay('0099-03-01')!)).toBe('0099-03-01')
  })

  test('29 February is one in 2024 and in 2000', () => {
    expect([dayOfDate(2024, 2, 29), dayOfDate(2000, 2, 29)].map(day => formatDay(day!))).toEqual([
      '2024-02-29',
      '2000-02-29',
    ])
  })
})

describe('weeks and months', () => {
  test('2026-02-02 is a Monday and 2026-02-01 a Sunday', () => {
    expect(['2026-02-02', '2026-02-01'].map(text => weekdayOf(parseDay(text)!))).toEqual([1, 7])
  })

  test('a week begins on a Monday, at most six days before', () => {
    fc.assert(
      fc.property(anyDay, day => {
        const monday = startOfWeek(day)
        expect([weekdayOf(monday), day - monday >= 0, day - monday <= 6]).toEqual([1, true, true])
      }),
    )
  })

  test('a month begins on its first', () => {
    fc.assert(
      fc.property(anyDay, day => {
        const { year, month } = dateOfDay(day)
        expect(dateOfDay(startOfMonth(day))).toEqual({ year, month, date: 1 })
      }),
    )
  })

  test('month 13 is January of the next year, and month 0 December of the last', () => {
    expect([firstOfMonth(2026, 13), firstOfMonth(2026, 0)].map(formatDay)).toEqual(['2027-01-01', '2025-12-01'])
  })
})

describe('instants as text', () => {
  test('have a fraction only where there is one', () => {
    const at = Date.UTC(2026, 1, 3, 8) as Instant
    expect([formatInstantUtc(at), formatInstantUtc((at + 5) as Instant)]).toEqual([
      '2026-02-03T08:00:00Z',
      '2026-02-03T08:00:00.005Z',
    ])
  })

  test.each([
    ['UTC', '2026-02-03T08:00:00+00:00'],
    ['America/New_York', '2026-02-03T03:00:00-05:00'],
    ['Asia/Kathmandu', '2026-02-03T13:45:00+05:45'],
    ['America/St_Johns', '2026-02-03T04:30:00-03:30'],
  ])('carry the offset of %s', (zone, text) => {
    expect(formatInstant(Date.UTC(2026, 1, 3, 8) as Instant, parseZone(zone)!)).toBe(text)
  })
})
