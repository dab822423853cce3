import { expect, test } from 'vitest'
import { LazyList, type List, listOf } from '../../src/base/lazy-list.ts'

test('a lazy list reads like the list of its items', () => {
  const sources = [3, 1, 2]
  const list: List<string> = new LazyList(sources, source => `#${source}`)
  const items = sources.map(source => `#${source}`)
  expect(list).toHaveLength(3)
  expect([...list]).toEqual(items)
  expect(list.slice(1)).toEqual(items.slice(1))
  expect(list.slice(-2, -1)).toEqual(items.slice(-2, -1))
  expect(list.map((item, index) => item + index)).toEqual(items.map((item, index) => item + index))
  expect(list.filter(item => item > '#1')).toEqual(['#3', '#2'])
})

test('items are made only while they are read, where there are many', () => {
  let made = 0
  const list = listOf(
    Array.from({ length: 5000 }, (_, index) => index),
    index => {
      made++
      return index
    },
  )
  expect(made).toBe(0)
  const [first] = list
  expect([first, made]).toEqual([0, 1])
  expect(listOf([1, 2], index => index)).toEqual([1, 2])
})
