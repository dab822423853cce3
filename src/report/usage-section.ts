// One section of a usage report: groups in order, cut to the top ones, as rows of cells and as JSON objects.
import { UsageError } from '../base/errors.ts'
import type { JsonObject, JsonValue } from '../base/json.ts'
import { listOf } from '../base/lazy-list.ts'
import { snakeCase } from '../base/names.ts'
import { nearestNames } from '../base/nearest.ts'
import type { CurrencyRate } from '../pricing/currency.ts'
import { compareCells, compareCosts, compareKeys } from './order.ts'
import type { Cell, Column, Section } from './report.ts'
import type { Entry, SectionOptions, SectionSpec } from './section-spec.ts'
import {
  cellOf,
  comparisonObject,
  currencyColumnKey,
  currencyObject,
  measuresObject,
  shareColumn,
  shareOf,
} from './usage-cells.ts'
import { UsageTotals } from './usage-groups.ts'
import * as columns from './usage-measures.ts'
import { type Measures, measuresOf } from './usage-measures.ts'

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
  // Of days the last are kept, of anything else the first.
  const isByTime = spec.order === 'key' && options.sort === null
  const kept = options.top === null ? ordered : cutEntries(ordered, options.top, isByTime)
  const left = isByTime ? ordered.slice(0, ordered.length - kept.length) : ordered.slice(kept.length)
  const measuredKept = listOf(kept, measured)
  return {
    name: spec.name,
    rowName: spec.rowName,
    title: spec.title,
    columns: all,
    rows: listOf(measuredKept, entry => cellsOf(spec, all, entry, options)),
    get objects() {
      return listOf(measuredKept, entry => objectOf(spec, entry, options))
    },
    shown: shownColumns(spec, options),
    optional: columns.OPTIONAL_COLUMNS.map(column => column.key),
    barKey: 'share',
    series: spec.series,
    rest:
      left.length === 0
        ? null
        : {
            count: left.length,
            row: restCells(spec, all, restOf(spec, kept, left, options.whole), options),
            isEarlier: isByTime,
          },
  }
}

/** The CSV columns of a section, the optional ones last. */
export function sectionColumns(
  spec: Pick<SectionSpec, 'keyColumns' | 'hasDistincts'>,
  options: Pick<SectionOptions, 'hasCost' | 'hasComparison' | 'currency' | 'total'>,
): Column[] {
  const list = [
    ...spec.keyColumns,
    ...columns.COUNT_COLUMNS,
    ...(spec.hasDistincts ? columns.DISTINCT_COLUMNS : []),
    ...columns.TOKEN_COLUMNS,
    ...(options.hasCost ? [columns.COST_COLUMN] : []),
    shareColumn(options),
    ...columns.DURATION_COLUMNS,
    ...(options.hasComparison ? COMPARISON_COLUMNS : []),
    ...(options.hasComparison && options.hasCost ? COST_COMPARISON_COLUMNS : []),
    ...(options.hasCost ? currencyColumns(options.currency) : []),
    ...columns.OPTIONAL_COLUMNS,
  ]
  return options.hasCost
    ? list
    : list.filter(column => column.key !== 'unpriced_analyses' && column.key !== 'cost_source')
}

function currencyColumns(rate: CurrencyRate | null): Column[] {
  const key = currencyColumnKey(rate)
  return key === undefined || rate === null ? [] : [{ key, title: 'Cost', kind: 'money', currency: rate.currency }]
}

function measured(entry: Entry): MeasuredEntry {
  return { entry, measures: measuresOf(entry.totals) }
}

function cellsOf(
  spec: SectionSpec,
  all: readonly Column[],
  { entry, measures }: MeasuredEntry,
  options: SectionOptions,
): Cell[] {
  return all.map(column => cellOf(column.key, spec, entry, measures, options))
}

// Clients and users of what is left are not counted.
function restCells(
  { clientsOf: _, usersOf: __, ...spec }: SectionSpec,
  all: readonly Column[],
  rest: Entry,
  options: SectionOptions,
): Cell[] {
  return cellsOf(spec, all, measured(rest), options)
}

function orderEntries(
  spec: SectionSpec,
  entries: readonly Entry[],
  options: SectionOptions,
  all: readonly Column[],
): Entry[] {
  if (spec.order === 'key' && options.sort === null) return [...entries].sort(compareEntryKeys)
  const isByCost = options.hasCost
  const priced = entries.map(entry => costOrderOf(entry, isByCost))
  priced.sort(
    (a, b) =>
      compareCostOrders(a, b) ||
      Number(b.entry.totals.get('analyses')) - Number(a.entry.totals.get('analyses')) ||
      compareEntryKeys(a.entry, b.entry),
  )
  const ordered = priced.map(({ entry }) => entry)
  if (options.sort === null) return ordered
  const key = sortKey(options.sort, all)
  const cells = new Map(ordered.map(entry => [entry, cellOf(key, spec, entry, measuresOf(entry.totals), options)]))
  return ordered.sort((a, b) => compareCells(cells.get(a)!, cells.get(b)!))
}

interface CostOrder {
  readonly entry: Entry
  /** The cost where a plain number holds it: comparing thousands of these is much quicker than decimals. */
  readonly pico: number | undefined
}

function costOrderOf(entry: Entry, isByCost: boolean): CostOrder {
  return { entry, pico: isByCost ? entry.totals.cost.exactPico : 0 }
}

function compareCostOrders(a: CostOrder, b: CostOrder): number {
  if (a.pico !== undefined && b.pico !== undefined) return b.pico - a.pico
  return compareCosts(a.entry.totals.cost.result().cost, b.entry.totals.cost.result().cost)
}

function sortKey(name: string, all: readonly Column[]): string {
  const wanted = snakeCase(name)
  const key = all.find(column => column.key === wanted || column.key === `${wanted}_usd`)?.key
  if (key !== undefined) return key
  const keys = all.map(column => column.key)
  const near = nearestNames(wanted, keys, 1)[0]
  throw new UsageError('unknown-sort', `--sort ${JSON.stringify(name)}: the report has no such column.`, {
    where: { flag: '--sort' },
    hint: `Use ${near === undefined ? '' : `${near}, or others of `}${keys.join(', ')}.`,
  })
}

function compareEntryKeys(a: Entry, b: Entry): number {
  for (let index = 0; index < a.keys.length; index++) {
    const order = compareKeys(a.keys[index]!, b.keys[index]!)
    if (order !== 0) return order
  }
  return 0
}

function cutEntries(ordered: readonly Entry[], top: number, isByTime: boolean): Entry[] {
  return isByTime ? ordered.slice(Math.max(0, ordered.length - top)) : ordered.slice(0, top)
}

// Few are shown and many left, so what is left is the whole without what is shown.
function restOf(
  spec: SectionSpec,
  kept: readonly Entry[],
  left: readonly Entry[],
  whole: SectionOptions['whole'],
): Entry {
  const previous = new UsageTotals()
  for (const entry of left) if (entry.previous !== null) previous.merge(entry.previous)
  const keys = spec.keyColumns.map(() => null)
  const totals = whole.without(kept.map(entry => entry.totals))
  return { keys, labels: keys, totals, previous }
}

function objectOf(spec: SectionSpec, { entry, measures }: MeasuredEntry, options: SectionOptions): JsonObject {
  const object: { [key: string]: JsonValue | undefined } = {}
  spec.jsonKeys.forEach((key, index) => {
    object[key] = entry.labels[index]!
  })
  return Object.assign(
    object,
    spec.leadOf?.(entry.keys[0]!),
    measuresObject(measures, options.hasCost),
    options.hasCost ? currencyObject(measures, options.currency) : undefined,
    { share: shareOf(measures, options) },
    spec.tailOf?.(entry.keys[0]!),
    options.hasComparison ? comparisonObject(measures, entry.previous, options.hasCost) : undefined,
  )
}

function shownColumns(spec: SectionSpec, options: SectionOptions): string[] {
  const keys = spec.keyColumns.map(column => column.key)
  const money = options.hasCost ? [currencyColumnKey(options.currency) ?? 'cost_usd'] : []
  const change = options.hasComparison ? [options.hasCost ? 'cost_usd_change' : 'analyses_change'] : []
  return [
    ...keys,
    ...money,
    'share',
    ...change,
    'analyses',
    'errors',
    'total_tokens',
    'p95_duration_ms',
    'checks',
    'mean_duration_ms',
  ]
}
