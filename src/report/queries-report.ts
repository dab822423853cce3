// The queries report: what users ask: suggested or typed, how long, for which analysis type, and how it was answered.
import { ratio } from './group/change.ts'
import type { Groups } from './group/group.ts'
import { durationsBy, extraNumber, extraText, question, valuesBy } from './group/group-bys.ts'
import { type RollUp, rollUp } from './group/roll-up.ts'
import type { Report } from './model/report.ts'
import type { Answers, ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport } from './table/assemble-report.ts'
import { bothRanges, sumHeadline, tableOf, tableOptions } from './table/both-ranges.ts'
import { namedTable, timeTable } from './table/named-table.ts'
import { sketchHistogram } from './table/sketch-histogram.ts'
import { summarySection } from './table/summary-section.ts'
import * as columns from './table/table-columns.ts'
import type { TableColumn } from './table/table-spec.ts'
import { meanOf, quantileOf } from './table/value-columns.ts'

const LENGTH = extraNumber('text_length')
const QUERY = 'user_query'
const RESPONSE = 'agent_response'

export const report: ReportDefinition = {
  name: 'queries',
  sections: ['summary', 'lengths', 'types', 'dates'],
  hasCost: false,
  questions: () => [
    question(
      'queries',
      [QUERY, RESPONSE],
      [
        valuesBy('queries', ['event', 'feature', 'day', 'suggested'], LENGTH),
        durationsBy('responses', ['event', 'feature', 'day', 'has_visualization']),
      ],
      [extraText('suggested'), extraText('has_visualization'), LENGTH],
    ),
  ],
  build,
}

const countQueries: NonNullable<RollUp['countAs']> = keyOf => [
  'queries',
  keyOf('suggested') === 'true' ? 'suggested' : 'typed',
]
const countResponses: NonNullable<RollUp['countAs']> = keyOf => [
  'responses',
  ...(keyOf('has_visualization') === 'true' ? ['visualized'] : []),
]

// Of queries the sketch is of their length; of responses, which are groups of their own, of their duration.
function queriesBy(answers: Answers, by: readonly string[]): Groups {
  const where: NonNullable<RollUp['where']> = keyOf => keyOf('event') === QUERY
  const groups = rollUp(tableOf(answers, 'queries', 'queries'), { by, where, countAs: countQueries })
  for (const { keys, group } of responsesBy(answers, by).all) {
    const into = groups.of(keys)
    for (const sum of ['responses', 'visualized', 'durationUs', 'timed']) into.add(sum, group.get(sum))
  }
  return groups
}

function responsesBy(answers: Answers, by: readonly string[]): Groups {
  const where: NonNullable<RollUp['where']> = keyOf => keyOf('event') === RESPONSE
  return rollUp(tableOf(answers, 'queries', 'responses'), { by, where, countAs: countResponses })
}

function build(input: ReportInput): Report {
  const total = bothRanges(input, answers => queriesBy(answers, []).of([]))
  const responses = responsesBy(input.answers, []).of([])
  const by = (key: string) => bothRanges(input, answers => queriesBy(answers, [key]))
  const p95: TableColumn = {
    key: 'p95_processing_ms',
    title: 'p95',
    kind: 'duration',
    value: () => columns.durationQuantileMs(responses, 0.95),
  }
  const shown = [
    'queries',
    'suggested',
    'typed',
    'mean_length',
    'responses',
    'with_visualization',
    'mean_processing_ms',
  ]
  return assembleReport(input, {
    name: 'queries',
    title: 'Queries',
    headlines: [
      sumHeadline('queries', 'queries', total),
      { label: 'suggested', kind: 'share', value: ratio(total[0].get('suggested'), total[0].get('queries')) },
      sumHeadline('responses', 'responses', total),
      { label: 'mean processing', kind: 'duration', value: columns.meanDurationMs(total[0]) },
    ],
    sections: [
      summarySection([...COLUMNS, MEDIAN_LENGTH, p95], total, tableOptions(input), ['queries']),
      sketchHistogram('lengths', 'Length', total[0].sketch, 'count', 'queries'),
      {
        key: 'byType',
        section: namedTable(
          input,
          { name: 'types', rowName: 'type', title: 'Types', columns: COLUMNS, shown },
          by('feature'),
        ),
      },
      {
        key: 'byDay',
        section: timeTable(input, 'day', { name: 'dates', jsonKeys: ['day'], columns: COLUMNS, shown }, by('day')),
      },
    ],
  })
}

const MEDIAN_LENGTH: TableColumn = {
  key: 'median_length',
  title: 'Median length',
  kind: 'number',
  value: ({ group }) => quantileOf(group, 0.5),
}

const COLUMNS: readonly TableColumn[] = [
  columns.sumColumn('queries', 'queries', 'Queries'),
  columns.sumColumn('suggested', 'suggested', 'Suggested'),
  columns.sumColumn('typed', 'typed', 'Typed'),
  {
    key: 'suggested_share',
    title: 'Suggested',
    kind: 'share',
    value: ({ group }) => ratio(group.get('suggested'), group.get('queries')),
  },
  { key: 'mean_length', title: 'Length', kind: 'number', value: ({ group }) => meanOf(group, LENGTH) },
  columns.sumColumn('responses', 'responses', 'Responses'),
  columns.sumColumn('visualized', 'with_visualization', 'Visualized'),
  {
    key: 'visualization_share',
    title: 'Visualized',
    kind: 'share',
    value: ({ group }) => ratio(group.get('visualized'), group.get('responses')),
  },
  { ...columns.MEAN_COLUMN, key: 'mean_processing_ms', title: 'Processing' },
]
