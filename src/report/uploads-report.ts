// The uploads report: how many files were uploaded, how large they were, of which types, on which days.
import { countsBy, extraNumber, extraText, question, valuesBy } from './group/group-bys.ts'
import type { Report } from './model/report.ts'
import type { ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport } from './table/assemble-report.ts'
import { headline, rollUpBoth, sumHeadline, tableOptions, totalsOf } from './table/both-ranges.ts'
import { namedTable, timeTable } from './table/named-table.ts'
import { sketchHistogram } from './table/sketch-histogram.ts'
import { summarySection } from './table/summary-section.ts'
import * as columns from './table/table-columns.ts'
import type { TableColumn } from './table/table-spec.ts'
import { meanOf, quantileOf, valueColumns } from './table/value-columns.ts'

const SIZE = extraNumber('file_size_bytes')
const ROWS = extraNumber('rows')

export const report: ReportDefinition = {
  name: 'uploads',
  sections: ['summary', 'sizes', 'rows', 'types', 'dates'],
  hasCost: false,
  questions: () => [
    question(
      'uploads',
      ['file_upload'],
      [
        valuesBy('types', ['file_type'], SIZE),
        valuesBy('days', ['day'], SIZE),
        valuesBy('rows', [], ROWS),
        countsBy('users', ['user']),
      ],
      [extraText('file_type'), SIZE, ROWS],
    ),
  ],
  build,
}

function build(input: ReportInput): Report {
  const sizes = totalsOf(input, 'uploads', 'types')
  const rows = totalsOf(input, 'uploads', 'rows')
  const users = totalsOf(input, 'uploads', 'users', { related: ['user'] })
  const files = columns.sumColumn('analyses', 'files', 'Files')
  const list = [files, columns.shareColumn('analyses', sizes[0], 'files'), ...valueColumns(SIZE, 'bytes', 'bytes')]
  const ofRows = (key: string, title: string, value: number | bigint | null): TableColumn => ({
    key,
    title,
    kind: 'count',
    value: () => value,
  })
  return assembleReport(input, {
    name: 'uploads',
    title: 'Uploads',
    headlines: [
      sumHeadline('files', 'analyses', sizes),
      headline('in all', 'bytes', sizes[0].get(SIZE.name), sizes[1]?.get(SIZE.name)),
      headline('median', 'bytes', quantileOf(sizes[0], 0.5)),
      headline('users', 'count', users[0].distinct('user'), users[1]?.distinct('user')),
    ],
    sections: [
      summarySection(
        [
          files,
          ...valueColumns(SIZE, 'bytes', 'bytes'),
          ofRows('total_rows', 'Rows', rows[0].get(ROWS.name)),
          ofRows('mean_rows', 'Mean rows', meanOf(rows[0], ROWS)),
          ofRows('median_rows', 'Median rows', quantileOf(rows[0], 0.5)),
          ofRows('max_rows', 'Most rows', quantileOf(rows[0], 1)),
          { key: 'users', title: 'Users', kind: 'count', value: () => users[0].distinct('user') },
        ],
        sizes,
        tableOptions(input),
        ['files'],
      ),
      sketchHistogram('sizes', 'Size', sizes[0].sketch, 'bytes', 'files'),
      sketchHistogram('rows', 'Rows', rows[0].sketch, 'count', 'files'),
      {
        key: 'byType',
        section: namedTable(
          input,
          { name: 'types', rowName: 'type', title: 'Types', columns: list },
          rollUpBoth(input, 'uploads', 'types', { by: ['file_type'] }),
        ),
      },
      {
        key: 'byDay',
        section: timeTable(
          input,
          'day',
          { name: 'dates', jsonKeys: ['day'], columns: list },
          rollUpBoth(input, 'uploads', 'days', { by: ['day'] }),
        ),
      },
    ],
  })
}
