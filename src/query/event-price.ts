// What an event costs, for code that adds up events: by its rate class, and linear in everything that is counted.
import { type Decimal, makeDecimal } from '../base/decimal.ts'
import type { CostMode } from './cost-mode.ts'
import type { RateClass } from './rate-class.ts'

/** What a query has its costs from. Plain data. */
export interface Pricing {
  readonly mode: CostMode
  /** Stands for everything in the price book. */
  readonly content: string
  /** Models of which no event carries usage: what their events cost is not known. */
  readonly silentModels: readonly (string | null)[]
  /** What the price book can be opened from again, in another thread too; of no interest to who passes it on. */
  readonly book: object
}

export type OpenPrices = (pricing: Pricing) => PriceOf

export type PriceOf = (rateClass: RateClass) => EventPrice

export type EventPrice =
  | { readonly from: 'logged' }
  | { readonly from: 'unpriced' }
  | { readonly from: 'estimated'; readonly rate: LinearRate }

export interface LinearRate {
  /** What one of each of BILLED_MEASURES adds to the cost, times 10^scale. */
  readonly weights: readonly bigint[]
  readonly scale: number
  /** The weights in units of 10^-12 dollars, where they all are whole and small enough to be exact in a double. */
  readonly picoWeights: Float64Array | undefined
}

/** The exact cost of counts in the order of BILLED_MEASURES. */
export function linearCost({ weights, scale }: LinearRate, countOf: (index: number) => number | bigint): Decimal {
  let units = 0n
  for (const [index, weight] of weights.entries()) units += weight * BigInt(countOf(index))
  return makeDecimal(units, scale)
}

/**
 * The cost of counts in units of 10^-12 dollars; undefined where that is no exact number. Every product and partial sum is
 * an integer no larger than the sum of their sizes: if that is exact, all of them are.
 */
export function picoCost({ picoWeights }: LinearRate, countOf: (index: number) => number | bigint): number | undefined {
  if (picoWeights === undefined) return undefined
  let total = 0
  let size = 0
  for (let index = 0; index < picoWeights.length; index++) {
    const count = countOf(index)
    const product = typeof count === 'number' ? picoWeights[index]! * count : Number.POSITIVE_INFINITY
    total += product
    size += Math.abs(product)
  }
  return size <= Number.MAX_SAFE_INTEGER ? total : undefined
}
