// The countries report: events (requests and model calls), users and cost by country.
import { countsBy, question, REQUEST_KINDS, usageBy } from './group/group-bys.ts'
import { rollUp } from './group/roll-up.ts'
import type { Report } from './model/report.ts'
import type { ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport } from './table/assemble-report.ts'
import { bothRanges, counted, sumHeadline, tableOf, totalsOf } from './table/both-ranges.ts'
import { namedTable } from './table/named-table.ts'
import * as columns from './table/table-columns.ts'
import type { TableColumn } from './table/table-spec.ts'

export const report: ReportDefinition = {
  name: 'countries',
  sections: ['countries'],
  hasCost: true,
  questions: () => [
    question('countries', REQUEST_KINDS, [
      usageBy('usage', ['country', 'event']),
      countsBy('users', ['country', 'user']),
    ]),
  ],
  build,
}

const EVENTS_COLUMN: TableColumn = { ...columns.sumColumn('analyses', 'events', 'Events'), formerKey: 'requests' }

function build(input: ReportInput): Report {
  const { basisOf } = input
  const total = totalsOf(input, 'countries', 'usage', { basisOf, related: ['country'] })
  const countries = bothRanges(input, answers => {
    const groups = rollUp(tableOf(answers, 'countries', 'usage'), { by: ['country'], basisOf })
    for (const { keys, group } of rollUp(tableOf(answers, 'countries', 'users'), { by: ['country'], related: ['user'] })
      .all) {
      for (const user of group.related('user') ?? []) groups.of(keys).relate('user', user)
    }
    return groups
  })
  const list = [
    EVENTS_COLUMN,
    columns.shareColumn('analyses', total[0], 'events'),
    columns.distinctColumn('user', 'users', 'Users'),
    ...columns.costColumns(input),
    columns.ERRORS_COLUMN,
    ...columns.unpricedColumns(input.prices),
  ]
  return assembleReport(input, {
    name: 'countries',
    title: 'Countries',
    headlines: [sumHeadline('events', 'analyses', total), ...columns.costHeadline(input, total)],
    facts: [counted(total[0].distinct('country'), 'country', 'countries')],
    priced: { table: 'usage', total: total[0] },
    sections: [
      {
        key: 'countries',
        section: namedTable(
          input,
          {
            name: 'countries',
            rowName: 'country',
            title: 'Countries',
            columns: list,
            shown: ['events', 'share', 'users', ...columns.shownCost(input), 'errors'],
          },
          countries,
        ),
      },
    ],
  })
}
