import { describe, expect, it } from 'vitest'
import { formatTable, wrapText } from '../../src/render/plain-table.ts'

const HEADER = ['profile', 'used by']

describe('formatTable', () => {
  it('aligns columns by what they show', () => {
    expect(
      formatTable(HEADER, [
        ['tone', '品牌'],
        ['brand_check', 'diageo'],
      ]),
    ).toEqual(['profile      used by', 'tone         品牌', 'brand_check  diageo'])
  })

  it('wraps the widest column where the whole would be too wide, and breaks no word', () => {
    expect(formatTable(HEADER, [['brand_check', 'diageo, unilever, loreal']], 30)).toEqual([
      'profile      used by',
      'brand_check  diageo, unilever,',
      '             loreal',
    ])
  })

  it('breaks words where nothing else helps', () => {
    expect(formatTable(['id'], [['brand_check_of_the_year']], 10)).toEqual(['id', 'brand_chec', 'k_of_the_y', 'ear'])
  })

  it('shows control characters and does not send them', () => {
    expect(formatTable(['name'], [['\u001b[31mred']])[1]).toBe('\\x1b[31mred')
  })
})

describe('wrapText', () => {
  it('counts wide characters as two columns', () => {
    expect(wrapText('品牌检查', 4)).toEqual(['品牌', '检查'])
  })
})
