// Random tallies of one query, with everything that a tally can hold.
import fc from 'fast-check'
import { makeDecimal } from '../../src/base/decimal.ts'
import type { KeyDictionary } from '../../src/tally/key-table.ts'
import { emptyTally, type GrowingTally } from '../../src/tally/tally.ts'
import { anyText } from '../support/any-text.ts'

const SUMS = ['analyses', 'inputTokens', 'loggedPicoUsd']

export const TALLY_QUERY = {
  groupBys: [
    { name: 'users', keys: ['client', 'user', 'rate'], sums: SUMS, hasDurations: true, hasExtent: true },
    { name: 'days', keys: ['client', 'day'], sums: SUMS, hasDurations: false, hasExtent: false },
  ],
}

const text = fc.option(fc.oneof(fc.constantFrom('diageo', 'unilever', 'loréal', 'مارس', '\ud83d'), anyText))
const whole = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.maxSafeNat(), fc.bigInt({ min: 0n, max: 2n ** 90n }))
const event = fc.record({
  client: text,
  user: text,
  rate: fc.option(fc.nat(1 << 20)),
  day: fc.option(fc.integer({ min: -500, max: 30_000 })),
  sums: fc.tuple(whole, whole, whole),
  durations: fc.array(fc.oneof(fc.nat(200), fc.maxSafeNat()), { maxLength: 5 }),
  instant: fc.integer({ min: 0, max: 2 ** 42 }),
  wideCost: fc.option(fc.tuple(fc.bigInt({ min: 1n, max: 2n ** 80n }), fc.nat(20))),
})
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never

export const arbitraryTally: fc.Arbitrary<GrowingTally> = fc.array(event, { maxLength: 30 }).map(tallyOf)

function tallyOf(events: readonly Event[]): GrowingTally {
  const tally = emptyTally(TALLY_QUERY)
  for (const item of events) {
    for (const table of tally.tables.values()) {
      const values = table.by.keys.map(key => item[key as 'client' | 'user' | 'rate' | 'day'])
      const slot = table.slotOf(values.map((value, key) => (table.tables[key] as KeyDictionary).codeOf(value)))
      item.sums.forEach((value, sum) => {
        table.sums[sum]!.addExact(slot, value)
      })
      for (const us of table.by.hasDurations ? item.durations : []) table.sketchOf(slot).add(us)
      if (table.by.hasExtent) table.extend(slot, item.instant, item.instant + 1)
      if (item.wideCost !== null) table.addWideCost(slot, makeDecimal(...item.wideCost))
    }
    tally.ledger.used++
    tally.firstInstant = Math.min(tally.firstInstant, item.instant)
    tally.lastInstant = Math.max(tally.lastInstant, item.instant)
  }
  tally.ledger.problems.push({ file: 'fünf.jsonl', line: 3, reason: 'not-json' })
  return tally
}
