import { expect, test } from 'vitest'
import { formatJson } from '../../src/base/json.ts'
import { parseLiterals } from '../../src/base/number-literals.ts'

test.each([
  '{"a":9007199254740993,"b":7.10,"c":[1e400,-0.0,{"d":0.1000000000000000055511151231257827}]}',
  '{"a":"7.10","b":"\\u0001 7.10","c":[],"d":{},"e":null,"f":true,"g":-12.5}',
  '{"a\\"7.10":1E5,"__proto__":{"x":1.0}}',
])('a JSON text keeps every digit: %s', text => {
  expect(formatJson(parseLiterals(text), 0)).toBe(text)
})

test('of a key that stands twice, the last counts', () => {
  expect(formatJson(parseLiterals('{ "a" : 1.0 , "a" : 2.50 }'), 0)).toBe('{"a":2.50}')
})
