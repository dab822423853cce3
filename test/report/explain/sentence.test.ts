import { expect, test } from 'vitest'
import { parseDecimal } from '../../../src/base/decimal.ts'
import { NO_PARTS, type PartName } from '../../../src/report/explain/parts.ts'
import { explainInWords, type ToldLine } from '../../../src/report/explain/sentence.ts'

const STYLE = { currency: 'USD', moneyDigits: 0 }
const usd = (text: string) => parseDecimal(text)!

function line(who: string, what: string, counts: [bigint, bigint], parts: { [name in PartName]?: string }): ToldLine {
  const amounts = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, usd(text)]))
  return { who, what, before: counts[0], after: counts[1], parts: { ...NO_PARTS, ...amounts } }
}

const tell = (lines: ToldLine[], change: string, quantity: 'requests' | 'tokens' = 'tokens', isModel = true) =>
  explainInWords(lines, { change: usd(change), quantity, style: STYLE, hasWhat: true, isModel })

test('names who used more, what they moved to, and prices', () => {
  const lines = [
    line('Diageo', 'claude-sonnet', [100n, 190n], { volume: '310', mix: '200', price: '-78' }),
    line('Diageo', 'gpt-4o', [100n, 90n], { mix: '-20' }),
  ]

  expect(tell(lines, '412', 'requests')).toBe(
    '+$412: 40 % more requests at Diageo (+$310), a move to claude-sonnet (+$180), requests that cost less (-$78).',
  )
  expect(tell(lines, '412')).toContain('lower prices (-$78)')
})

test('adds up what is not among the three largest', () => {
  const lines = ['a', 'b', 'c', 'd', 'e'].map((name, at) =>
    line(name, name, [1n, 2n], { volume: String(50 - at * 10) }),
  )

  expect(tell(lines, '150')).toBe(
    '+$150: 100 % more tokens at a (+$50), 100 % more tokens at b (+$40), 100 % more tokens at c (+$30), all else (+$30).',
  )
})

test('says what is new, gone and without a price', () => {
  const lines = [
    line('a', 'opus', [0n, 2n], { new: '7' }),
    line('a', 'gpt-4', [2n, 0n], { lost: '-9' }),
    line('a', 'house', [2n, 2n], { unpriced: '1' }),
  ]

  expect(tell(lines, '-1')).toBe(
    '-$1: gpt-4, which is gone (-$9), opus, which is new (+$7), usage that has no price in one of the periods (+$1).',
  )
})

test('says that nothing changed, also where causes cancel out', () => {
  expect(tell([], '0')).toBe('The cost did not change.')
  expect(tell([line('a', 'x', [1n, 2n], { volume: '5', price: '-5' })], '0')).toBe(
    'No change in all: 100 % more tokens at a (+$5), lower prices (-$5).',
  )
})

test('a move between clients is no move to a model', () => {
  const lines = [line('a', 'a', [1n, 3n], { mix: '4' }), line('b', 'b', [1n, 1n], { mix: '1' })]

  expect(tell(lines, '5', 'requests', false)).toBe('+$5: a shift towards a (+$5).')
})
