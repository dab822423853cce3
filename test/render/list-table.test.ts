import { describe, expect, test } from 'vitest'
import { layOutList, listWithHeader } from '../../src/render/list-table.ts'
import { breakText } from '../../src/render/wrap-text.ts'

const HEADER = ['profile', 'used by']

describe('listWithHeader', () => {
  test('aligns columns by what they show', async () => {
    const rows = [
      ['tone', '品牌'],
      ['brand_check', 'diageo'],
    ]
    expect(await listWithHeader(HEADER, rows)).toEqual([
      'profile      used by',
      'tone         品牌',
      'brand_check  diageo',
    ])
  })

  test('wraps the widest column where the whole would be too wide, and breaks no word', async () => {
    expect(await listWithHeader(HEADER, [['brand_check', 'diageo, unilever, loreal']], 30)).toEqual([
      'profile      used by',
      'brand_check  diageo, unilever,',
      '             loreal',
    ])
  })

  test('breaks words where nothing else helps', async () => {
    expect(await listWithHeader(['id'], [['brand_check_of_the_year']], 10)).toEqual([
      'id',
      'brand_chec',
      'k_of_the_y',
      'ear',
    ])
  })

  test('shows control characters and does not send them', async () => {
    expect((await listWithHeader(['name'], [['\u001b[31mred']]))[1]).toBe('\\x1b[31mred')
  })
})

describe('layOutList', () => {
  test('aligns columns by their widest cell, two spaces apart, without spaces at the end', async () => {
    const rows = [
      ['Client', 'Cost', 'Model'],
      ['diageo', '$1,204.10', 'gpt-4o'],
      ['unilever', '$3.20', ''],
    ]
    expect(await layOutList(rows, ['left', 'right', 'left'])).toEqual([
      'Client         Cost  Model',
      'diageo    $1,204.10  gpt-4o',
      'unilever      $3.20',
    ])
  })

  test('gives colour codes no room', async () => {
    const rows = [
      ['\u001b[1mClient\u001b[22m', '\u001b[2mErrors\u001b[22m'],
      ['diageo', '\u001b[31m7\u001b[39m'],
    ]
    expect(await layOutList(rows, ['left', 'right'])).toEqual([
      '\u001b[1mClient\u001b[22m  \u001b[2mErrors\u001b[22m',
      'diageo       \u001b[31m7\u001b[39m',
    ])
  })

  // string-width, which cli-table3 brings, gives the last of them one column more.
  test.each([
    ['日本', 4],
    ['e\u0301\u0301', 1],
    ['❤\ufe0f', 2],
    ['👩‍👩‍👧', 2],
    ['\u202egnp', 3],
  ])('measures %s as all other text is measured', async (text, width) => {
    const [first] = await layOutList([
      [text, '|'],
      ['unilever', '|'],
    ])
    expect(first).toBe(`${text}${' '.repeat(8 - width)}  |`)
  })

  test('aligns the first row with the last of many', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => [String(2 ** index), '|'])
    const lines = await layOutList(rows)
    expect(lines).toHaveLength(500)
    expect(new Set(lines.map(line => line.length)).size).toBe(1)
  })

  test('lays out nothing as no line, and a row that is shorter than others', async () => {
    expect(await layOutList([])).toEqual([])
    expect(await layOutList([['Total'], ['mars', '4']], ['left', 'right'])).toEqual(['Total', 'mars   4'])
  })
})

test('A wide character is two columns where words are broken.', () => {
  expect(breakText('品牌检查', 4)).toEqual(['品牌', '检查'])
})
