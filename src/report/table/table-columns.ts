// Columns that the tables of several reports share: counts, shares, rates, durations, costs, first and last.
import { formatInstant } from '../../base/calendar.ts'
import { camelCase } from '../../base/names.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import { convertUsd } from '../../pricing/currency.ts'
import { addExact } from '../../tally/sum-column.ts'
import { costChangeOf, ratio, roundTo } from '../group/change.ts'
import type { Group } from '../group/group.ts'
import type { Cell, Column, ColumnKind, Headline } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'

import type { Both } from './both-ranges.ts'
import { shownQuantile, US_PER_MS } from './shown-quantile.ts'
import type { TableColumn } from './table-spec.ts'

/** A sum under the name that the report gives it. */
export function sumColumn(sum: string, key: string, title: string, kind: ColumnKind = 'count'): TableColumn {
  return { key, title, kind, isSum: true, value: ({ group }) => group.get(sum) }
}

export function distinctColumn(related: string, key: string, title: string): TableColumn {
  return { key, title, kind: 'count', value: ({ group }) => group.distinct(related) }
}

/** The part that a sum is of all; `of` says of all what. */
export function shareColumn(sum: string, total: Group, of: string): TableColumn {
  const value = ({ group }: { group: Group }) => ratio(group.get(sum), total.get(sum))
  return { key: 'share', title: `Share of ${of}`, kind: 'share', value }
}

export const REQUESTS_COLUMN = sumColumn('analyses', 'requests', 'Requests')
/** Usage events, which these tables once called requests. */
export const ANALYSES_COLUMN: TableColumn = {
  ...sumColumn('analyses', 'analyses', 'Analyses'),
  formerKey: 'requests',
}
export const ERRORS_COLUMN = sumColumn('errors', 'errors', 'Errors')
export const ERROR_RATE_COLUMN: TableColumn = {
  key: 'error_rate',
  title: 'Error rate',
  kind: 'share',
  value: ({ group }) => ratio(group.get('errors'), group.get('analyses')),
}

export function meanDurationMs(group: Group): number | null {
  const timed = Number(group.get('timed'))
  return timed === 0 ? null : roundTo(Number(group.get('durationUs')) / timed / 1000, 3)
}

/** A quantile of a group's durations. */
export function durationQuantileMs(group: Group, share: number): number | null {
  return shownQuantile(group.sketch, share, US_PER_MS)
}

export const MEAN_COLUMN: TableColumn = {
  key: 'mean_duration_ms',
  title: 'Mean',
  kind: 'duration',
  value: ({ group }) => meanDurationMs(group),
}

export function quantileColumn(percent: number): TableColumn {
  const value = ({ group }: { group: Group }) => durationQuantileMs(group, percent / 100)
  const name = percent === 100 ? 'max' : `p${percent}`
  return { key: `${name}_duration_ms`, title: name, kind: 'duration', value }
}

export const TOKEN_COLUMNS: readonly TableColumn[] = [
  sumColumn('inputTokens', 'input_tokens', 'Input', 'tokens'),
  sumColumn('outputTokens', 'output_tokens', 'Output', 'tokens'),
  { key: 'total_tokens', title: 'Tokens', kind: 'tokens', isSum: true, value: ({ group }) => totalTokens(group) },
]

export function totalTokens(group: Group): number | bigint {
  return addExact(addExact(group.get('inputTokens'), group.get('outputTokens')), group.get('unsplitTokens'))
}

/** Stands in CSV and the like, and marks the costs that it is a part of. */
export const UNPRICED_COLUMN: Column = { key: 'unpriced_analyses', title: 'Unpriced', kind: 'count' }
export const COST_COLUMN: Column = {
  key: 'cost_usd',
  title: 'Cost',
  kind: 'money',
  isSum: true,
  unpricedKey: UNPRICED_COLUMN.key,
}

/** The cost, and beside it in the report's currency; none where the report shows no costs. */
export function costColumns({ prices, currency }: Pick<ReportInput, 'prices' | 'currency'>): TableColumn[] {
  if (prices === null) return []
  const usd = ({ group }: { group: Group }) => group.cost.result().cost
  const order = ({ group }: { group: Group }) => group.cost.exactPico
  const columns: TableColumn[] = [{ ...COST_COLUMN, value: usd, order }]
  if (currency !== null) {
    const key = `cost_${currency.currency.toLowerCase()}`
    const value = ({ group }: { group: Group }): Cell => {
      const cost = group.cost.result().cost
      return cost === null ? null : convertUsd(cost, currency)
    }
    columns.push({ ...COST_COLUMN, key, currency: currency.currency, value })
  }
  return columns
}

/** How many have no price: the last column of a table with costs. */
export function unpricedColumns(prices: ReportInput['prices']): TableColumn[] {
  const value = ({ group }: { group: Group }) => group.cost.unpricedAnalyses
  return prices === null ? [] : [{ ...UNPRICED_COLUMN, value, isUnshown: true }]
}

/** The first or the last instant of a group. */
export function instantColumn(which: 'first' | 'last', title: string, zone: Zone): TableColumn {
  return {
    key: `${which}_seen`,
    title,
    kind: 'instant',
    value: ({ group }) => (Number.isFinite(group[which]) ? formatInstant(group[which] as Instant, zone) : null),
  }
}

/** Related keys as a list in JSON, and as texts joined in a table. */
export function listColumn(related: string, key: string, title: string): TableColumn {
  const texts = (group: Group) => [...(group.related(related) ?? [])].map(String).sort()
  return { key, title, kind: 'list', value: ({ group }) => texts(group), isOptional: true }
}

/** A row's cells by camelCase key: the summary of a report as JSON. */
export function summaryObject(columns: readonly TableColumn[], group: Group, previous: Group | null) {
  const row = { keys: [], labels: [], group, previous }
  return Object.fromEntries(columns.map(column => [camelCase(column.key), column.value(row)]))
}

/** The cost column that a page shows: in the report's currency where there is one. */
export function shownCost({ prices, currency }: Pick<ReportInput, 'prices' | 'currency'>): string[] {
  if (prices === null) return []
  return [currency === null ? 'cost_usd' : `cost_${currency.currency.toLowerCase()}`]
}

/** The cost of a total first of all, with its change; none where the report shows no costs. */
export function costHeadline({ prices, currency }: ReportInput, [now, before]: Both<Group>): Headline[] {
  if (prices === null) return []
  const usd = now.cost.result().cost
  const value = usd === null || currency === null ? usd : convertUsd(usd, currency)
  const isPart = usd !== null && now.cost.result().unpricedAnalyses > 0
  if (before === null) return [{ label: 'cost', kind: 'money', value, isPart }]
  return [{ label: 'cost', kind: 'money', value, isPart, change: costChangeOf(usd, before.cost.result().cost) }]
}
