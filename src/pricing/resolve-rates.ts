// From the terms of a price to the rates of one request: which tier, which window, and which rate is used in place of one
// that is not given.
import { parseDecimal } from '../base/decimal.ts'
import { withThousands } from '../base/thousands.ts'
import { makeRate, type Rate } from './rate.ts'
import {
  type ContextTier,
  isInWindow,
  type PricePeriod,
  RATE_NAMES,
  type RateName,
  type RateTexts,
  SERVICE_TIERS,
  type Terms,
  TOKEN_RATES,
} from './terms.ts'

/** What a price can depend on: see RateClass. */
export interface RequestTraits {
  readonly instant: number
  readonly dayMs: number
  readonly inputTokens: number
  /** As `serviceTierOf` gives it. */
  readonly serviceTier: string
}

export interface ResolvedRate {
  readonly name: RateName
  /** Dollars per million tokens, or per one, as decimal text. */
  readonly usd: string
  /** Where the rate was written, or which rate stands in for it. */
  readonly origin: string
}

export type ResolvedRates =
  | { readonly rates: readonly ResolvedRate[]; readonly rate: Rate; readonly reason?: undefined }
  | { readonly reason: string; readonly rate?: undefined; readonly rates?: undefined }

interface Layer {
  readonly name: string
  readonly rates: RateTexts
}

/** The rates of a request under a price that is in force, or why it has none. */
export function resolveRates(period: PricePeriod, traits: RequestTraits): ResolvedRates {
  const layers = layersOf(period, traits)
  if (layers === undefined) return { reason: `its entry has no price for the service tier "${traits.serviceTier}"` }
  const found = RATE_NAMES.map(name => rateOf(name, layers)).filter(rate => rate !== undefined)
  if (found.length === 0) {
    const others = period.unbilled ?? []
    return {
      reason: others.length === 0 ? 'its entry has no rate' : `it is billed by ${others.join(', ')}, not by tokens`,
    }
  }
  return { rates: found, rate: rateOfTexts(found) }
}

/** Where rates are looked for, in this order: the service tier, the hours of the day, the price itself; of each the
 * context tier first. Undefined where the price has no such service tier. */
function layersOf(
  period: PricePeriod,
  { inputTokens, dayMs, serviceTier }: RequestTraits,
): readonly Layer[] | undefined {
  const layers: Layer[] = []
  if (serviceTier !== 'standard') {
    const name = SERVICE_TIERS.find(tier => tier === serviceTier)
    const terms = name === undefined ? undefined : period.tiers?.[name]
    if (terms === undefined) return undefined
    pushLayers(layers, terms, inputTokens, serviceTier)
  }
  const window = period.hours?.find(hours => isInWindow(hours, dayMs))
  if (window !== undefined) {
    pushLayers(layers, window, inputTokens, `${formatDayTime(window.fromMs)} to ${formatDayTime(window.toMs)} UTC`)
  }
  pushLayers(layers, period, inputTokens, '')
  return layers
}

function pushLayers(layers: Layer[], terms: Terms, inputTokens: number, name: string): void {
  const tier = (terms.above ?? []).findLast(candidate => isBeyond(candidate, inputTokens))
  if (tier !== undefined) layers.push({ name: joinNames(name, describeBound(tier)), rates: tier.rates })
  layers.push({ name: name === '' ? 'base rate' : name, rates: terms.rates })
}

function isBeyond(tier: ContextTier, inputTokens: number): boolean {
  return inputTokens > tier.inputTokens || (tier.inclusive === true && inputTokens === tier.inputTokens)
}

// A class without a rate of its own takes the input rate; the hour's cache write first that of five minutes.
function rateOf(name: RateName, layers: readonly Layer[]): ResolvedRate | undefined {
  const layer = layers.find(candidate => candidate.rates[name] !== undefined)
  if (layer !== undefined) return { name, usd: layer.rates[name]!, origin: layer.name }
  const substitute = SUBSTITUTES[name]
  if (substitute === undefined) return undefined
  const rate = rateOf(substitute, layers)
  return rate === undefined ? undefined : { name, usd: rate.usd, origin: `the ${RATE_WORDS[substitute]} rate` }
}

const SUBSTITUTES: { readonly [name in RateName]?: RateName } = {
  cacheRead: 'input',
  cacheWrite: 'input',
  cacheWrite1h: 'cacheWrite',
  output: 'input',
  reasoning: 'output',
}

export const RATE_WORDS: { readonly [name in RateName]: string } = {
  input: 'input',
  cacheRead: 'cache read',
  cacheWrite: 'cache write',
  cacheWrite1h: 'cache write 1h',
  output: 'output',
  reasoning: 'reasoning',
  perAnalysis: 'analysis',
  perCheck: 'check',
}

function rateOfTexts(found: readonly ResolvedRate[]): Rate {
  const texts = new Map(found.map(rate => [rate.name, rate.usd]))
  return makeRate(
    name => parseDecimal(texts.get(name) ?? '0')!,
    TOKEN_RATES.some(name => texts.has(name)),
  )
}

/** "more than 200,000 input tokens", "200,000 input tokens or more". */
export function describeBound(tier: Pick<ContextTier, 'inputTokens' | 'inclusive'>): string {
  const count = withThousands(String(tier.inputTokens))
  return tier.inclusive === true ? `${count} input tokens or more` : `more than ${count} input tokens`
}

/** "16:30", with seconds only where there are some. */
export function formatDayTime(dayMs: number): string {
  const text = new Date(dayMs).toISOString().slice(11, 19)
  return text.endsWith(':00') ? text.slice(0, 5) : text
}

function joinNames(first: string, second: string): string {
  return first === '' ? second : `${first}, ${second}`
}
