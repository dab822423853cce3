import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeTally } from '../../src/tally/decode-tally.ts'
import { encodeTally } from '../../src/tally/encode-tally.ts'
import type { GrowingTally, Tally } from '../../src/tally/tally.ts'
import { emptyTally, mergeTally } from '../../src/tally/tally.ts'
import { arbitraryTally, TALLY_QUERY } from './arbitrary-tally.ts'
import { dumpTally } from './dump-tally.ts'

const KEY = 'diageo-2026'

function encoded(tally: GrowingTally): Uint8Array {
  return encodeTally(tally, KEY)!
}

function merged(...tallies: Tally[]): unknown {
  const total = emptyTally(TALLY_QUERY)
  for (const tally of tallies) mergeTally(total, tally)
  return dumpTally(total)
}

describe('the binary form of a tally', () => {
  test('holds the same sums', () => {
    fc.assert(
      fc.property(arbitraryTally, tally => {
        expect(dumpTally(decodeTally(encoded(tally), KEY, TALLY_QUERY)!)).toEqual(dumpTally(tally))
      }),
    )
  })

  test('merges to the same sums', () => {
    fc.assert(
      fc.property(arbitraryTally, arbitraryTally, (first, second) => {
        const [storedFirst, storedSecond] = [first, second].map(
          tally => decodeTally(encoded(tally), KEY, TALLY_QUERY)!,
        ) as [Tally, Tally]
        expect(merged(storedFirst, storedSecond)).toEqual(merged(first, second))
        expect(merged(first, storedSecond)).toEqual(merged(first, second))
      }),
    )
  })

  test('is the same again after decoding, merging and encoding', () => {
    fc.assert(
      fc.property(arbitraryTally, tally => {
        const again = emptyTally(TALLY_QUERY)
        mergeTally(again, decodeTally(encoded(tally), KEY, TALLY_QUERY)!)
        expect(encoded(again)).toEqual(encoded(tally))
      }),
    )
  })

  test('does not open where one bit is flipped', () => {
    fc.assert(
      fc.property(arbitraryTally, fc.nat(), fc.nat(7), (tally, place, bit) => {
        const bytes = encoded(tally)
        bytes[place % bytes.length]! ^= 1 << bit
        expect(decodeTally(bytes, KEY, TALLY_QUERY)).toBeUndefined()
      }),
    )
  })

  test('does not open where it is cut', () => {
    fc.assert(
      fc.property(arbitraryTally, fc.nat(), (tally, length) => {
        const bytes = encoded(tally)
        expect(decodeTally(bytes.slice(0, length % bytes.length), KEY, TALLY_QUERY)).toBeUndefined()
      }),
    )
  })

  test('does not open under another key', () => {
    expect(decodeTally(encoded(emptyTally(TALLY_QUERY)), 'unilever-2026', TALLY_QUERY)).toBeUndefined()
  })

  test('does not open where it is no file of ours', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        expect(decodeTally(bytes, KEY, TALLY_QUERY)).toBeUndefined()
      }),
    )
  })

  test('does not open where the query asks for another group-by', () => {
    const bytes = encoded(emptyTally(TALLY_QUERY))
    const other = { groupBys: [{ ...TALLY_QUERY.groupBys[0]!, name: 'profiles' }] }
    expect(decodeTally(bytes, KEY, other)).toBeUndefined()
  })

  test('takes a rate offset off on writing and adds another on reading', () => {
    const tally = emptyTally(TALLY_QUERY)
    const table = tally.tables.get('users')!
    const rates = table.tables[2] as { codeOf?(value: number): number }
    table.slotOf([0, 0, rates.codeOf!(1000)])
    const decoded = decodeTally(encodeTally(tally, KEY, 600)!, KEY, TALLY_QUERY, () => 5)!
    expect(decoded.tables.get('users')!.keyOf(0, 2)).toBe(405)
  })
})
