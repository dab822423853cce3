// The dashboard as tables, for the formats that people read; its JSON document has a shape of its own.
import type { Groups } from './group/group.ts'
import type { ReportInput } from './model/report-definition.ts'
import type { PlacedSection } from './table/assemble-report.ts'
import { tableOptions } from './table/both-ranges.ts'
import { namedTable } from './table/named-table.ts'
import { buildTable } from './table/table.ts'
import * as columns from './table/table-columns.ts'
import { NAME_COLUMN, type TableRow } from './table/table-spec.ts'

/** What the document calls requests: requests, or where there are none, analyses. */
export type Counted = 'requests' | 'analyses'

export interface CountedGroups {
  readonly are: Counted
  readonly groups: Groups
}

export function dashboardTables(
  input: ReportInput,
  unit: 'hour' | 'day',
  buckets: { readonly are: Counted; readonly rows: readonly TableRow[] },
  models: CountedGroups,
  countries: CountedGroups,
): PlacedSection[] {
  const countOf = (are: Counted) => columns.sumColumn('analyses', are, are === 'requests' ? 'Requests' : 'Analyses')
  const named = (name: string, rowName: string, heading: string, { are, groups }: CountedGroups): PlacedSection => ({
    key: null,
    section: namedTable(input, { name, rowName, title: heading, columns: [countOf(are), columns.ERRORS_COLUMN] }, [
      groups,
      null,
    ]),
  })
  const overTime = buildTable(
    {
      name: 'buckets',
      rowName: unit,
      title: unit === 'day' ? 'Dates' : 'Hours',
      keyColumns: [NAME_COLUMN],
      jsonKeys: ['timestamp'],
      columns: [countOf(buckets.are), columns.ERRORS_COLUMN, ...columns.costColumns(input), columns.MEAN_COLUMN],
      order: 'time',
      compared: [],
      seriesKey: buckets.are,
    },
    buckets.rows,
    tableOptions(input),
  )
  return [
    { key: null, section: overTime },
    named('models', 'model', 'Models', models),
    named('countries', 'country', 'Countries', countries),
  ]
}
