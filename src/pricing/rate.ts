// The rates of one rate class as numbers: dollars per unit of everything that is counted, and the cost of summed counts.
import {
  type Decimal,
  decimalOfInteger,
  formatDecimal,
  makeDecimal,
  multiplyDecimals,
  subtractDecimals,
} from '../base/decimal.ts'
import { type LinearRate, linearCost } from '../query/event-price.ts'
import { BILLED_MEASURES, USAGE_MEASURES, type UsageMeasure } from '../query/measures.ts'
import { RATE_NAMES, type RateName, TOKEN_RATES } from './terms.ts'

/**
 * The sums of a group as a tally keeps them: numbers in the order of USAGE_MEASURES, each an integer. A number beyond
 * 2^53 stands as a bigint.
 */
export type UsageSums = ArrayLike<number | bigint>

export interface Rate extends LinearRate {
  /** Dollars for one token, analysis or check. */
  readonly usd: { readonly [name in RateName]: Decimal }
  /** False where only analyses and checks are priced, so that tokens cost nothing. */
  readonly hasTokenRates: boolean
  /** The rates in one line, the same for the same rates however they were written. */
  readonly text: string
}

/** Where each of BILLED_MEASURES is in a row of sums. */
export const BILLED_AT: readonly number[] = BILLED_MEASURES.map(measure => USAGE_MEASURES.indexOf(measure))
export const PICO_SCALE = 12
const MILLION_SCALE = 6

/** A rate from dollars per million tokens, or per one analysis or check. */
export function makeRate(written: (name: RateName) => Decimal, hasTokenRates: boolean): Rate {
  const tokenRates: ReadonlySet<RateName> = new Set(TOKEN_RATES)
  const usd = Object.fromEntries(
    RATE_NAMES.map(name => {
      const { units, scale } = written(name)
      return [name, makeDecimal(units, tokenRates.has(name) ? scale + MILLION_SCALE : scale)]
    }),
  ) as Record<RateName, Decimal>
  const weights = [
    usd.input,
    subtractDecimals(usd.cacheRead, usd.input),
    subtractDecimals(usd.cacheWrite, usd.input),
    subtractDecimals(usd.cacheWrite1h, usd.cacheWrite),
    usd.output,
    subtractDecimals(usd.reasoning, usd.output),
    usd.perAnalysis,
    usd.perCheck,
  ]
  const scale = Math.max(PICO_SCALE, ...weights.map(weight => weight.scale))
  const scaled = weights.map(weight => weight.units * 10n ** BigInt(scale - weight.scale))
  return {
    usd,
    hasTokenRates,
    weights: scaled,
    scale,
    picoWeights: scale === PICO_SCALE && scaled.every(isSmall) ? Float64Array.from(scaled, Number) : undefined,
    text: RATE_NAMES.map(name => `${name}=${formatDecimal(written(name))}`).join(' '),
  }
}

/** The exact cost of summed counts at a rate: `sums` from `offset` on. */
export function costOf(rate: Rate, sums: UsageSums, offset = 0): Decimal {
  return linearCost(rate, index => sums[offset + BILLED_AT[index]!]!)
}

/** A row of sums from some of them; the others are 0. */
export function makeSums(some: { readonly [measure in UsageMeasure]?: number | bigint }): (number | bigint)[] {
  return USAGE_MEASURES.map(measure => some[measure] ?? 0)
}

/** The cost of a count of one thing, for showing a sum line by line. */
export function lineCost(rate: Rate, name: RateName, count: number): Decimal {
  return multiplyDecimals(rate.usd[name], decimalOfInteger(count))
}

function isSmall(units: bigint): boolean {
  return units >= -BigInt(Number.MAX_SAFE_INTEGER) && units <= BigInt(Number.MAX_SAFE_INTEGER)
}
