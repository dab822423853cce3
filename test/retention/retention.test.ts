import { describe, expect, it } from 'vitest'
import { parseDay } from '../../src/base/calendar.ts'
import { parseZone, UTC } from '../../src/base/zone.ts'
import { NATIVE_FORMAT } from '../../src/event/source-format.ts'
import { keepsLine } from '../../src/retention/retention.ts'

const today = parseDay('2026-02-10')!
const place = { fileDay: parseDay('2026-02-02')!, format: NATIVE_FORMAT, zone: UTC, logZone: UTC }
const retention = { daysOf: new Map([['error', 3]]), otherDays: 7 }

function keeps(
  line: string,
  change: object = {},
  rules: typeof retention | { otherDays: null } = retention,
): boolean | Buffer {
  return keepsLine({ ...retention, ...rules }, { ...place, ...change }, today)(Buffer.from(line))
}

describe('keepsLine', () => {
  it('keeps an event to the last of its days', () => {
    expect(keeps('{"timestamp":"2026-02-03T00:00:00Z"}')).toBe(true)
    expect(keeps('{"timestamp":"2026-02-02T23:59:59.999Z"}')).toBe(false)
  })

  it('keeps each kind as long as it says', () => {
    expect(keeps('{"timestamp":"2026-02-07T00:00:00Z","event":"error"}')).toBe(true)
    expect(keeps('{"timestamp":"2026-02-06T23:59:59Z","event_type":"error"}')).toBe(false)
  })

  it('judges an event by its own time, not by its file', () => {
    expect(keeps('{"timestamp":"2026-02-09T12:00:00Z"}')).toBe(true)
  })

  it('cuts days in its zone', () => {
    const zone = parseZone('Europe/Berlin')!
    expect(keeps('{"timestamp":"2026-02-02T23:30:00Z"}', { zone })).toBe(true)
  })

  it('judges a day without a time as that day, whatever the zones', () => {
    const zones = { zone: parseZone('America/New_York')!, logZone: parseZone('Pacific/Kiritimati')! }
    expect(keeps('{"timestamp":"2026-02-03"}', zones)).toBe(true)
    expect(keeps('{"timestamp":"2026-02-02"}', zones)).toBe(false)
  })

  it('judges an event without a time by its file, and keeps it where that has no day', () => {
    expect(keeps('{"client":"diageo"}')).toBe(false)
    expect(keeps('{"client":"diageo"}', { fileDay: null })).toBe(true)
  })

  it('lets a line that is no event go with its file', () => {
    expect(keeps('nope')).toBe(false)
    expect(keeps('nope', { fileDay: parseDay('2026-02-05') })).toBe(true)
  })

  it('keeps all kinds of which nothing is said', () => {
    expect(keeps('{"timestamp":"2020-01-01T00:00:00Z"}', {}, { otherDays: null })).toBe(true)
    expect(keeps('nope', {}, { otherDays: null })).toBe(true)
  })
})
