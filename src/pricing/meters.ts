// What a provider's bill counts: each kind of token once, requests, checks. Sums hold some inside others; meters do not.
import { type Decimal, decimalOfInteger, multiplyDecimals } from '../base/decimal.ts'
import { USAGE_MEASURES, type UsageMeasure } from '../query/measures.ts'
import type { Rate, UsageSums } from './rate.ts'
import type { RateName } from './terms.ts'

export interface Meter {
  /** As in files: "cache_read". */
  readonly name: string
  /** In words: "cache read tokens". */
  readonly title: string
  readonly rate: RateName
  readonly isOfTokens: boolean
  /** What is counted, and what of it is counted by other meters. */
  readonly of: UsageMeasure
  readonly without: readonly UsageMeasure[]
}

export const METERS: readonly Meter[] = [
  tokens('input', 'input tokens', 'input', 'inputTokens', ['cacheReadTokens', 'cacheWriteTokens']),
  tokens('cache_read', 'cache read tokens', 'cacheRead', 'cacheReadTokens'),
  tokens('cache_write', 'cache write tokens', 'cacheWrite', 'cacheWriteTokens', ['cacheWrite1hTokens']),
  tokens('cache_write_1h', 'cache write tokens of an hour', 'cacheWrite1h', 'cacheWrite1hTokens'),
  tokens('output', 'output tokens', 'output', 'outputTokens', ['reasoningTokens']),
  tokens('reasoning', 'reasoning tokens', 'reasoning', 'reasoningTokens'),
  { name: 'request', title: 'requests', rate: 'perAnalysis', isOfTokens: false, of: 'analyses', without: [] },
  { name: 'check', title: 'checks', rate: 'perCheck', isOfTokens: false, of: 'checks', without: [] },
]

/** How much a meter counted in a row of sums. */
export function meterCount({ of, without }: Meter, sums: UsageSums): bigint {
  const at = (measure: UsageMeasure) => BigInt(sums[USAGE_MEASURES.indexOf(measure)]!)
  return without.reduce((count, measure) => count - at(measure), at(of))
}

/** What that costs. Over all meters it adds up to the cost of the row. */
export function meterCost(meter: Meter, { usd }: Rate, count: bigint): Decimal {
  return multiplyDecimals(usd[meter.rate], decimalOfInteger(count))
}

function tokens(name: string, title: string, rate: RateName, of: UsageMeasure, without: UsageMeasure[] = []): Meter {
  return { name, title, rate, isOfTokens: true, of, without }
}
