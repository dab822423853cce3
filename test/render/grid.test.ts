import { expect, test } from 'vitest'
import { layOutGrid } from '../../src/render/grid.ts'

test('Columns are aligned by their widest cell, two spaces apart, without spaces at the end.', () => {
  const rows = [
    ['Client', 'Cost', 'Model'],
    ['diageo', '$1,204.10', 'gpt-4o'],
    ['unilever', '$3.20', ''],
  ]
  expect(layOutGrid(rows, ['left', 'right', 'left'])).toEqual([
    'Client         Cost  Model',
    'diageo    $1,204.10  gpt-4o',
    'unilever      $3.20',
  ])
})

test('Colour codes take no room.', () => {
  const rows = [
    ['\u001b[1mClient\u001b[22m', '\u001b[2mErrors\u001b[22m'],
    ['diageo', '\u001b[31m7\u001b[39m'],
  ]
  expect(layOutGrid(rows, ['left', 'right'])).toEqual([
    '\u001b[1mClient\u001b[22m  \u001b[2mErrors\u001b[22m',
    'diageo       \u001b[31m7\u001b[39m',
  ])
})

test('Characters that are two columns wide count as two.', () => {
  expect(
    layOutGrid(
      [
        ['日本', '1'],
        ['loreal', '20'],
      ],
      ['left', 'right'],
    ),
  ).toEqual(['日本     1', 'loreal  20'])
})

test('Nothing is no line, and a row may be shorter than the others.', () => {
  expect(layOutGrid([], [])).toEqual([])
  expect(layOutGrid([['Total'], ['mars', '4']], ['left', 'right'])).toEqual(['Total', 'mars   4'])
})
