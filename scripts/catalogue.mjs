// Makes dist/catalogue.jsonl, the built-in price book, and dist/catalogue-cuts.json, its cuts, from the catalogue of
// @pydantic/genai-prices: numbers as the decimals they are meant to be, and only what a usage log can be billed by.
// The shape is the type Catalogue of src/pricing/catalogue.ts.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { waitForUpdate } from '@pydantic/genai-prices'

const RATE_NAMES = {
  input_mtok: 'input',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  cache_write_1h_mtok: 'cacheWrite1h',
  output_mtok: 'output',
  output_reasoning_mtok: 'reasoning',
  requests_kcount: 'perAnalysis',
}
const SAYS_FREE = /free of charge|zero token cost/i

/** Writes both files into a folder. */
export async function buildCatalogue(folder) {
  const providers = (await waitForUpdate()).map(provider => ({
    id: provider.id,
    name: provider.name,
    providerMatch: provider.provider_match,
    modelMatch: provider.model_match,
    fallbacks: provider.fallback_model_providers,
    models: provider.models.map(model => ({
      id: model.id,
      match: isOwnName(model.match, model.id) ? undefined : model.match,
      prices: periodsOf(provider, model),
    })),
  }))
  const hash = createHash('sha256').update(JSON.stringify(providers)).digest('hex')
  const catalogue = { version: packageVersion(), hash }
  // The models of each provider on a line of their own, after one of everything else: few of them are asked for.
  const head = { ...catalogue, providers: providers.map(({ models: _, ...provider }) => provider) }
  const lines = [head, ...providers.map(({ models }) => models)].map(line => JSON.stringify(line))
  writeFileSync(`${folder}/catalogue.jsonl`, lines.join('\n'))
  writeFileSync(
    `${folder}/catalogue-cuts.json`,
    JSON.stringify({ version: catalogue.version, hash, ...cutsOf(providers) }),
  )
}

// Later prices of the list win. A daily window belongs to the dated price that stands before it in the list: the
// catalogue cannot say both in one condition, and its comments say that this is what is meant.
function periodsOf(provider, model) {
  const list = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }]
  const periods = []
  for (const [index, { constraint, prices }] of list.entries()) {
    const terms = termsOf(model, prices)
    if (constraint?.type === 'time_of_date') {
      if (index === 0) throw new Error(`${provider.id}/${model.id} begins with a daily window`)
      const last = periods.at(-1)
      const window = { fromMs: timeOfDay(constraint.start_time), toMs: timeOfDay(constraint.end_time), ...terms }
      last.hours = [window, ...(last.hours ?? [])]
    } else {
      const from = index === 0 || constraint === undefined ? undefined : Date.parse(constraint.start_date)
      if (index > 0 && !(from > (periods.at(-1).from ?? Number.NEGATIVE_INFINITY)))
        throw new Error(`${provider.id}/${model.id} has prices that are not in order of their dates`)
      periods.push({ from, ...terms })
    }
  }
  return periods
}

function termsOf(model, prices) {
  const keys = Object.keys(prices)
  const unbilled = keys.filter(key => RATE_NAMES[key] === undefined)
  if (keys.length === 0 && (model.id.endsWith(':free') || SAYS_FREE.test(model.price_comments ?? '')))
    return { rates: { input: '0', output: '0' } }
  const starts = new Set(keys.flatMap(key => (prices[key].tiers ?? []).map(tier => tier.start)))
  const rates = ratesAt(prices, -1)
  // What the catalogue gives no output price for is not billed by its output: embeddings and the like.
  if (rates.input !== undefined) rates.output ??= '0'
  return {
    rates,
    above: starts.size === 0 ? undefined : [...starts].sort((a, b) => a - b).map(start => tierOf(prices, start)),
    unbilled: unbilled.length === 0 ? undefined : unbilled,
  }
}

// "At 200,000 and above" is written as "more than 199,999" there.
function tierOf(prices, start) {
  const isInclusive = start % 1000 === 999
  return {
    inputTokens: isInclusive ? start + 1 : start,
    ...(isInclusive ? { inclusive: true } : {}),
    rates: ratesAt(prices, start),
  }
}

/** The rates of a tier that have one of their own there; -1 for the base. */
function ratesAt(prices, start) {
  const rates = {}
  for (const [key, name] of Object.entries(RATE_NAMES)) {
    const price = prices[key]
    const value = start < 0 ? (price?.base ?? price) : price?.tiers?.findLast(tier => tier.start <= start)?.price
    if (value !== undefined) rates[name] = decimalText(name === 'perAnalysis' ? value / 1000 : value)
  }
  return rates
}

// A double tells 15 digits apart; what it prints beyond them is dust of a computation (0.18000000000000002).
function decimalText(value) {
  return String(Number(value.toPrecision(15)))
}

function timeOfDay(text) {
  const ms = Date.parse(`1970-01-01T${text}`)
  if (!(ms >= 0 && ms < 86_400_000)) throw new Error(`${text} is no time of the UTC day`)
  return ms
}

function isOwnName(match, id) {
  return match.equals === id
}

function cutsOf(providers) {
  const periods = providers.flatMap(provider => provider.models.flatMap(model => model.prices))
  const windows = periods.flatMap(period => period.hours ?? [])
  const dailyModels = providers
    .flatMap(provider => provider.models)
    .filter(model => model.prices.some(period => period.hours !== undefined))
    .flatMap(model => piecesOf(model.match ?? { equals: model.id }))
  const bounds = new Map()
  for (const terms of [...periods, ...windows]) {
    for (const { inputTokens, inclusive } of terms.above ?? [])
      bounds.set(`${inputTokens} ${inclusive === true}`, { tokens: inputTokens, inclusive: inclusive === true })
  }
  return {
    inputBounds: [...bounds.values()].sort((a, b) => a.tokens - b.tokens || b.inclusive - a.inclusive),
    instants: ascending(periods.map(period => period.from).filter(from => from !== undefined)),
    dailyCuts: ascending(windows.flatMap(window => [window.fromMs, window.toMs]).filter(ms => ms > 0)),
    dailyModels: [...new Set(dailyModels)].sort(),
  }
}

// Texts of which every name that fits the rule contains one; the empty one is in every name.
function piecesOf(rule) {
  if (rule.or !== undefined) return rule.or.flatMap(piecesOf)
  if (rule.and !== undefined) return piecesOf(rule.and[0])
  return rule.regex === undefined ? [Object.values(rule)[0].toLowerCase()] : ['']
}

function ascending(values) {
  return [...new Set(values)].sort((a, b) => a - b)
}

function packageVersion() {
  const entry = createRequire(import.meta.url).resolve('@pydantic/genai-prices')
  return JSON.parse(readFileSync(new URL('../package.json', `file://${entry}`), 'utf8')).version
}
