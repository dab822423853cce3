import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDecimal } from '../../../src/base/decimal.ts'
import type { BasisOf, CostBasis } from '../../../src/pricing/group-cost.ts'
import { makeRate } from '../../../src/pricing/rate.ts'
import { USAGE_MEASURES } from '../../../src/query/measures.ts'
import { packRate, type RateClass } from '../../../src/query/rate-class.ts'
import { Group, type Groups } from '../../../src/report/group/group.ts'
import { rollUp, totalOf } from '../../../src/report/group/roll-up.ts'
import { UsageColumns } from '../../../src/report/group/usage-columns.ts'
import { USAGE_GROUP_BYS } from '../../../src/report/usage/usage-query.ts'
import { Sketch } from '../../../src/tally/sketch.ts'
import { emptyTally } from '../../../src/tally/tally.ts'

const USERS = USAGE_GROUP_BYS.find(by => by.name === 'users')!

interface Row {
  readonly client: string
  readonly user: string | null
  readonly model: string
  readonly isLogged: boolean
  readonly sums: readonly number[]
  readonly wideCost: string | undefined
}

const CHEAP = makeRate(name => parseDecimal(name === 'cacheRead' ? '0.1' : '2.5')!, true)
// A rate of which one token costs no whole number of 10^-12 dollars.
const FINE = makeRate(() => parseDecimal('0.0000001')!, true)

const basisOf =
  (fine: CostBasis): BasisOf =>
  ({ model, isLogged }: RateClass) => {
    if (isLogged) return { from: 'logged' }
    if (model === 'gpt-4o') return { from: 'estimated', rate: CHEAP }
    return model === 'o3' ? fine : { from: 'unpriced' }
  }

function tableOf(rows: readonly Row[]) {
  const table = emptyTally({ groupBys: [USERS] }).tables.get('users')!
  for (const { client, user, model, isLogged, sums, wideCost } of rows) {
    const rate = packRate({ isLogged, isUnsplit: false, contextClass: 0, timeClass: 0 })
    const keys = [client, user, model, null, null, rate]
    const codes = keys.map((key, index) =>
      (table.tables[index] as unknown as { codeOf(key: unknown): number }).codeOf(key),
    )
    const slot = table.slotOf(codes)
    for (const [index, sum] of sums.entries()) table.sums[index]!.add(slot, sum)
    if (wideCost !== undefined && isLogged) table.addWideCost(slot, parseDecimal(wideCost)!)
  }
  return table
}

// A condition that all rows meet is a question for rows.
function byRow(table: ReturnType<typeof tableOf>, basis: BasisOf, key: number): Map<unknown, unknown> {
  return plainOf(rollUp(table, { by: [USERS.keys[key]!], basisOf: basis, where: () => true }))
}

function byColumn(table: ReturnType<typeof tableOf>, basis: BasisOf, key: number): Map<unknown, unknown> | undefined {
  const groups = UsageColumns.of(table, basis)?.sumBy(key)
  return groups && plainOf(groups)
}

function plainOf(groups: Groups): Map<unknown, unknown> {
  return new Map(groups.all.map(({ keys, group }) => [keys[0], plain(group)]))
}

function plain(group: Group) {
  return { sums: USAGE_MEASURES.map(measure => String(group.get(measure))), cost: group.cost.result() }
}

const row = (most: number) =>
  fc.record({
    client: fc.constantFrom('diageo', 'unilever', 'loreal'),
    user: fc.constantFrom('ann', 'bob', null),
    model: fc.constantFrom('gpt-4o', 'o3', 'llama'),
    isLogged: fc.boolean(),
    sums: fc.array(fc.nat(most), { minLength: USAGE_MEASURES.length, maxLength: USAGE_MEASURES.length }),
    wideCost: fc.option(fc.constantFrom('0.0000000000001', '1.00000000000000007'), { nil: undefined }),
  })

test('Columns give what rows give, logged, estimated and unpriced, of any client and any user.', () => {
  fc.assert(
    fc.property(fc.array(row(200), { minLength: 1, maxLength: 40 }), fc.constantFrom(0, 1), (rows, key) => {
      const table = tableOf(rows)
      const basis = basisOf({ from: 'unpriced' })
      expect(byColumn(table, basis, key)).toEqual(byRow(table, basis, key))
    }),
  )
})

test('A group may cost more than a double holds in units of 10^-12 dollars.', () => {
  const sums = USAGE_MEASURES.map(measure => (measure === 'inputTokens' ? 3_000_000_000 : 1))
  const rows = ['ann', 'bob'].map(user => ({
    client: 'diageo',
    user,
    model: 'gpt-4o',
    isLogged: false,
    sums,
    wideCost: undefined,
  }))
  const table = tableOf(rows)
  const basis = basisOf({ from: 'unpriced' })
  expect(byColumn(table, basis, 0)).toEqual(byRow(table, basis, 0))
})

test('Sums that a double does not hold, and rates finer than 10^-12 dollars, are left to the rows.', () => {
  const large = USAGE_MEASURES.map(() => Number.MAX_SAFE_INTEGER)
  const one = { client: 'diageo', user: 'ann', model: 'o3', isLogged: false, wideCost: undefined }
  const unpriced = basisOf({ from: 'unpriced' })
  expect(UsageColumns.of(tableOf([{ ...one, sums: large }]), unpriced)?.sumBy(0)).toBeDefined()
  const ofTwo = tableOf([
    { ...one, sums: large },
    { ...one, user: 'bob', sums: large },
  ])
  expect(UsageColumns.of(ofTwo, unpriced)?.sumBy(0)).toBeUndefined()
  const ofOne = tableOf([
    { ...one, sums: large },
    { ...one, sums: large },
  ])
  expect(UsageColumns.of(ofOne, unpriced)).toBeUndefined()
  const fine = basisOf({ from: 'estimated', rate: FINE })
  expect(UsageColumns.of(tableOf([{ ...one, sums: USAGE_MEASURES.map(() => 1) }]), fine)?.sumBy(0)).toBeUndefined()
  const dear = { ...one, model: 'gpt-4o', sums: large }
  expect(UsageColumns.of(tableOf([dear]), unpriced)?.sumBy(0)).toBeUndefined()
})

test('A whole without some of its parts is the sum of the others, durations included.', () => {
  fc.assert(
    fc.property(fc.array(row(2 ** 50), { minLength: 3, maxLength: 12 }), fc.array(fc.nat(10 ** 12)), (rows, times) => {
      const basis = basisOf({ from: 'estimated', rate: FINE })
      const parts = rows.map(one => {
        const group = totalOf(tableOf([one]), { basisOf: basis })
        const durations = new Sketch()
        for (const time of times) durations.add(time + one.sums[0]!)
        group.mergeSketch(durations)
        return group
      })
      const sum = (some: readonly Group[]) => {
        const whole = new Group()
        for (const one of some) whole.merge(one)
        return whole
      }
      const left = sum(parts).without(parts.slice(0, 2))
      const others = sum(parts.slice(2))
      expect(plain(left)).toEqual(plain(others))
      expect(left.sketch.pack()).toEqual(others.sketch.pack())
    }),
  )
})
