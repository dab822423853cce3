// What becomes of an alert does not depend on when and how often a check runs.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { triesOf } from '../support/tries.ts'
import { MONDAY, point, rule, transitionsOf } from './points.ts'

const WEEK_S = 7 * 86_400
const RULES = [
  { name: 'r', when: 'error_rate > 30%', over: '1h', min: 2, for: '5m', keepFiring: '20m' },
  { name: 'r', when: 'error_rate >= 50%', over: '10m', by: ['feature'] },
  { name: 'r', when: 'errors >= 3', over: '2h', by: ['user'], keepFiring: '3h' },
  { name: 'r', when: 'cost > 2.5', over: '1h', for: '10m', by: ['user', 'feature'] },
  { name: 'r', when: 'p95 > 2s', over: '3h', min: 3 },
  { name: 'r', when: 'requests < 2', over: '4h', keepFiring: '1h' },
  { name: 'r', when: 'silent > 5h', keepFiring: '10m' },
  { name: 'r', when: 'silent >= 6h', by: ['user'] },
  { name: 'r', when: 'down', over: '1h', min: 2, by: ['feature'] },
] as const

const event = fc.record({
  at: fc.integer({ min: 0, max: WEEK_S - 1 }).map(seconds => seconds * 1000),
  user: fc.constantFrom('anna', 'ben'),
  feature: fc.constantFrom('chat', 'search'),
  isError: fc.boolean(),
  cost: fc.constantFrom('0', '1', '2.5'),
  ms: fc.constantFrom(100, 3000),
})
// Bursts, or hardly any rule would see two events at a time.
const burst = fc
  .tuple(event, fc.array(fc.integer({ min: 0, max: 3_600 }), { maxLength: 6 }))
  .map(([first, offsets]) => [
    first,
    ...offsets.map((offset, index) => ({ ...first, at: first.at + offset * 1000, isError: index % 3 !== 2 })),
  ])
const logs = fc.array(burst, { minLength: 1, maxLength: 25 }).map(bursts =>
  bursts
    .flat()
    .filter(({ at }) => at < WEEK_S * 1000)
    .sort((a, b) => a.at - b.at)
    .map(point),
)
const pieces = fc.array(fc.integer({ min: 0, max: WEEK_S - 1 }), { maxLength: 60 })

test('a week of logs seen at once has the episodes of the same week seen in pieces', () => {
  fc.assert(
    fc.property(logs, pieces, fc.constantFrom(...RULES), (points, seconds, written) => {
      const watched = rule(written as never)
      const end = MONDAY + WEEK_S * 1000
      const checks = [...seconds.sort((a, b) => a - b).map(second => MONDAY + second * 1000), end]
      expect(transitionsOf(watched, points, checks)).toEqual(transitionsOf(watched, points, [end]))
    }),
    { numRuns: triesOf(300, 1000, 10_000) },
  )
})

test('a check every ten minutes of a week, a thousand in all, sees what one check sees', () => {
  fc.assert(
    fc.property(logs, fc.constantFrom(...RULES), (points, written) => {
      const watched = rule(written as never)
      const checks = Array.from({ length: 1008 }, (_, index) => MONDAY + (index + 1) * 600_000)
      expect(transitionsOf(watched, points, checks)).toEqual(transitionsOf(watched, points, checks.slice(-1)))
    }),
    { numRuns: triesOf(10, 50, 300) },
  )
})
