// What is due: each time of a line once however often somebody looks, the newest where there are too many.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '../../src/base/zone.ts'
import { type CronLine, parseCronLine } from '../../src/schedule/cron-line.ts'
import { duePeriods } from '../../src/schedule/due-periods.ts'
import { triesOf } from '../support/tries.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe']
const LINES = [
  '0 2 * * *',
  '30 2 * * *',
  '30 1 * * *',
  '5 * * * *',
  '0,30 1-2 * * *',
  '0 9 * * 1',
  '0 10 1 * *',
  '*/15 * * * *',
]
// Days around which clocks of these zones change, forward and back.
const CHANGES = ['2026-03-08', '2026-11-01', '2026-04-04', '2026-10-03'].map(day => Date.parse(day))

const lines = fc.record({ text: fc.constantFrom(...LINES), zone: fc.constantFrom(...ZONES) })
const beginnings = fc
  .record({ change: fc.constantFrom(...CHANGES), minutes: fc.integer({ min: -3 * DAY_MINUTES, max: DAY_MINUTES }) })
  .map(({ change, minutes }) => (change + minutes * MINUTE_MS) as Instant)

test('however often somebody looks, each period is found once', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 2 * DAY_MINUTES }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(lines, beginnings, pauses, ({ text, zone }, beginning, minutes) => {
      const line = parseCronLine(text, zone) as CronLine
      const found: Instant[] = []
      let now = beginning
      let handledTo = beginning
      for (const pause of minutes) {
        now = (now + pause * MINUTE_MS) as Instant
        const { periods, missed } = duePeriods(line, handledTo, now, Number.MAX_SAFE_INTEGER)
        expect(missed).toBeUndefined()
        found.push(...periods)
        handledTo = periods.at(-1) ?? handledTo
      }
      expect(found).toEqual(duePeriods(line, beginning, now, Number.MAX_SAFE_INTEGER).periods)
      expect(new Set(found).size).toBe(found.length)
    }),
    { numRuns: triesOf(15, 100, 2000) },
  )
})

test('a job of every day is due once on each local day, also where the clocks change', () => {
  const daily = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  fc.assert(
    fc.property(daily, fc.constantFrom(...ZONES), beginnings, ({ hour, minute }, zone, beginning) => {
      const line = parseCronLine(`${minute} ${hour} * * *`, zone) as CronLine
      const { periods } = duePeriods(line, beginning, (beginning + 6 * DAY_MINUTES * MINUTE_MS) as Instant, 100)
      const days = periods.map(at => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at))
      expect(new Set(days).size).toBe(days.length)
      expect(days.length).toBeGreaterThanOrEqual(5)
      const first = Date.parse(days[0]!)
      expect(days.map(day => (Date.parse(day) - first) / (DAY_MINUTES * MINUTE_MS))).toEqual([...days.keys()])
    }),
    { numRuns: triesOf(15, 100, 2000) },
  )
})

test('of too many the newest are due, and where the others begin and end is said', () => {
  fc.assert(
    fc.property(lines, beginnings, fc.integer({ min: 1, max: 200 }), ({ text, zone }, beginning, most) => {
      const line = parseCronLine(text, zone) as CronLine
      const to = (beginning + 20 * DAY_MINUTES * MINUTE_MS) as Instant
      const all = duePeriods(line, beginning, to, Number.MAX_SAFE_INTEGER).periods
      const { periods, missed } = duePeriods(line, beginning, to, most)
      expect(periods).toEqual(all.slice(-most))
      expect(missed).toEqual(all.length > most ? { from: all[0], until: all.at(-most) } : undefined)
    }),
    { numRuns: triesOf(15, 100, 2000) },
  )
})

test('a job of every minute that was away for ten years is found at once', () => {
  const line = parseCronLine('* * * * *', 'America/New_York') as CronLine
  const [after, to] = [Date.parse('2016-01-01'), Date.parse('2026-01-01')] as Instant[]
  const { periods, missed } = duePeriods(line, after!, to!, 10)
  expect(periods.map(at => (to! - at) / MINUTE_MS)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  expect(missed).toEqual({ from: after! + MINUTE_MS, until: periods[0] })
})
