import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalOfInteger,
  decimalOfNumber,
  decimalToNumber,
  divideDecimals,
  formatDecimal,
  formatDecimalFixed,
  makeDecimal,
  multiplyDecimals,
  negateDecimal,
  parseDecimal,
  roundDecimal,
} from '../../src/base/decimal.ts'

/** A fraction of BigInts: the plain definition that decimals are measured by. */
interface Fraction {
  top: bigint
  bottom: bigint
}

const fractionOf = ({ units, scale }: Decimal): Fraction => ({ top: units, bottom: 10n ** BigInt(scale) })
const isSame = (a: Fraction, b: Fraction): boolean => a.top * b.bottom === b.top * a.bottom
const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: -6, max: 18 }))
  .map(([units, scale]) => makeDecimal(units, scale))

describe('parseDecimal', () => {
  test.each([
    ['0.315', 315n, 3],
    ['-0.50', -5n, 1],
    ['+12', 12n, 0],
    ['.5', 5n, 1],
    ['5.', 5n, 0],
    ['1.5e-7', 15n, 8],
    ['1E3', 1000n, 0],
    ['00012.300', 123n, 1],
    ['-0', 0n, 0],
    ['0.000', 0n, 0],
    ['359.99044275000034', 35999044275000034n, 14],
  ])('reads %s as it stands', (text, units, scale) => {
    expect(parseDecimal(text)).toEqual({ units, scale })
  })

  test.each(['', '.', '-', 'e5', '1e', '1.2.3', '1,5', ' 1', '1 ', '0x10', 'NaN', 'Infinity', '1e99999', '١'])(
    'takes %j for no number',
    text => {
      expect(parseDecimal(text)).toBeUndefined()
    },
  )

  test('reads back what formatDecimal writes', () => {
    fc.assert(
      fc.property(anyDecimal, a => {
        expect(parseDecimal(formatDecimal(a))).toEqual(a)
      }),
    )
  })
})

describe('arithmetic equals that of fractions', () => {
  test('adding', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        const [x, y] = [fractionOf(a), fractionOf(b)]
        const sum = { top: x.top * y.bottom + y.top * x.bottom, bottom: x.bottom * y.bottom }
        expect(isSame(fractionOf(addDecimals(a, b)), sum)).toBe(true)
      }),
    )
  })

  test('multiplying', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        const [x, y] = [fractionOf(a), fractionOf(b)]
        const product = { top: x.top * y.top, bottom: x.bottom * y.bottom }
        expect(isSame(fractionOf(multiplyDecimals(a, b)), product)).toBe(true)
      }),
    )
  })

  test('comparing', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        const [x, y] = [fractionOf(a), fractionOf(b)]
        const difference = x.top * y.bottom - y.top * x.bottom
        expect(Math.sign(compareDecimals(a, b))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0)
      }),
    )
  })

  test('dividing, to half a unit of the last digit', () => {
    const divisor = anyDecimal.filter(b => b.units !== 0n)
    fc.assert(
      fc.property(anyDecimal, divisor, fc.integer({ min: 0, max: 12 }), (a, b, digits) => {
        const rest = addDecimals(a, negateDecimal(multiplyDecimals(divideDecimals(a, b, digits), b)))
        const half = multiplyDecimals(b, makeDecimal(5n, digits + 1))
        const absolute = (value: Decimal): Decimal => (value.units < 0n ? negateDecimal(value) : value)
        expect(compareDecimals(absolute(rest), absolute(half))).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('every result is normal: no trailing zero in its digits', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        for (const { units, scale } of [addDecimals(a, b), multiplyDecimals(a, b)]) {
          expect(scale === 0 || units % 10n !== 0n).toBe(true)
        }
      }),
    )
  })

  test('a sum is the same in any order', () => {
    fc.assert(
      fc.property(fc.array(anyDecimal), list => {
        const zero = decimalOfInteger(0)
        expect(list.toReversed().reduce(addDecimals, zero)).toEqual(list.reduce(addDecimals, zero))
      }),
    )
  })
})

describe('rounding', () => {
  test.each([
    ['0.125', 2, '0.13'],
    ['-0.125', 2, '-0.13'],
    ['0.1249', 2, '0.12'],
    ['2.5', 0, '3'],
    ['-2.5', 0, '-3'],
    ['0.004', 2, '0'],
    ['12', 2, '12'],
  ])('%s to %d digits, half away from zero, is %s', (text, digits, rounded) => {
    expect(formatDecimal(roundDecimal(parseDecimal(text)!, digits))).toBe(rounded)
  })

  test.each([
    ['12', 2, '12.00'],
    ['0.315', 2, '0.32'],
    ['0.999', 2, '1.00'],
    ['-0.001', 2, '0.00'],
    ['0', 0, '0'],
  ])('%s is printed with exactly %d digits as %s', (text, digits, fixed) => {
    expect(formatDecimalFixed(parseDecimal(text)!, digits)).toBe(fixed)
  })
})

describe('doubles', () => {
  test('become the decimal that their shortest text writes', () => {
    expect(decimalOfNumber(0.1)).toEqual({ units: 1n, scale: 1 })
    expect(decimalOfNumber(1.5e-7)).toEqual({ units: 15n, scale: 8 })
    expect(decimalOfNumber(1e21)).toEqual({ units: 10n ** 21n, scale: 0 })
  })

  test('that are no numbers become nothing', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY].map(decimalOfNumber)).toEqual([undefined, undefined])
  })

  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        expect(decimalToNumber(decimalOfNumber(value)!) + 0).toBe(value + 0)
      }),
    )
  })
})
