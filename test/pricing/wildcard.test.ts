import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canFitBoth, fitsWildcard } from '../../src/pricing/wildcard.ts'

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 })
const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
const NAMES = Array.from({ length: 8 }, (_, length) =>
  Array.from({ length: 2 ** length }, (_, bits) =>
    bits.toString(2).padStart(length, '0').slice(0, length).replaceAll('0', 'a').replaceAll('1', 'b'),
  ),
).flat()

function asRegExp(text: string): RegExp {
  return new RegExp(`^${text.replaceAll('*', '.*')}$`)
}

test('a pattern fits the names that it fits as a regular expression', () => {
  fc.assert(
    fc.property(pattern, name, (text, candidate) => {
      expect(fitsWildcard(text, candidate)).toBe(asRegExp(text).test(candidate))
    }),
    { numRuns: 2000, verbose: true },
  )
})

test('two patterns can fit one name exactly where some name fits both', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 3 })
  fc.assert(
    fc.property(short, short, (left, right) => {
      const some = NAMES.some(candidate => asRegExp(left).test(candidate) && asRegExp(right).test(candidate))
      expect(canFitBoth(left, right)).toBe(some)
    }),
    { numRuns: 1000, verbose: true },
  )
})
