// One section of a usage report: groups in order, cut to the top ones, as rows of cells and as JSON objects.
import type { JsonObject, JsonValue } from '../../base/json.ts'
import { listOf } from '../../base/lazy-list.ts'
import type { CurrencyRate } from '../../pricing/currency.ts'
import { Group } from '../group/group.ts'
import type { Cell, Column, Section } from '../model/report.ts'
import { COST_COLUMN, UNPRICED_COLUMN } from '../table/table-columns.ts'
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
import * as columns from './usage-measures.ts'
import { type Measures, measuresOf } from './usage-measures.ts'
import { orderByTime, orderEntries } from './usage-order.ts'

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

/** The keys of all columns that a section may have besides its rows' names and distinct counts. */
export const MEASURE_KEYS: readonly string[] = [
  ...columns.COUNT_COLUMNS,
  ...columns.TOKEN_COLUMNS,
  COST_COLUMN,
  { key: 'share' },
  ...columns.DURATION_COLUMNS,
  ...COMPARISON_COLUMNS,
  ...COST_COMPARISON_COLUMNS,
  ...columns.OPTIONAL_COLUMNS,
].map(column => column.key)

export function buildSection(spec: SectionSpec, entries: readonly Entry[], options: SectionOptions): Section {
  const all = sectionColumns(spec, options)
  const ordered = orderEntries(spec, entries, options, all)
  // Of days the last are kept, of anything else the first.
  const isByTime = spec.order === 'key' && options.sort === null
  const first = options.top === null ? ordered : cutEntries(ordered, options.top, isByTime)
  const kept = options.sort === null ? orderByTime(spec, first, entries, options.hasCost) : first
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
    ...(options.hasCost ? [COST_COLUMN] : []),
    shareColumn(options),
    ...columns.DURATION_COLUMNS,
    ...(options.hasComparison ? COMPARISON_COLUMNS : []),
    ...(options.hasComparison && options.hasCost ? COST_COMPARISON_COLUMNS : []),
    ...(options.hasCost ? [...currencyColumns(options.currency), UNPRICED_COLUMN] : []),
    ...columns.OPTIONAL_COLUMNS,
  ]
  return options.hasCost ? list : list.filter(column => column.key !== 'cost_source')
}

function currencyColumns(rate: CurrencyRate | null): Column[] {
  const key = currencyColumnKey(rate)
  return key === undefined || rate === null ? [] : [{ ...COST_COLUMN, key, currency: rate.currency }]
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
  const previous = new Group()
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
