import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDecimals, formatDecimal, makeDecimal, parseDecimal, ZERO } from '../../src/base/decimal.ts'
import { GroupCost, priceGroup } from '../../src/pricing/group-cost.ts'
import { MoneySum } from '../../src/pricing/money-sum.ts'
import { costOf, makeRate, makeSums, type Rate } from '../../src/pricing/rate.ts'
import { RATE_NAMES } from '../../src/pricing/terms.ts'

/** Prices with up to 12 decimals, in units of 10^-12. */
const price = fc.oneof(
  fc.bigInt(0n, 10n ** 4n),
  fc.bigInt(0n, 10n ** 18n),
  fc.bigInt(0n, 10n ** 4n).map(n => n * 10n ** 10n),
)
const prices = fc.record({
  input: price,
  read: price,
  write: price,
  hour: price,
  output: price,
  analysis: price,
  check: price,
})
type Prices = {
  input: bigint
  read: bigint
  write: bigint
  hour: bigint
  output: bigint
  analysis: bigint
  check: bigint
}

const count = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 10 ** 15 }))
const row = fc.record({
  which: fc.nat(3),
  plain: count,
  read: count,
  write: count,
  hour: count,
  output: count,
  checks: fc.nat(1000),
})
type Row = { which: number; plain: number; read: number; write: number; hour: number; output: number; checks: number }

function rateOf(written: Prices): Rate {
  const units = new Map([
    ['input', written.input],
    ['cacheRead', written.read],
    ['cacheWrite', written.write],
    ['cacheWrite1h', written.hour],
    ['output', written.output],
    ['reasoning', written.output],
    ['perAnalysis', written.analysis],
    ['perCheck', written.check],
  ])
  return makeRate(name => makeDecimal(units.get(name)!, 12), true)
}

function sumsOf(row: Row) {
  return makeSums({
    analyses: 1,
    inputTokens: BigInt(row.plain) + BigInt(row.read) + BigInt(row.write) + BigInt(row.hour),
    cacheReadTokens: row.read,
    cacheWriteTokens: BigInt(row.write) + BigInt(row.hour),
    cacheWrite1hTokens: row.hour,
    outputTokens: row.output,
    checks: row.checks,
  }).map(sum => (sum <= Number.MAX_SAFE_INTEGER ? Number(sum) : sum))
}

/** The cost as a rational with the denominator 10^18: each class at its own price, added in BigInts. */
function exactUnits(row: Row, written: Prices): bigint {
  const tokens =
    BigInt(row.plain) * written.input +
    BigInt(row.read) * written.read +
    BigInt(row.write) * written.write +
    BigInt(row.hour) * written.hour +
    BigInt(row.output) * written.output
  return tokens + (written.analysis + BigInt(row.checks) * written.check) * 10n ** 6n
}

describe('any prices with 12 decimals and any counts up to 10^15', () => {
  test('have one total, which is the exact one and the sum of its rows, however they are split and merged', () => {
    fc.assert(
      fc.property(
        fc.array(prices, { minLength: 4, maxLength: 4 }),
        fc.array(row, { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        (books, rows, parts) => {
          const rates = books.map(rateOf)
          const exact = rows.reduce((sum, each) => sum + exactUnits(each, books[each.which]!), 0n)
          const split = Array.from({ length: parts }, () => new GroupCost())
          rows.forEach((each, index) => {
            split[index % parts]!.add({ from: 'estimated', rate: rates[each.which]! }, sumsOf(each))
          })
          const merged = split.reduceRight((whole, part) => {
            whole.merge(part)
            return whole
          }, new GroupCost())
          const byRow = rows.reduce((sum, each) => addDecimals(sum, costOf(rates[each.which]!, sumsOf(each))), ZERO)

          const expected = formatDecimal(makeDecimal(exact, 18))
          expect(formatDecimal(merged.result().cost!)).toBe(expected)
          expect(formatDecimal(byRow)).toBe(expected)
        },
      ),
      { numRuns: 400, verbose: true },
    )
  })
})

describe('MoneySum', () => {
  test('goes on exactly beyond what a double holds', () => {
    const sum = new MoneySum()
    for (let index = 0; index < 5; index++) sum.addPico(Number.MAX_SAFE_INTEGER)
    sum.addPico(-1)
    sum.addPico(10n ** 30n)
    expect(formatDecimal(sum.toDecimal())).toBe('1000000000000045035.996273704954')
  })

  test('takes amounts that are no whole picodollars', () => {
    const sum = new MoneySum()
    sum.addDecimal(parseDecimal('0.0000000000000000001')!)
    sum.addPico(1)
    expect(formatDecimal(sum.toDecimal())).toBe('0.0000000000010000001')
  })

  test('adds a row that begins in the middle of an array', () => {
    const rate = makeRate(name => parseDecimal(name === 'input' ? '3' : '0')!, true)
    const sum = new MoneySum()
    sum.addUsage(
      rate,
      new Float64Array([...makeSums({ inputTokens: 9 }), ...makeSums({ inputTokens: 1000 })].map(Number)),
      makeSums({}).length,
    )
    expect(formatDecimal(sum.toDecimal())).toBe('0.003')
  })
})

describe('a group', () => {
  const rate = makeRate(name => parseDecimal(name === 'input' ? '0.15' : '0')!, true)
  const perAnalysis = makeRate(name => parseDecimal(name === 'perAnalysis' ? '0.02' : '0')!, false)
  const estimated = {
    rateClass: { isLogged: false, isUnsplit: false },
    rate,
    sums: makeSums({ analyses: 2, inputTokens: 2_000_000 }),
  }
  const logged = {
    rateClass: { isLogged: true, isUnsplit: false },
    rate,
    sums: makeSums({ analyses: 1, inputTokens: 1_000_000, loggedPicoUsd: 7_000_000_000_000 }),
  }
  const unknown = {
    rateClass: { isLogged: false, isUnsplit: false },
    rate: undefined,
    sums: makeSums({ analyses: 4, inputTokens: 5 }),
  }
  const unsplit = {
    rateClass: { isLogged: false, isUnsplit: true },
    sums: makeSums({ analyses: 3, unsplitTokens: 500 }),
  }
  const textOf = (rows: Parameters<typeof priceGroup>[0], mode: Parameters<typeof priceGroup>[1]) => {
    const { cost, costSource, unpricedAnalyses } = priceGroup(rows, mode)
    return [cost === null ? null : formatDecimal(cost), costSource, unpricedAnalyses]
  }

  test('takes the logged cost where there is one and the estimate elsewhere, and says so', () => {
    expect(textOf([estimated, logged], 'auto')).toEqual(['7.3', 'mixed', 0])
    expect(textOf([logged], 'auto')).toEqual(['7', 'logged', 0])
    expect(textOf([estimated], 'auto')).toEqual(['0.3', 'estimated', 0])
  })

  test('takes only what was logged, or only the estimate, where that is asked for', () => {
    expect(textOf([estimated, logged], 'logged')).toEqual(['7', 'logged', 2])
    expect(textOf([estimated, logged], 'estimated')).toEqual(['0.45', 'estimated', 0])
  })

  test('costs the sum of what is priced in it, and null where nothing is', () => {
    expect(textOf([estimated, unknown], 'auto')).toEqual(['0.3', 'estimated', 4])
    expect(textOf([unknown], 'auto')).toEqual([null, 'none', 4])
  })

  test('costs nothing where nothing happened', () => {
    expect(textOf([], 'auto')).toEqual(['0', 'none', 0])
  })

  test('has no price for a bare total of tokens, unless tokens cost nothing', () => {
    expect(textOf([{ ...unsplit, rate }], 'auto')).toEqual([null, 'none', 3])
    expect(textOf([{ ...unsplit, rate: perAnalysis }], 'auto')).toEqual(['0.06', 'estimated', 3 - 3])
  })

  test('adds logged costs that are finer than a picodollar', () => {
    expect(textOf([{ ...logged, loggedRest: parseDecimal('0.0000000000000005')! }], 'auto')).toEqual([
      '7.0000000000000005',
      'logged',
      0,
    ])
  })
})

test('the rates of one price are one text, however they are written', () => {
  const texts = ['0.150', '15e-2'].map(
    input => makeRate(name => parseDecimal(name === 'input' ? input : '0')!, true).text,
  )
  expect(texts).toEqual([texts[1], texts[0]])
  expect(texts[0]).toBe(
    `input=0.15 ${RATE_NAMES.slice(1)
      .map(name => `${name}=0`)
      .join(' ')}`,
  )
})
