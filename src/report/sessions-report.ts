// The sessions report: how many, whose, how long, what happened and what it cost in them, and the longest ones.
import { decimalOfInteger, divideDecimals } from '../base/decimal.ts'
import { timeKeyOf } from '../tally/time-keys.ts'
import { assembleReport } from './assemble-report.ts'
import { bothRanges, sumHeadline, tableOf, tableOptions } from './both-ranges.ts'
import { ratio, roundTo } from './change.ts'
import { Group, Groups } from './group.ts'
import { question, usageBy } from './group-bys.ts'
import { timeTable } from './named-table.ts'
import type { Report, Section } from './report.ts'
import type { Answers, ReportDefinition, ReportInput } from './report-definition.ts'
import { buildSessions, compareSessions, type Session, sessionQuestion, sessionsOfRange } from './sessions.ts'
import { summarySection } from './summary-section.ts'
import { buildTable, NAME_COLUMN, type TableColumn } from './table.ts'
import * as columns from './table-columns.ts'

const COST_DIGITS = 12
const US_PER_MS = 1000

export const report: ReportDefinition = {
  name: 'sessions',
  sections: ['summary', 'dates', 'sessions'],
  hasCost: true,
  questions: ({ idleMs }) => [question('events', 'all', [usageBy('usage', ['event'])]), sessionQuestion(idleMs, true)],
  build,
}

function build(input: ReportInput): Report {
  const sessions = bothRanges(input, answers => sessionsOf(answers, input))
  const days = [daysOf(sessions[0], input), sessions[1] === null ? null : daysOf(sessions[1], input)] as const
  const total = [totalOfDays(days[0]), days[1] === null ? null : totalOfDays(days[1])] as const
  const list = [SESSIONS, columns.distinctColumn('user', 'active_users', 'Users'), ...averageColumns(input)]
  return assembleReport(input, {
    name: 'sessions',
    title: 'Sessions',
    headlines: [
      sumHeadline('sessions', 'sessions', total),
      { label: 'active users', kind: 'count', value: total[0].distinct('user') },
      { label: 'median length', kind: 'duration', value: columns.durationQuantileMs(total[0], 0.5) },
      { label: 'completed', kind: 'share', value: ratio(total[0].get('completed'), total[0].get('sessions')) },
    ],
    pricedTable: 'usage',
    sections: [
      summarySection(list, total, tableOptions(input), 'sessions'),
      { key: 'byDay', section: timeTable(input, 'day', { name: 'dates', jsonKeys: ['day'], columns: list }, days) },
      { key: 'sessions', section: sessionSection(sessions[0], input) },
    ],
  })
}

function sessionsOf(answers: Answers, { idleMs, basisOf }: ReportInput): Session[] {
  return sessionsOfRange(buildSessions(tableOf(answers, 'sessions', 'sessions'), idleMs, basisOf), answers.range)
}

function daysOf(sessions: readonly Session[], { zone }: ReportInput): Groups {
  const days = new Groups()
  const byDay = new Map<number, Group>()
  for (const session of sessions) {
    const day = timeKeyOf('day', session.first, zone)
    const group = byDay.get(day) ?? days.of([day])
    byDay.set(day, group)
    addSession(group, session)
  }
  return days
}

function totalOfDays(days: Groups): Group {
  const total = new Group()
  for (const { group } of days.all) total.merge(group)
  return total
}

function addSession(group: Group, session: Session): void {
  const { user, first, last, cost } = session
  group.add('sessions', 1)
  group.add('completed', session.isCompleted ? 1 : 0)
  for (const sum of ['events', 'requests', 'queries', 'errors'] as const) group.add(sum, session[sum])
  group.add('lengthMs', last - first)
  group.sketch.add((last - first) * US_PER_MS)
  group.relate('user', user)
  group.extend(first, last)
  if (cost !== null) group.cost.merge(cost)
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
    key: 'mean_cost_usd',
    title: 'Cost each',
    kind: 'money',
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
  ]
}

function meanOf(group: Group, sum: string, digits: number): number | null {
  const sessions = Number(group.get('sessions'))
  return sessions === 0 ? null : roundTo(Number(group.get(sum)) / sessions, digits)
}

// So many of the longest, and only these put in order.
function longestOf(sessions: readonly Session[], count: number): Session[] {
  const lengths = Float64Array.from(sessions, ({ first, last }) => last - first).sort()
  const least = lengths[Math.max(0, lengths.length - count)] ?? 0
  const long = sessions.filter(({ first, last }) => last - first >= least)
  return long.sort(compareSessions).slice(0, count)
}

/** The longest first. Only those that are shown are made into rows, unless all are to be put in another order. */
function sessionSection(sessions: readonly Session[], input: ReportInput): Section {
  const { top, sort, zone } = input
  const kept = sort === null && top !== null ? longestOf(sessions, top) : [...sessions].sort(compareSessions)
  const rows = kept.map((session, index) => {
    const group = new Group()
    addSession(group, session)
    const labels = [session.id, session.user, session.client].map(key => (key === null ? null : String(key)))
    return { keys: [index], labels, group, previous: null }
  })
  const section = buildTable(
    {
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
        { ...columns.instantColumn('first', 'Start', zone), key: 'start' },
        { ...columns.instantColumn('last', 'End', zone), key: 'end', isOptional: true },
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
      ],
      order: ['length_ms'],
      compared: null,
      hasRest: false,
    },
    rows,
    { top, sort, hasComparison: false },
  )
  const left = sessions.length - section.rows.length
  return left === 0
    ? section
    : { ...section, rest: { count: left, row: section.columns.map(() => null), isEarlier: false } }
}
