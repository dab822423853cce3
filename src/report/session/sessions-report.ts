// The sessions report: how many, whose, how long, what happened and what it cost in them, and the longest ones.
import { decimalOfInteger, divideDecimals } from '../../base/decimal.ts'
import { LazyList } from '../../base/lazy-list.ts'
import { ratio, roundTo } from '../group/change.ts'
import { Group } from '../group/group.ts'
import { question, usageBy } from '../group/group-bys.ts'
import type { Report, Section } from '../model/report.ts'
import type { ReportDefinition, ReportInput } from '../model/report-definition.ts'
import { assembleReport } from '../table/assemble-report.ts'
import { bothRanges, sumHeadline, tableOptions, totalsOf } from '../table/both-ranges.ts'
import { timeTable } from '../table/named-table.ts'
import { summarySection } from '../table/summary-section.ts'
import { buildTable, listTable } from '../table/table.ts'
import * as columns from '../table/table-columns.ts'
import { COST_COLUMN } from '../table/table-columns.ts'
import { NAME_COLUMN, type TableColumn, type TableRow, type TableSpec } from '../table/table-spec.ts'
import type { Sessions } from './session-columns.ts'
import { sessionDays } from './session-days.ts'
import { buildSessions, sessionQuestion } from './sessions.ts'

const COST_DIGITS = 12
const COUNTS = ['events', 'requests', 'analyses', 'queries', 'errors'] as const

export const report: ReportDefinition = {
  name: 'sessions',
  sections: ['summary', 'dates', 'sessions'],
  hasCost: true,
  questions: ({ idleMs }) => [
    question('events', 'all', [usageBy('usage', ['event'])]),
    sessionQuestion(idleMs, 'costs'),
  ],
  build,
}

function build(input: ReportInput): Report {
  const days = bothRanges(input, answers => sessionDays(answers, input.zone))
  const total = [days[0].total(), days[1]?.total() ?? null] as const
  const list = [SESSIONS, columns.distinctColumn('user', 'active_users', 'Users'), ...averageColumns(input)]
  return assembleReport(input, {
    name: 'sessions',
    title: 'Sessions',
    // In the first version requests were analyses too.
    schema: 'sessions-report@2',
    headlines: [
      sumHeadline('sessions', 'sessions', total),
      { label: 'active users', kind: 'count', value: total[0].distinct('user') },
      { label: 'median length', kind: 'duration', value: columns.durationQuantileMs(total[0], 0.5) },
      { label: 'completed', kind: 'share', value: ratio(total[0].get('completed'), total[0].get('sessions')) },
    ],
    priced: { table: 'usage', total: totalsOf(input, 'events', 'usage', { basisOf: input.basisOf })[0] },
    sections: [
      summarySection(list, total, tableOptions(input), ['sessions']),
      { key: 'byDay', section: timeTable(input, 'day', { name: 'dates', jsonKeys: ['day'], columns: list }, days) },
      { key: 'sessions', section: sessionSection(input) },
    ],
  })
}

const SESSIONS = columns.sumColumn('sessions', 'sessions', 'Sessions')

function averageColumns({ prices }: ReportInput): TableColumn[] {
  const mean = (sum: string, key: string, title: string): TableColumn => ({
    key,
    title,
    kind: 'number',
    value: ({ group }) => meanOf(group, sum, 2),
  })
  const cost: TableColumn = {
    ...COST_COLUMN,
    key: 'mean_cost_usd',
    title: 'Cost each',
    value: ({ group }) => {
      const all = group.cost.result().cost
      const count = group.get('sessions')
      return all === null || Number(count) === 0 ? null : divideDecimals(all, decimalOfInteger(count), COST_DIGITS)
    },
  }
  return [
    { key: 'mean_length_ms', title: 'Mean', kind: 'duration', value: ({ group }) => meanOf(group, 'lengthMs', 0) },
    {
      key: 'median_length_ms',
      title: 'Median',
      kind: 'duration',
      value: ({ group }) => columns.durationQuantileMs(group, 0.5),
    },
    mean('queries', 'mean_queries', 'Queries'),
    mean('requests', 'mean_requests', 'Requests'),
    ...(prices === null ? [] : [cost]),
    {
      key: 'completed_share',
      title: 'Completed',
      kind: 'share',
      value: ({ group }) => ratio(group.get('completed'), group.get('sessions')),
    },
    mean('analyses', 'mean_analyses', 'Analyses'),
    ...columns.unpricedColumns(prices),
  ]
}

function meanOf(group: Group, sum: string, digits: number): number | null {
  const sessions = Number(group.get('sessions'))
  return sessions === 0 ? null : roundTo(Number(group.get(sum)) / sessions, digits)
}

/** The longest first. Those that are not shown are no rows, unless all are to be put in another order. */
function sessionSection({ answers, ...input }: ReportInput): Section {
  const { top, sort } = input
  const sessions = buildSessions(answers.byName.get('sessions')!)
  const all = sessions.startedIn(answers.range)
  const kept = sessions.longestOf(all, sort === null && top !== null ? top : all.length)
  const rows = new LazyList([...kept.keys()], index => rowOf(sessions, kept[index]!, index))
  const spec = sessionTable(input)
  const section =
    sort === null ? listTable(spec, rows) : buildTable(spec, [...rows], { top, sort, hasComparison: false })
  const left = all.length - section.rows.length
  return left === 0
    ? section
    : { ...section, rest: { count: left, row: section.columns.map(() => null), isEarlier: false } }
}

function sessionTable(input: Pick<ReportInput, 'zone' | 'prices' | 'currency'>): TableSpec {
  return {
    name: 'sessions',
    rowName: 'session',
    title: 'Longest',
    keyColumns: [
      NAME_COLUMN,
      { key: 'user', title: 'User', kind: 'text' },
      { key: 'client', title: 'Client', kind: 'text' },
    ],
    jsonKeys: ['session', 'user', 'client'],
    columns: [
      { key: 'length_ms', title: 'Length', kind: 'duration', value: ({ group }) => group.get('lengthMs') },
      { ...columns.instantColumn('first', 'Start', input.zone), key: 'start' },
      { ...columns.instantColumn('last', 'End', input.zone), key: 'end', isOptional: true },
      columns.sumColumn('events', 'events', 'Events'),
      columns.sumColumn('requests', 'requests', 'Requests'),
      columns.sumColumn('queries', 'queries', 'Queries'),
      columns.ERRORS_COLUMN,
      ...columns.costColumns(input),
      {
        key: 'completed',
        title: 'Completed',
        kind: 'text',
        isOptional: true,
        value: ({ group }) => (Number(group.get('completed')) > 0 ? 'yes' : 'no'),
        json: ({ group }) => Number(group.get('completed')) > 0,
      },
      columns.sumColumn('analyses', 'analyses', 'Analyses'),
      ...columns.unpricedColumns(input.prices),
    ],
    order: ['length_ms'],
    compared: [],
    hasRest: false,
  }
}

function rowOf(sessions: Sessions, session: number, index: number): TableRow {
  const group = new Group()
  group.add('lengthMs', sessions.lengthOf(session))
  group.add('completed', sessions.isCompleted[session]!)
  for (const sum of COUNTS) group.add(sum, sessions[sum][session]!)
  group.extend(sessions.firsts[session]!, sessions.lasts[session]!)
  sessions.addCostTo(group.cost, session)
  const keys = [sessions.idOf(session), sessions.users.valueOf(session), sessions.clients.valueOf(session)]
  return { keys: [index], labels: keys.map(key => (key === null ? null : String(key))), group, previous: null }
}
