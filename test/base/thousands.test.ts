import { expect, test } from 'vitest'
import { withThousands } from '../../src/base/thousands.ts'

test.each([
  ['0', '0'],
  ['999', '999'],
  ['1000', '1,000'],
  ['1234567.8901', '1,234,567.8901'],
  ['-1234.5', '-1,234.5'],
])('%s is written %s', (text, shown) => {
  expect(withThousands(text)).toBe(shown)
})
