// For tests: one event, or many alike, through the cuts of a book to a cost, as the tally and the report do it.
import { type Decimal, formatDecimal } from '../../src/base/decimal.ts'
import { priceGroup } from '../../src/pricing/group-cost.ts'
import { parsePriceBook } from '../../src/pricing/open-price-book.ts'
import type { PriceBook } from '../../src/pricing/price-book.ts'
import { makeSums } from '../../src/pricing/rate.ts'
import type { CostMode } from '../../src/query/cost-mode.ts'
import type { UsageMeasure } from '../../src/query/measures.ts'
import type { RateClass } from '../../src/query/rate-class.ts'
import { contextClassOf, timeClassOf } from '../../src/query/rate-cuts.ts'

export interface TestEvent {
  at?: string
  model?: string | null
  provider?: string | null
  serviceTier?: string | null
  /** How many events like this one there are. */
  times?: number
  isUnsplit?: boolean
  logged?: bigint
  tokens?: { readonly [measure in UsageMeasure]?: number }
}

export function classOf(book: PriceBook, event: TestEvent): RateClass {
  return {
    model: event.model === undefined ? 'gpt-4o-mini' : event.model,
    provider: event.provider ?? null,
    serviceTier: event.serviceTier ?? null,
    contextClass: contextClassOf(book.cuts, event.tokens?.inputTokens ?? 0),
    timeClass: timeClassOf(book.cuts, Date.parse(event.at ?? '2026-02-02T12:00:00Z')),
    isLogged: event.logged !== undefined,
    isUnsplit: event.isUnsplit ?? false,
  }
}

export function priceEvents(book: PriceBook, events: readonly TestEvent[], mode: CostMode = 'auto') {
  const rows = events.map(event => {
    const rateClass = classOf(book, event)
    const times = event.times ?? 1
    const counts = Object.entries(event.tokens ?? {}).map(([measure, count]) => [measure, count * times])
    const sums = makeSums({ ...Object.fromEntries(counts), analyses: times, loggedPicoUsd: event.logged ?? 0 })
    return { rateClass, rate: book.rateOf(rateClass), sums }
  })
  return priceGroup(rows, mode)
}

/** The cost of events as text; "unpriced" where none has a price. */
export function costText(book: PriceBook, ...events: readonly TestEvent[]): string {
  const cost: Decimal | null = priceEvents(book, events).cost
  return cost === null ? 'unpriced' : formatDecimal(cost)
}

export function bookOf(file: { prices?: unknown[]; aliases?: object }): Promise<PriceBook> {
  return parsePriceBook(JSON.stringify(file), 'prices.json')
}
