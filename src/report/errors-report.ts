// The errors report: what failed, where and for whom, how often over time, and the newest messages.
import type { KeyValue } from '../tally/key-table.ts'
import { ratio } from './group/change.ts'
import type { Groups } from './group/group.ts'
import { countsBy, extentsBy, question } from './group/group-bys.ts'
import type { Report } from './model/report.ts'
import type { ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport, type PlacedSection } from './table/assemble-report.ts'
import { type Both, counted, rollUpBoth, sumHeadline, tableOptions, totalsOf } from './table/both-ranges.ts'
import { bucketUnitOf } from './table/buckets.ts'
import { summarySection } from './table/summary-section.ts'
import { buildTable } from './table/table.ts'
import * as columns from './table/table-columns.ts'
import { bucketRows, namedRows } from './table/table-rows.ts'
import { NAME_COLUMN, type TableColumn } from './table/table-spec.ts'

const ERROR_KEYS = ['error', 'error_type', 'status_code', 'endpoint', 'user']

export const report: ReportDefinition = {
  name: 'errors',
  sections: ['summary', 'codes', 'types', 'endpoints', 'users', 'buckets', 'recent'],
  hasCost: false,
  questions: ({ range }) => [
    question('errors', 'all', [
      countsBy('buckets', [bucketUnitOf(range)]),
      countsBy('endpoints', ['endpoint']),
      countsBy('users', ['user']),
      extentsBy('messages', ['status', ...ERROR_KEYS]),
    ]),
  ],
  build,
}

const isError = (keyOf: (name: string) => KeyValue) => keyOf('status') === 'error'

function build(input: ReportInput): Report {
  const unit = bucketUnitOf(input.range)
  const options = tableOptions(input)
  const total = totalsOf(input, 'errors', 'messages')
  const failed = totalsOf(input, 'errors', 'messages', { where: isError, related: ['user', 'error_type'] })
  const share = columns.shareColumn('errors', total[0], 'errors')
  const byMessage = (key: string) => rollUpBoth(input, 'errors', 'messages', { by: [key], where: isError })
  const named = (
    name: string,
    rowName: string,
    title: string,
    list: readonly TableColumn[],
    groups: Both<Groups>,
  ): PlacedSection['section'] => {
    const keyed = { name, rowName, title, keyColumns: [NAME_COLUMN], jsonKeys: [rowName] }
    const spec = { ...keyed, columns: list, order: ['errors'], compared: ['errors'], barKey: 'share' }
    return buildTable(spec, namedRows(...withErrors(groups)), options)
  }
  const counts = [columns.ERRORS_COLUMN, share]
  const rates = [...counts, EVENTS_COLUMN, columns.ERROR_RATE_COLUMN]
  const users = withErrors(rollUpBoth(input, 'errors', 'users', { by: ['user'] }))
  const summary = summarySection(
    [
      EVENTS_COLUMN,
      columns.ERRORS_COLUMN,
      columns.ERROR_RATE_COLUMN,
      { key: 'users_with_errors', title: 'Users', kind: 'count', value: () => failed[0].distinct('user') },
    ],
    total,
    options,
    ['errors'],
  )
  return assembleReport(input, {
    name: 'errors',
    title: 'Errors',
    headlines: [
      sumHeadline('errors', 'errors', total),
      { label: 'of all events', kind: 'share', value: ratio(total[0].get('errors'), total[0].get('analyses')) ?? 0 },
    ],
    facts: [counted(failed[0].distinct('user'), 'user'), counted(failed[0].distinct('error_type'), 'type')],
    sections: [
      summary,
      { key: 'byCode', section: named('codes', 'code', 'Codes', counts, byMessage('status_code')) },
      { key: 'byType', section: named('types', 'type', 'Types', counts, byMessage('error_type')) },
      {
        key: 'byEndpoint',
        section: named(
          'endpoints',
          'endpoint',
          'Endpoints',
          rates,
          rollUpBoth(input, 'errors', 'endpoints', { by: ['endpoint'] }),
        ),
      },
      { key: 'byUser', section: named('users', 'user', 'Users', rates, users) },
      {
        key: 'buckets',
        section: buildTable(
          {
            name: 'buckets',
            rowName: unit,
            title: unit === 'day' ? 'Dates' : 'Hours',
            keyColumns: [NAME_COLUMN],
            jsonKeys: ['timestamp'],
            columns: [columns.ERRORS_COLUMN, columns.ERROR_RATE_COLUMN, EVENTS_COLUMN],
            order: 'time',
            compared: ['errors'],
            seriesKey: 'errors',
          },
          bucketRows(input, unit, ...rollUpBoth(input, 'errors', 'buckets', { by: [unit] })),
          options,
        ),
      },
      { key: 'recent', section: recentSection(input) },
    ],
  })
}

const EVENTS_COLUMN = columns.sumColumn('analyses', 'events', 'Events')

function withErrors([now, before]: Both<Groups>): Both<Groups> {
  const keep = (groups: Groups) => groups.filter(group => Number(group.get('errors')) > 0)
  return [keep(now), before === null ? null : keep(before)]
}

/** Every message once, with how often and when it came, the newest first. */
function recentSection(input: ReportInput) {
  const [messages] = rollUpBoth(input, 'errors', 'messages', { by: ERROR_KEYS, where: isError })
  const keyColumns = [
    NAME_COLUMN,
    { key: 'type', title: 'Type', kind: 'text' },
    { key: 'code', title: 'Code', kind: 'text' },
    { key: 'endpoint', title: 'Endpoint', kind: 'text' },
    { key: 'user', title: 'User', kind: 'text' },
  ] as const
  return buildTable(
    {
      name: 'recent',
      rowName: 'message',
      title: 'Newest',
      keyColumns,
      jsonKeys: ['message', 'type', 'code', 'endpoint', 'user'],
      columns: [
        columns.instantColumn('last', 'Last seen', input.zone),
        columns.ERRORS_COLUMN,
        { ...columns.instantColumn('first', 'First seen', input.zone), isOptional: true },
      ],
      order: 'newest',
      compared: [],
      hasRest: false,
    },
    namedRows(messages, null),
    { ...tableOptions(input), hasComparison: false },
  )
}
