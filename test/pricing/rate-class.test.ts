// Events of one rate class have one price: what the class gives is what the event itself would be given.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS } from '../../src/base/zone.ts'
import { openPriceBook } from '../../src/pricing/open-price-book.ts'
import type { PriceBook } from '../../src/pricing/price-book.ts'
import { serviceTierOf } from '../../src/pricing/terms.ts'
import { bookOf, classOf } from './event-cost.ts'

const own = await bookOf({
  prices: [
    {
      model: 'house-7b',
      to: '2026-02-02T12:30:00.001Z',
      input: '1',
      above: [{ inputTokens: 1000, inclusive: true, input: '2' }],
    },
    {
      model: 'house-7b',
      from: '2026-02-02T12:30:00.001Z',
      input: '3',
      batch: { input: '1.5', above: [{ inputTokens: 1000, input: '2.5' }] },
    },
    { model: 'house-*', from: '2026-02-01', input: '4', offPeak: [{ from: '23:00', to: '00:30', input: '3' }] },
    { model: 'o3', provider: 'openai', from: '2025-01-01', to: '2025-06-09T18:00:00Z', input: '9' },
  ],
})
const builtIn = await openPriceBook('/nowhere')

const model = fc.constantFrom(
  'house-7b',
  'house-8b',
  'o3',
  'deepseek-v4-flash',
  'deepseek-chat',
  'grok-4.3',
  'claude-sonnet-4-5',
  'gpt-5.6-luna',
)

/** Numbers on, just before and just after a border, and anywhere. */
function around(borders: readonly number[], rest: fc.Arbitrary<number>): fc.Arbitrary<number> {
  return fc.oneof(
    rest,
    fc.tuple(fc.constantFrom(...borders), fc.integer({ min: -1, max: 1 })).map(([border, step]) => border + step),
  )
}

function checkBook(book: PriceBook): void {
  const day = fc.integer({ min: Date.parse('2025-01-01') / DAY_MS, max: Date.parse('2027-06-01') / DAY_MS })
  const time = fc
    .tuple(day, around(book.cuts.dailyCuts, fc.integer({ min: 0, max: DAY_MS - 1 })))
    .map(([date, dayMs]) => date * DAY_MS + dayMs)
  const instants = fc.oneof(time, around(book.cuts.instants, time))
  const sizes = around(
    book.cuts.inputBounds.map(bound => bound.tokens),
    fc.integer({ min: 0, max: 2_000_000 }),
  )
  fc.assert(
    fc.property(model, instants, sizes, fc.constantFrom(null, 'batch'), (name, instant, inputTokens, serviceTier) => {
      const rateClass = classOf(book, {
        at: new Date(instant).toISOString(),
        model: name,
        serviceTier,
        tokens: { inputTokens },
      })
      const found = book.find({
        model: name,
        provider: null,
        instant,
        dayMs: instant % DAY_MS,
        inputTokens,
        serviceTier: serviceTierOf(serviceTier),
      })
      expect(book.rateOf(rateClass)?.text).toBe(found.period === undefined ? undefined : found.resolved.rate?.text)
    }),
    { numRuns: 1500, verbose: true },
  )
}

test('in the built-in book', () => {
  checkBook(builtIn)
})

test('in a prices.json over it', () => {
  checkBook(own)
})
