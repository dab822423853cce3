import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDecimal } from '../../src/base/decimal.ts'
import { formatJson, type JsonValue, jsonPieces } from '../../src/base/json.ts'
import { LazyList } from '../../src/base/lazy-list.ts'

describe('formatJson', () => {
  test('writes decimals and integers with all their digits, as numbers', () => {
    const report = { costUsd: parseDecimal('359.99044275000003400001')!, analyses: 2n ** 70n }
    expect(formatJson(report, 0)).toBe('{"costUsd":359.99044275000003400001,"analyses":1180591620717411303424}')
  })

  test('leaves out what is undefined and keeps null', () => {
    expect(formatJson({ client: null, cost: undefined }, 0)).toBe('{"client":null}')
  })

  test('writes empty lists and objects in one piece', () => {
    expect(formatJson({ byClient: [], filters: {} })).toBe('{\n  "byClient": [],\n  "filters": {}\n}')
  })

  test('refuses a number that JSON has not', () => {
    expect(() => formatJson({ share: Number.NaN })).toThrow('NaN')
  })

  test('escapes what a terminal would act on', () => {
    expect(formatJson('\u001b[2J\u009b\u202e\u007f', 0)).toBe('"\\u001b[2J\\u009b\\u202e\\u007f"')
  })

  test('is read back as the same value, indented or not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(JSON.parse(formatJson(value as never, indent))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('looks as JSON.stringify writes it', () => {
    const value = { a: [1, { b: 'c' }, []], d: { e: null } }
    expect([formatJson(value), formatJson(value, 0)]).toEqual([JSON.stringify(value, null, 2), JSON.stringify(value)])
  })
})

test('a long list that is made while it is written gives the same text as a list that is there, in several pieces', () => {
  const numbers = Array.from({ length: 9000 }, (_, index) => index)
  const make = (index: number) => ({ name: `"${index}"\u2028`, of: [index, null] })
  const around = (list: JsonValue) => ({ first: 1, none: undefined, list, empty: new LazyList([], make), last: {} })
  for (const indent of [0, 2]) {
    const pieces = [...jsonPieces(around(new LazyList(numbers, make)), indent)]
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('')).toBe(formatJson(around(numbers.map(make)), indent))
    expect([...jsonPieces({}, indent)].join('')).toBe(formatJson({}, indent))
  }
})
