// A price book: prices.json on top of the built-in catalogue. It returns the rate of a rate class, and explains how it was
// found. The catalogue is parsed only when something has to be priced.
import { createHash } from 'node:crypto'
import { formatInstantUtc } from '../base/calendar.ts'
import type { Instant } from '../base/zone.ts'
import type { RateClass } from '../query/rate-class.ts'
import { inputTokensOfClass, NO_CUTS, priceMomentOfClass, type RateCuts } from '../query/rate-cuts.ts'
import { cutsOfPrices, mergeCuts } from './book-cuts.ts'
import { ByClass } from './by-class.ts'
import {
  type Catalogue,
  inferProvider,
  loadCatalogue,
  loadCatalogueCuts,
  matchModel,
  periodAt,
  providerNames,
} from './catalogue.ts'
import { entriesAround, findEntry, followAliases, indexPriceFile, type PriceFileIndex } from './find-entry.ts'
import { type ProviderNames, waysToRead } from './model-names.ts'
import { PRICE_FILE, type PriceFile } from './price-entries.ts'
import type { Rate } from './rate.ts'
import { type RequestTraits, type ResolvedRates, resolveRates } from './resolve-rates.ts'
import { type PricePeriod, serviceTierOf } from './terms.ts'

export interface PriceQuestion extends RequestTraits {
  /** As events give them. */
  readonly model: string | null
  readonly provider: string | null
}

/** A price that was found; whether it has rates for the request is in `resolved`. */
export interface FoundPrice {
  readonly source: 'built-in' | typeof PRICE_FILE
  /** "openai/gpt-4o" or "prices.json line 4". */
  readonly entry: string
  readonly period: PricePeriod
  readonly steps: readonly string[]
  readonly resolved: ResolvedRates
}

export interface NoPrice {
  readonly period?: undefined
  readonly reason: string
  /** It has a price, but not of that time. */
  readonly isOfOtherTime?: boolean
  readonly steps: readonly string[]
}

/** All that a book is made from besides the catalogue. Plain data, which can be sent to a thread. */
export interface BookData {
  /** What `prices.json` says; undefined where there is none. */
  readonly file: PriceFile | undefined
  readonly text: string
}

export interface PriceBook {
  readonly data: BookData
  /** What the book is made of, in words. */
  readonly source: string
  /** Of everything in the book; for a report take that of `pricesUsed`. */
  readonly hash: string
  /** Stands for everything in the book: the catalogue's hash and the text of prices.json. */
  readonly content: string
  readonly cuts: RateCuts
  /** The entries of prices.json, where there is one. */
  readonly file: PriceFile | undefined
  catalogue(): Catalogue
  /** The rate of a class of this book's own cuts; undefined where it has no price. */
  rateOf(rateClass: RateClass): Rate | undefined
  find(question: PriceQuestion): FoundPrice | NoPrice
  /** As `find`, for a class of this book's own cuts. */
  findClass(rateClass: RateClass): FoundPrice | NoPrice
  /**
   * What a report names as its prices: source and hash of the rates that these classes have. A price of another day or
   * another model does not change them.
   */
  pricesUsed(rateClasses: Iterable<RateClass>): PricesUsed
}

export interface PricesUsed {
  readonly source: string
  readonly hash: string
}

const BOOKS = new WeakMap<BookData, PriceBook>()

/** The book of some data, opened once in each thread. */
export function bookOf(data: BookData): PriceBook {
  const book = BOOKS.get(data) ?? new Book(data)
  BOOKS.set(data, book)
  return book
}

class Book implements PriceBook {
  readonly source: string
  readonly cuts: RateCuts
  readonly file: PriceFile | undefined
  readonly content: string
  readonly data: BookData
  private readonly index: PriceFileIndex | undefined
  private readonly builtIn: string
  private readonly found = new ByClass<FoundPrice | NoPrice>()
  private loaded: Catalogue | undefined
  private names: ProviderNames | undefined

  constructor(data: BookData) {
    const { file, text } = data
    this.data = data
    const { version, hash, ...cuts } = loadCatalogueCuts()
    this.builtIn = `built-in (genai-prices ${version})`
    this.source = file === undefined ? this.builtIn : `${PRICE_FILE}, ${this.builtIn}`
    this.content = `${hash}\n${text}`
    this.file = file
    this.index = file === undefined ? undefined : indexPriceFile(file)
    this.cuts = file === undefined ? cuts : mergeCuts(cuts, cutsOfFile(file))
  }

  get hash(): string {
    return hashOf(this.content)
  }

  catalogue(): Catalogue {
    this.loaded ??= loadCatalogue()
    return this.loaded
  }

  rateOf(rateClass: RateClass): Rate | undefined {
    const found = this.findClass(rateClass)
    return found.period === undefined ? undefined : found.resolved.rate
  }

  find(question: PriceQuestion): FoundPrice | NoPrice {
    const alias =
      this.file === undefined
        ? { model: question.model ?? '', provider: question.provider, steps: [] }
        : followAliases(this.file, question.model ?? '', question.provider)
    const own = this.index && findEntry(this.index, alias.model, alias.provider, question.instant, this)
    if (own !== undefined) {
      if (own.entry === undefined) return { reason: own.reason, steps: alias.steps }
      const entry = `${PRICE_FILE} line ${own.entry.line}`
      return priced(PRICE_FILE, entry, own.entry.period, [...alias.steps, ...own.steps], question)
    }
    const match = alias.model === '' ? NO_MODEL : matchModel(this.catalogue(), alias.model, alias.provider)
    if (match.model === undefined) {
      const other = this.describeOtherTime(alias.model, alias.provider, question.instant)
      return { reason: other ?? match.reason, ...(other && { isOfOtherTime: true }), steps: alias.steps }
    }
    const period = periodAt(match.model, question.instant)
    const entry = `${match.owner.id}/${match.model.id}`
    return priced('built-in', entry, period, [...alias.steps, ...match.steps], question)
  }

  findClass(rateClass: RateClass): FoundPrice | NoPrice {
    const known = this.found.get(rateClass)
    if (known !== undefined) return known
    const { model, provider, serviceTier, contextClass, timeClass } = rateClass
    const found = this.find({
      model,
      provider,
      ...priceMomentOfClass(this.cuts, timeClass),
      inputTokens: inputTokensOfClass(this.cuts, contextClass),
      serviceTier: serviceTierOf(serviceTier),
    })
    this.found.set(rateClass, found)
    return found
  }

  pricesUsed(rateClasses: Iterable<RateClass>): PricesUsed {
    const lines = new Set<string>()
    const sources = new Set<string>()
    for (const rateClass of rateClasses) {
      const found = this.findClass(rateClass)
      if (found.period === undefined || found.resolved.rate === undefined) continue
      const { model, provider, serviceTier } = rateClass
      lines.add(JSON.stringify([model, provider, serviceTierOf(serviceTier), found.resolved.rate.text]))
      sources.add(found.source)
    }
    const source = [
      ...(sources.has(PRICE_FILE) ? [PRICE_FILE] : []),
      ...(sources.has('built-in') ? [this.builtIn] : []),
    ]
    return {
      source: source.length === 0 ? this.builtIn : source.join(', '),
      // Only some forms of a report show it, and what makes it takes milliseconds to load.
      get hash() {
        return hashOf([...lines].sort().join('\n'))
      },
    }
  }

  // A price of prices.json that was not in force yet, or not any more.
  private describeOtherTime(model: string, provider: string | null, instant: number): string | undefined {
    if (this.index === undefined) return undefined
    const { from, to } = entriesAround(this.index, model, provider, instant, this)
    if (from === undefined && to === undefined) return undefined
    const until = to === undefined ? '' : `until ${dayOrInstant(to)}`
    if (from === undefined) return `it had a price ${until}`
    return `it has a price from ${dayOrInstant(from)} on${until === '' ? '' : `, and had one ${until}`}`
  }

  canonical(provider: string): string {
    this.names ??= providerNames(this.catalogue())
    return this.names.canonical(provider)
  }

  isProvider(prefix: string): boolean {
    this.names ??= providerNames(this.catalogue())
    const own = this.file?.entries.some(({ provider }) => provider?.toLowerCase() === prefix)
    return own === true || this.names.isProvider(prefix)
  }

  inferred(model: string): string | undefined {
    const prefix = waysToRead(model, null, this)[1]?.provider
    if (prefix !== undefined && prefix !== null) return this.canonical(prefix)
    return inferProvider(this.catalogue(), model)?.id
  }
}

const NO_MODEL = { model: undefined, reason: 'the events name no model' } as const

function dayOrInstant(instant: number): string {
  return formatInstantUtc(instant as Instant).replace('T00:00:00Z', '')
}

// Any alias may stand for a model whose price changes within the day.
function cutsOfFile(file: PriceFile): RateCuts {
  const own = cutsOfPrices(
    file.entries.map(entry => ({ pieces: [longestPiece(entry.pattern)], periods: [entry.period] })),
  )
  return mergeCuts(own, { ...NO_CUTS, dailyModels: [...file.aliases.keys()] })
}

function longestPiece(pattern: string): string {
  return pattern.split('*').reduce((longest, piece) => (piece.length > longest.length ? piece : longest))
}

function priced(
  source: FoundPrice['source'],
  entry: string,
  period: PricePeriod,
  steps: readonly string[],
  traits: RequestTraits,
): FoundPrice {
  return { source, entry, period, steps, resolved: resolveRates(period, traits) }
}

function hashOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}
