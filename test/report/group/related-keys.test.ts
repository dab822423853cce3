import { expect, test } from 'vitest'
import { RelatedKeys } from '../../../src/report/group/related-keys.ts'
import type { KeyDictionary } from '../../../src/tally/key-table.ts'
import { emptyTally } from '../../../src/tally/tally.ts'

const BY = { name: 'users', keys: ['client', 'user'], sums: [], hasDurations: false, hasExtent: false }

function tableOf(rows: readonly (readonly [string | null, string | null])[]) {
  const table = emptyTally({ groupBys: [BY] }).tables.get('users')!
  for (const row of rows) table.slotOf(row.map((value, key) => (table.tables[key] as KeyDictionary).codeOf(value)))
  return table
}

test('Values that came together are found from either side, in the order of texts, and no value is none.', () => {
  const table = tableOf([
    ['unilever', 'zoe'],
    ['unilever', 'ann'],
    ['diageo', 'ann'],
    ['diageo', null],
    [null, 'bob'],
  ])
  const users = new RelatedKeys(table, 'client', 'user')
  expect(users.textsOf('unilever')).toEqual(['ann', 'zoe'])
  expect([users.count('diageo'), users.count(null), users.count('mars')]).toEqual([1, 1, 0])
  const clients = new RelatedKeys(table, 'user', 'client')
  expect(clients.textsOf('ann')).toEqual(['diageo', 'unilever'])
  expect([clients.count('bob'), clients.count(null)]).toEqual([0, 1])
})

test('Thousands of each are related as a few are.', () => {
  const table = tableOf(
    Array.from({ length: 5000 }, (_, index) => [`client ${index % 2500}`, `user ${index}`] as const),
  )
  expect(new RelatedKeys(table, 'client', 'user').textsOf('client 7')).toEqual(['user 2507', 'user 7'])
})
