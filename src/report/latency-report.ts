// The latency report: how long requests and model calls took, by endpoint, model, client and over time.
import { durationsBy, question, REQUEST_KINDS } from './group/group-bys.ts'
import { rollUp } from './group/roll-up.ts'
import type { Report } from './model/report.ts'
import type { ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport } from './table/assemble-report.ts'
import { bothRanges, rollUpBoth, tableOf, tableOptions, totalsOf } from './table/both-ranges.ts'
import { bucketUnitOf } from './table/buckets.ts'
import { namedTable, timeTable } from './table/named-table.ts'
import { sketchHistogram } from './table/sketch-histogram.ts'
import { summarySection } from './table/summary-section.ts'
import * as columns from './table/table-columns.ts'
import type { TableColumn } from './table/table-spec.ts'

export const report: ReportDefinition = {
  name: 'latency',
  sections: ['summary', 'distribution', 'endpoints', 'models', 'clients', 'buckets'],
  hasCost: false,
  questions: ({ range }) => [
    question('latency', REQUEST_KINDS, [
      durationsBy('endpoints', ['endpoint']),
      durationsBy('models', ['model']),
      durationsBy('clients', ['client']),
      durationsBy('buckets', [bucketUnitOf(range)]),
    ]),
  ],
  build,
}

/** Events with a duration. */
const TIMED: TableColumn = { ...columns.sumColumn('timed', 'events', 'Events'), formerKey: 'requests' }
const QUANTILES = [50, 90, 95, 99, 100].map(columns.quantileColumn)
const COLUMNS = [TIMED, columns.MEAN_COLUMN, ...QUANTILES]

function build(input: ReportInput): Report {
  const unit = bucketUnitOf(input.range)
  const total = totalsOf(input, 'latency', 'clients')
  const by = (groupBy: string, key: string) =>
    bothRanges(input, answers => rollUpTimed(tableOf(answers, 'latency', groupBy), key))
  const how = { columns: COLUMNS, compared: ['mean_duration_ms'] }
  return assembleReport(input, {
    name: 'latency',
    title: 'Latency',
    headlines: [
      { label: 'mean', kind: 'duration', value: columns.meanDurationMs(total[0]) },
      ...[50, 95, 99].map(percent => ({
        label: `p${percent}`,
        kind: 'duration' as const,
        value: columns.durationQuantileMs(total[0], percent / 100),
      })),
      { label: 'events with a duration', kind: 'count', value: total[0].get('timed') },
    ],
    sections: [
      summarySection(COLUMNS, total, tableOptions(input), ['mean_duration_ms']),
      sketchHistogram('distribution', 'Took', total[0].sketch, 'duration', 'events'),
      {
        key: 'byEndpoint',
        section: namedTable(
          input,
          { ...how, name: 'endpoints', rowName: 'endpoint', title: 'Endpoints' },
          by('endpoints', 'endpoint'),
        ),
      },
      {
        key: 'byModel',
        section: namedTable(
          input,
          { ...how, name: 'models', rowName: 'model', title: 'Models' },
          by('models', 'model'),
        ),
      },
      {
        key: 'byClient',
        section: namedTable(
          input,
          { ...how, name: 'clients', rowName: 'client', title: 'Clients' },
          by('clients', 'client'),
        ),
      },
      {
        key: 'buckets',
        section: timeTable(
          input,
          unit,
          { ...how, name: 'buckets', jsonKeys: ['timestamp'], seriesKey: 'p95_duration_ms' },
          rollUpBoth(input, 'latency', 'buckets', { by: [unit] }),
        ),
      },
    ],
  })
}

// What has no duration says nothing here.
function rollUpTimed(table: Parameters<typeof rollUp>[0], key: string) {
  return rollUp(table, { by: [key] }).filter(group => Number(group.get('timed')) > 0)
}
