// The models report: how often each model was used, what failed, its tokens, cost and latency, by day too.
import type { Groups } from './group/group.ts'
import { durationsBy, question, usageBy } from './group/group-bys.ts'
import { addSketches, rollUp } from './group/roll-up.ts'
import type { Report } from './model/report.ts'
import type { Answers, ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport } from './table/assemble-report.ts'
import { type Both, counted, errorHeadline, headline, sumHeadline, tableOf, totalsOf } from './table/both-ranges.ts'
import { namedTable, timeTable } from './table/named-table.ts'
import * as columns from './table/table-columns.ts'

export const report: ReportDefinition = {
  name: 'models',
  sections: ['models', 'dates'],
  hasCost: true,
  questions: () => [
    question('models', 'usage', [
      usageBy('usage', ['day']),
      durationsBy('modelDurations', ['model']),
      durationsBy('dayDurations', ['day']),
    ]),
  ],
  build,
}

function build(input: ReportInput): Report {
  const { basisOf } = input
  const total = totalsOf(input, 'models', 'usage', { basisOf, related: ['model'] })
  const by = (key: 'model' | 'day', durations: string): Both<Groups> => {
    const make = (answers: Answers) => withDurations(answers, rollUpUsage(answers, key, input), durations, key)
    return [make(input.answers), input.before === null ? null : make(input.before)]
  }
  const list = [
    columns.ANALYSES_COLUMN,
    columns.shareColumn('analyses', total[0], 'analyses'),
    columns.ERRORS_COLUMN,
    columns.ERROR_RATE_COLUMN,
    ...columns.TOKEN_COLUMNS,
    ...columns.costColumns(input),
    columns.MEAN_COLUMN,
    columns.quantileColumn(95),
    ...columns.unpricedColumns(input.prices),
  ]
  const cost = columns.shownCost(input)
  const shown = ['analyses', 'share', ...cost, 'errors', 'total_tokens', 'p95_duration_ms', 'mean_duration_ms']
  return assembleReport(input, {
    name: 'models',
    title: 'Models',
    headlines: [
      ...columns.costHeadline(input, total),
      sumHeadline('analyses', 'analyses', total),
      headline('tokens', 'tokens', columns.totalTokens(total[0]), total[1] && columns.totalTokens(total[1])),
      errorHeadline(total),
    ],
    facts: [counted(total[0].distinct('model'), 'model')],
    priced: { table: 'usage', total: total[0] },
    sections: [
      {
        key: 'byModel',
        section: namedTable(
          input,
          { name: 'models', rowName: 'model', title: 'Models', columns: list, shown },
          by('model', 'modelDurations'),
        ),
      },
      {
        key: 'byDay',
        section: timeTable(
          input,
          'day',
          { name: 'dates', jsonKeys: ['day'], columns: list, shown },
          by('day', 'dayDurations'),
        ),
      },
    ],
  })
}

function rollUpUsage(answers: Answers, key: string, { basisOf }: ReportInput): Groups {
  return rollUp(tableOf(answers, 'models', 'usage'), { by: [key], basisOf })
}

// Durations are kept apart from costs, since they need no rate class; only their sketches are taken from there.
function withDurations(answers: Answers, groups: Groups, groupBy: string, key: string): Groups {
  addSketches(tableOf(answers, 'models', groupBy), [key], groups)
  return groups
}
