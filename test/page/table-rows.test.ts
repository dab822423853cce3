// Sorting and filtering of the page's tables.
import { describe, expect, test } from 'vitest'
import { chooseRows, searchText } from '../../src/page/table-rows.ts'
import type { PageTable } from '../../src/render/html/table-row.ts'

const STYLE = { currency: 'USD', moneyDigits: 2, isBad: false, isSum: false }

const TABLE: PageTable = {
  columns: [
    { kind: 'text', ...STYLE },
    { kind: 'money', ...STYLE },
    { kind: 'list', ...STYLE },
  ],
  barAt: -1,
  most: 0,
  metrics: null,
  rows: [
    ['profile10', '25e-1', ['diageo']],
    ['profile9', null, ['Loréal', 'unilever']],
    [null, '1e-1', []],
    ['profile2', '3', ['diageo', 'nestle']],
  ],
}

const TEXTS = TABLE.rows.map(row => searchText(TABLE, row))
const choose = (words: string, sorting: Parameters<typeof chooseRows>[3]) => chooseRows(TABLE, TEXTS, words, sorting)

describe('the rows of a table', () => {
  test('stand in the order of the report until they are sorted', () => {
    expect(choose('', null)).toEqual([0, 1, 2, 3])
  })

  test('are sorted by number, unknown ones last either way', () => {
    expect(choose('', { column: 1, isAscending: false })).toEqual([3, 0, 2, 1])
    expect(choose('', { column: 1, isAscending: true })).toEqual([2, 0, 3, 1])
  })

  test('are sorted by name with numbers in it as numbers', () => {
    expect(choose('', { column: 0, isAscending: true })).toEqual([3, 1, 0, 2])
  })

  test('are found by all words in any of their texts, whatever the case', () => {
    expect(choose('DIAGEO profile', null)).toEqual([0, 3])
    expect(choose('loréal', null)).toEqual([1])
    expect(choose('(none)', null)).toEqual([2])
    expect(choose('loréal diageo', null)).toEqual([])
  })
})
