// The metrics of the trends report: each headline number of the range, that of the range before, and how it changed.
import { decimalToNumber, subtractDecimals } from '../base/decimal.ts'
import { isDecimal, type JsonValue } from '../base/json.ts'
import { snakeCase } from '../base/names.ts'
import { meanRating } from './feedback-report.ts'
import { changeOf, ratio, roundTo } from './group/change.ts'
import type { Group } from './group/group.ts'
import type { Cell, ColumnKind } from './model/report.ts'
import type { ReportInput } from './model/report-definition.ts'
import type { PlacedSection } from './table/assemble-report.ts'
import * as columns from './table/table-columns.ts'

/** What is known of a range. */
export interface Facts {
  readonly usage: Group
  readonly durations: Group
  readonly clients: Group
  readonly users: Group
  readonly kinds: Group
}

/** A name in JSON, the same for reading, and what its numbers are. */
type Metric = readonly [string, string, ColumnKind, (facts: Facts) => Cell]

const METRICS: readonly Metric[] = [
  ['analyses', 'Analyses', 'count', ({ usage }) => usage.get('analyses')],
  ['requests', 'Requests', 'count', ({ kinds }) => kinds.get('kind:request')],
  ['errors', 'Errors', 'count', ({ usage }) => usage.get('errors')],
  ['errorRate', 'Error rate', 'share', ({ usage }) => ratio(usage.get('errors'), usage.get('analyses'))],
  ['costUsd', 'Cost', 'money', ({ usage }) => usage.cost.result().cost],
  ['totalTokens', 'Tokens', 'tokens', ({ usage }) => columns.totalTokens(usage)],
  ['meanDurationMs', 'Mean duration', 'duration', ({ usage }) => columns.meanDurationMs(usage)],
  ['p95DurationMs', 'p95 duration', 'duration', ({ durations }) => columns.durationQuantileMs(durations, 0.95)],
  ['clients', 'Clients', 'count', ({ clients }) => clients.distinct('client')],
  ['activeUsers', 'Active users', 'count', ({ users }) => users.distinct('user')],
  ['events', 'Events', 'count', ({ kinds }) => kinds.get('analyses')],
  ['queries', 'Queries', 'count', ({ kinds }) => kinds.get('kind:user_query')],
  ['uploads', 'Uploads', 'count', ({ kinds }) => kinds.get('kind:file_upload')],
  ['feedback', 'Feedback', 'count', ({ kinds }) => kinds.get('kind:feedback')],
  ['meanRating', 'Mean rating', 'number', ({ kinds }) => meanRating(kinds)],
  ['threats', 'Threats', 'count', ({ kinds }) => kinds.get('kind:threat')],
]

/** What a number of a metric is, for those who read it without its name. */
const UNITS: Readonly<Partial<Record<ColumnKind, string>>> = {
  count: 'count',
  share: 'share',
  money: 'usd',
  tokens: 'tokens',
  duration: 'ms',
  number: 'number',
}

export function metricSection(now: Facts, before: Facts | null, { prices }: ReportInput): PlacedSection {
  const metrics = METRICS.filter(([name]) => prices !== null || name !== 'costUsd')
  const rows = metrics.map(([name, , kind, metric]) => {
    const value = metric(now)
    const previous = before === null ? null : metric(before)
    const change = differenceOf(value, previous)
    // A percentage of a percentage misleads: what a part of 1 has changed by is in points.
    const isPart = kind === 'share'
    const part = isPart ? null : partOf(value, previous)
    const points = isPart && change !== null ? roundTo(Number(change) * 100, 2) : null
    return {
      name,
      unit: UNITS[kind]!,
      value,
      previous,
      change,
      part,
      points,
      direction: directionOf(change),
      unpriced: kind === 'money' ? unpricedOf(now) : null,
      unpricedBefore: kind === 'money' && before !== null ? unpricedOf(before) : null,
    }
  })
  return {
    key: 'metrics',
    section: {
      name: 'metrics',
      rowName: 'metric',
      title: 'Metrics',
      columns: [
        { key: 'name', title: 'Metrics', kind: 'text' },
        { key: 'value', title: 'Value', kind: 'number', unpricedKey: 'unpriced_analyses' },
        { key: 'before', title: 'Before', kind: 'number', unpricedKey: 'unpriced_analyses_before' },
        { key: 'change', title: 'Change', kind: 'difference' },
        { key: 'part_change', title: 'In percent', kind: 'change' },
        { key: 'direction', title: 'Direction', kind: 'text' },
        { key: 'unit', title: 'Unit', kind: 'text' },
        { key: 'points_change', title: 'In points', kind: 'number' },
        { key: 'unpriced_analyses', title: 'Unpriced', kind: 'count' },
        { key: 'unpriced_analyses_before', title: 'Unpriced before', kind: 'count' },
      ],
      metrics: metrics.map(([, title, kind]) => ({ title, kind })),
      rows: rows.map(row => [
        snakeCase(row.name),
        row.value,
        row.previous,
        row.change,
        row.part,
        row.direction,
        row.unit,
        row.points,
        row.unpriced,
        row.unpricedBefore,
      ]),
      objects: rows.map(row => ({
        metric: row.name,
        value: row.value as JsonValue,
        before: row.previous as JsonValue,
        change: row.change as JsonValue,
        changePercent: row.part === null ? null : roundTo(row.part * 100, 2),
        direction: row.direction,
        unit: row.unit,
        changePoints: row.points,
        unpricedAnalyses: row.unpriced,
        unpricedAnalysesBefore: row.unpricedBefore,
      })),
      shown: ['name', 'value', 'before', 'change', 'part_change'],
      optional: [],
      barKey: null,
      series: null,
      rest: null,
    },
  }
}

function unpricedOf({ usage }: Facts): number {
  return usage.cost.result().unpricedAnalyses
}

function differenceOf(value: Cell, before: Cell): Cell {
  if (value === null || before === null) return null
  if (isDecimal(value) && isDecimal(before)) return subtractDecimals(value, before)
  const difference = Number(value) - Number(before)
  return Number.isSafeInteger(difference) ? difference : roundTo(difference, 4)
}

function partOf(value: Cell, before: Cell): number | null {
  if (value === null || before === null) return null
  if (isDecimal(value) && isDecimal(before)) return changeOf(decimalToNumber(value), decimalToNumber(before))
  return changeOf(Number(value), Number(before))
}

function directionOf(change: Cell): 'up' | 'down' | 'same' | null {
  if (change === null) return null
  const sign = isDecimal(change) ? Number(change.units) : Number(change)
  return sign > 0 ? 'up' : sign < 0 ? 'down' : 'same'
}
