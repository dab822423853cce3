// The periods of budgets tile time, and begin when the clock on the wall says midnight, whatever it does in between.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PeriodUnit } from '../../src/alert/alert-schema.ts'
import { periodAt, periodsBetween } from '../../src/alert/budget-period.ts'
import { type Instant, parseZone } from '../../src/base/zone.ts'
import { triesOf } from '../support/tries.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ZONES = ['America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'] as const
// Days on which clocks of these zones change, forward and back.
const CHANGES = ['2026-03-08', '2026-11-01', '2026-04-05', '2026-10-04'].map(day => Date.parse(day))

const units = fc.constantFrom<PeriodUnit>('day', 'week', 'month')
const instants = fc
  .oneof(
    fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2037-12-31') }),
    fc
      .record({ change: fc.constantFrom(...CHANGES), offset: fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }) })
      .map(({ change, offset }) => change + offset),
  )
  .map(ms => ms as Instant)

describe.each(ZONES)('in %s', name => {
  const zone = parseZone(name)!
  const clock = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: name, hourCycle: 'h23', weekday: 'short', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  const clockAt = (instant: number) =>
    Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]))

  test('every instant is in one period, which ends where the next begins', () => {
    fc.assert(
      fc.property(instants, units, (instant, unit) => {
        const period = periodAt(instant, unit, zone)
        expect(period.from).toBeLessThanOrEqual(instant)
        expect(period.to).toBeGreaterThan(instant)
        expect(periodAt(period.from, unit, zone)).toEqual(period)
        expect(periodAt((period.to - 1) as Instant, unit, zone)).toEqual(period)
        const next = periodAt(period.to, unit, zone)
        expect([next.from, next.first]).toEqual([period.to, period.end])
        const before = periodAt((period.from - 1) as Instant, unit, zone)
        expect([before.to, before.end]).toEqual([period.from, period.first])
      }),
      { numRuns: triesOf(100, 1000, 10_000) },
    )
  })

  test('it begins at midnight by the clock: weeks on Monday, months on the first', () => {
    fc.assert(
      fc.property(instants, units, (instant, unit) => {
        const { from } = periodAt(instant, unit, zone)
        const { weekday, day, hour, minute, second } = clockAt(from)
        expect([hour, minute, second]).toEqual(['00', '00', '00'])
        expect([weekday === 'Mon' || unit !== 'week', day === '01' || unit !== 'month']).toEqual([true, true])
        expect(clockAt(from - 1)).toMatchObject({ hour: '23', minute: '59', second: '59' })
      }),
      { numRuns: triesOf(100, 1000, 10_000) },
    )
  })

  test('a row of periods has no gap and no overlap', () => {
    const lengths = fc.integer({ min: 0, max: 100 * DAY_MS })
    fc.assert(
      fc.property(instants, lengths, units, (from, length, unit) => {
        const to = (from + length) as Instant
        const periods = periodsBetween(from, to, unit, zone, Number.MAX_SAFE_INTEGER)
        expect(periods[0]).toEqual(periodAt(from, unit, zone))
        expect(periods.at(-1)).toEqual(periodAt(to, unit, zone))
        expect(periods.slice(1).map(period => period.from)).toEqual(periods.slice(0, -1).map(period => period.to))
      }),
      { numRuns: triesOf(50, 300, 3000) },
    )
  })
})

test.each([
  ['America/New_York', '2026-03-08T12:00Z', 23],
  ['America/New_York', '2026-11-01T12:00Z', 25],
  ['Australia/Lord_Howe', '2026-10-04T02:00Z', 23.5],
  ['Australia/Lord_Howe', '2026-04-05T02:00Z', 24.5],
  ['Asia/Kathmandu', '2026-03-08T12:00Z', 24],
])('in %s the day of %s has %d hours', (name, instant, hours) => {
  const zone = parseZone(name)!
  const lengthOf = (unit: PeriodUnit) => {
    const { from, to } = periodAt(Date.parse(instant) as Instant, unit, zone)
    return (to - from) / HOUR_MS
  }
  expect([lengthOf('day'), lengthOf('week')]).toEqual([hours, hours + 6 * 24])
})
