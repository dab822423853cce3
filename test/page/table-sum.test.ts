// Sums of the rows that a reader of a page has filtered.
import { expect, test } from 'vitest'
import { sumRows } from '../../src/page/table-sum.ts'
import type { PageTable } from '../../src/render/html/table-row.ts'

const column = (kind: 'text' | 'money' | 'count' | 'tokens' | 'share', isSum: boolean) => ({
  ...{ kind, isSum, currency: 'USD', moneyDigits: 2, isBad: false },
})
const TABLE: Pick<PageTable, 'columns' | 'rows'> = {
  columns: [
    column('text', false),
    column('money', true),
    column('count', true),
    column('tokens', true),
    column('share', false),
  ],
  rows: [
    ['anna', '1e-1', 3, 9007199254740991, 0.5],
    ['ben', '2e-1', 4, '9007199254740993', 0.3],
    ['chloe', '≥5e-20', null, 1, 0.2],
    ['dan', null, null, null, null],
  ],
}

test.each([
  ['to the last digit', [0, 1], [null, '0.3', 7, '18014398509481984', null]],
  [
    'to at least what is known, where a part has no price',
    [0, 2],
    [null, '≥0.10000000000000000005', 3, '9007199254740992', null],
  ],
  ['to at least what is known, where one has no cost at all', [1, 3], [null, '≥0.2', 4, '9007199254740993', null]],
  ['to nothing that is known', [3], [null, null, null, null, null]],
])('rows add up %s', (_, rows, sums) => {
  expect(sumRows(TABLE, rows)).toEqual(sums)
})
