import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDecimal, makeDecimal } from '../../src/base/decimal.ts'
import { sumTokens } from '../../src/event/token-sums.ts'
import { bodyOf, lineOf } from '../../src/source/event-line.ts'
import { anyText } from '../support/any-text.ts'

const TEXTS = ['client', 'user', 'model', 'session', 'error', 'checks', 'total_tokens']
const NUMBERS = [
  ...['input_tokens', 'cache_read_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'],
  ...['cache_write_1h_tokens', 'output_tokens', 'thoughts_tokens', 'reasoning_tokens', 'total_tokens', 'checks'],
]

const values = fc.record({
  time: fc.constant(undefined),
  id: fc.option(anyText, { nil: undefined }),
  texts: fc.dictionary(fc.constantFrom(...TEXTS), anyText).map(texts => new Map(Object.entries(texts))),
  numbers: fc.dictionary(fc.constantFrom(...NUMBERS), fc.nat()).map(numbers => new Map(Object.entries(numbers))),
  cost: fc.option(
    fc.nat().map(units => makeDecimal(BigInt(units), 6)),
    { nil: undefined },
  ),
})

test('a line holds each field once, numbers before texts of their name, and is read as it was written', () => {
  fc.assert(
    fc.property(values, given => {
      const sums = sumTokens(name => given.numbers.get(name) ?? Number.NaN)
      const body = bodyOf(given, sums)
      const read = JSON.parse(`{${body}`)
      const { id, texts, numbers, cost } = given
      expect(read.id).toBe(id)
      for (const name of ['client', 'user', 'model', 'session', 'error']) expect(read[name]).toBe(texts.get(name))
      for (const name of ['checks', 'total_tokens', 'cache_write_1h_tokens']) expect(read[name]).toBe(numbers.get(name))
      expect(read.input_tokens ?? 0).toBe(sums.input)
      expect(read.output_tokens ?? 0).toBe(sums.output)
      expect(read.cache_read_tokens ?? 0).toBe(sums.cacheRead)
      expect(read.cache_write_tokens ?? 0).toBe(sums.cacheWrite)
      expect(read.reasoning_tokens ?? 0).toBe(sums.reasoning)
      expect(read.cost_usd).toBe(cost === undefined ? undefined : Number(formatDecimal(cost)))
      expect(body.split('"checks":').length).toBeLessThanOrEqual(2)
    }),
  )
})

test('a time is written with what is known of it', () => {
  const ms = Date.parse('2026-03-01T10:00:00.5Z')
  expect(lineOf(undefined, '}')).toBe('{}\n')
  expect(lineOf({ ms, isNaive: false, isDay: false }, '}')).toBe('{"timestamp":"2026-03-01T10:00:00.500Z"}\n')
  expect(lineOf({ ms, isNaive: true, isDay: false }, '"a":1}')).toBe('{"timestamp":"2026-03-01T10:00:00.500","a":1}\n')
  expect(lineOf({ ms, isNaive: true, isDay: true }, '}')).toBe('{"timestamp":"2026-03-01"}\n')
})
