import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderOf } from '../../../src/report/session/order-of-numbers.ts'

describe('the order of numbers', () => {
  const numbers = [
    fc.integer({ min: -20, max: 20 }),
    fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    fc.maxSafeInteger(),
    fc.constantFrom(0, 2 ** 11, 2 ** 32 - 1, 2 ** 32, 2 ** 52),
  ]

  test.each(numbers.map((arbitrary, index) => [index, arbitrary]))('is that of a stable sort (%i)', (_, arbitrary) => {
    fc.assert(
      fc.property(fc.array(arbitrary as fc.Arbitrary<number>, { maxLength: 300 }), list => {
        const sorted = list.map((_, place) => place).sort((a, b) => list[a]! - list[b]! || a - b)
        expect([...orderOf(list, list.length)]).toEqual(sorted)
      }),
    )
  })

  test('is of as many as are asked for', () => {
    expect([...orderOf([3, 1, 2, 0], 3)]).toEqual([1, 2, 0])
    expect([...orderOf([], 0)]).toEqual([])
  })
})
