import { expect, test } from 'vitest'
import { withoutCommands } from '../../src/base/command-words.ts'

test.each([
  ['See them all with --rejects FILE.', undefined],
  ['See why with "usagebook price check"; add prices in prices.json.', undefined],
  ['Ask for less. Or use --top 5.', 'Ask for less.'],
  ['Give each call an id of its own.', 'Give each call an id of its own.'],
  ['Use a well-known name in usagebook.config.json.', 'Use a well-known name in usagebook.config.json.'],
])('%s', (hint, rest) => {
  expect(withoutCommands(hint)).toBe(rest)
})
