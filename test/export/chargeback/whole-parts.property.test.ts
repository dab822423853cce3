// Rounded parts add up to the rounded whole, and no part is further from its amount than one unit.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDecimals, makeDecimal, ZERO } from '../../../src/base/decimal.ts'
import { roundedUnits, roundToSum, splitUnits, unitsOf } from '../../../src/export/chargeback/whole-parts.ts'
import { triesOf } from '../../support/tries.ts'

const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 14 }))
  .map(([units, scale]) => makeDecimal(units, scale))
const digits = fc.constantFrom(0, 2, 3)
const sumOf = (units: readonly bigint[]) => units.reduce((sum, one) => sum + one, 0n)

test('lines that are rounded add up to the rounded total', () => {
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 12 }), digits, (amounts, places) => {
      const units = roundToSum(amounts, places)

      expect(sumOf(units)).toBe(roundedUnits(amounts.reduce(addDecimals, ZERO), places))
      for (const [at, one] of amounts.entries()) {
        const low = unitsOf(one, places)
        expect([low, low + 1n]).toContain(units[at])
        if (one.scale <= places) expect(units[at]).toBe(low)
      }
    }),
    { numRuns: triesOf(300, 1000, 10_000) },
  )
})

test('parts by weights add up to the whole', () => {
  const weights = fc.array(
    amount.map(({ units, scale }) => makeDecimal(units < 0n ? -units : units, scale)),
    {
      minLength: 1,
      maxLength: 9,
    },
  )
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), weights, (whole, parts) => {
      fc.pre(parts.some(part => part.units > 0n))

      const units = splitUnits(whole, parts)

      expect(sumOf(units)).toBe(whole)
      for (const [at, part] of parts.entries()) if (part.units === 0n) expect(units[at]).toBe(0n)
    }),
    { numRuns: triesOf(300, 1000, 10_000) },
  )
})

test('of equal parts the first take what is left', () => {
  const one = makeDecimal(1n, 0)
  expect(splitUnits(100n, [one, one, one])).toEqual([34n, 33n, 33n])
  expect(splitUnits(-100n, [one, one, one])).toEqual([-34n, -33n, -33n])
})
