// The features report: for each feature the analyses, users and errors, and how many users adopted it over time.
import { ratio } from './group/change.ts'
import { countsBy, question } from './group/group-bys.ts'
import type { Report } from './model/report.ts'
import type { ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport } from './table/assemble-report.ts'
import { counted, errorHeadline, rollUpBoth, sumHeadline, totalsOf } from './table/both-ranges.ts'
import { namedTable } from './table/named-table.ts'
import * as columns from './table/table-columns.ts'
import type { TableColumn } from './table/table-spec.ts'

export const report: ReportDefinition = {
  name: 'features',
  sections: ['features'],
  hasCost: false,
  questions: () => [question('features', 'usage', [countsBy('features', ['feature', 'user'])])],
  build,
}

function build(input: ReportInput): Report {
  const hasFeature = (keyOf: (name: string) => unknown) => keyOf('feature') !== null
  const total = totalsOf(input, 'features', 'features', { where: hasFeature, related: ['user', 'feature'] })
  const everybody = totalsOf(input, 'features', 'features', { related: ['user'] })
  const features = rollUpBoth(input, 'features', 'features', { by: ['feature'], related: ['user'], where: hasFeature })
  const uses: TableColumn = { ...columns.sumColumn('analyses', 'analyses', 'Analyses'), formerKey: 'uses' }
  const adoption: TableColumn = {
    key: 'adoption',
    title: 'Adoption',
    kind: 'share',
    value: ({ group }) => ratio(group.distinct('user'), everybody[0].distinct('user')),
  }
  return assembleReport(input, {
    name: 'features',
    title: 'Features',
    headlines: [sumHeadline('analyses', 'analyses', total), errorHeadline(total)],
    facts: [counted(total[0].distinct('feature'), 'feature'), counted(everybody[0].distinct('user'), 'user')],
    sections: [
      {
        key: 'features',
        section: namedTable(
          input,
          {
            name: 'features',
            rowName: 'feature',
            title: 'Features',
            columns: [
              uses,
              columns.shareColumn('analyses', total[0], 'analyses'),
              columns.distinctColumn('user', 'users', 'Users'),
              adoption,
              ...(input.before === null ? [] : newUserColumns(everybody[1]?.distinct('user') ?? 0)),
              columns.ERRORS_COLUMN,
              columns.ERROR_RATE_COLUMN,
            ],
          },
          features,
        ),
      },
    ],
  })
}

// Against the range before: who used it then, what part of all that was, and who is new to it.
function newUserColumns(usersBefore: number): TableColumn[] {
  return [
    {
      key: 'previous_users',
      title: 'Users before',
      kind: 'count',
      value: ({ previous }) => previous?.distinct('user') ?? 0,
    },
    {
      key: 'previous_adoption',
      title: 'Adoption before',
      kind: 'share',
      value: ({ previous }) => ratio(previous?.distinct('user') ?? 0, usersBefore),
    },
    {
      key: 'new_users',
      title: 'New',
      kind: 'count',
      value: ({ group, previous }) => {
        const before = previous?.related('user')
        return [...(group.related('user') ?? [])].filter(user => before?.has(user) !== true).length
      },
    },
  ]
}
