// The price book as rows: one for each period, part of the day, service tier and context tier that has rates of its own.
// Rows have only rates that are written in the book; which rate replaces a missing one is shown by price explain.
import { formatInstantUtc } from '../../base/calendar.ts'
import { type Decimal, parseDecimal } from '../../base/decimal.ts'
import { addAll } from '../../base/lists.ts'
import { nearestNames } from '../../base/nearest.ts'
import type { Instant } from '../../base/zone.ts'
import { findProvider } from '../../pricing/catalogue.ts'
import { describeRule } from '../../pricing/match-rule.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import { PRICE_FILE } from '../../pricing/price-entries.ts'
import { formatDayTime } from '../../pricing/resolve-rates.ts'
import { type PricePeriod, RATE_NAMES, type RateName, SERVICE_TIERS, type Terms } from '../../pricing/terms.ts'
import { compileTest, parsePatterns } from '../../query/condition.ts'
import { nearestModels } from './price-explanation.ts'

export interface PriceRow {
  readonly source: 'built-in' | typeof PRICE_FILE
  readonly provider: string | null
  readonly model: string
  /** What else is the same model: a rule in words. */
  readonly alsoFits: string | null
  readonly from: string | null
  readonly to: string | null
  /** "16:30-00:30", UTC. */
  readonly hours: string | null
  readonly serviceTier: string
  readonly above: { readonly inputTokens: number; readonly inclusive: boolean } | null
  /** Dollars per million tokens, or for one analysis or check; null where none is written. */
  readonly rates: { readonly [name in RateName]: Decimal | null }
  readonly unbilled: readonly string[]
}

export interface PriceList {
  readonly source: string
  readonly hash: string
  readonly rows: readonly PriceRow[]
  /** Where no row fits: names that look like those asked for. */
  readonly nearest: readonly string[]
}

/** Patterns as the filters of a report have them: `*` for any text, `!` for all but. */
export interface PriceFilter {
  readonly models: readonly string[]
  readonly providers: readonly string[]
}

/** The rows of prices.json come first: they are asked first. */
export function buildPriceList(book: PriceBook, filter: PriceFilter): PriceList {
  const hasModel = folded(filter.models)
  const hasProvider = providerTest(book, filter.providers)
  const rows: PriceRow[] = []
  for (const { model, provider, period } of book.file?.entries ?? []) {
    if (!hasModel(model) || !hasProvider(provider)) continue
    const head = { source: PRICE_FILE, provider: provider ?? null, model, alsoFits: null } as const
    addAll(rows, rowsOfPeriod(head, period, period.to))
  }
  for (const provider of book.catalogue().providers) {
    if (!hasProvider(provider.id)) continue
    for (const { id, match, prices } of provider.models) {
      if (!hasModel(id)) continue
      const alsoFits = match === undefined ? null : describeRule(match)
      const head = { source: 'built-in', provider: provider.id, model: id, alsoFits } as const
      addAll(
        rows,
        prices.flatMap((period, index) => rowsOfPeriod(head, period, prices[index + 1]?.from)),
      )
    }
  }
  return { source: book.source, hash: book.hash, rows, nearest: rows.length > 0 ? [] : nearestOf(book, filter) }
}

/** Where a provider was named that nobody is, its likes; else models like those named. */
function nearestOf(book: PriceBook, filter: PriceFilter): string[] {
  const catalogue = book.catalogue()
  const own = (book.file?.entries ?? []).flatMap(entry => entry.provider ?? [])
  const providers = [...new Set([...own, ...catalogue.providers.map(provider => provider.id)])]
  const strangers = plainNames(filter.providers).filter(
    name =>
      findProvider(catalogue, name) === undefined && !own.some(known => known.toLowerCase() === name.toLowerCase()),
  )
  const nearest =
    strangers.length > 0
      ? strangers.flatMap(name => nearestNames(name, providers))
      : plainNames(filter.models).flatMap(model => nearestModels(book, model))
  return [...new Set(nearest)].slice(0, 3)
}

function plainNames(patterns: readonly string[]): string[] {
  return patterns.filter(pattern => !/[*!]/.test(pattern))
}

/** A provider is asked for by any of its names: "bedrock" and "!xai" too. */
function providerTest(book: PriceBook, patterns: readonly string[]): (text: string | undefined) => boolean {
  const names = patterns.map(pattern => {
    const [, not, name] = /^(!?)(.*)$/s.exec(pattern) as unknown as [string, string, string]
    return name.includes('*') ? pattern : not + (findProvider(book.catalogue(), name)?.id ?? name)
  })
  const fits = folded(names)
  return text => fits(text === undefined ? undefined : (findProvider(book.catalogue(), text)?.id ?? text))
}

type Head = Pick<PriceRow, 'source' | 'provider' | 'model' | 'alsoFits'>

function rowsOfPeriod(head: Head, period: PricePeriod, to: number | undefined): PriceRow[] {
  const dated = {
    ...head,
    from: instantText(period.from),
    to: instantText(to),
    unbilled: period.unbilled ?? [],
    hours: null,
    serviceTier: 'standard',
  }
  return [
    ...rowsOfTerms(dated, period),
    ...(period.hours ?? []).flatMap(window =>
      rowsOfTerms({ ...dated, hours: `${formatDayTime(window.fromMs)}-${formatDayTime(window.toMs)}` }, window),
    ),
    ...SERVICE_TIERS.flatMap(name => {
      const terms = period.tiers?.[name]
      return terms === undefined ? [] : rowsOfTerms({ ...dated, serviceTier: name }, terms)
    }),
  ]
}

function rowsOfTerms(head: Omit<PriceRow, 'above' | 'rates'>, terms: Terms): PriceRow[] {
  return [
    { ...head, above: null, rates: decimalsOf(terms) },
    ...(terms.above ?? []).map(tier => ({
      ...head,
      above: { inputTokens: tier.inputTokens, inclusive: tier.inclusive === true },
      rates: decimalsOf(tier),
    })),
  ]
}

function decimalsOf({ rates }: Pick<Terms, 'rates'>): PriceRow['rates'] {
  const entries = RATE_NAMES.map(name => [name, rates[name] === undefined ? null : parseDecimal(rates[name])!])
  return Object.fromEntries(entries) as PriceRow['rates']
}

function instantText(ms: number | undefined): string | null {
  return ms === undefined ? null : formatInstantUtc(ms as Instant)
}

function folded(patterns: readonly string[]): (text: string | undefined) => boolean {
  const test = compileTest(parsePatterns(patterns.map(pattern => pattern.toLowerCase())))
  return text => test(text?.toLowerCase())
}
