// The clients report: how each client does, from usage and cost to errors and latency, with its trend and its rank.
import type { Instant } from '../base/zone.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { changeOf } from './group/change.ts'
import type { Groups } from './group/group.ts'
import { countsBy, durationsBy, question, usageBy } from './group/group-bys.ts'
import { addSketches, rollUp } from './group/roll-up.ts'
import type { Report } from './model/report.ts'
import type { Answers, ReportDefinition, ReportInput } from './model/report-definition.ts'
import { buildPeriod } from './model/report-frame.ts'
import { assembleReport } from './table/assemble-report.ts'
import { bothRanges, counted, errorHeadline, sumHeadline, tableOf, totalsOf } from './table/both-ranges.ts'
import { namedTable } from './table/named-table.ts'
import { compareCosts, compareKeys } from './table/order.ts'
import * as columns from './table/table-columns.ts'
import type { TableColumn } from './table/table-spec.ts'

export const report: ReportDefinition = {
  name: 'clients',
  sections: ['clients'],
  hasCost: true,
  questions: () => [
    question('clients', 'usage', [
      usageBy('usage', ['client']),
      durationsBy('durations', ['client']),
      countsBy('users', ['client', 'user']),
      countsBy('days', ['client', 'day']),
    ]),
  ],
  build,
}

function build(input: ReportInput): Report {
  const { basisOf } = input
  const total = totalsOf(input, 'clients', 'usage', { basisOf, related: ['client'] })
  const clients = bothRanges(input, answers => clientsOf(answers, input))
  const list = [
    columns.ANALYSES_COLUMN,
    columns.shareColumn('analyses', total[0], 'analyses'),
    columns.distinctColumn('user', 'users', 'Users'),
    columns.ERRORS_COLUMN,
    columns.ERROR_RATE_COLUMN,
    columns.TOKEN_COLUMNS.at(-1)!,
    ...columns.costColumns(input),
    columns.MEAN_COLUMN,
    columns.quantileColumn(95),
    trendColumn(input),
    rankColumn(clients[0], input),
    ...columns.unpricedColumns(input.prices),
  ]
  const cost = columns.shownCost(input)
  return assembleReport(input, {
    name: 'clients',
    title: 'Clients',
    headlines: [
      ...columns.costHeadline(input, total),
      sumHeadline('analyses', 'analyses', total),
      errorHeadline(total),
    ],
    facts: [counted(total[0].distinct('client'), 'client')],
    priced: { table: 'usage', total: total[0] },
    sections: [
      {
        key: 'clients',
        section: namedTable(
          input,
          {
            name: 'clients',
            rowName: 'client',
            title: 'Clients',
            columns: list,
            order: [...(input.prices === null ? [] : ['cost_usd']), 'analyses'],
            shown: [
              'rank',
              ...cost,
              'analyses',
              'trend',
              'error_rate',
              'p95_duration_ms',
              'users',
              'share',
              'total_tokens',
            ],
          },
          clients,
        ),
      },
    ],
  })
}

function clientsOf(answers: Answers, { basisOf }: ReportInput): Groups {
  const table = (name: string) => tableOf(answers, 'clients', name)
  const groups = rollUp(table('usage'), { by: ['client'], basisOf })
  for (const { keys, group } of rollUp(table('users'), { by: ['client'], related: ['user'] }).all) {
    for (const user of group.related('user') ?? []) groups.of(keys).relate('user', user)
  }
  addSketches(table('durations'), ['client'], groups)
  return groups
}

/** How analyses changed from the first half of the range's days to the second; a day in the middle is in neither. */
function trendColumn(input: ReportInput): TableColumn {
  const { tally, zone } = input
  const { from } = buildPeriod(input.range, tally, zone)
  const hasEvents = tally.firstInstant <= tally.lastInstant
  const first = hasEvents ? zone.dayOf(Math.min(from ?? tally.firstInstant, tally.firstInstant) as Instant) : 0
  const last = hasEvents ? zone.dayOf(tally.lastInstant as Instant) : -1
  const half = Math.floor((last - first + 1) / 2)
  const halves = new Map<KeyValue, [number, number]>()
  for (const { keys, group } of rollUp(tableOf(input.answers, 'clients', 'days'), { by: ['client', 'day'] }).all) {
    const counts = halves.get(keys[0]!) ?? [0, 0]
    halves.set(keys[0]!, counts)
    const day = Number(keys[1])
    if (day < first + half) counts[0] += Number(group.get('analyses'))
    else if (day > last - half) counts[1] += Number(group.get('analyses'))
  }
  return {
    key: 'trend',
    title: 'Trend',
    kind: 'change',
    value: ({ keys }) => {
      const [early, late] = halves.get(keys[0] ?? null) ?? [0, 0]
      return keys.length === 0 || half === 0 ? null : changeOf(late, early)
    },
  }
}

/** By cost, then analyses, then name. */
function rankColumn(clients: Groups, { prices }: ReportInput): TableColumn {
  const ranked = clients.all.map(({ keys, group }) => ({
    key: keys[0]!,
    cost: prices === null ? null : group.cost.result().cost,
    analyses: Number(group.get('analyses')),
  }))
  ranked.sort((a, b) => compareCosts(a.cost, b.cost) || b.analyses - a.analyses || compareKeys(a.key, b.key))
  const ranks = new Map<KeyValue, number>(ranked.map(({ key }, index) => [key, index + 1]))
  return {
    key: 'rank',
    title: 'Rank',
    kind: 'count',
    value: ({ keys }) => (keys.length === 0 ? null : (ranks.get(keys[0]!) ?? null)),
  }
}
