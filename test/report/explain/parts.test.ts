import { expect, test } from 'vitest'
import { formatDecimal, parseDecimal } from '../../../src/base/decimal.ts'
import {
  type CellPair,
  type CellSide,
  explainCells,
  PART_NAMES,
  type Parts,
} from '../../../src/report/explain/parts.ts'

const side = (cost: string, quantity: bigint, isUnpriced = false): CellSide => ({
  cost: parseDecimal(cost)!,
  quantity,
  isUnpriced,
})
const pair = (before: CellSide | null, after: CellSide | null): CellPair => ({ before, after })
const UNKNOWN = side('0', 0n, true)

function textOf(parts: Parts): string {
  const named = PART_NAMES.filter(name => parts[name].units !== 0n)
  return named.map(name => `${name} ${formatDecimal(parts[name])}`).join(', ')
}

test.each([
  ['twice as much at the same price is volume', pair(side('10', 5n), side('20', 10n)), 'volume 10'],
  ['the same at another price is price', pair(side('10', 5n), side('15', 5n)), 'price 5'],
  ['what was not there before is new', pair(null, side('3', 2n)), 'new 3'],
  ['what is not there any more is lost', pair(side('3', 2n), null), 'lost -3'],
  ['what had no price and has one is unpriced', pair(UNKNOWN, side('3', 2n)), 'unpriced 3'],
  ['what had a price and has none is unpriced', pair(side('3', 2n), UNKNOWN), 'unpriced -3'],
  ['what counted nothing before is new', pair(side('1', 0n), side('3', 2n)), 'new 2'],
  ['what counts nothing any more is lost', pair(side('3', 2n), side('1', 0n)), 'lost -2'],
  ['what never counts anything has another price', pair(side('3', 0n), side('1', 0n)), 'price -2'],
  ['what is free stays free', pair(side('0', 2n), side('0', 9n)), ''],
  ['what was free and is not has another price', pair(side('0', 2n), side('4', 2n)), 'price 4'],
])('%s', (_, cell, expected) => {
  const [parts] = explainCells([cell], 'before')

  expect(textOf(parts!)).toBe(expected)
})

test('a move to what is dearer is mix', () => {
  const cheap = pair(side('10', 10n), side('5', 5n))
  const dear = pair(side('50', 10n), side('75', 15n))

  const parts = explainCells([cheap, dear], 'before')

  expect(parts.map(textOf)).toEqual(['volume -15, mix 10', 'volume 15, mix 10'])
})

test('halfway between both, prices before and after count the same', () => {
  const [parts] = explainCells([pair(side('10', 10n), side('30', 20n))], 'midpoint')

  expect(textOf(parts!)).toBe('volume 12.5, price 7.5')
})
