import { describe, expect, test } from 'vitest'
import { NumberLiteral, parseEditedJson } from '../../src/base/edited-json.ts'
import { ConfigError } from '../../src/base/errors.ts'

const TEXT = `{
  "clients": {
    "diageo": {
      "profiles": [
        "brand_check",
        "legal_review"
      ]
    }
  }
}
`

function errorOf(text: string): ConfigError {
  try {
    parseEditedJson(text, 'clients.json')
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('the line of a value', () => {
  test.each([
    [['clients'], 2],
    [['clients', 'diageo', 'profiles', 1], 6],
    [['clients', 'diageo', 'name'], 3],
    [['clients', 'unilever'], 2],
    [[], 1],
  ])('%j is on line %d', (path, line) => {
    expect(parseEditedJson(TEXT, 'clients.json').lineOf(path)).toBe(line)
  })

  test('is the same with CRLF and a byte order mark', () => {
    const windows = `\ufeff${TEXT.replaceAll('\n', '\r\n')}`
    expect(parseEditedJson(windows, 'clients.json').lineOf(['clients', 'diageo', 'profiles', 1])).toBe(6)
  })
})

describe('a wrong file', () => {
  test.each([
    ['', 1],
    ['{\n"a": 1,\n}', 3],
    ['{\n// note\n"a": 1}', 2],
    ['{"a": 1\n"b": 2}', 2],
    ["{'a': 1}", 1],
    ['{"a": 01}', 1],
    ['{"a": 1}\n{"a": 2}', 2],
    ['[1, 2', 1],
  ])('%j is wrong on line %d', (text, line) => {
    expect(errorOf(text)).toMatchObject({ code: 'bad-json', kind: 'config', where: { file: 'clients.json', line } })
  })

  test('that holds a control character in a text is wrong, too', () => {
    expect(errorOf('{"a": "b\u0001"}').code).toBe('bad-json')
  })
})

test('numbers can be had as they stand in the file', () => {
  const json = parseEditedJson('{"a": [0.10, 1e-7, "x"], "b": null}', 'prices.json')
  expect(json.literalValue()).toEqual({ a: [new NumberLiteral('0.10'), new NumberLiteral('1e-7'), 'x'], b: null })
})

test('keys that are written once more are found with the line of the later one, at any depth', () => {
  const json = parseEditedJson('{"a": 1,\n"b": [{"c": 1,\n"c": 2}],\n"a": 3}', 'prices.json')
  expect(json.repeatedKeys()).toEqual([
    { path: ['b', 0, 'c'], line: 3 },
    { path: ['a'], line: 4 },
  ])
})

describe('brackets inside one another', () => {
  test.each([
    ['lists', '['.repeat(201) + ']'.repeat(201)],
    ['objects', `${'{"a":'.repeat(201)}1${'}'.repeat(201)}`],
    ['a hundred thousand that are never closed', '['.repeat(100_000)],
  ])('are an error where they are too many: %s', (_, text) => {
    expect(errorOf(`\n${text}`)).toMatchObject({
      code: 'too-deep',
      kind: 'config',
      where: { file: 'clients.json', line: 2 },
    })
  })

  test('are fine up to 200, and brackets in texts are none', () => {
    const text = `${'['.repeat(200)}"\\"[[[{"${']'.repeat(200)}`
    expect(parseEditedJson(text, 'clients.json').repeatedKeys()).toEqual([])
  })
})
