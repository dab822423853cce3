// The cells of a usage report: measures, shares and changes of one group.
import { type Decimal, ZERO } from '../../base/decimal.ts'
import type { JsonValue } from '../../base/json.ts'
import { camelCase } from '../../base/names.ts'
import { type CurrencyRate, convertUsd } from '../../pricing/currency.ts'
import { changeOf, costChangeOf, moneyRatio, ratio } from '../group/change.ts'
import type { Group } from '../group/group.ts'
import type { Cell, Column } from '../model/report.ts'
import type { Entry, SectionOptions, SectionSpec } from './section-spec.ts'
import type { Measures } from './usage-measures.ts'

export function cellOf(
  key: string,
  spec: SectionSpec,
  entry: Entry,
  measures: Measures,
  options: SectionOptions,
): Cell {
  if (key === currencyColumnKey(options.currency)) return inCurrency(measures.costUsd, options.currency)
  const position = spec.keyColumns.findIndex(column => column.key === key)
  if (position >= 0) return entry.labels[position]!
  switch (key) {
    case 'clients':
      return spec.clientsOf?.(entry.keys[0]!) ?? null
    case 'users':
      return spec.usersOf?.(entry.keys[0]!) ?? null
    case 'share':
      return shareOf(measures, options)
    case 'previous_analyses':
      return entry.previous?.get('analyses') ?? 0
    case 'analyses_change':
      return changeOf(measures.analyses, entry.previous?.get('analyses') ?? 0)
    case 'previous_cost_usd':
      return previousCost(entry)
    case 'cost_usd_change':
      return costChangeOf(measures.costUsd, previousCost(entry))
    default:
      return MEASURE_CELLS[key]!(measures)
  }
}

/** `cost_eur`; undefined for dollars. */
export function currencyColumnKey(rate: CurrencyRate | null): string | undefined {
  return rate === null ? undefined : `cost_${rate.currency.toLowerCase()}`
}

function inCurrency(costUsd: Decimal | null, rate: CurrencyRate | null): Decimal | null {
  return costUsd === null || rate === null ? costUsd : convertUsd(costUsd, rate)
}

/** The cost in the report's currency as JSON: nothing for dollars. */
export function currencyObject(measures: Measures, rate: CurrencyRate | null): { [key: string]: JsonValue } {
  const key = currencyColumnKey(rate)
  return key === undefined ? {} : { [camelCase(key)]: inCurrency(measures.costUsd, rate) }
}

const MEASURE_CELLS: Readonly<Record<string, (measures: Measures) => Cell>> = {
  analyses: measures => measures.analyses,
  checks: measures => measures.checks,
  errors: measures => measures.errors,
  error_rate: measures => measures.errorRate,
  input_tokens: measures => measures.inputTokens,
  cache_read_tokens: measures => measures.cacheReadTokens,
  cache_write_tokens: measures => measures.cacheWriteTokens,
  output_tokens: measures => measures.outputTokens,
  total_tokens: measures => measures.totalTokens,
  cost_usd: measures => measures.costUsd,
  cost_source: measures => measures.costSource,
  unpriced_analyses: measures => measures.unpricedAnalyses,
  mean_duration_ms: measures => measures.meanDurationMs,
  p95_duration_ms: measures => measures.p95DurationMs,
}

function previousCost(entry: Entry): Decimal | null {
  return entry.previous === null ? ZERO : entry.previous.cost.result().cost
}

type Whole = Pick<SectionOptions, 'hasCost' | 'total'>

/** Of the cost, or of the analyses where no cost is known. */
export function shareOf(measures: Measures, options: Whole): number | null {
  const whole = sharedCost(options)
  if (whole === null) return ratio(measures.analyses, options.total.analyses)
  return measures.costUsd === null ? null : moneyRatio(measures.costUsd, whole)
}

export function shareColumn(options: Whole): Column {
  return { key: 'share', title: `Share of ${sharedCost(options) === null ? 'analyses' : 'cost'}`, kind: 'share' }
}

function sharedCost({ hasCost, total: { costUsd } }: Whole): Decimal | null {
  return hasCost && costUsd !== null && costUsd.units !== 0n ? costUsd : null
}

/** The measures as JSON. */
export function measuresObject(measures: Measures, hasCost: boolean): { [key: string]: JsonValue | undefined } {
  // Copying with spread operators would take most of the time of a long list.
  return {
    analyses: measures.analyses,
    checks: measures.checks,
    errors: measures.errors,
    errorRate: measures.errorRate,
    inputTokens: measures.inputTokens,
    cacheReadTokens: measures.cacheReadTokens,
    cacheWriteTokens: measures.cacheWriteTokens,
    outputTokens: measures.outputTokens,
    totalTokens: measures.totalTokens,
    costUsd: hasCost ? measures.costUsd : undefined,
    costSource: hasCost ? measures.costSource : undefined,
    unpricedAnalyses: hasCost ? measures.unpricedAnalyses : undefined,
    meanDurationMs: measures.meanDurationMs,
    p95DurationMs: measures.p95DurationMs,
  }
}

/** The same group in the range before, and how it changed. */
export function comparisonObject(
  measures: Measures,
  before: Group | null,
  hasCost: boolean,
): { [key: string]: JsonValue } {
  const analyses = before?.get('analyses') ?? 0
  const costUsd = before === null ? ZERO : before.cost.result().cost
  const change = { analyses: changeOf(measures.analyses, analyses) }
  if (!hasCost) return { previous: { analyses }, change }
  return { previous: { analyses, costUsd }, change: { ...change, costUsd: costChangeOf(measures.costUsd, costUsd) } }
}
