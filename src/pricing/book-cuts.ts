// The cuts of a whole price book: where, in context size and time, any of its prices changes.
import type { InputBound, RateCuts } from '../query/rate-cuts.ts'
import { type PricePeriod, SERVICE_TIERS, type Terms } from './terms.ts'

/** A context class has six bits in the key of a tally. */
export const MOST_INPUT_BOUNDS = 63

/** The prices of one or more models, and texts in lower case of which each of their names contains one. */
export interface CutPrices {
  readonly pieces: readonly string[]
  readonly periods: readonly PricePeriod[]
}

export function cutsOfPrices(prices: readonly CutPrices[]): RateCuts {
  const periods = prices.flatMap(({ periods }) => periods)
  const windows = periods.flatMap(period => period.hours ?? [])
  const tiers = periods.flatMap(period => SERVICE_TIERS.flatMap(name => period.tiers?.[name] ?? []))
  const all: readonly Terms[] = [...periods, ...windows, ...tiers]
  return {
    inputBounds: sortBounds(
      all.flatMap(terms =>
        (terms.above ?? []).map(tier => ({ tokens: tier.inputTokens, inclusive: tier.inclusive === true })),
      ),
    ),
    instants: ascending(periods.flatMap(period => [period.from, period.to]).filter(instant => instant !== undefined)),
    dailyCuts: ascending(windows.flatMap(window => [window.fromMs, window.toMs]).filter(dayMs => dayMs > 0)),
    dailyModels: sortedTexts(
      prices
        .filter(({ periods }) => periods.some(period => period.hours !== undefined))
        .flatMap(({ pieces }) => pieces),
    ),
  }
}

export function mergeCuts(left: RateCuts, right: RateCuts): RateCuts {
  return {
    inputBounds: sortBounds([...left.inputBounds, ...right.inputBounds]),
    instants: ascending([...left.instants, ...right.instants]),
    dailyCuts: ascending([...left.dailyCuts, ...right.dailyCuts]),
    dailyModels: sortedTexts([...left.dailyModels, ...right.dailyModels]),
  }
}

function sortBounds(bounds: readonly InputBound[]): InputBound[] {
  const unique = new Map(bounds.map(bound => [`${bound.tokens} ${bound.inclusive}`, bound]))
  return [...unique.values()].sort((a, b) => a.tokens - b.tokens || Number(b.inclusive) - Number(a.inclusive))
}

function sortedTexts(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort()
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}
