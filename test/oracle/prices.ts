// The price book of the hunt, and what an event costs by it, in the oracle's own words.
import type { OracleEvent } from './events.ts'
import { type Exact, NOTHING, plus, readNumber, times, whole } from './numbers.ts'

export type CostMode = 'auto' | 'logged' | 'estimated' | 'none'

interface Rates {
  readonly input?: string
  readonly output?: string
  readonly cacheRead?: string
  readonly cacheWrite?: string
  readonly perAnalysis?: string
  readonly perCheck?: string
}

interface Entry extends Rates {
  readonly model: string
  readonly from?: string
  readonly to?: string
  readonly above?: readonly (Rates & { readonly inputTokens: number })[]
  readonly batch?: Rates
}

/** An instant within the days of the logs, on which a price changes. */
export function changeAfter(first: string): string {
  return new Date(Date.parse(`${first}T00:00:00Z`) + 36 * 3_600_000).toISOString().replace('.000', '')
}

/** Dollars for a million tokens, or for one analysis or check. */
export function bookOf(first: string): { readonly prices: readonly Entry[]; readonly aliases: Record<string, string> } {
  const change = changeAfter(first)
  return {
    prices: [
      { model: 'house-a', input: '2', output: '10', cacheRead: '0.5' },
      { model: 'house-b', input: '0.123456789', cacheWrite: '3' },
      { model: 'house-d', to: change, input: '1', output: '4' },
      {
        model: 'house-d',
        from: change,
        input: '3',
        output: '5',
        above: [{ inputTokens: 100, input: '7', cacheRead: '0.25' }],
        batch: { input: '0.5', output: '2' },
      },
      { model: 'house-e', perAnalysis: '0.02', perCheck: '0.004' },
      { model: 'house-fa*', from: change, input: '0.7', perCheck: '0.01' },
      { model: 'house-free', input: '0' },
    ],
    aliases: { 'our-a': 'house-a' },
  }
}

// Prefixes of gateways name the provider, and no entry is of one. An event that names another provider is none of theirs.
const PREFIX = /^(openai|azure)\/(.*)$/

function entryOf(event: OracleEvent, first: string): Entry | undefined {
  const { prices, aliases } = bookOf(first)
  const written = event.texts.get('model') ?? ''
  const [, prefix, bare = ''] = PREFIX.exec(written) ?? []
  const provider = event.texts.get('provider')
  const name = prefix === undefined || ![undefined, prefix].includes(provider) ? written : bare
  const model = aliases[name] ?? name
  return prices.find(
    entry =>
      (entry.model.endsWith('*') ? model.startsWith(entry.model.slice(0, -1)) : model === entry.model) &&
      (entry.from === undefined || event.pricedAt >= Date.parse(entry.from)) &&
      (entry.to === undefined || event.pricedAt < Date.parse(entry.to)),
  )
}

function ratesOf(event: OracleEvent, entry: Entry): Rates | undefined {
  const tier = event.texts.get('service_tier') ?? 'standard'
  const above = entry.above?.find(({ inputTokens }) => (event.counts.get('input_tokens') ?? 0n) > inputTokens)
  // What the service tier does not say is what the request would cost without it.
  if (tier === 'batch' && entry.batch !== undefined) return { ...entry, ...above, ...entry.batch }
  return tier === 'standard' ? { ...entry, ...above } : undefined
}

const MILLIONTH = readNumber('0.000001')!

/** Undefined where it has no price, or nothing to price. */
export function costOf(event: OracleEvent, mode: CostMode, first: string): Exact | undefined {
  // A bare event that is no analysis has nothing to price: it is neither priced nor without a price.
  if (!event.isUsage) return undefined
  if (event.cost !== undefined && mode !== 'estimated') return event.cost
  const entry = mode === 'logged' ? undefined : entryOf(event, first)
  const rates = entry === undefined ? undefined : ratesOf(event, entry)
  if (rates === undefined) return undefined
  const isFree = [rates.input, rates.output, rates.perAnalysis, rates.perCheck].every(rate => Number(rate ?? 0) === 0)
  if (event.unsplit > 0n && rates.input !== undefined) return undefined
  if (event.isSilent && rates.perAnalysis === undefined && !isFree) return undefined
  const count = (name: string) => event.counts.get(name) ?? 0n
  const [read, written] = [count('cache_read_tokens'), count('cache_write_tokens')]
  const { input = '0' } = rates
  const tokens: [bigint, string][] = [
    [count('input_tokens') - read - written, input],
    [read, rates.cacheRead ?? input],
    [written, rates.cacheWrite ?? input],
    [count('output_tokens'), rates.output ?? input],
  ]
  const units: [bigint, string | undefined][] = [
    [1n, rates.perAnalysis],
    [count('checks'), rates.perCheck],
  ]
  return [
    ...tokens.map(([number, price]) => times(times(whole(number), readNumber(price)!), MILLIONTH)),
    ...units.map(([number, price]) => times(whole(number), readNumber(price ?? '0')!)),
  ].reduce(plus, NOTHING)
}
