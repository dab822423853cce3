// The terms of a price: rates, with other ones for long requests, hours of the day and service tiers. They are the same for
// the built-in catalogue and prices.json; resolve-rates.ts decides which rates apply to a request.

/** Rates per million tokens. Reasoning is a part of the output that a few providers bill apart. */
export const TOKEN_RATES = ['input', 'cacheRead', 'cacheWrite', 'cacheWrite1h', 'output', 'reasoning'] as const
/** Rates per one. */
export const UNIT_RATES = ['perAnalysis', 'perCheck'] as const
export const RATE_NAMES = [...TOKEN_RATES, ...UNIT_RATES] as const
export type TokenRateName = (typeof TOKEN_RATES)[number]
export type RateName = (typeof RATE_NAMES)[number]

/** Dollars as decimal text. */
export type RateTexts = { readonly [name in RateName]?: string }

/** Rates for requests beyond a bound of input tokens; see InputBound in query/rate-cuts.ts. */
export interface ContextTier {
  readonly inputTokens: number
  readonly inclusive?: boolean
  readonly rates: RateTexts
}

export interface Terms {
  readonly rates: RateTexts
  /** In ascending order of their bounds. */
  readonly above?: readonly ContextTier[]
}

/** Terms for a part of every UTC day, in milliseconds of it: [fromMs, toMs), over midnight where fromMs is larger. */
export interface DailyWindow extends Terms {
  readonly fromMs: number
  readonly toMs: number
}

export const SERVICE_TIERS = ['batch', 'flex', 'priority'] as const
export type ServiceTierName = (typeof SERVICE_TIERS)[number]

/** The terms in force in [from, to), instants in milliseconds; open where absent. */
export interface PricePeriod extends Terms {
  readonly from?: number
  readonly to?: number
  /** Where windows overlap, the first counts. */
  readonly hours?: readonly DailyWindow[]
  readonly tiers?: { readonly [name in ServiceTierName]?: Terms }
  /** What the provider bills besides, and no usage log tells: names of the catalogue. */
  readonly unbilled?: readonly string[]
}

/** The service tier that an event means; no tier, and OpenAI's word "default", are the standard one. */
export function serviceTierOf(text: string | null | undefined): string {
  const folded = (text ?? '').trim().toLowerCase()
  return folded === '' || folded === 'default' ? 'standard' : folded
}

export function isInWindow(window: Pick<DailyWindow, 'fromMs' | 'toMs'>, dayMs: number): boolean {
  return window.fromMs < window.toMs
    ? dayMs >= window.fromMs && dayMs < window.toMs
    : dayMs >= window.fromMs || dayMs < window.toMs
}

export function isInForce(period: Pick<PricePeriod, 'from' | 'to'>, instant: number): boolean {
  return instant >= (period.from ?? Number.NEGATIVE_INFINITY) && instant < (period.to ?? Number.POSITIVE_INFINITY)
}
