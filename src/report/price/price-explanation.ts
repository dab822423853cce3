// How one request is priced: which entry of the book matches and why, each rate and where it comes from, and the sum.
import { formatInstantUtc } from '../../base/calendar.ts'
import { addDecimals, type Decimal, parseDecimal, ZERO } from '../../base/decimal.ts'
import { nearestNames } from '../../base/nearest.ts'
import { DAY_MS, type Instant } from '../../base/zone.ts'
import { namesOfCatalogue } from '../../pricing/open-price-book.ts'
import type { FoundPrice, PriceBook } from '../../pricing/price-book.ts'
import { lineCost, type Rate } from '../../pricing/rate.ts'
import { describeBound, formatDayTime, RATE_WORDS } from '../../pricing/resolve-rates.ts'
import { type RateName, serviceTierOf, UNIT_RATES } from '../../pricing/terms.ts'

export interface PriceRequest {
  readonly model: string
  readonly provider: string | null
  readonly serviceTier: string | null
  readonly at: Instant
  /** Absent: the rates are wanted, not a sum. */
  readonly usage?: RequestUsage
}

export interface RequestUsage {
  /** All input tokens; cache reads and writes are part of them. */
  readonly input: number
  readonly cacheRead: number
  /** Those for an hour are part of them. */
  readonly cacheWrite: number
  readonly cacheWrite1h: number
  /** All output tokens; reasoning is part of them. */
  readonly output: number
  readonly reasoning: number
  readonly checks: number
}

export interface ExplainedRate {
  readonly rate: RateName
  /** The rate in words: "cache read". */
  readonly name: string
  readonly usd: Decimal
  readonly per: 'million tokens' | 'analysis' | 'check'
  readonly origin: string
}

export interface ExplainedLine {
  readonly what: string
  readonly count: number
  readonly usd: Decimal
  readonly costUsd: Decimal
}

export interface PriceExplanation {
  readonly model: string
  readonly provider: string | null
  readonly serviceTier: string
  readonly at: string
  readonly book: string
  /** The entry that fits; null where none does. */
  readonly entry: string | null
  /** Why it is this one. */
  readonly steps: readonly string[]
  readonly from: string | null
  readonly to: string | null
  readonly rates: readonly ExplainedRate[]
  /** Other rates of the same entry, in words. */
  readonly alsoThere: readonly string[]
  /** What the provider bills besides, and no usage log tells. */
  readonly unbilled: readonly string[]
  readonly lines: readonly ExplainedLine[]
  /** Null where there is no price, or no usage to put it on. */
  readonly costUsd: Decimal | null
  /** Why there is no price. */
  readonly reason: string | null
  readonly nearest: readonly string[]
}

export function explainPrice(book: PriceBook, request: PriceRequest): PriceExplanation {
  const serviceTier = serviceTierOf(request.serviceTier)
  const found = book.find({
    model: request.model,
    provider: request.provider,
    instant: request.at,
    dayMs: ((request.at % DAY_MS) + DAY_MS) % DAY_MS,
    inputTokens: request.usage?.input ?? 0,
    serviceTier,
  })
  const rate = found.period === undefined ? undefined : found.resolved.rate
  const lines = rate === undefined || request.usage === undefined ? [] : linesOf(rate, request.usage)
  const hasSum = rate !== undefined && request.usage !== undefined
  return {
    model: request.model,
    provider: request.provider,
    serviceTier,
    at: formatInstantUtc(request.at),
    book: book.source,
    ...describeFound(found.period === undefined ? undefined : found),
    steps: found.steps,
    lines,
    costUsd: hasSum ? lines.reduce((sum, line) => addDecimals(sum, line.costUsd), ZERO) : null,
    reason: found.period === undefined ? found.reason : (found.resolved.reason ?? null),
    nearest: found.period === undefined && found.isOfOtherTime !== true ? nearestModels(book, request.model) : [],
  }
}

/** Names that have a price and look like this one, the nearest first. */
export function nearestModels(book: PriceBook, model: string): string[] {
  const own = (book.file?.entries ?? []).map(entry => entry.model)
  const aliases = [...(book.file?.aliases.values() ?? [])].map(alias => alias.name)
  const names = new Set([...own, ...aliases, ...namesOfCatalogue(book.catalogue())])
  const folded = model.trim().toLowerCase()
  // It may have a price of its own that is of another time or of another provider.
  return nearestNames(
    model,
    [...names].filter(name => name.toLowerCase() !== folded),
  )
}

function describeFound(found: FoundPrice | undefined) {
  const period = found?.period
  return {
    entry: found === undefined ? null : found.entry,
    from: period?.from === undefined ? null : formatInstantUtc(period.from as Instant),
    to: period?.to === undefined ? null : formatInstantUtc(period.to as Instant),
    rates: (found?.resolved.rates ?? []).map(({ name, usd, origin }) => ({
      rate: name,
      name: RATE_WORDS[name],
      usd: parseDecimal(usd)!,
      per:
        name === 'perAnalysis'
          ? ('analysis' as const)
          : name === 'perCheck'
            ? ('check' as const)
            : ('million tokens' as const),
      origin,
    })),
    alsoThere: [
      ...(period?.above ?? []).map(describeBound),
      ...(period?.hours ?? []).map(window => `${formatDayTime(window.fromMs)} to ${formatDayTime(window.toMs)} UTC`),
      ...Object.keys(period?.tiers ?? {}),
    ],
    unbilled: period?.unbilled ?? [],
  }
}

function linesOf(rate: Rate, usage: RequestUsage): ExplainedLine[] {
  const isReasoningApart =
    rate.usd.reasoning.units !== rate.usd.output.units || rate.usd.reasoning.scale !== rate.usd.output.scale
  const reasoning = isReasoningApart ? usage.reasoning : 0
  const counts: [RateName, number, string][] = [
    ['input', usage.input - usage.cacheRead - usage.cacheWrite, 'plain input'],
    ['cacheRead', usage.cacheRead, RATE_WORDS.cacheRead],
    ['cacheWrite', usage.cacheWrite - usage.cacheWrite1h, RATE_WORDS.cacheWrite],
    ['cacheWrite1h', usage.cacheWrite1h, RATE_WORDS.cacheWrite1h],
    ['output', usage.output - reasoning, RATE_WORDS.output],
    ['reasoning', reasoning, RATE_WORDS.reasoning],
    ['perAnalysis', 1, RATE_WORDS.perAnalysis],
    ['perCheck', usage.checks, RATE_WORDS.perCheck],
  ]
  return counts
    .filter(([name, count]) => count > 0 && (name !== 'perAnalysis' || rate.usd.perAnalysis.units > 0n))
    .map(([name, count, what]) => ({
      what,
      count,
      usd: writtenUsd(rate, name),
      costUsd: lineCost(rate, name, count),
    }))
}

function writtenUsd(rate: Rate, name: RateName): Decimal {
  const isUnit = UNIT_RATES.some(unit => unit === name)
  return isUnit ? rate.usd[name] : lineCost(rate, name, 1_000_000)
}
