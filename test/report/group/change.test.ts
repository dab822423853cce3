import { expect, test } from 'vitest'
import { parseDecimal } from '../../../src/base/decimal.ts'
import { moneyRatio } from '../../../src/report/group/change.ts'

test.each([
  ['1e-400', '2e-400', 0.5],
  ['1', '3', 0.3333],
  ['2', '0', null],
])('%s is of %s the share %s', (part, whole, share) => {
  expect(moneyRatio(parseDecimal(part)!, parseDecimal(whole)!)).toBe(share)
})
