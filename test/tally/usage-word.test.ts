// The word that a line's tokens and cost become: the same for the same numbers, and another for any others.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDecimal } from '../../src/base/decimal.ts'
import { buildFormat } from '../../src/event/build-format.ts'
import { TOKEN_MEASURES } from '../../src/query/measures.ts'
import { BatchBuilder } from '../../src/scan/batch-builder.ts'
import { makeJudged } from '../../src/tally/judged.ts'
import { JUDGED_COLUMNS } from '../../src/tally/judged-columns.ts'
import { UNKNOWN_USAGE, usageWord } from '../../src/tally/usage-word.ts'

const PLAN = { format: buildFormat('native', {}), columns: JUDGED_COLUMNS, extras: [], wantsIds: true }

function wordOf(tokens: readonly number[], cost?: string): number {
  const builder = new BatchBuilder(PLAN, 1)
  const values = { time: undefined, id: undefined, texts: new Map(), numbers: new Map() }
  builder.addEvent(1, '', { ...values, cost: cost === undefined ? undefined : parseDecimal(cost) })
  const judged = makeJudged(builder.batch)
  TOKEN_MEASURES.forEach((name, index) => {
    judged[name][0] = tokens[index] ?? 0
  })
  return usageWord(judged, 0)
}

// Costs and contexts are often multiples of large powers of two.
const number = fc.oneof(
  fc.nat(5000),
  fc.nat(5000).map(value => value * 1024),
  fc.nat(100).map(value => value * 2 ** 34),
  fc.maxSafeNat(),
)
const usage = fc.tuple(fc.array(number, { minLength: 7, maxLength: 7 }), fc.option(number, { nil: undefined }))

test('numbers that differ, be it in one or in all, have another word', () => {
  fc.assert(
    fc.property(usage, usage, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (one, other, isOther) => {
      const mixed = one[0].map((value, index) => (isOther[index]! ? other[0][index]! : value))
      const costs = [one[1], isOther[7]! ? other[1] : one[1]].map(cost => cost?.toString())
      const areSame = String(mixed) === String(one[0]) && costs[0] === costs[1]
      expect(wordOf(mixed, costs[1]) === wordOf(one[0], costs[0])).toBe(areSame)
    }),
    { numRuns: 2000 },
  )
})

test('no cost, a cost of 0, and costs that differ in the thirtieth digit', () => {
  const costs = [undefined, '0', '0.123456789012345678901234567891', '0.123456789012345678901234567892']
  expect(new Set(costs.map(cost => wordOf([], cost))).size).toBe(4)
  expect(wordOf([], '0.50')).toBe(wordOf([], '0.5'))
  expect(costs.map(cost => wordOf([], cost))).not.toContain(UNKNOWN_USAGE)
})
