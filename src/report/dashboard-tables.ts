// The dashboard as tables, for the forms that people read; its document has a shape of its own.

import { weekdayOf } from '../base/calendar.ts'
import { compareDecimals, ZERO } from '../base/decimal.ts'
import { DAY_MS, type Instant } from '../base/zone.ts'
import { SEVERITIES } from '../event/kind-fields.ts'
import type { DashboardMetric, DashboardView } from '../query/dashboard-view.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { startOfTimeKey } from '../tally/time-keys.ts'
import { type Breakdown, type Counted, stackLayers } from './dashboard-groups.ts'
import { countRatings, ratingSection } from './feedback-report.ts'
import { moneyRatio, ratio } from './group/change.ts'
import type { Group, Groups } from './group/group.ts'
import type { Section } from './model/report.ts'
import type { ReportInput } from './model/report-definition.ts'
import { type Both, rollUpBoth, tableOptions, totalsOf } from './table/both-ranges.ts'
import { namedTable } from './table/named-table.ts'
import { buildTable } from './table/table.ts'
import * as columns from './table/table-columns.ts'
import { columnLayers } from './table/table-series.ts'
import { NAME_COLUMN, type TableColumn, type TableRow } from './table/table-spec.ts'

/** The names that a choice of sections takes, in their order. */
export const DASHBOARD_SECTIONS = [
  'buckets',
  'clients',
  'models',
  'profiles',
  'features',
  'users',
  'countries',
  'codes',
  'ratings',
  'severities',
  'hours',
] as const

export interface DashboardParts {
  readonly unit: 'hour' | 'day'
  readonly are: Counted
  readonly view: DashboardView
  readonly buckets: readonly TableRow[]
  readonly breakdowns: readonly Breakdown[]
  readonly codes: Both<Groups>
  /** Events by hour. */
  readonly hours: Groups
}

export function dashboardTables(input: ReportInput, parts: DashboardParts): Section[] {
  const { breakdowns } = parts
  return [
    bucketSection(input, parts),
    ...breakdowns.map(breakdown => breakdownSection(input, parts, breakdown)),
    namedTable(
      input,
      { name: 'codes', rowName: 'code', title: 'Errors', columns: codeColumns(parts.codes[0]) },
      parts.codes,
    ),
    ...ratings(input),
    ...severities(input),
    hourSection(input, parts),
  ]
}

function countColumn(are: Counted): TableColumn {
  return columns.sumColumn('analyses', are, are === 'requests' ? 'Requests' : 'Analyses')
}

const OK_COLUMN: TableColumn = {
  key: 'ok',
  title: 'Ok',
  kind: 'count',
  value: ({ group }) => Number(group.get('analyses')) - Number(group.get('errors')),
}

/** All that a group of a dashboard is measured by; the first is the one that is asked for. */
function measures(
  input: ReportInput,
  { are, hasUsage }: Breakdown,
  metric: DashboardMetric,
): readonly [TableColumn, ...TableColumn[]] {
  const [cost, converted] = columns.costColumns(input)
  const shown = converted ?? cost
  const usage = hasUsage ? [...(shown === undefined ? [] : [shown]), columns.TOKEN_COLUMNS[2]!] : []
  const all = [countColumn(are), columns.ERRORS_COLUMN, ...usage, columns.MEAN_COLUMN]
  const at = all.findIndex(({ key }) => key === keyOfMetric(input, are, metric))
  const [first] = all.splice(Math.max(0, at), 1)
  return [first!, ...all]
}

function keyOfMetric(input: ReportInput, are: Counted, metric: DashboardMetric): string {
  const [cost = are] = columns.shownCost(input)
  return { cost, requests: are, tokens: 'total_tokens', errors: 'errors', latency: columns.MEAN_COLUMN.key }[metric]
}

function bucketSection(input: ReportInput, { unit, are, view, buckets }: DashboardParts): Section {
  const { metric, stackBy } = view
  const seriesKey = keyOfMetric(input, are, metric)
  const list = [
    countColumn(are),
    OK_COLUMN,
    columns.ERRORS_COLUMN,
    ...columns.costColumns(input),
    columns.TOKEN_COLUMNS[2]!,
    columns.MEAN_COLUMN,
    columns.quantileColumn(95),
    ...columns.unpricedColumns(input.prices),
  ]
  const column = list.find(({ key }) => key === seriesKey)!
  const layers =
    stackBy !== null && metric !== 'latency'
      ? (rows: readonly TableRow[]) => stackLayers(input, are, metric, stackBy, unit, column, rows)
      : metric === 'requests'
        ? columnLayers('outcome', [OK_COLUMN, columns.ERRORS_COLUMN])
        : undefined
  return buildTable(
    {
      name: 'buckets',
      rowName: unit,
      title: unit === 'day' ? 'Dates' : 'Hours',
      keyColumns: [NAME_COLUMN],
      jsonKeys: ['timestamp'],
      columns: list,
      order: 'time',
      compared: [],
      seriesKey,
      ...(layers === undefined ? {} : { layers }),
    },
    buckets,
    tableOptions(input),
  )
}

function breakdownSection(input: ReportInput, { view }: DashboardParts, breakdown: Breakdown): Section {
  const { name, key, title, groups, are, hasUsage } = breakdown
  const isOfUsage = view.metric === 'cost' || view.metric === 'tokens'
  const metric = isOfUsage && !hasUsage ? 'requests' : view.metric
  const [first, ...others] = measures(input, breakdown, metric)
  const share = shareOf(metric, are, groups[0].total(), input)
  const list = share === null ? [first, ...others] : [first, share, ...others]
  const unpriced = hasUsage ? columns.unpricedColumns(input.prices) : []
  return namedTable(input, { name, rowName: key, title, columns: [...list, ...unpriced] }, groups)
}

// Of durations nobody has a share.
function shareOf(metric: DashboardMetric, are: Counted, whole: Group, { prices }: ReportInput): TableColumn | null {
  const of = { cost: 'cost', requests: are, tokens: 'tokens', errors: 'errors', latency: '' }[metric]
  const column = { key: 'share', title: `Share of ${of}`, kind: 'share' as const }
  if (metric === 'latency') return null
  const { cost } = whole.cost.result()
  if (metric === 'cost' && prices !== null && cost !== null && compareDecimals(cost, ZERO) !== 0) {
    return {
      ...column,
      value: ({ group }) => {
        const own = group.cost.result().cost
        return own === null ? null : moneyRatio(own, cost)
      },
    }
  }
  if (metric === 'tokens')
    return { ...column, value: ({ group }) => ratio(columns.totalTokens(group), columns.totalTokens(whole)) }
  const sum = metric === 'errors' ? 'errors' : 'analyses'
  return { ...column, value: ({ group }) => ratio(group.get(sum), whole.get(sum)) }
}

function codeColumns(groups: Groups): readonly TableColumn[] {
  return [columns.ERRORS_COLUMN, columns.shareColumn('errors', groups.total(), 'errors')]
}

function ratings(input: ReportInput): Section[] {
  const where = (keyOf: (name: string) => KeyValue) => keyOf('event') === 'feedback'
  const [total] = totalsOf(input, 'events', 'kinds', { where, countAs: countRatings })
  return Number(total.get('rated')) === 0 ? [] : [ratingSection(total).section]
}

function severities(input: ReportInput): Section[] {
  const where = (keyOf: (name: string) => KeyValue) => keyOf('event') === 'threat'
  const countAs = (keyOf: (name: string) => KeyValue) => (keyOf('resolved') === 'true' ? [] : ['unresolved'])
  const groups = rollUpBoth(input, 'events', 'kinds', { by: ['severity'], where, countAs })
  if (groups[0].size === 0) return []
  // The worst first, and last what is none of them.
  const place = (key: KeyValue) => (SEVERITIES as readonly KeyValue[]).indexOf(key)
  return [
    namedTable(
      input,
      {
        name: 'severities',
        rowName: 'severity',
        title: 'Threats',
        columns: [
          columns.sumColumn('analyses', 'count', 'Threats'),
          columns.sumColumn('unresolved', 'unresolved', 'Unresolved'),
        ],
        order: 'key',
        keyOrders: [(a, b) => place(b) - place(a)],
        barKey: 'count',
      },
      groups,
    ),
  ]
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** How many there were in each hour of a week. */
function hourSection({ zone }: ReportInput, { hours, are }: DashboardParts): Section {
  const counts = WEEKDAYS.map(() => Array.from({ length: 24 }, () => 0))
  for (const { keys, group } of hours.all) {
    const at = startOfTimeKey('hour', Number(keys[0]), zone) as Instant
    const day = zone.dayOf(at)
    const hour = Math.floor((at + zone.offsetMsAt(at) - day * DAY_MS) / 3_600_000)
    counts[weekdayOf(day) - 1]![hour]! += Number(group.get('analyses'))
  }
  const names = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)
  const keys = names.map(name => `h${name.slice(0, 2)}`)
  const isEmpty = hours.size === 0
  return {
    name: 'hours',
    rowName: 'weekday',
    title: `${are === 'requests' ? 'Requests' : 'Analyses'} by weekday and hour`,
    columns: [
      { key: 'name', title: 'Weekday', kind: 'text' },
      ...keys.map((key, hour) => ({ key, title: names[hour]!, kind: 'count' as const })),
    ],
    rows: isEmpty ? [] : WEEKDAYS.map((name, index) => [name, ...counts[index]!]),
    objects: isEmpty
      ? []
      : WEEKDAYS.map((weekday, index) => ({
          weekday,
          ...Object.fromEntries(keys.map((key, hour) => [key, counts[index]![hour]!])),
        })),
    shown: ['name', ...keys],
    optional: [],
    barKey: null,
    heat: { rows: WEEKDAYS, columns: names, counts },
    series: null,
    rest: null,
  }
}
