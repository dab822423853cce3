// The whole flow of a report on one page: which files, which question, the sums, their price, the Report.
import type { Readable } from 'node:stream'
import type { Instant, Zone } from '../base/zone.ts'
import type { Engine, RunHooks } from '../engine/engine.ts'
import type { SourceFormat } from '../event/source-format.ts'
import { chooseFiles, findLogs, type LogPlace } from '../log/find-logs.ts'
import type { LogFile } from '../log/log-file.ts'
import { type CurrencyRate, currencyRateOf } from '../pricing/currency.ts'
import type { Currencies } from '../pricing/currency-schema.ts'
import { costBasisOf } from '../pricing/group-cost.ts'
import { openPriceBook, type PriceBook } from '../pricing/price-book.ts'
import type { Condition } from '../query/condition.ts'
import type { CostMode } from '../query/cost-mode.ts'
import type { ExtraColumn, Query, Range } from '../query/query.ts'
import type { NamedRange } from '../query/range.ts'
import { NO_CUTS } from '../query/rate-cuts.ts'
import { buildGroupReport, type GroupField, groupReportGroupBys } from '../report/group-report.ts'
import type { Report } from '../report/report.ts'
import { type BasisOf, rateClassesOf } from '../report/usage-groups.ts'
import { USAGE_GROUP_BYS } from '../report/usage-query.ts'
import { buildUsageReport, type UsageInput } from '../report/usage-report.ts'
import type { Tally } from '../tally/tally.ts'
import { type EngineOptions, openEngine } from './open-engine.ts'

export interface ReportRequest {
  readonly root: string
  readonly cwd: string
  readonly places: readonly LogPlace[]
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly range: NamedRange
  readonly compareWith: NamedRange | null
  readonly zone: Zone
  readonly logTimezone: string
  readonly kinds: Query['kinds']
  readonly conditions: readonly Condition[]
  readonly extras: readonly ExtraColumn[]
  /** The filters as they were typed, for the report to show. */
  readonly filters: { readonly [flag: string]: readonly string[] }
  readonly dedupe: Query['dedupe']
  /** Null for a report without costs. */
  readonly cost: CostMode | null
  /** The code of a currency to show costs in, and the rates that the configuration knows. */
  readonly currency: string | null
  readonly currencies: Currencies | undefined
  /** Null for the usage report in sections. */
  readonly groupBy: readonly GroupField[] | null
  readonly top: number | null
  readonly sort: string | null
  readonly sections: readonly string[] | null
  readonly now: Instant
  readonly stdin: Readable
  readonly engine: EngineOptions
}

export interface ReportAnswer {
  readonly report: Report
  /** All log files that there are, chosen or not. */
  readonly files: readonly LogFile[]
}

export async function runReport(request: ReportRequest, hooks: RunHooks): Promise<ReportAnswer> {
  const engine = openEngine(request.engine)
  const { files, failures } = findLogs(request.places, request.cwd)
  const prices = request.cost === null ? null : await openPriceBook(request.root)
  const ask = (range: Range) => runQuery(buildQuery(request, range, prices), files, request, engine, hooks)
  const tally = await ask(request.range)
  tally.ledger.failures.unshift(...failures)
  const compared = request.compareWith
  const before = compared === null ? null : { tally: await ask(compared), range: compared }
  const pricing = openPricing(prices, request.cost, before === null ? [tally] : [tally, before.tally])
  const currency = currencyOf(request, tally)
  const input: UsageInput = { ...request, ...pricing, currency, tally, before }
  const report = request.groupBy === null ? buildUsageReport(input) : buildGroupReport(input, request.groupBy)
  return { report, files }
}

// The rate of the range's last instant, or where that is open, of the last event's; null for dollars.
function currencyOf(request: ReportRequest, tally: Tally): CurrencyRate | null {
  if (request.currency === null || request.cost === null) return null
  const lastInstant = Number.isFinite(tally.lastInstant) ? tally.lastInstant + 1 : request.now
  const rate = currencyRateOf(request.currencies, request.currency, (request.range.to ?? lastInstant) as Instant)
  return rate.currency === 'USD' ? null : rate
}

function buildQuery(request: ReportRequest, range: Range, prices: PriceBook | null): Query {
  const { zone, logTimezone, kinds, conditions, dedupe, extras, groupBy } = request
  return {
    range: { from: range.from, to: range.to },
    timezone: zone.name,
    logTimezone,
    kinds,
    conditions,
    dedupe,
    cuts: prices?.cuts ?? NO_CUTS,
    extras,
    groupBys: groupBy === null ? USAGE_GROUP_BYS : groupReportGroupBys(groupBy),
  }
}

/** The sums over the files that the range of the query may be in. */
export async function runQuery(
  query: Query,
  files: readonly LogFile[],
  request: ReportRequest,
  engine: Engine,
  hooks: RunHooks,
): Promise<Tally> {
  const chosen = chooseFiles(files, query.range)
  hooks.onFiles?.(chosen)
  return await engine.run({ query, files: chosen, formatOf: request.formatOf, stdin: request.stdin, hooks })
}

// How rate classes get their cost, and what the report says of the prices that it used.
function openPricing(
  prices: PriceBook | null,
  mode: CostMode | null,
  tallies: readonly Tally[],
): { basisOf: BasisOf; prices: UsageInput['prices'] } {
  if (prices === null || mode === null) return { basisOf: () => ({ from: 'unpriced' }), prices: null }
  const rateClasses = new Set(tallies.flatMap(tally => [...tally.tables.values()].flatMap(rateClassesOf)))
  return {
    basisOf: rateClass => costBasisOf(rateClass, prices.rateOf(rateClass), mode),
    prices: { ...prices.pricesUsed(rateClasses), mode },
  }
}
