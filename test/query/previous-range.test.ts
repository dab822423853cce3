// The range that `--compare previous` takes: of a range that is still running the same part, by the calendar and the clock.
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../src/base/zone.ts'
import { parseZone, UTC, type Zone } from '../../src/base/zone.ts'
import { describeInstants } from '../../src/query/describe-range.ts'
import { parseRange, type RangeRequest } from '../../src/query/range.ts'

const BERLIN = parseZone('Europe/Berlin')!
const BEIRUT = parseZone('Asia/Beirut')!

function previousOf(request: RangeRequest, now: string, zone: Zone = UTC): string | null {
  const { previous } = parseRange(request, zone, Date.parse(now) as Instant)
  return previous && describeInstants(previous.from as Instant, previous.to as Instant, zone)
}

describe('a running period stands beside the same part of the one before', () => {
  test.each<[string, string, string]>([
    ['this-month', '2026-03-03T08:00:00Z', '1 to 3 February 2026, up to 08:00'],
    ['2026-03', '2026-03-03T08:00:00Z', '1 to 3 February 2026, up to 08:00'],
    ['this-month', '2026-03-28T08:00:00Z', '1 to 28 February 2026, up to 08:00'],
    ['this-month', '2026-03-31T08:00:00Z', '1 to 28 February 2026'],
    ['this-month', '2024-03-29T08:00:00Z', '1 to 29 February 2024, up to 08:00'],
    ['this-month', '2024-03-30T08:00:00Z', '1 to 29 February 2024'],
    ['this-month', '2026-01-15T08:00:00Z', '1 to 15 December 2025, up to 08:00'],
    ['this-month', '2026-03-01T00:00:01Z', '1 February 2026, up to 00:00:01'],
    ['this-week', '2026-02-04T12:30:00Z', '26 to 28 January 2026, up to 12:30'],
    ['2026-W06', '2026-02-04T12:30:00Z', '26 to 28 January 2026, up to 12:30'],
    ['today', '2026-03-01T09:00:00Z', '28 February 2026, up to 09:00'],
    ['2026-03-01', '2026-03-01T09:00:00Z', '28 February 2026, up to 09:00'],
    ['2026-Q1', '2026-02-15T06:00:00Z', '1 October to 15 November 2025, up to 06:00'],
    ['2026-Q2', '2026-05-31T06:00:00Z', '1 January to 28 February 2026'],
    ['2026', '2026-03-15T06:00:00Z', '1 January to 15 March 2025, up to 06:00'],
    ['2024', '2024-02-29T06:00:00Z', '1 January to 28 February 2023'],
    ['2025', '2025-03-01T06:00:00Z', '1 January to 1 March 2024, up to 06:00'],
  ])('%s at %s', (period, now, expected) => {
    expect(previousOf({ period }, now)).toBe(expected)
  })

  test.each<[string, RangeRequest, string]>([
    ['from a day until now', { startDate: '2026-03-01' }, '26 to 28 February 2026, up to 08:00'],
    ['from today until now', { startDate: '2026-03-03' }, '2 March 2026, up to 08:00'],
    ['from an instant until now', { startDate: '2026-03-03T05:00:00Z' }, '3 March 2026, 02:00 to 05:00'],
    [
      'days of which some are to come',
      { startDate: '2026-03-02', endDate: '2026-03-08' },
      '23 to 24 February 2026, up to 08:00',
    ],
    ['last days', { lastDays: 2 }, '26 to 28 February 2026, up to 08:00'],
    ['last hours', { lastHours: 6 }, '2 March 2026, 20:00 to 3 March 2026, 02:00'],
  ])('%s', (_, request, expected) => {
    expect(previousOf(request, '2026-03-03T08:00:00Z')).toBe(expected)
  })
})

describe('a range that is over stands beside all of the one before', () => {
  test.each<[string, string]>([
    ['last-month', '1 to 31 January 2026'],
    ['yesterday', '1 March 2026'],
    ['2025', '1 January to 31 December 2024'],
    ['2026-W09', '16 to 22 February 2026'],
  ])('%s', (period, expected) => {
    expect(previousOf({ period }, '2026-03-03T08:00:00Z')).toBe(expected)
  })

  test('and so does one that is still to come', () => {
    expect(previousOf({ period: '2026-04' }, '2026-03-03T08:00:00Z')).toBe('1 to 31 March 2026')
  })
})

describe('clocks that change in between', () => {
  test('a morning is set against a morning', () => {
    expect(previousOf({ period: 'today' }, '2026-03-29T06:00:00Z', BERLIN)).toBe('28 March 2026, up to 08:00')
    expect(previousOf({ lastDays: 0 }, '2026-10-25T07:00:00Z', BERLIN)).toBe('24 October 2026, up to 08:00')
    expect(previousOf({ period: 'this-month' }, '2026-04-29T06:30:00Z', BERLIN)).toBe('1 to 29 March 2026, up to 08:30')
  })

  test('a time that the earlier day does not have is not before its day', () => {
    expect(previousOf({ period: 'today' }, '2026-03-30T00:30:00Z', BERLIN)).toBe('29 March 2026, up to 03:30')
  })

  test('a day that begins at one o’clock stands beside whole days', () => {
    expect(previousOf({ startDate: '2026-03-29' }, '2026-03-29T09:00:00Z', BEIRUT)).toBe('28 March 2026, up to 12:00')
    expect(previousOf({ period: '2026-03-29' }, '2026-05-01T00:00:00Z', BEIRUT)).toBe('28 March 2026')
    expect(previousOf({ period: '2026-03-30' }, '2026-05-01T00:00:00Z', BEIRUT)).toBe('29 March 2026')
  })
})

test('a range without a start, and one that goes on from a day to come, have none before them', () => {
  expect(previousOf({}, '2026-03-03T08:00:00Z')).toBeNull()
  expect(previousOf({ endDate: '2026-03-01' }, '2026-03-03T08:00:00Z')).toBeNull()
  expect(previousOf({ startDate: '2026-03-04' }, '2026-03-03T08:00:00Z')).toBeNull()
})

test('instants in words', () => {
  const words = (from: string, to: string) =>
    describeInstants(Date.parse(from) as Instant, Date.parse(to) as Instant, UTC)
  expect(words('2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z')).toBe('1 February 2026')
  expect(words('2026-02-01T10:00:00Z', '2026-02-02T00:00:00Z')).toBe('1 February 2026, 10:00 to 24:00')
  expect(words('2026-02-01T10:00:00Z', '2026-02-03T00:00:00Z')).toBe('1 February 2026, 10:00 to 2 February 2026, 24:00')
  expect(words('2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z')).toBe('1 February 2026, up to 00:00')
})
