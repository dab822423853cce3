import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UTC } from '../../src/base/zone.ts'
import { NO_CUTS } from '../../src/query/rate-cuts.ts'
import { answerSummary } from '../../src/tally/answer-summary.ts'
import { buildSummary, type LogSummary, summaryQueries } from '../../src/tally/log-summary.ts'
import { Sketch } from '../../src/tally/sketch.ts'
import { emptyTally } from '../../src/tally/tally.ts'

const values = fc.array(fc.oneof(fc.nat(200), fc.maxSafeNat()), { maxLength: 30 })
const most = (of: readonly number[]) => Math.max(0, ...of)

function sketchOf(of: readonly number[]): Sketch {
  const sketch = new Sketch()
  for (const value of of) sketch.add(value)
  return sketch
}

test('the largest value is exact in whatever order sketches are merged, and no quantile is above it', () => {
  fc.assert(
    fc.property(values, values, values, (a, b, c) => {
      const left = sketchOf(a)
      left.merge(sketchOf(b))
      left.merge(sketchOf(c))
      const right = sketchOf(c)
      right.merge(sketchOf(b))
      right.merge(sketchOf(a))
      const all = [...a, ...b, ...c]
      expect([left.largest, right.largest]).toEqual([most(all), most(all)])
      expect(left.quantile(1)).toBe(all.length === 0 ? null : most(all))
      for (const share of [0.5, 0.95, 0.99]) expect(left.quantile(share) ?? 0).toBeLessThanOrEqual(most(all))
    }),
  )
})

test('what is left of a sketch has the largest value that it can have', () => {
  fc.assert(
    fc.property(values, values, (kept, taken) => {
      const whole = sketchOf([...kept, ...taken])
      const { largest } = whole.without(sketchOf(taken))
      if (most(kept) > most(taken)) expect(largest).toBe(most(kept))
      expect(largest).toBeLessThanOrEqual(whole.largest)
      expect(Math.abs(largest - most(kept))).toBeLessThanOrEqual(most(kept) * 0.008 + 1)
    }),
  )
})

test('removed events keep their longest duration; those removed before it was kept have it as the sketch has it', () => {
  const [usage, all] = summaryQueries('UTC', 'UTC', NO_CUTS)
  const tally = emptyTally(usage)
  const table = tally.tables.get('rows')!
  const slot = table.slotOf(table.by.keys.map(() => 0))
  table.sketchOf(slot).add(12_345_678)
  table.extend(slot, 0, 0)
  const removed = { timed: tally, untimed: emptyTally(usage), used: 1, duplicates: 0 }
  const summary: LogSummary = buildSummary(
    removed,
    { ...removed, timed: emptyTally(all), untimed: emptyTally(all) },
    NO_CUTS,
  )
  expect(largestOf(summary)).toBe(12_345_678)
  const old = { ...summary, rows: summary.rows.map(({ largestUs: _, ...row }) => row) }
  expect(largestOf(old)).toBe(Math.ceil(sketchMiddle(12_345_678)))
})

function largestOf(summary: LogSummary): number {
  const by = { name: 'total', keys: [], sums: [], hasDurations: true, hasExtent: false }
  const [usage] = summaryQueries('UTC', 'UTC', NO_CUTS)
  const answer = answerSummary({ ...usage, groupBys: [by] }, summary, UTC)
  if (!('tally' in answer)) throw new Error(answer.unused)
  return answer.tally.tables.get('total')!.sketchOf(0).largest
}

// As all values of a bucket are read where there is a larger one.
function sketchMiddle(value: number): number {
  return sketchOf([value, value * 2]).quantile(0.5)!
}
