// The marks of a first look are those of the formats that there are.
import { expect, test } from 'vitest'
import { SOURCE_NAMES } from '../../src/source/catalogue.ts'
import { hasMark, MARKS } from '../../src/source/marks.ts'

test('every format has marks, and nothing else has', () => {
  expect(Object.keys(MARKS).toSorted()).toEqual(SOURCE_NAMES.toSorted())
})

test.each(Object.values(MARKS).flat())('%s is found in a line', mark => {
  expect(hasMark(`{"timestamp":"2026-02-01",${mark}:"x"}`)).toBe(true)
})

test('a native line has none', () => {
  expect(hasMark('{"timestamp":"2026-02-01T08:00:00Z","event":"analysis","session_id":"s1","client":"diageo"}')).toBe(
    false,
  )
})
