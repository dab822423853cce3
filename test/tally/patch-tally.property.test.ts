import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeTally } from '../../src/tally/decode-tally.ts'
import { encodeTally } from '../../src/tally/encode-tally.ts'
import { patchTally } from '../../src/tally/patch-tally.ts'
import { emptyTally, mergeTally, type Tally } from '../../src/tally/tally.ts'
import { triesOf } from '../support/tries.ts'
import { arbitraryTally, TALLY_QUERY } from './arbitrary-tally.ts'
import { dumpTally } from './dump-tally.ts'

function merged(...tallies: Tally[]): unknown {
  const total = emptyTally(TALLY_QUERY)
  for (const tally of tallies) mergeTally(total, tally)
  return dumpTally(total)
}

test('a patched tally is the merged one, whether it is stored or grew here', () => {
  fc.assert(
    fc.property(arbitraryTally, arbitraryTally, (base, more) => {
      const stored = decodeTally(encodeTally(base, 'key')!, 'key', TALLY_QUERY)!
      const expected = merged(base, more)
      expect(dumpTally(patchTally(base, more))).toEqual(expected)
      expect(dumpTally(patchTally(stored, more))).toEqual(expected)
    }),
    { numRuns: triesOf(67, 200, 3000) },
  )
})

test('what may be read as columns says the same as what is read one by one', () => {
  fc.assert(
    fc.property(arbitraryTally, arbitraryTally, (base, more) => {
      for (const { sums, size } of patchTally(base, more).tables.values()) {
        for (const sum of sums) {
          const each = Array.from({ length: size }, (_, slot) => sum.get(slot))
          if (sum.isZero === true) expect(each.every(value => Number(value) === 0)).toBe(true)
          else if (sum.values !== undefined) expect(Array.from(sum.values).slice(0, size)).toEqual(each)
        }
      }
    }),
  )
})

test('the tallies that it is made of stay as they are', () => {
  fc.assert(
    fc.property(arbitraryTally, arbitraryTally, (base, more) => {
      const before = [merged(base), merged(more)]
      dumpTally(patchTally(base, more))
      expect([merged(base), merged(more)]).toEqual(before)
    }),
  )
})
