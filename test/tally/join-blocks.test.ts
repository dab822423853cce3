// Blocks of five hours: each begins with the hour of the first event that is in none.
import { expect, test } from 'vitest'
import { blocksOf } from '../../src/tally/join-blocks.ts'

const hours = (...given: number[]) => given.map(hour => hour * 60)

test('a block begins with the first hour of use and ends five hours later', () => {
  const blocks = blocksOf(hours(10, 12, 14, 15, 19, 20, 40))
  expect([...blocks].map(([hour, block]) => [hour / 60, block / 60])).toEqual([
    [10, 10],
    [12, 10],
    [14, 10],
    [15, 15],
    [19, 15],
    [20, 20],
    [40, 40],
  ])
})

test('the order of the hours says nothing', () => {
  expect(blocksOf(hours(15, 10, 14))).toEqual(blocksOf(hours(10, 14, 15)))
})
