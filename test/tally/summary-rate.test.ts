import { describe, expect, it } from 'vitest'
import { unpackRate } from '../../src/query/rate-class.ts'
import { NO_CUTS, type RateCuts } from '../../src/query/rate-cuts.ts'
import type { SummaryRow } from '../../src/tally/log-summary.ts'
import { rateOfRow } from '../../src/tally/summary-rate.ts'

const FIRST = Date.parse('2026-01-30T08:00:00Z')
const LAST = Date.parse('2026-01-30T20:00:00Z')
const NOON = Date.parse('2026-01-30T12:00:00Z')
const ROW: SummaryRow = { model: 'deepseek-chat', first: FIRST, last: LAST, inputTokens: 900_000, contextClass: 1 }

const bound = (tokens: number) => ({ tokens, inclusive: false })
const MADE: RateCuts = { ...NO_CUTS, inputBounds: [bound(128_000), bound(272_000)] }

function rateOf(row: SummaryRow, made: RateCuts, now: RateCuts) {
  const packed = rateOfRow(row, made, now)
  return packed === undefined ? undefined : unpackRate(packed)
}

describe('the rate class of summed events', () => {
  it('is the one that it was where the prices are cut as they were', () => {
    expect(rateOf(ROW, MADE, MADE)).toMatchObject({ contextClass: 1, timeClass: 0 })
  })

  it('knows bounds that are new on which side its events are', () => {
    const now = { ...NO_CUTS, inputBounds: [bound(64_000), bound(128_000), bound(500_000)] }
    expect(rateOf(ROW, MADE, now)).toMatchObject({ contextClass: 2 })
  })

  it('is none where a new bound may part its events', () => {
    expect(rateOf(ROW, MADE, { ...NO_CUTS, inputBounds: [bound(200_000)] })).toBeUndefined()
  })

  it('is known where not even all its tokens together are beyond a new bound', () => {
    const small = { model: 'gpt-4o', first: FIRST, last: LAST, inputTokens: 900 }
    expect(rateOf(small, MADE, { ...NO_CUTS, inputBounds: [bound(1000)] })).toMatchObject({ contextClass: 0 })
  })

  it('is none where a price begins between its first and its last event', () => {
    expect(rateOf(ROW, MADE, { ...MADE, instants: [NOON] })).toBeUndefined()
    expect(rateOf(ROW, MADE, { ...MADE, instants: [FIRST] })).toMatchObject({ timeClass: 1 })
  })

  it('keeps the part of the day of a model whose price changes within it', () => {
    const cut = { ...MADE, dailyCuts: [6 * 3_600_000, 22 * 3_600_000], dailyModels: ['deepseek'] }
    expect(rateOf({ ...ROW, dayPart: 1 }, cut, cut)).toMatchObject({ timeClass: 1 })
  })

  it('is none where a model has come to have parts of the day that its events may be in several of', () => {
    const cut = { ...MADE, dailyCuts: [NOON % 86_400_000], dailyModels: ['deepseek'] }
    expect(rateOf(ROW, MADE, cut)).toBeUndefined()
    expect(rateOf({ ...ROW, last: FIRST + 1 }, MADE, cut)).toMatchObject({ timeClass: 0 })
  })
})
