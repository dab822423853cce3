// The requests report: how many there were and when, who made them, to which features and endpoints, and how they failed.
import { formatInstant } from '../base/calendar.ts'
import type { Instant } from '../base/zone.ts'
import type { Groups as TallyGroups } from '../tally/groups.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { roundTo } from './group/change.ts'
import { countsBy, extentsBy, question } from './group/group-bys.ts'
import type { Report } from './model/report.ts'
import type { ReportDefinition, ReportInput } from './model/report-definition.ts'
import { buildSessions, sessionQuestion } from './session/sessions.ts'
import { assembleReport } from './table/assemble-report.ts'
import {
  bothRanges,
  counted,
  errorHeadline,
  rollUpBoth,
  sumHeadline,
  tableOf,
  tableOptions,
  totalsOf,
} from './table/both-ranges.ts'
import { bucketUnitOf } from './table/buckets.ts'
import { buildTable } from './table/table.ts'
import * as columns from './table/table-columns.ts'
import { bucketRows, namedRows } from './table/table-rows.ts'
import { columnLayers } from './table/table-series.ts'
import { NAME_COLUMN, type TableColumn, type TableSpec } from './table/table-spec.ts'

const LAST_ERRORS = 3
const MINUTE_MS = 60_000

export const report: ReportDefinition = {
  name: 'requests',
  sections: ['buckets', 'users', 'features', 'endpoints', 'codes'],
  hasCost: false,
  questions: ({ range, idleMs }) => [
    question(
      'requests',
      ['request'],
      [
        countsBy('buckets', [bucketUnitOf(range)]),
        countsBy('users', ['user', 'feature']),
        countsBy('endpoints', ['endpoint', 'user']),
        countsBy('codes', ['status_code', 'status']),
        extentsBy('userErrors', ['user', 'status', 'status_code', 'error_type', 'error']),
      ],
    ),
    sessionQuestion(idleMs, 'extents'),
  ],
  build,
}

function build(input: ReportInput): Report {
  const unit = bucketUnitOf(input.range)
  const total = totalsOf(input, 'requests', 'users', { related: ['user'] })
  const options = tableOptions(input)
  const buckets = rollUpBoth(input, 'requests', 'buckets', { by: [unit] })
  const users = rollUpBoth(input, 'requests', 'users', { by: ['user'], related: ['feature'] })
  const features = rollUpBoth(input, 'requests', 'users', { by: ['feature'], related: ['user'] })
  const endpoints = rollUpBoth(input, 'requests', 'endpoints', { by: ['endpoint'], related: ['user'] })
  const isError = (keyOf: (name: string) => KeyValue) => keyOf('status') === 'error'
  const codes = rollUpBoth(input, 'requests', 'codes', { by: ['status_code'], where: isError })
  const userColumns = [
    minutesColumn(input),
    columns.REQUESTS_COLUMN,
    columns.ERRORS_COLUMN,
    columns.listColumn('feature', 'features', 'Features'),
    lastErrorsColumn(input),
  ]
  const share = columns.shareColumn('analyses', total[0], 'requests')
  const named = [
    columns.REQUESTS_COLUMN,
    share,
    columns.ERRORS_COLUMN,
    columns.distinctColumn('user', 'users', 'Users'),
  ]
  const unitTitle = unit === 'day' ? 'Dates' : 'Hours'
  return assembleReport(input, {
    name: 'requests',
    title: 'Requests',
    headlines: [
      sumHeadline('requests', 'analyses', total),
      errorHeadline(total),
      { label: 'active users', kind: 'count', value: total[0].distinct('user') },
    ],
    facts: [counted(endpoints[0].named, 'endpoint'), counted(features[0].named, 'feature')],
    lead: {
      activeUsers: total[0].distinct('user'),
      totalRequests: total[0].get('analyses'),
      totalErrors: total[0].get('errors'),
    },
    sections: [
      {
        key: 'users',
        section: buildTable(
          { ...tableSpec('users', 'user', 'Users', userColumns), shown: ['requests', 'errors', 'minutes'] },
          namedRows(...users),
          options,
        ),
      },
      {
        key: 'topFeatures',
        section: buildTable(tableSpec('features', 'feature', 'Features', named), namedRows(...features), options),
      },
      {
        key: 'topEndpoints',
        section: buildTable(tableSpec('endpoints', 'endpoint', 'Endpoints', named), namedRows(...endpoints), options),
      },
      {
        key: 'errorBreakdown',
        section: buildTable(
          {
            ...tableSpec('codes', 'statusCode', 'Failed with', [columns.ERRORS_COLUMN]),
            rowName: 'status_code',
            order: ['errors'],
            compared: ['errors'],
          },
          namedRows(...codes),
          options,
        ),
      },
      {
        key: 'buckets',
        section: buildTable(
          {
            ...tableSpec('buckets', 'timestamp', unitTitle, [
              columns.REQUESTS_COLUMN,
              OK_COLUMN,
              columns.ERRORS_COLUMN,
            ]),
            rowName: unit,
            order: 'time',
            seriesKey: 'requests',
            layers: columnLayers('outcome', [OK_COLUMN, columns.ERRORS_COLUMN]),
          },
          bucketRows(input, unit, ...buckets),
          options,
        ),
      },
    ],
  })
}

const OK_COLUMN: TableColumn = {
  key: 'ok',
  title: 'Ok',
  kind: 'count',
  value: ({ group }) => Number(group.get('analyses')) - Number(group.get('errors')),
}

function tableSpec(name: string, jsonKey: string, title: string, list: readonly TableColumn[]): TableSpec {
  return {
    name,
    rowName: jsonKey,
    title,
    keyColumns: [NAME_COLUMN],
    jsonKeys: [jsonKey],
    columns: list,
    order: ['requests'],
    compared: ['requests'],
    barKey: 'share',
  }
}

/** A user's minutes are the lengths of the sessions that began in the range. */
function minutesColumn(input: ReportInput): TableColumn {
  const [now] = bothRanges(input, answers => {
    const sessions = buildSessions(answers.byName.get('sessions')!)
    const { users } = sessions
    const byCode = new Map<number, number>()
    for (const session of sessions.startedIn(answers.range)) {
      const code = users.codes[session]!
      byCode.set(code, (byCode.get(code) ?? 0) + sessions.lengthOf(session))
    }
    return new Map([...byCode].map(([code, lengthMs]) => [users.nameOf(code), lengthMs]))
  })
  const value = ({ keys }: { keys: readonly KeyValue[] }) =>
    keys.length === 0 ? null : roundTo((now.get(keys[0]!) ?? 0) / MINUTE_MS, 2)
  return { key: 'minutes', title: 'Minutes', kind: 'number', value }
}

interface UserError {
  readonly at: number
  readonly statusCode: string | null
  readonly type: string | null
  readonly message: string | null
}

// The last ones, each message once.
function lastErrorsColumn(input: ReportInput): TableColumn {
  const errors = userErrors(tableOf(input.answers, 'requests', 'userErrors'))
  const lastOf = (user: KeyValue) => (errors.get(user) ?? []).sort((a, b) => b.at - a.at).slice(0, LAST_ERRORS)
  return {
    key: 'last_errors',
    title: 'Last errors',
    kind: 'list',
    isOptional: true,
    value: ({ keys }) => lastOf(keys[0]!).map(error => error.message ?? error.type ?? error.statusCode ?? 'error'),
    json: ({ keys }) =>
      lastOf(keys[0]!).map(error => ({ ...error, at: formatInstant(error.at as Instant, input.zone) })),
  }
}

function userErrors(table: TallyGroups): Map<KeyValue, UserError[]> {
  const byUser = new Map<KeyValue, UserError[]>()
  for (let slot = 0; slot < table.size; slot++) {
    const [user, status, statusCode, type, message] = [0, 1, 2, 3, 4].map(
      key => table.keyOf(slot, key) as string | null,
    )
    if (status !== 'error') continue
    const list = byUser.get(user!) ?? []
    byUser.set(user!, list)
    list.push({ at: table.lasts[slot]!, statusCode: statusCode!, type: type!, message: message! })
  }
  return byUser
}
