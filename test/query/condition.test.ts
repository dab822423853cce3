import { describe, expect, test } from 'vitest'
import { compileTest, parsePatterns, type TextTest } from '../../src/query/condition.ts'

const passes = (values: string[], text: string | undefined): boolean => compileTest(parsePatterns(values))(text)

describe('patterns', () => {
  test.each([
    [['diageo'], 'diageo', true],
    [['diageo'], 'Diageo', false],
    [['diageo', 'unilever'], 'unilever', true],
    [['*@diageo.com'], 'anna@diageo.com', true],
    [['*@diageo.com'], 'anna@diageo.com.example', false],
    [['brand_*'], 'brand_check\nv2', true],
    [['a.c'], 'abc', false],
    [['*'], '', true],
    [['gpt-*', '!gpt-4o-mini'], 'gpt-4o', true],
    [['gpt-*', '!gpt-4o-mini'], 'gpt-4o-mini', false],
    [['!gpt-*'], 'claude-haiku-4-5', true],
    [['!gpt-*'], 'gpt-4o', false],
  ])('%j on %j: %s', (values, text, expected) => {
    expect(passes(values, text)).toBe(expected)
  })

  test('no value is "(none)"', () => {
    expect([passes(['(none)'], undefined), passes(['!(none)'], undefined), passes(['diageo'], undefined)]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('order', () => {
  const holds = (operator: '<' | '<=' | '>' | '>=', value: string, text: string | undefined): boolean =>
    compileTest({ kind: 'order', operator, value } satisfies TextTest)(text)

  test('is that of numbers where both are numbers', () => {
    expect([holds('>=', '500', '1000'), holds('<', '500', '1000'), holds('>', '9', '10')]).toEqual([true, false, true])
  })

  test('is that of texts where the value is text', () => {
    expect([holds('>=', '2026-01-15', '2026-01-20'), holds('<', 'm', 'nestle')]).toEqual([true, false])
  })

  test('no number is neither below nor above one', () => {
    expect([holds('>=', '500', 'timeout'), holds('<', '500', 'timeout'), holds('<', '500', undefined)]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('counts the bound with <= and >= only', () => {
    expect([holds('<=', '5', '5'), holds('>=', '5', '5.0'), holds('<', '5', '5'), holds('>', '5', '5')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
