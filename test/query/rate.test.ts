import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packRate, unpackRate } from '../../src/query/rate-class.ts'
import {
  contextClassOf,
  inputTokensOfClass,
  isCutByDay,
  NO_CUTS,
  priceMomentOfClass,
  type RateCuts,
  timeClassOf,
  timeClassOfStretch,
  timeClassSpan,
} from '../../src/query/rate-cuts.ts'

const CUTS: RateCuts = {
  inputBounds: [
    { tokens: 128_000, inclusive: true },
    { tokens: 200_000, inclusive: false },
  ],
  instants: [Date.UTC(2026, 0, 15), Date.UTC(2026, 0, 20, 9)],
  dailyCuts: [30 * 60_000, 16 * 3_600_000 + 30 * 60_000],
  dailyModels: ['deepseek-chat'],
}
const anyInstant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 1, 1) })

describe('context classes', () => {
  test.each([
    [0, 0],
    [127_999, 0],
    [128_000, 1],
    [200_000, 1],
    [200_001, 2],
  ])('%d tokens are class %d', (tokens, contextClass) => {
    expect(contextClassOf(CUTS, tokens)).toBe(contextClass)
  })

  test('every class has an input that is in it', () => {
    expect([0, 1, 2].map(known => contextClassOf(CUTS, inputTokensOfClass(CUTS, known)))).toEqual([0, 1, 2])
  })
})

describe('time classes', () => {
  test('stay the same within a span, and change at both of its ends', () => {
    fc.assert(
      fc.property(anyInstant, instant => {
        const { from, to } = timeClassSpan(CUTS, instant)
        const own = timeClassOf(CUTS, instant)
        expect([from <= instant, instant < to]).toEqual([true, true])
        expect([timeClassOf(CUTS, from), timeClassOf(CUTS, to - 1)]).toEqual([own, own])
      }),
    )
  })

  test('tell apart what lies on either side of a price change or of a window', () => {
    const [change] = CUTS.instants
    expect(timeClassOf(CUTS, change! - 1)).not.toBe(timeClassOf(CUTS, change!))
    const evening = Date.UTC(2026, 0, 18, 16, 30)
    expect(timeClassOf(CUTS, evening - 1)).not.toBe(timeClassOf(CUTS, evening))
  })

  test('are priced by a moment between the same two price changes and in the same part of the day', () => {
    fc.assert(
      fc.property(anyInstant, at => {
        const moment = priceMomentOfClass(CUTS, timeClassOf(CUTS, at))
        const stretchOf = (instant: number): number => CUTS.instants.filter(cut => cut <= instant).length
        const partOf = (dayMs: number): number => CUTS.dailyCuts.filter(cut => cut <= dayMs).length
        expect(stretchOf(moment.instant)).toBe(stretchOf(at))
        expect(partOf(moment.dayMs)).toBe(partOf(at % 86_400_000))
      }),
    )
  })

  test('are one where no price ever changes', () => {
    expect([timeClassOf(NO_CUTS, 0), timeClassOf(NO_CUTS, Date.UTC(2026, 0, 1))]).toEqual([0, 0])
  })
})

test('the numeric part of a rate class is unpacked as it was packed', () => {
  const rate = fc.record({
    isLogged: fc.boolean(),
    isUnsplit: fc.boolean(),
    contextClass: fc.integer({ min: 0, max: 63 }),
    timeClass: fc.integer({ min: 0, max: 2 ** 22 - 1 }),
  })
  fc.assert(
    fc.property(rate, known => {
      expect(unpackRate(packRate(known))).toEqual(known)
    }),
  )
})

describe('models whose price changes within the day', () => {
  test('are those whose name contains one of the texts, whatever its case', () => {
    expect(isCutByDay(CUTS, 'azure/DeepSeek-Chat-v3')).toBe(true)
    expect(isCutByDay(CUTS, 'gpt-4o')).toBe(false)
    expect(isCutByDay(CUTS, null)).toBe(false)
  })

  test('all parts of the day of one stretch have the same first class', () => {
    const classes = [0, 1, 2, 3, 4, 5].map(timeClass => timeClassOfStretch(CUTS, timeClass))
    expect(classes).toEqual([0, 0, 0, 3, 3, 3])
  })
})
