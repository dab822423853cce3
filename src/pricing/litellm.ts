// LiteLLM's map of models to prices (model_prices_and_context_window.json) as entries of prices.json. Its prices are
// per token, as floats: they are taken as the decimals that they are written as.
import { formatDecimal, makeDecimal, parseDecimal } from '../base/decimal.ts'
import { NumberLiteral } from '../base/edited-json.ts'
import type { ImportedEntry, SkippedModel } from './import-plan.ts'
import { RATE_NAMES, type RateName, SERVICE_TIERS, type ServiceTierName } from './terms.ts'

export interface LitellmMap {
  readonly entries: readonly ImportedEntry[]
  readonly skipped: readonly SkippedModel[]
  /** Prices that are not taken because no usage log tells what they are for, with the number of models that have them. */
  readonly unbilled: ReadonlyMap<string, number>
}

type Model = Readonly<Record<string, unknown>>
type WritableRates = { [name in RateName]?: string }
type TermsJson = WritableRates & { above?: (WritableRates & { inputTokens: number })[] }

const TOKEN_MODES: ReadonlySet<string> = new Set(['chat', 'completion', 'responses', 'embedding', 'moderation'])
// Longer names first: each is the beginning of keys with suffixes.
const BASE_KEYS: readonly (readonly [string, RateName])[] = [
  ['cache_creation_input_token_cost_above_1hr', 'cacheWrite1h'],
  ['cache_creation_input_token_cost', 'cacheWrite'],
  ['cache_read_input_token_cost', 'cacheRead'],
  ['input_cost_per_token_cache_hit', 'cacheRead'],
  ['input_cost_per_token', 'input'],
  ['output_cost_per_reasoning_token', 'reasoning'],
  ['output_cost_per_token', 'output'],
  ['input_cost_per_request', 'perAnalysis'],
]
const SUFFIX = /_above_(\d+)k_tokens|_(batches|flex|priority)/y
const TIER_OF_SUFFIX: Readonly<Record<string, ServiceTierName>> = {
  batches: 'batch',
  flex: 'flex',
  priority: 'priority',
}

/** Whether a parsed file looks like the map: models by name, each with LiteLLM's keys. */
export function isLitellmMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    isObject(value) &&
    Object.values(value).some(
      model => isObject(model) && ('litellm_provider' in model || 'input_cost_per_token' in model),
    )
  )
}

/** Reads the map; its numbers must be NumberLiterals. */
export function parseLitellmMap(map: Readonly<Record<string, unknown>>): LitellmMap {
  const entries: ImportedEntry[] = []
  const skipped: SkippedModel[] = []
  const unbilled = new Map<string, number>()
  for (const [name, model] of Object.entries(map)) {
    if (name === 'sample_spec') continue
    const parsed = isObject(model) ? parseModel(name, model, unbilled) : 'it is not an object'
    if (typeof parsed === 'string') skipped.push({ model: name, reason: parsed })
    else entries.push(parsed)
  }
  return { entries, skipped, unbilled }
}

function parseModel(name: string, model: Model, unbilled: Map<string, number>): ImportedEntry | string {
  const mode = typeof model.mode === 'string' ? model.mode : undefined
  if (mode !== undefined && !TOKEN_MODES.has(mode)) return `mode ${mode}`
  const terms = model.tiered_pricing === undefined ? termsOfKeys(model) : termsOfTiers(model.tiered_pricing)
  if (typeof terms === 'string') return terms
  if (terms.standard.input === undefined) return 'no price of input tokens'
  for (const key of Object.keys(model)) {
    if (/cost/.test(key) && parseKey(key) === undefined) unbilled.set(key, (unbilled.get(key) ?? 0) + 1)
  }
  const provider = typeof model.litellm_provider === 'string' ? model.litellm_provider : undefined
  const { standard, ...tiers } = terms
  // "azure/gpt-4o" of azure is its gpt-4o.
  const isPrefixed = provider !== undefined && name.startsWith(`${provider}/`)
  return {
    model: isPrefixed ? name.slice(provider.length + 1) : name,
    ...(provider === undefined ? {} : { provider }),
    ...ordered(standard),
    ...Object.fromEntries(
      SERVICE_TIERS.flatMap(tier => {
        const service = tiers[tier]
        return service === undefined ? [] : [[tier, ordered(service)]]
      }),
    ),
  }
}

/** The keys in the order in which people write them. */
function ordered({ above, ...rates }: TermsJson): TermsJson {
  const inOrder = (some: WritableRates) =>
    Object.fromEntries(RATE_NAMES.filter(name => some[name] !== undefined).map(name => [name, some[name]]))
  if (above === undefined) return inOrder(rates)
  return {
    ...inOrder(rates),
    above: above.map(({ inputTokens, ...tier }) => ({ inputTokens, ...inOrder(tier) })),
  }
}

interface ServiceTerms {
  standard: TermsJson
  batch?: TermsJson
  flex?: TermsJson
  priority?: TermsJson
}

interface ParsedKey {
  readonly rate: RateName
  readonly above: number | undefined
  readonly tier: ServiceTierName | undefined
}

function parseKey(key: string): ParsedKey | undefined {
  const base = BASE_KEYS.find(([start]) => key.startsWith(start))
  if (base === undefined) return undefined
  let above: number | undefined
  let tier: ServiceTierName | undefined
  SUFFIX.lastIndex = base[0].length
  while (SUFFIX.lastIndex < key.length) {
    const match = SUFFIX.exec(key)
    if (match === null) return undefined
    if (match[1] !== undefined) above = Number(match[1]) * 1000
    else tier = TIER_OF_SUFFIX[match[2]!]
  }
  return { rate: base[1], above, tier }
}

function termsOfKeys(model: Model): ServiceTerms | string {
  const terms: ServiceTerms = { standard: {} }
  for (const [key, value] of Object.entries(model)) {
    const parsed = parseKey(key)
    if (parsed === undefined || value === null) continue
    const usd = writtenPrice(value, parsed.rate)
    if (usd === undefined) return `${key} is not a price`
    const service = terms[parsed.tier ?? 'standard'] ?? {}
    terms[parsed.tier ?? 'standard'] = service
    if (parsed.above === undefined) service[parsed.rate] = usd
    else tierAbove(service, parsed.above)[parsed.rate] = usd
  }
  for (const name of SERVICE_TIERS) {
    // A service tier that differs in its long requests alone has the standard rates for the others.
    const service = terms[name]
    if (service?.above !== undefined && service.input === undefined && terms.standard.input !== undefined)
      service.input = terms.standard.input
  }
  for (const service of Object.values(terms) as TermsJson[])
    service.above?.sort((a, b) => a.inputTokens - b.inputTokens)
  return terms
}

function tierAbove(terms: TermsJson, inputTokens: number): WritableRates {
  terms.above ??= []
  const known = terms.above.find(tier => tier.inputTokens === inputTokens)
  if (known !== undefined) return known
  const tier: WritableRates & { inputTokens: number } = { inputTokens }
  terms.above.push(tier)
  return tier
}

// [{range: [0, 32000], …}, {range: [32000, 128000], …}]: the first is the base.
function termsOfTiers(tiers: unknown): ServiceTerms | string {
  if (!Array.isArray(tiers) || tiers.length === 0) return 'tiered_pricing is not a list'
  const standard: TermsJson = {}
  let end = 0
  for (const [index, tier] of tiers.entries()) {
    const range = isObject(tier) && Array.isArray(tier.range) ? tier.range.map(numberOf) : []
    const [start, next] = range
    if (start === undefined || next === undefined || start !== end || !(next > start))
      return 'the ranges of its tiers do not join'
    end = next
    const parsed = termsOfKeys(tier as Model)
    if (typeof parsed === 'string') return parsed
    if (index === 0) Object.assign(standard, parsed.standard)
    else Object.assign(tierAbove(standard, start), parsed.standard)
  }
  return { standard }
}

function numberOf(value: unknown): number {
  return value instanceof NumberLiteral ? Number(value.text) : Number.NaN
}

function writtenPrice(value: unknown, rate: RateName): string | undefined {
  const text = value instanceof NumberLiteral ? value.text : typeof value === 'string' ? value : ''
  const decimal = parseDecimal(text)
  if (decimal === undefined || decimal.units < 0n) return undefined
  return formatDecimal(rate === 'perAnalysis' ? decimal : makeDecimal(decimal.units, decimal.scale - 6))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberLiteral)
}
