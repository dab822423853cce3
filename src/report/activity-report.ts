// The activity report: who did what, how often, first and last, and on which days.
import { formatDay } from '../base/calendar.ts'
import type { Day } from '../base/zone.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { roundTo } from './group/change.ts'
import { type Group, Groups } from './group/group.ts'
import { countsBy, extentsBy, question } from './group/group-bys.ts'
import { rollUp } from './group/roll-up.ts'
import type { Column, Report } from './model/report.ts'
import type { ReportDefinition, ReportInput } from './model/report-definition.ts'
import type { ActivityField } from './table/activity-fields.ts'
import { assembleReport, type PlacedSection } from './table/assemble-report.ts'
import { bothRanges, counted, rollUpBoth, sumHeadline, tableOf, tableOptions, totalsOf } from './table/both-ranges.ts'
import { buildTable } from './table/table.ts'
import * as columns from './table/table-columns.ts'
import { bucketRows, namedRows } from './table/table-rows.ts'
import { NAME_COLUMN, type TableColumn } from './table/table-spec.ts'

const TITLES: Readonly<Record<ActivityField, string>> = {
  activity: 'Activity',
  user: 'User',
  day: 'Day',
  client: 'Client',
}

export const report: ReportDefinition = {
  name: 'activity',
  sections: ['groups', 'calendar'],
  hasCost: false,
  questions: ({ by }) => [
    question('activity', 'all', [
      extentsBy('groups', ['event', 'feature', ...by.filter(field => field !== 'activity')]),
      countsBy('days', ['day', 'user']),
    ]),
  ],
  build,
}

function build(input: ReportInput): Report {
  const fields = [...new Set(input.by)] as ActivityField[]
  const total = totalsOf(input, 'activity', 'days', { related: ['user'] })
  const groups = bothRanges(input, answers =>
    groupsOf(rollUp(tableOf(answers, 'activity', 'groups'), { by: ['event', 'feature', ...others(fields)] }), fields),
  )
  const labelOf = (key: KeyValue, index: number) =>
    key === null ? null : fields[index] === 'day' ? formatDay(key as Day) : String(key)
  const keyColumns = fields.map(
    (field, index): Column => ({
      ...(index === 0 ? NAME_COLUMN : { key: field, kind: 'text' as const }),
      title: TITLES[field],
    }),
  )
  const isByDay = fields.length === 1 && fields[0] === 'day'
  const section = buildTable(
    {
      name: 'groups',
      rowName: fields[0]!,
      title: TITLES[fields[0]!],
      keyColumns,
      jsonKeys: fields,
      columns: [
        columns.sumColumn('analyses', 'count', 'Count'),
        columns.shareColumn('analyses', total[0], 'events'),
        percentColumn(total[0]),
        columns.instantColumn('first', 'First seen', input.zone),
        columns.instantColumn('last', 'Last seen', input.zone),
        columns.ERRORS_COLUMN,
      ],
      order: isByDay ? 'time' : fields[0] === 'day' ? 'key' : ['count'],
      compared: ['count'],
      barKey: 'share',
      ...(isByDay ? { seriesKey: 'count' } : {}),
    },
    namedRows(...groups, labelOf),
    tableOptions(input),
  )
  return assembleReport(input, {
    name: 'activity',
    title: `Activity${fields.length === 1 && fields[0] === 'activity' ? '' : ` by ${fields.join(', ')}`}`,
    headlines: [
      sumHeadline('events', 'analyses', total),
      { label: total[0].distinct('user') === 1 ? 'user' : 'users', kind: 'count', value: total[0].distinct('user') },
    ],
    facts: [counted(groups[0].all.length, 'group')],
    lead: { by: fields, total: total[0].get('analyses') },
    sections: [{ key: 'groups', section }, calendarSection(input)],
  })
}

/** The share again, in percent. */
function percentColumn(total: Group): TableColumn {
  const whole = Number(total.get('analyses'))
  const value = ({ group }: { group: Group }) =>
    whole === 0 ? null : roundTo((Number(group.get('analyses')) * 100) / whole, 2)
  return { key: 'percent', title: 'Percent', kind: 'number', value, isOptional: true }
}

function others(fields: readonly ActivityField[]): ActivityField[] {
  return fields.filter(field => field !== 'activity')
}

// What somebody did is the feature that was used, or where there is none, the kind of event.
function groupsOf(rows: Groups, fields: readonly ActivityField[]): Groups {
  const groups = new Groups()
  const names = others(fields)
  for (const { keys, group } of rows.all) {
    const [event, feature, ...rest] = keys
    const keyOf = (field: ActivityField) => (field === 'activity' ? (feature ?? event!) : rest[names.indexOf(field)]!)
    groups.of(fields.map(keyOf)).merge(group)
  }
  return groups
}

/** Events a day, drawn as a calendar. */
function calendarSection(input: ReportInput): PlacedSection {
  const rows = bucketRows(input, 'day', ...rollUpBoth(input, 'activity', 'days', { by: ['day'], related: ['user'] }))
  const table = buildTable(
    {
      name: 'calendar',
      rowName: 'day',
      title: 'Days',
      keyColumns: [NAME_COLUMN],
      jsonKeys: ['day'],
      columns: [columns.sumColumn('analyses', 'count', 'Count'), columns.distinctColumn('user', 'users', 'Users')],
      order: 'time',
      compared: ['count'],
      seriesKey: 'count',
    },
    rows,
    { ...tableOptions(input), top: null, sort: null },
  )
  const first = rows[0]?.keys[0]
  const counts = rows.map(row => Number(row.group.get('analyses')))
  // Days far apart leave out what lies between them.
  const hasAllDays = rows.length > 0 && Number(rows.at(-1)!.keys[0]) - Number(first) === rows.length - 1
  const calendar = hasAllDays ? { calendar: { firstDay: first as Day, counts } } : {}
  return { key: 'days', section: { ...table, ...calendar } }
}
