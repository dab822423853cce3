import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSettings } from '../../../src/app/workspace/configuration.ts'
import { readPlainSettings } from '../../../src/app/workspace/plain-settings.ts'

const value = fc.oneof(
  fc.constantFrom('file', 'off', 'auto', 'logged', 'Europe/Berlin', 'usage_logs', '', true, false, null, 0, 1, -1, 1.5),
  fc.array(fc.constantFrom('usage_logs', 'archive/*.jsonl', 3), { maxLength: 2 }),
  fc.jsonValue({ maxDepth: 1 }),
)
const names = [
  '$schema',
  'logs',
  'timezone',
  'logTimezone',
  'dedupe',
  'format',
  'top',
  'cost',
  'currency',
  'threads',
  'cache',
  'color',
  'formats',
  'zone',
  '__proto__',
]

test('what is plainly right is what the schema says', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }), settings => {
      const text = JSON.stringify(settings)
      const plain = readPlainSettings(text)
      fc.pre(plain !== undefined)
      expect(parseSettings(text, 'usagebook.config.json')).toEqual(plain)
    }),
    { numRuns: 500 },
  )
})

test('a configuration of texts, numbers and switches is plain', () => {
  const text = '{"logs": ["usage_logs"], "timezone": "Europe/Berlin", "top": 5, "cache": false}'
  expect(readPlainSettings(text)).toEqual({ logs: ['usage_logs'], timezone: 'Europe/Berlin', top: 5, cache: false })
})

test.each(['{"timezone": 3}', '{"zone": "UTC"}', '{"formats": {}}', '[]', '{,}', ''])(
  '%s is left to the schema',
  text => {
    expect(readPlainSettings(text)).toBeUndefined()
  },
)
