import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutText, padEnd, padStart, textWidth } from '../../src/base/text-width.ts'

describe('textWidth', () => {
  test.each([
    ['diageo', 6],
    ['', 0],
    ['Loréal', 6],
    ['Lore\u0301al', 6],
    ['田中', 4],
    ['한국어', 6],
    ['ＡＢ', 4],
    ['👩‍🔬', 2],
    ['🇫🇷', 2],
    ['❤️', 2],
    ['★', 1],
    ['…', 1],
    ['█▌', 2],
    ['\u200b', 0],
    ['مرحبا', 5],
  ])('of %s is %d', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })
})

describe('cutText', () => {
  test.each([
    ['brand_check', 11, 'brand_check'],
    ['brand_check', 6, 'brand…'],
    ['田中さん', 5, '田中…'],
    ['田中さん', 4, '田…'],
    ['👩‍🔬👩‍🔬', 3, '👩‍🔬…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('%s at %d columns is %s', (text, width, cut) => {
    expect(cutText(text, width)).toBe(cut)
  })

  test('keeps little of a text without end, also of marks that take no room', () => {
    expect(cutText(`a${'\u0301'.repeat(100_000)}`, 5).length).toBeLessThan(200)
  })

  test('never takes more columns than it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 20 }), (text, width) => {
        expect(textWidth(cutText(text, width))).toBeLessThanOrEqual(width)
      }),
    )
  })
})

test('padding counts columns, not characters', () => {
  expect([padEnd('田中', 6), padStart('田中', 6), padEnd('too long', 3)]).toEqual(['田中  ', '  田中', 'too long'])
})
