// The trends report: each headline metric of the range compared with the one before, and its course over time.
import { decimalToNumber, subtractDecimals } from '../base/decimal.ts'
import { isDecimal, type JsonValue } from '../base/json.ts'
import { snakeCase } from '../base/names.ts'
import { countRatings, meanRating } from './feedback-report.ts'
import { changeOf, ratio, roundTo } from './group/change.ts'
import type { Group, Groups } from './group/group.ts'
import { countsBy, durationsBy, extraText, question, usageBy } from './group/group-bys.ts'
import { rollUp } from './group/roll-up.ts'
import type { Cell, ColumnKind, Report } from './model/report.ts'
import type { Answers, ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport, type PlacedSection } from './table/assemble-report.ts'
import { bothRanges, headline, sumHeadline, tableOf, totalsOf } from './table/both-ranges.ts'
import { bucketUnitOf } from './table/buckets.ts'
import { timeTable } from './table/named-table.ts'
import * as columns from './table/table-columns.ts'

export const report: ReportDefinition = {
  name: 'trends',
  sections: ['metrics', 'series'],
  hasCost: true,
  isAlwaysCompared: true,
  questions: ({ range }) => [
    question('usage', 'usage', [
      usageBy('usage', [bucketUnitOf(range)]),
      durationsBy('durations', [bucketUnitOf(range)]),
      countsBy('clients', ['client']),
    ]),
    question(
      'events',
      'all',
      [
        countsBy('kinds', ['event', 'rating']),
        countsBy('users', ['user']),
        countsBy('requests', ['event', bucketUnitOf(range)]),
      ],
      [extraText('rating')],
    ),
  ],
  build,
}

/** What is known of a range. */
interface Facts {
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

function build(input: ReportInput): Report {
  const [now, before] = bothRanges(input, answers => factsOf(answers, input))
  const unit = bucketUnitOf(input.range)
  const total = totalsOf(input, 'usage', 'usage', { basisOf: input.basisOf })
  const series = bothRanges(input, answers => seriesOf(answers, unit, input))
  const list = [
    columns.sumColumn('analyses', 'analyses', 'Analyses'),
    ...columns.costColumns(input),
    columns.TOKEN_COLUMNS.at(-1)!,
    columns.ERRORS_COLUMN,
    columns.sumColumn('requests', 'requests', 'Requests'),
    ...columns.unpricedColumns(input.prices),
  ]
  return assembleReport(input, {
    name: 'trends',
    title: 'Trends',
    // In the first version requests were analyses.
    schema: 'trends-report@2',
    headlines: [
      ...columns.costHeadline(input, total),
      sumHeadline('analyses', 'analyses', total),
      headline('active users', 'count', now.users.distinct('user'), before?.users.distinct('user')),
    ],
    notes:
      before === null
        ? [
            {
              kind: 'info',
              text: `The range ${input.range.from === null ? 'has no start' : 'begins after now'}, so there is no range before it to compare with.`,
              hint: 'Add one, such as --last-days 7.',
            },
          ]
        : [],
    priced: { table: 'usage', total: total[0] },
    sections: [
      metricSection(now, before, input),
      {
        key: 'series',
        section: timeTable(
          ofAllEvents(input),
          unit,
          { name: 'series', jsonKeys: ['timestamp'], columns: list },
          series,
        ),
      },
    ],
  })
}

// Analyses, and requests beside them.
function seriesOf(answers: Answers, unit: 'hour' | 'day', { basisOf }: ReportInput): Groups {
  const groups = rollUp(tableOf(answers, 'usage', 'usage'), { by: [unit], basisOf })
  const isRequest = (keyOf: (name: string) => unknown) => keyOf('event') === 'request'
  const requests = rollUp(tableOf(answers, 'events', 'requests'), { by: [unit], where: isRequest })
  for (const { keys, group } of requests.all) groups.of(keys).add('requests', group.get('analyses'))
  return groups
}

// The last bucket is that of the last event, whichever kind it is of.
function ofAllEvents(input: ReportInput): ReportInput {
  const { firstInstant, lastInstant } = input.answers.byName.get('events')!
  return { ...input, tally: { ...input.tally, firstInstant, lastInstant } }
}

function factsOf(answers: Answers, { basisOf }: ReportInput): Facts {
  const total = (questionName: string, groupBy: string, how: Omit<Parameters<typeof rollUp>[1], 'by'> = {}) =>
    rollUp(tableOf(answers, questionName, groupBy), { by: [], ...how }).of([])
  return {
    usage: total('usage', 'usage', { basisOf }),
    durations: total('usage', 'durations'),
    clients: total('usage', 'clients', { related: ['client'] }),
    users: total('events', 'users', { related: ['user'] }),
    kinds: total('events', 'kinds', {
      countAs: keyOf => [`kind:${keyOf('event')}`, ...(keyOf('event') === 'feedback' ? countRatings(keyOf) : [])],
    }),
  }
}

function metricSection(now: Facts, before: Facts | null, { prices }: ReportInput): PlacedSection {
  const metrics = METRICS.filter(([name]) => prices !== null || name !== 'costUsd')
  const rows = metrics.map(([name, , kind, metric]) => {
    const value = metric(now)
    const previous = before === null ? null : metric(before)
    const change = differenceOf(value, previous)
    // A percentage of a percentage misleads: what a part of 1 has changed by is in points.
    const isPart = kind === 'share'
    const part = isPart ? null : partOf(value, previous)
    const points = isPart && change !== null ? roundTo(Number(change) * 100, 2) : null
    return { name, unit: UNITS[kind]!, value, previous, change, part, points, direction: directionOf(change) }
  })
  return {
    key: 'metrics',
    section: {
      name: 'metrics',
      rowName: 'metric',
      title: 'Metrics',
      columns: [
        { key: 'name', title: 'Metrics', kind: 'text' },
        { key: 'value', title: 'Value', kind: 'number' },
        { key: 'before', title: 'Before', kind: 'number' },
        { key: 'change', title: 'Change', kind: 'difference' },
        { key: 'part_change', title: 'In percent', kind: 'change' },
        { key: 'direction', title: 'Direction', kind: 'text' },
        { key: 'unit', title: 'Unit', kind: 'text' },
        { key: 'points_change', title: 'In points', kind: 'number' },
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
      })),
      shown: ['name', 'value', 'before', 'change', 'part_change'],
      optional: [],
      barKey: null,
      series: null,
      rest: null,
    },
  }
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
