// One section of a usage report: groups in order, cut to the top ones, as rows of cells and as JSON objects.
import { type Decimal, decimalToNumber, ZERO } from '../base/decimal.ts'
import type { JsonValue } from '../base/json.ts'
import { snakeCase } from '../base/names.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { compareCells, compareCosts, compareKeys } from './order.ts'
import type { Cell, Column, Section } from './report.ts'
import { UsageTotals } from './usage-groups.ts'
import * as columns from './usage-measures.ts'
import { type Measures, measuresOf, moneyRatio, ratio, roundTo } from './usage-measures.ts'

/** A group with what a row shows of it besides its measures. */
export interface Entry {
  readonly keys: readonly KeyValue[]
  /** The keys as they are shown, null for no value. */
  readonly labels: readonly (string | null)[]
  readonly totals: UsageTotals
  /** How many clients and users it has; null where that is not counted. */
  readonly clients: number | null
  readonly users: number | null
  /** More for the JSON object, before and after the measures. */
  readonly lead?: { readonly [key: string]: JsonValue }
  readonly tail?: { readonly [key: string]: JsonValue }
  readonly previous: UsageTotals | null
}

export interface SectionSpec {
  readonly name: string
  readonly rowName: string
  readonly title: string
  /** Columns of the keys. */
  readonly keyColumns: readonly Column[]
  /** JSON keys of the keys. */
  readonly jsonKeys: readonly string[]
  readonly order: 'cost' | 'key'
  readonly hasDistincts: boolean
  readonly series: readonly number[] | null
}

export interface SectionOptions {
  readonly hasCost: boolean
  readonly hasComparison: boolean
  /** Rows kept; the ones with the highest order, for an order by key the last. Null keeps all. */
  readonly top: number | null
  /** A column to order by, as in CSV. */
  readonly sort: string | null
  readonly total: Measures
}

interface MeasuredEntry {
  readonly entry: Entry
  readonly measures: Measures
}

const COMPARISON_COLUMNS: readonly Column[] = [
  { key: 'previous_analyses', title: 'Before', kind: 'count' },
  { key: 'analyses_change', title: 'Change', kind: 'change' },
]

const COST_COMPARISON_COLUMNS: readonly Column[] = [
  { key: 'previous_cost_usd', title: 'Before', kind: 'money' },
  { key: 'cost_usd_change', title: 'Change', kind: 'change' },
]

export function buildSection(spec: SectionSpec, entries: readonly Entry[], options: SectionOptions): Section {
  const all = sectionColumns(spec, options)
  const ordered = orderEntries(spec, entries, options, all)
  const kept = options.top === null ? ordered : cutEntries(spec, ordered, options.top)
  const left = options.top === null ? [] : ordered.filter(entry => !kept.includes(entry))
  const cellsOf = ({ entry, measures }: MeasuredEntry) =>
    all.map(column => cellOf(column.key, spec, entry, measures, options))
  return {
    name: spec.name,
    rowName: spec.rowName,
    title: spec.title,
    columns: all,
    rows: kept.map(entry => cellsOf(measured(entry))),
    objects: kept.map(entry => objectOf(spec, measured(entry), options)),
    shown: shownColumns(spec, options),
    optional: columns.OPTIONAL_COLUMNS.map(column => column.key),
    barKey: 'share',
    series: spec.series,
    rest: left.length === 0 ? null : { count: left.length, row: cellsOf(measured(mergeEntries(spec, left))) },
  }
}

/** The CSV columns of a section, the optional ones last. */
export function sectionColumns(
  spec: Pick<SectionSpec, 'keyColumns' | 'hasDistincts'>,
  options: Pick<SectionOptions, 'hasCost' | 'hasComparison'>,
): Column[] {
  const list = [
    ...spec.keyColumns,
    ...columns.COUNT_COLUMNS,
    ...(spec.hasDistincts ? columns.DISTINCT_COLUMNS : []),
    ...columns.TOKEN_COLUMNS,
    ...(options.hasCost ? [columns.COST_COLUMN] : []),
    columns.SHARE_COLUMN,
    ...columns.DURATION_COLUMNS,
    ...(options.hasComparison ? COMPARISON_COLUMNS : []),
    ...(options.hasComparison && options.hasCost ? COST_COMPARISON_COLUMNS : []),
    ...columns.OPTIONAL_COLUMNS,
  ]
  return options.hasCost
    ? list
    : list.filter(column => column.key !== 'unpriced_analyses' && column.key !== 'cost_source')
}

function measured(entry: Entry): MeasuredEntry {
  return { entry, measures: measuresOf(entry.totals) }
}

function orderEntries(
  spec: SectionSpec,
  entries: readonly Entry[],
  options: SectionOptions,
  all: readonly Column[],
): Entry[] {
  if (spec.order === 'key' && options.sort === null) return [...entries].sort(compareEntryKeys)
  const isByCost = options.hasCost
  const priced = entries.map(entry => ({ entry, cost: isByCost ? entry.totals.cost.result().cost : null }))
  priced.sort(
    (a, b) =>
      compareCosts(a.cost, b.cost) ||
      Number(b.entry.totals.get('analyses')) - Number(a.entry.totals.get('analyses')) ||
      compareEntryKeys(a.entry, b.entry),
  )
  const ordered = priced.map(({ entry }) => entry)
  if (options.sort === null) return ordered
  const key = all.find(column => column.key === snakeCase(options.sort!))?.key ?? all[0]!.key
  const cells = new Map(ordered.map(entry => [entry, cellOf(key, spec, entry, measuresOf(entry.totals), options)]))
  return ordered.sort((a, b) => compareCells(cells.get(a)!, cells.get(b)!))
}

function compareEntryKeys(a: Entry, b: Entry): number {
  for (let index = 0; index < a.keys.length; index++) {
    const order = compareKeys(a.keys[index]!, b.keys[index]!)
    if (order !== 0) return order
  }
  return 0
}

// Of days the last are kept, of anything else the first.
function cutEntries(spec: SectionSpec, ordered: readonly Entry[], top: number): Entry[] {
  return spec.order === 'key' ? ordered.slice(Math.max(0, ordered.length - top)) : ordered.slice(0, top)
}

function mergeEntries(spec: SectionSpec, entries: readonly Entry[]): Entry {
  const totals = new UsageTotals()
  const previous = new UsageTotals()
  for (const entry of entries) {
    totals.merge(entry.totals)
    if (entry.previous !== null) previous.merge(entry.previous)
  }
  const keys = spec.keyColumns.map(() => null)
  return { keys, labels: keys, totals, clients: null, users: null, previous }
}

function cellOf(key: string, spec: SectionSpec, entry: Entry, measures: Measures, options: SectionOptions): Cell {
  const position = spec.keyColumns.findIndex(column => column.key === key)
  if (position >= 0) return entry.labels[position]!
  switch (key) {
    case 'clients':
      return entry.clients
    case 'users':
      return entry.users
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

/** Of the cost, or of the analyses where no cost is known. */
export function shareOf(measures: Measures, options: Pick<SectionOptions, 'hasCost' | 'total'>): number | null {
  const whole = options.total.costUsd
  if (!options.hasCost || whole === null || whole.units === 0n) return ratio(measures.analyses, options.total.analyses)
  return measures.costUsd === null ? null : moneyRatio(measures.costUsd, whole)
}

export function changeOf(now: number | bigint, before: number | bigint): number | null {
  return Number(before) === 0 ? null : roundTo((Number(now) - Number(before)) / Number(before), 4)
}

export function costChangeOf(now: Decimal | null, before: Decimal | null): number | null {
  if (now === null || before === null || before.units === 0n) return null
  return changeOf(decimalToNumber(now), decimalToNumber(before))
}

function objectOf(
  spec: SectionSpec,
  { entry, measures }: MeasuredEntry,
  options: SectionOptions,
): Section['objects'][number] {
  const keys = Object.fromEntries(spec.jsonKeys.map((key, index) => [key, entry.labels[index]!]))
  return {
    ...keys,
    ...entry.lead,
    ...measuresObject(measures, options.hasCost),
    share: shareOf(measures, options),
    ...entry.tail,
    ...(options.hasComparison ? comparisonObject(measures, entry.previous, options.hasCost) : {}),
  }
}

/** The measures as JSON. */
export function measuresObject(measures: Measures, hasCost: boolean): { [key: string]: JsonValue } {
  const { costUsd, costSource, unpricedAnalyses, meanDurationMs, p95DurationMs, ...counts } = measures
  return { ...counts, ...(hasCost ? { costUsd, costSource, unpricedAnalyses } : {}), meanDurationMs, p95DurationMs }
}

/** The same group in the range before, and how it changed. */
export function comparisonObject(
  measures: Measures,
  before: UsageTotals | null,
  hasCost: boolean,
): { [key: string]: JsonValue } {
  const analyses = before?.get('analyses') ?? 0
  const costUsd = before === null ? ZERO : before.cost.result().cost
  const change = { analyses: changeOf(measures.analyses, analyses) }
  if (!hasCost) return { previous: { analyses }, change }
  return { previous: { analyses, costUsd }, change: { ...change, costUsd: costChangeOf(measures.costUsd, costUsd) } }
}

function shownColumns(spec: SectionSpec, options: SectionOptions): string[] {
  const keys = spec.keyColumns.map(column => column.key)
  const money = options.hasCost ? ['cost_usd'] : []
  const change = options.hasComparison ? [options.hasCost ? 'cost_usd_change' : 'analyses_change'] : []
  return [
    ...keys,
    ...money,
    'share',
    ...change,
    'analyses',
    'total_tokens',
    'errors',
    'p95_duration_ms',
    'checks',
    'mean_duration_ms',
  ]
}
