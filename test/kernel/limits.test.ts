// Which queries go to the kernel, and which it must leave to the reference.
import { describe, expect, test } from 'vitest'
import { NATIVE_FORMAT } from '../../src/event/source-format.ts'
import { canTally } from '../../src/kernel/limits.ts'
import type { Condition } from '../../src/query/condition.ts'
import type { Query } from '../../src/query/query.ts'
import { NO_CUTS } from '../../src/query/rate-cuts.ts'
import { USAGE_GROUP_BYS } from '../../src/report/usage/usage-query.ts'
import { hourlyQuery } from '../../src/tally/hourly-sums.ts'

const QUERY: Query = {
  range: { from: null, to: null },
  timezone: 'UTC',
  logTimezone: 'UTC',
  kinds: 'usage',
  conditions: [],
  dedupe: 'file',
  cuts: NO_CUTS,
  extras: [],
  groupBys: USAGE_GROUP_BYS,
}

const atLeast = (column: string): Condition => ({ column, test: { kind: 'order', operator: '>=', value: '100' } })

test('the usage report goes to the kernel', () => {
  expect(canTally(QUERY, NATIVE_FORMAT)).toBe(true)
})

test('the sums that machines hand on go to the kernel', () => {
  expect(canTally(hourlyQuery('all', QUERY), NATIVE_FORMAT)).toBe(true)
})

describe('a condition on', () => {
  test.each(['client', 'status', 'status_code', 'error'])('the text %s goes to the kernel', column => {
    expect(canTally({ ...QUERY, conditions: [atLeast(column)] }, NATIVE_FORMAT)).toBe(true)
  })

  test.each(['input_tokens', 'checks', 'duration_ms', 'cost_usd'])('the number %s does not', column => {
    expect(canTally({ ...QUERY, conditions: [atLeast(column)] }, NATIVE_FORMAT)).toBe(false)
  })
})
