import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDay, formatInstant, formatInstantUtc, parseDay } from '../../src/base/calendar.ts'
import { DAY_MS, type Day, type Instant, parseZone, UTC, type Zone } from '../../src/base/zone.ts'

const NAMES = ['America/New_York', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Pacific/Apia', 'Europe/London', 'UTC']
const zones: ReadonlyMap<string, Zone> = new Map(NAMES.map(name => [name, parseZone(name)!]))
const newYork = zones.get('America/New_York')!
const saoPaulo = zones.get('America/Sao_Paulo')!
const apia = zones.get('Pacific/Apia')!

const instant = (text: string): Instant => Date.parse(text) as Instant
const day = (text: string): Day => parseDay(text)!
const anyZone = fc.constantFrom(...zones.values())
const anyInstant = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2037, 0, 1) }).map(ms => ms as Instant)

/** The wall clock of a zone by the platform's own formatter, as if it were UTC. */
function wallClock(name: string, at: Instant): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(at)
  const part = (type: string): number => Number(parts.find(candidate => candidate.type === type)!.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

describe('parseZone', () => {
  test('knows IANA names', () => {
    expect(NAMES.map(name => parseZone(name)?.name)).toEqual(NAMES)
  })

  test.each(['+01:00', 'GMT+2', 'Mars/Olympus', '', 'Europe/', '../etc', 'Europe/London '])(
    'takes %j for no zone',
    name => {
      expect(parseZone(name)).toBeUndefined()
    },
  )
})

describe('offsets', () => {
  test('are those of the platform, at any instant', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, at) => {
        const whole = (Math.floor(at / 1000) * 1000) as Instant
        expect(whole + zone.offsetMsAt(whole)).toBe(wallClock(zone.name, whole))
      }),
    )
  })

  test('change in the very millisecond', () => {
    expect(newYork.offsetMsAt(instant('2026-03-08T06:59:59.999Z'))).toBe(-5 * 3_600_000)
    expect(newYork.offsetMsAt(instant('2026-03-08T07:00:00.000Z'))).toBe(-4 * 3_600_000)
  })

  test('may be quarters of an hour', () => {
    expect(zones.get('Asia/Kathmandu')!.offsetMsAt(instant('2026-02-02T00:00:00Z'))).toBe(345 * 60_000)
  })
})

describe('days', () => {
  test('every instant is in its day and not in the next', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, at) => {
        const its = zone.dayOf(at)
        expect(zone.startOfDay(its)).toBeLessThanOrEqual(at)
        expect(zone.startOfDay((its + 1) as Day)).toBeGreaterThan(at)
      }),
    )
  })

  test('tile: one ends where the next begins', () => {
    fc.assert(
      fc.property(anyZone, fc.integer({ min: 1, max: 24_000 }), (zone, count) => {
        const start = zone.startOfDay(count as Day)
        expect(zone.dayOf((start - 1) as Instant)).toBeLessThan(count)
        expect(zone.dayOf(start)).toBeGreaterThanOrEqual(count)
      }),
    )
  })

  test('have 23 and 25 hours where the clock changes', () => {
    const hours = (text: string): number =>
      (newYork.startOfDay((day(text) + 1) as Day) - newYork.startOfDay(day(text))) / 3_600_000
    expect([hours('2026-03-08'), hours('2026-11-01'), hours('2026-11-02')]).toEqual([23, 25, 24])
  })

  test('begin at one o’clock where midnight was skipped', () => {
    expect(formatInstant(saoPaulo.startOfDay(day('2018-11-04')), saoPaulo)).toBe('2018-11-04T01:00:00-02:00')
  })

  test('that a zone skipped begin with the next one', () => {
    expect(apia.startOfDay(day('2011-12-30'))).toBe(apia.startOfDay(day('2011-12-31')))
    expect(formatDay(apia.dayOf(instant('2011-12-30T09:59:59Z')))).toBe('2011-12-29')
    expect(formatDay(apia.dayOf(instant('2011-12-30T10:00:00Z')))).toBe('2011-12-31')
  })

  test('before 1970 count downwards', () => {
    expect(UTC.dayOf(instant('1969-12-31T23:59:59Z'))).toBe(-1)
  })
})

describe('instantOfLocal', () => {
  const local = (zone: Zone, text: string): string => formatInstantUtc(zone.instantOfLocal(Date.parse(`${text}Z`)))

  test('goes back to the instant, where the wall clock came once', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, at) => {
        const wall = at + zone.offsetMsAt(at)
        const back = zone.instantOfLocal(wall)
        expect(back + zone.offsetMsAt(back)).toBe(wall)
        expect(back).toBeLessThanOrEqual(at)
        expect(at - back).toBeLessThanOrEqual(DAY_MS)
      }),
    )
  })

  test('reads a skipped time with the offset before the change', () => {
    expect(local(newYork, '2026-03-08T02:30:00')).toBe('2026-03-08T07:30:00Z')
  })

  test('takes the first of a time that came twice', () => {
    expect(local(newYork, '2026-11-01T01:30:00')).toBe('2026-11-01T05:30:00Z')
  })

  test('reads a time of a skipped day with the offset before', () => {
    expect(local(apia, '2011-12-30T12:00:00')).toBe('2011-12-30T22:00:00Z')
  })
})
