import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketOfShare, relate, sumOfCounts, sumsByCode, weighedSums } from '../../src/base/column-loops.ts'
import { packCounts } from '../../src/tally/packed-counts.ts'

const COUNT = 7
const rows = fc.array(fc.tuple(fc.nat(COUNT - 1), fc.integer({ min: -1e6, max: 1e6 }), fc.nat(1e9)), { maxLength: 50 })
const window = fc.record({ first: fc.nat(3000), counts: fc.array(fc.nat(2 ** 20), { maxLength: 60 }) })

test('Sums by code are those of a loop, of columns that may be longer than they count.', () => {
  fc.assert(
    fc.property(rows, fc.nat(3), (list, more) => {
      const codes = [...list.map(([code]) => code), ...new Array(more).fill(0)]
      const columns = [
        list.map(([, value]) => value),
        Float64Array.from([...list.map(([, , value]) => value), 99]),
      ] as const
      const expected = columns.map(column => {
        const sums = new Array<number>(COUNT).fill(0)
        list.forEach(([code], row) => {
          sums[code]! += column[row]!
        })
        return sums
      })
      expect(sumsByCode(columns, codes, list.length, COUNT).map(sums => [...sums])).toEqual(expected)
    }),
  )
})

test('Weighed sums are those of a loop, and so are the sizes of what was added.', () => {
  fc.assert(
    fc.property(
      rows,
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: COUNT, maxLength: COUNT }),
      (list, weights) => {
        const classes = list.map(([code]) => code)
        const [some, others] = [list.map(([, value]) => value), list.map(([, , value]) => value)]
        const double = weights.map(weight => 2 * weight)
        const parts = list.map((_, row) => [
          weights[classes[row]!]! * some[row]!,
          double[classes[row]!]! * others[row]!,
        ])
        const columns = [
          { values: some, weights },
          { values: others, weights: double },
        ]
        const { totals, sizes } = weighedSums(columns, classes, list.length)
        // Adding turns -0 into 0.
        expect([...totals]).toEqual(parts.map(([a, b]) => a! + b! + 0))
        expect([...sizes]).toEqual(parts.map(([a, b]) => Math.abs(a!) + Math.abs(b!)))
      },
    ),
  )
})

test('Codes that came together are found once each and in order, without code 0 of the other.', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(COUNT - 1), fc.nat(4)), { maxLength: 60 }), pairs => {
      const { others, starts } = relate(
        pairs.map(([code]) => code),
        pairs.map(([, other]) => other),
        pairs.length,
        COUNT,
        5,
      )
      const found = Array.from({ length: COUNT }, (_, code) => [...others.subarray(starts[code]!, starts[code + 1]!)])
      const expected = found.map((_, code) => [
        ...new Set(pairs.filter(([one, other]) => one === code && other !== 0).map(([, other]) => other)),
      ])
      expect(found).toEqual(expected.map(list => list.sort((a, b) => a - b)))
    }),
  )
})

test('Counts in all forms are summed, and ranked as a list of all values would be.', () => {
  const arbitrary = fc.record({
    single: fc.array(fc.tuple(fc.nat(3000), fc.integer({ min: 1, max: 9 })), { maxLength: 5 }),
    plain: fc.array(window, { maxLength: 3 }),
    words: fc.array(window, { maxLength: 3 }),
    halves: fc.array(window, { maxLength: 2 }),
    packed: fc.array(window, { maxLength: 3 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(arbitrary, ({ single, plain, words, halves, packed, share }) => {
      const small = halves.map(({ first, counts }) => ({ first, counts: Uint16Array.from(counts) }))
      const parts = {
        single: new Map(single),
        windows: [
          ...plain,
          ...words.map(({ first, counts }) => ({ first, counts: Uint32Array.from(counts) })),
          ...small,
        ],
        packed: packed.map(packCounts),
      }
      const expected = new Map(single)
      for (const { first, counts } of [...plain, ...words, ...small, ...packed]) {
        Array.from(counts).forEach((count, index) => {
          expected.set(first + index, (expected.get(first + index) ?? 0) + count)
        })
      }
      const filled = [...expected].filter(([, count]) => count > 0).sort(([a], [b]) => a - b)
      const { first, counts } = sumOfCounts(parts)
      const found = Array.from(counts, (count, index) => [first + index, count]).filter(([, count]) => count! > 0)
      expect(found).toEqual(filled)
      if (filled.length > 0) expect([first, first + counts.length - 1]).toEqual([filled[0]![0], filled.at(-1)![0]])
      const rank = Math.max(1, Math.ceil(share * filled.reduce((sum, [, count]) => sum + count, 0) - 1e-9))
      let seen = 0
      const ranked = filled.find(([, count]) => {
        seen += count
        return seen >= rank
      })
      expect(bucketOfShare(parts, share)).toBe(ranked === undefined ? null : ranked[0])
    }),
  )
})
