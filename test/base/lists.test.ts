import { expect, test } from 'vitest'
import { addAll, addFirst, largestOf, smallestOf } from '../../src/base/lists.ts'

const MANY = Array.from({ length: 200_000 }, (_, index) => index)

test('a list may be longer than the stack has room for', () => {
  expect([largestOf(MANY), smallestOf(MANY)]).toEqual([199_999, 0])
  const list = [-1]
  addAll(list, MANY)
  addFirst(list, MANY)
  expect([list.length, list[0], list[200_000], list.at(-1)]).toEqual([400_001, 0, -1, 199_999])
})

test('of no numbers the largest is the least that is asked for', () => {
  expect([largestOf([], 3), largestOf([2], 3), largestOf([4], 3)]).toEqual([3, 3, 4])
})
