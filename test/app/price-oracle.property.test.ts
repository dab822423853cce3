// Prices random events with random books twice: by the program's reports, and here in other words, event by event, with whole
// numbers of 10^-18 dollars.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDecimal, makeDecimal } from '../../src/base/decimal.ts'
import { formatJson } from '../../src/base/json.ts'
import type { Instant } from '../../src/base/zone.ts'
import { openPriceBook } from '../../src/pricing/open-price-book.ts'
import { explainPrice } from '../../src/report/price/price-explanation.ts'
import { report as sessionsReport } from '../../src/report/session/sessions-report.ts'
import { makeFolder, reportBy } from '../support/logs.ts'
import { triesOf } from '../support/tries.ts'
import { WAYS } from '../support/ways.ts'

type Rates = Partial<Record<'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'cacheWrite1h' | 'reasoning', string>> & {
  perAnalysis?: string
  perCheck?: string
}
interface Tier extends Rates {
  inputTokens: number
  inclusive?: boolean
}
interface Terms extends Rates {
  above?: Tier[]
}
interface Hours extends Terms {
  from: string
  to: string
}
interface Entry extends Terms {
  model: string
  provider?: string
  from?: string
  to?: string
  offPeak?: Hours[]
  batch?: Terms
  flex?: Terms
}
interface Book {
  prices: Entry[]
  aliases: Record<string, string>
}
interface Event {
  timestamp: string
  model?: string
  provider?: string
  service_tier?: string
  input_tokens?: number
  cache_read_tokens?: number
  cache_write_tokens?: number
  cache_write_1h_tokens?: number
  output_tokens?: number
  reasoning_tokens?: number
  checks?: number
  cost_usd?: string
}

const PROVIDERS = ['openai', 'azure', 'groq', 'our-cluster']
const KNOWN_PREFIXES = ['openai', 'azure', 'groq', 'openrouter', 'anthropic']
const MODELS = ['m-one', 'm-two', 'x-two']

const price = fc.constantFrom('0', '0.15', '2.5', '3', '10.000001', '0.0000007', '75')
const rates = fc.record(
  {
    output: price,
    cacheRead: price,
    cacheWrite: price,
    cacheWrite1h: price,
    reasoning: price,
    perAnalysis: price,
    perCheck: price,
  },
  { requiredKeys: [] },
)
const someRates = fc.tuple(price, rates).map(([input, more]): Rates => ({ input, ...more }))
const tiers = fc
  .uniqueArray(fc.constantFrom(1000, 50_000, 200_000), { minLength: 1, maxLength: 2 })
  .chain(bounds =>
    fc
      .tuple(fc.array(someRates, { minLength: 2, maxLength: 2 }), fc.boolean())
      .map(([list, inclusive]) =>
        bounds.map((inputTokens, at): Tier => ({ inputTokens, ...(inclusive ? { inclusive } : {}), ...list[at]! })),
      ),
  )
const terms = fc
  .tuple(someRates, fc.option(tiers, { nil: undefined }))
  .map(([own, above]): Terms => ({ ...own, ...(above && { above }) }))
const hours = fc
  .tuple(terms, fc.constantFrom(['22:00', '06:00'], ['09:30', '17:00'], ['00:00', '08:15']))
  .map(([own, [from, to]]): Hours => ({ from: from!, to: to!, ...own }))
const body = fc
  .record({
    terms,
    offPeak: fc.option(fc.array(hours, { minLength: 1, maxLength: 2 }), { nil: undefined }),
    batch: fc.option(terms, { nil: undefined }),
  })
  .map(({ terms: own, offPeak, batch }) => ({ ...own, ...(offPeak && { offPeak }), ...(batch && { batch }) }))

// Patterns of different lengths, so that no two of them are as good for a name.
const NAMES = [...MODELS, 'openai/m-one', '*', 'm-*', 'm-o*', '*-two*']
const entries = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom(undefined, undefined, ...PROVIDERS))
  .chain(([model, provider]) =>
    fc.tuple(body, body, fc.constantFrom('always', 'later', 'changed')).map(([first, second, kind]): Entry[] => {
      const name = { model, ...(provider && { provider }) }
      if (kind === 'always') return [{ ...name, ...first }]
      const later = { ...name, from: '2026-02-02T12:00:00Z', ...second }
      return kind === 'later' ? [later] : [{ ...name, to: '2026-02-02T12:00:00Z', ...first }, later]
    }),
  )
const books = fc
  .tuple(
    fc.uniqueArray(entries, { maxLength: 8, selector: ([one]) => `${one!.model} ${one!.provider}` }),
    fc.constantFrom({}, { ours: 'm-one' }, { ours: 'azure/m-two', chat: 'ours' }),
  )
  .map(([lists, aliases]): Book => {
    const prices = lists.flat()
    const isThere = (name: string) => prices.some(({ model }) => model === name)
    const ends = Object.values(aliases).every(end => end === 'ours' || isThere('*'))
    return { prices, aliases: ends ? aliases : {} }
  })

const count = fc.constantFrom(0, 1, 999, 1000, 1001, 200_000, 200_001, 1_234_567)
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const events: fc.Arbitrary<Event[]> = fc.array(
  fc
    .record({
      at: fc.integer({ min: 0, max: 2 * 86_400_000 - 1 }),
      model: fc.constantFrom(
        undefined,
        ...MODELS,
        'M-One',
        'ours',
        'chat',
        'openai/m-one',
        'azure/m-two',
        'acme/m-one',
        'our-cluster/x-two',
        'openrouter/groq/m-two',
        'y-three',
      ),
      provider: fc.constantFrom(undefined, undefined, ...PROVIDERS, 'OpenAI', 'litellm'),
      tier: fc.constantFrom(undefined, undefined, 'standard', 'batch', 'flex'),
      input: optional(count),
      read: fc.nat(1000),
      write: fc.nat(1000),
      hour: fc.nat(1000),
      output: optional(count),
      reasoning: fc.nat(1000),
      checks: optional(fc.nat(9)),
      cost: fc.constantFrom(undefined, undefined, undefined, '0.1', '0.000000000000000001'),
    })
    .map(one => {
      const read = Math.min(one.read, one.input ?? 0)
      const write = Math.min(one.write, (one.input ?? 0) - read)
      const whole = {
        timestamp: new Date(Date.UTC(2026, 1, 2) + one.at).toISOString(),
        model: one.model,
        provider: one.provider,
        service_tier: one.tier,
        input_tokens: one.input,
        ...(read > 0 && { cache_read_tokens: read }),
        ...(write > 0 && { cache_write_tokens: write, cache_write_1h_tokens: Math.min(one.hour, write) }),
        output_tokens: one.output,
        ...(one.output && { reasoning_tokens: Math.min(one.reasoning, one.output) }),
        checks: one.checks,
        cost_usd: one.cost,
      }
      return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as unknown as Event
    }),
  { minLength: 1, maxLength: 25 },
)

/** So many 10^-18 dollars; undefined where nobody knows. */
function costs(book: Book, list: readonly Event[]): (bigint | undefined)[] {
  const uses = (event: Event) =>
    [event.input_tokens, event.output_tokens, event.checks, event.cost_usd].some(value => value !== undefined)
  return list.map(event => {
    if (event.cost_usd !== undefined) return units(event.cost_usd, 18)
    const found = ratesOf(book, event)
    if (found === undefined) return undefined
    const isSilent = !list.some(other => other.model === event.model && uses(other))
    const isFree = [...found.values()].every(text => units(text, 18) === 0n)
    if (isSilent && !isFree && units(found.get('perAnalysis') ?? '0', 18) === 0n) return undefined
    return sum(found, event)
  })
}

function sum(found: ReadonlyMap<string, string>, event: Event): bigint {
  const of = (...names: string[]) => units(found.get(names.find(name => found.has(name)) ?? '') ?? '0', 12)
  const [input = 0, read = 0, write = 0] = [event.input_tokens, event.cache_read_tokens, event.cache_write_tokens]
  const [hour = 0, output = 0, reasoning = 0] = [
    event.cache_write_1h_tokens,
    event.output_tokens,
    event.reasoning_tokens,
  ]
  return (
    BigInt(input - read - write) * of('input') +
    BigInt(read) * of('cacheRead', 'input') +
    BigInt(write - hour) * of('cacheWrite', 'input') +
    BigInt(hour) * of('cacheWrite1h', 'cacheWrite', 'input') +
    BigInt(output - reasoning) * of('output', 'input') +
    BigInt(reasoning) * of('reasoning', 'output', 'input') +
    units(found.get('perAnalysis') ?? '0', 18) +
    units(found.get('perCheck') ?? '0', 18) * BigInt(event.checks ?? 0)
  )
}

function ratesOf(book: Book, event: Event): Map<string, string> | undefined {
  const entry = entryOf(book, event)
  if (entry === undefined) return undefined
  const layers: Rates[] = []
  const push = (own: Terms) => {
    const size = event.input_tokens ?? 0
    const tier = [...(own.above ?? [])]
      .sort((a, b) => b.inputTokens - a.inputTokens)
      .find(({ inputTokens, inclusive }) => (inclusive ? size >= inputTokens : size > inputTokens))
    layers.push(...(tier === undefined ? [] : [tier]), own)
  }
  if (event.service_tier === 'flex' || (event.service_tier === 'batch' && entry.batch === undefined)) return undefined
  if (event.service_tier === 'batch') push(entry.batch!)
  const clock = event.timestamp.slice(11, 23)
  const now = (entry.offPeak ?? []).find(({ from, to }) =>
    from < to
      ? clock >= `${from}:00.000` && clock < `${to}:00.000`
      : clock >= `${from}:00.000` || clock < `${to}:00.000`,
  )
  if (now !== undefined) push(now)
  push(entry)
  const found = new Map<string, string>()
  for (const layer of layers.reverse()) {
    for (const name of [
      'input',
      'output',
      'cacheRead',
      'cacheWrite',
      'cacheWrite1h',
      'reasoning',
      'perAnalysis',
      'perCheck',
    ] as const)
      if (layer[name] !== undefined) found.set(name, layer[name])
  }
  return found
}

function entryOf(book: Book, event: Event): Entry | undefined {
  let model = (event.model ?? '').toLowerCase()
  while (book.aliases[model] !== undefined) model = book.aliases[model]!
  const named = event.provider === undefined || event.provider === 'litellm' ? undefined : event.provider.toLowerCase()
  const names: [string, string | undefined][] = [[model, named]]
  for (;;) {
    const [last, provider] = names.at(-1)!
    const [prefix, ...rest] = last.split('/')
    const isKnown = KNOWN_PREFIXES.includes(prefix!) || book.prices.some(other => other.provider === prefix)
    if (rest.length === 0 || !isKnown || !(provider === undefined || provider === 'openrouter' || provider === prefix))
      break
    names.push([rest.join('/'), prefix])
  }
  const isNow = ({ from, to }: Entry) =>
    (from === undefined || event.timestamp >= from.replace('Z', '.000Z')) &&
    (to === undefined || event.timestamp < to.replace('Z', '.000Z'))
  const lists = [NAMES.filter(name => !name.includes('*')), ...['*-two*', 'm-o*', 'm-*', '*'].map(name => [name])]
  for (const list of lists) {
    for (const [name, provider] of names) {
      const fitting = book.prices.filter(entry => list.includes(entry.model) && fits(entry.model, name) && isNow(entry))
      const own = fitting.filter(entry => entry.provider === provider)
      const others = provider === undefined ? fitting : fitting.filter(entry => entry.provider === undefined)
      const guessed = prefixOf(name)
      const likely = others.filter(
        entry => guessed === undefined || entry.provider === undefined || entry.provider === guessed,
      )
      const best = own.length > 0 ? own : likely
      if (best.length === 0) continue
      return best.every(entry => textOf(entry) === textOf(best[0]!)) ? best[0] : undefined
    }
  }
  return undefined

  function prefixOf(name: string): string | undefined {
    const prefix = name.split('/')[0]!
    return name.includes('/') &&
      (KNOWN_PREFIXES.includes(prefix) || book.prices.some(other => other.provider === prefix))
      ? prefix
      : undefined
  }
}

function fits(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name)
}

function textOf({ model: _, provider: __, from: ___, to: ____, ...rest }: Entry): string {
  return JSON.stringify(rest)
}

function units(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

function textOfUnits(value: bigint | undefined): string {
  return value === undefined ? 'null' : formatDecimal(makeDecimal(value, 18))
}

/** Each event is a client and a session of its own, so that a row is an event. */
function linesOf(list: readonly Event[]): string {
  return list.map((event, at) => `${JSON.stringify({ ...event, client: `c${at}`, session: `s${at}` })}\n`).join('')
}

function costsByName(text: string, key: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name, cost] of text.matchAll(new RegExp(`"${key}": "([cs]\\d+)"[^{}]*?"costUsd": ([^,\\s]+)`, 'g')))
    found.set(name!, cost!)
  return found
}

const ways = fc.constantFrom(...WAYS.filter(({ threads }) => threads === 1))

test('reports, sessions and price explain cost what these words say, event by event and in all', async () => {
  await fc.assert(
    fc.asyncProperty(books, events, ways, async (book, list, way) => {
      const folder = makeFolder({ '2026-02-02.jsonl': linesOf(list) })
      writeFileSync(join(folder, 'prices.json'), JSON.stringify(book))
      const places = [{ path: join(folder, '2026-02-02.jsonl'), format: null }]
      const expected = costs(book, list)
      const clients = new Map(expected.map((cost, at) => [`c${at}`, textOfUnits(cost)]))
      const groupBy = [{ name: 'client', column: 'client' }]
      const grouped = formatJson((await reportBy(way, folder, { places, groupBy })).document)
      const sessions = formatJson((await reportBy(way, folder, { places, report: sessionsReport })).document)

      expect(costsByName(grouped, 'client')).toEqual(clients)
      expect(costsByName(sessions, 'session')).toEqual(
        new Map([...clients].map(([name, cost]) => [name.replace('c', 's'), cost])),
      )
      const known = expected.filter(cost => cost !== undefined)
      const total = known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0n)
      expect(/"summary": \{[^}]*?"costUsd": ([^,\s]+)/.exec(grouped)![1]).toBe(textOfUnits(total))

      const opened = await openPriceBook(folder)
      for (const event of list) {
        const found = ratesOf(book, event)
        const { costUsd } = explainPrice(opened, {
          model: event.model ?? '',
          provider: event.provider ?? null,
          serviceTier: event.service_tier ?? null,
          at: Date.parse(event.timestamp) as Instant,
          usage: {
            input: event.input_tokens ?? 0,
            cacheRead: event.cache_read_tokens ?? 0,
            cacheWrite: event.cache_write_tokens ?? 0,
            cacheWrite1h: event.cache_write_1h_tokens ?? 0,
            output: event.output_tokens ?? 0,
            reasoning: event.reasoning_tokens ?? 0,
            checks: event.checks ?? 0,
          },
        })
        expect(costUsd === null ? 'null' : formatDecimal(costUsd)).toBe(
          textOfUnits(found === undefined ? undefined : sum(found, event)),
        )
      }
    }),
    { numRuns: triesOf(13, 40, 400) },
  )
})

test('the words themselves know a price', () => {
  const book = { prices: [{ model: 'm-*', input: '2.5', output: '10', cacheRead: '1.25' }], aliases: {} }
  const event = {
    timestamp: '2026-02-02T00:00:00.000Z',
    model: 'm-one',
    input_tokens: 1000,
    cache_read_tokens: 400,
    output_tokens: 10,
  }
  expect(textOfUnits(costs(book, [event])[0])).toBe('0.0021')
})
