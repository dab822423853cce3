// What must hold for every pattern and text, for the tests and for the long run.
import fc from 'fast-check'
import { canFitBoth, compileGlob, compileRoute, compileWildcard } from '../../src/base/wildcard.ts'
import { fitsWanted } from './wildcard-oracle.ts'
import { globPattern, type Pattern, routePattern, wildcardPattern } from './wildcard-pieces.ts'

const NAMES = Array.from({ length: 8 }, (_, length) =>
  Array.from({ length: 2 ** length }, (_, bits) =>
    bits.toString(2).padStart(length, '0').slice(0, length).replaceAll('0', 'a').replaceAll('1', 'b'),
  ),
).flat()
const short = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 3 })

/** By name: a property whose runs throw, with the pattern and the text, where code and oracle differ. */
export const WILDCARD_PROPERTIES: Readonly<Record<string, fc.IProperty<unknown>>> = {
  'a wildcard fits what the table says': fc.property(wildcardPattern, pattern =>
    expectSame(compileWildcard(pattern.written), pattern),
  ) as fc.IProperty<unknown>,
  'a route fits what the table says': fc.property(routePattern, pattern =>
    expectSame(compileRoute(pattern.written), pattern),
  ) as fc.IProperty<unknown>,
  'a glob fits what the table says': fc.property(globPattern, pattern => {
    const fits = compileGlob(pattern.written)
    if (typeof fits !== 'function') throw new Error(`${pattern.written}: ${fits.message}`)
    expectSame(fits, pattern)
  }) as fc.IProperty<unknown>,
  'two wildcards fit one text exactly where some text fits both': fc.property(short, short, (left, right) => {
    const [fitsLeft, fitsRight] = [compileWildcard(left), compileWildcard(right)]
    const some = NAMES.some(name => fitsLeft(name) && fitsRight(name))
    if (canFitBoth(left, right) !== some) throw new Error(`${left} and ${right}: ${String(some)} was expected`)
  }) as fc.IProperty<unknown>,
  'any text at all is a glob or a problem with its place': fc.property(
    fc.string({ unit: fc.constantFrom('a', 'z', '/', '*', '?', '[', ']', '!', '-', '{', '}', ','), maxLength: 14 }),
    text => {
      const fits = compileGlob(text)
      if (typeof fits === 'function') fits('a/z-a')
      else if (!(fits.at >= 0 && fits.at < text.length)) throw new Error(`${text}: no place ${fits.at}`)
    },
  ) as fc.IProperty<unknown>,
}

function expectSame(fits: (text: string) => boolean, { written, wanted, text }: Pattern): void {
  const expected = fitsWanted(wanted, text)
  if (fits(text) !== expected) throw new Error(`${written} on ${JSON.stringify(text)}: ${expected} was expected`)
}
