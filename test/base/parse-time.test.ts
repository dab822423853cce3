import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEpoch, parseTimeText } from '../../src/base/parse-time.ts'

const NOON = Date.UTC(2026, 1, 2, 12)

describe('a time with an offset is an instant', () => {
  test.each([
    ['2026-02-02T12:00:00Z', NOON],
    ['2026-02-02T12:00:00z', NOON],
    ['2026-02-02t12:00:00Z', NOON],
    ['2026-02-02 12:00:00+00:00', NOON],
    ['2026-02-02T13:00:00+01:00', NOON],
    ['2026-02-02T13:00:00+01', NOON],
    ['2026-02-02T17:45:00+0545', NOON],
    ['2026-02-02T08:30:00-03:30', NOON],
    ['2026-02-02 12:00:00 +00:00', NOON],
    ['2026-02-02T12:00Z', NOON],
    ['2026-02-02T12:00:00.5Z', NOON + 500],
    ['2026-02-02T12:00:00.123456789Z', NOON + 123],
    ['2026-02-02T12:00:00,25Z', NOON + 250],
    ['2026-02-02T11:59:60Z', NOON],
  ])('%s', (text, ms) => {
    expect(parseTimeText(text)).toEqual({ ms, isNaive: false, isDay: false })
  })
})

describe('a time without an offset is a wall clock', () => {
  test.each([
    ['2026-02-02T12:00:00', NOON],
    ['2026-02-02 12:00:00.000001', NOON],
    ['2026-02-02T12:00', NOON],
  ])('%s', (text, ms) => {
    expect(parseTimeText(text)).toEqual({ ms, isNaive: true, isDay: false })
  })

  test('and a day without a time is a day', () => {
    expect(parseTimeText('2026-02-02')).toEqual({ ms: Date.UTC(2026, 1, 2), isNaive: true, isDay: true })
  })
})

describe('epoch', () => {
  test.each([
    [NOON / 1000, NOON],
    [NOON, NOON],
    [NOON / 1000 + 0.25, NOON + 250],
    [NOON + 0.9, NOON],
    [0, 0],
    [99_999_999_999, 99_999_999_999_000],
    [100_000_000_000, 100_000_000_000],
  ])('%d is %d ms', (value, ms) => {
    expect(parseEpoch(value)).toEqual({ ms, isNaive: false, isDay: false })
  })

  test('digits in text are the same as the number', () => {
    expect(parseTimeText('1770033600.25')).toEqual(parseEpoch(1770033600.25))
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e18])('%d is none', value => {
    expect(parseEpoch(value)).toBeUndefined()
  })
})

describe('no time', () => {
  test.each([
    '',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-02-02T24:00:00Z',
    '2026-02-02T12:60:00Z',
    '2026-02-02T12:00:61Z',
    '2026-02-02T12:00:00+24:00',
    '2026-02-02T12:00:00+01:60',
    '2026-02-02T12:00:00.1234567890Z',
    '2026-02-02T12Z',
    '2026-02-02Z',
    '2026/02/02',
    '02.02.2026',
    '+2026-02-02T12:00:00Z',
    '-5',
    '1e9',
  ])('%j', text => {
    expect(parseTimeText(text)).toBeUndefined()
  })
})

test('every instant that is written in ISO 8601 is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), ms => {
      expect(parseTimeText(new Date(ms).toISOString())).toEqual({ ms, isNaive: false, isDay: false })
    }),
  )
})
