// Forecasts of what a period will cost, and days out of the ordinary.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backtest, forecastOf } from '../../src/alert/forecast.ts'
import { judgeDay } from '../../src/alert/unusual.ts'

/** Weeks of five days at 10 and two at 2. */
const weeks = (count: number) => Array.from({ length: count * 7 }, (_, day) => (day % 7 < 5 ? 10 : 2))

describe('a forecast', () => {
  test('says nothing under 14 days, and something from the 14th on', () => {
    expect(forecastOf({ costs: weeks(2).slice(1) }, 7, 0)).toBeNull()
    expect(forecastOf({ costs: weeks(2) }, 7, 0)).toEqual({ value: 54, low: 54, high: 54 })
  })

  test('adds to what is spent what each weekday usually costs', () => {
    expect(forecastOf({ costs: weeks(9) }, 3, 100)).toEqual({ value: 130, low: 130, high: 130 })
    expect(forecastOf({ costs: weeks(9) }, 0, 100)).toEqual({ value: 100, low: 100, high: 100 })
    expect(backtest({ costs: weeks(9) }, 7)).toEqual({ forecasts: 29, medianError: 0, coverage: 1 })
  })

  test('is no more than the week before last of a trend, and its range says that it comes short', () => {
    const growing = Array.from({ length: 140 }, (_, day) => 100 + day)
    const { value, low, high } = forecastOf({ costs: growing }, 7, 0)!
    const came = 7 * 100 + (140 + 146) * 3.5
    expect(value).toBeLessThan(came)
    expect([low <= value, value <= high, came <= high + 1]).toEqual([true, true, true])
  })

  test('of more days than have ever been forecast has a range all the same', () => {
    const costs = Array.from({ length: 22 }, (_, day) => 10 + ((day * 7) % 5))
    const { low, high } = forecastOf({ costs }, 26, 0)!
    const week = forecastOf({ costs }, 7, 0)!
    expect(week.high - week.low).toBeGreaterThan(0)
    expect(high - low).toBeGreaterThan(week.high - week.low)
  })

  test('has its value between low and high, and none of them below what is spent', () => {
    const costs = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 14, maxLength: 100 })
    fc.assert(
      fc.property(
        costs,
        fc.integer({ min: 0, max: 31 }),
        fc.double({ min: 0, max: 5000, noNaN: true }),
        (days, toCome, spent) => {
          const { value, low, high } = forecastOf({ costs: days }, toCome, spent)!
          expect([spent <= low, low <= value, value <= high]).toEqual([true, true, true])
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a day', () => {
  const steady = Array.from({ length: 70 }, (_, day) => 100 + ((day * 5) % 7) + ((day * 3) % 4))
  const last = steady.length - 1
  const withLast = (cost: number) => [...steady.slice(0, last), cost]

  test('is out of the ordinary far over its weekday, and not a quarter over it', () => {
    expect(judgeDay(withLast(150), last, 1)).toMatchObject({ isUnusual: true })
    expect(judgeDay(withLast(126), last, 1)).toMatchObject({ isUnusual: false })
    expect(judgeDay(withLast(60), last, 1)).toMatchObject({ isUnusual: false })
  })

  test('is never so below the floor, nor where nobody knows what is usual', () => {
    expect(judgeDay(withLast(150), last, 151)).toMatchObject({ isUnusual: false, bound: 151 })
    expect(judgeDay([1, 1, 100], 2, 1)).toEqual({ isUnusual: false, expected: null, bound: null })
  })
})
