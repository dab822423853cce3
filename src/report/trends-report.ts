// The trends report: each headline metric of the range compared with the one before, and its course over time.
import { countRatings } from './feedback-report.ts'
import type { Groups } from './group/group.ts'
import { countsBy, durationsBy, extraText, question, usageBy } from './group/group-bys.ts'
import { rollUp } from './group/roll-up.ts'
import type { Report } from './model/report.ts'
import type { Answers, ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport } from './table/assemble-report.ts'
import { bothRanges, headline, sumHeadline, tableOf, totalsOf } from './table/both-ranges.ts'
import { bucketUnitOf } from './table/buckets.ts'
import { timeTable } from './table/named-table.ts'
import * as columns from './table/table-columns.ts'
import { type Facts, metricSection } from './trends-metrics.ts'

export const report: ReportDefinition = {
  name: 'trends',
  sections: ['metrics', 'series'],
  hasCost: true,
  isAlwaysCompared: true,
  questions: ({ range }) => [
    question('usage', 'usage', [
      usageBy('usage', [bucketUnitOf(range)]),
      durationsBy('durations', [bucketUnitOf(range)]),
      countsBy('clients', ['client']),
    ]),
    question(
      'events',
      'all',
      [
        countsBy('kinds', ['event', 'rating']),
        countsBy('users', ['user']),
        countsBy('requests', ['event', bucketUnitOf(range)]),
      ],
      [extraText('rating')],
    ),
  ],
  build,
}

function build(input: ReportInput): Report {
  const [now, before] = bothRanges(input, answers => factsOf(answers, input))
  const unit = bucketUnitOf(input.range)
  const total = totalsOf(input, 'usage', 'usage', { basisOf: input.basisOf })
  const series = bothRanges(input, answers => seriesOf(answers, unit, input))
  const list = [
    columns.sumColumn('analyses', 'analyses', 'Analyses'),
    ...columns.costColumns(input),
    columns.TOKEN_COLUMNS.at(-1)!,
    columns.ERRORS_COLUMN,
    columns.sumColumn('requests', 'requests', 'Requests'),
    ...columns.unpricedColumns(input.prices),
  ]
  return assembleReport(input, {
    name: 'trends',
    title: 'Trends',
    // In the first version requests were analyses.
    schema: 'trends-report@2',
    headlines: [
      ...columns.costHeadline(input, total),
      sumHeadline('analyses', 'analyses', total),
      headline('active users', 'count', now.users.distinct('user'), before?.users.distinct('user')),
    ],
    notes:
      before === null
        ? [
            {
              kind: 'info',
              text: `The range ${input.range.from === null ? 'has no start' : 'begins after now'}, so there is no range before it to compare with.`,
              hint: 'Add one, such as --last-days 7.',
            },
          ]
        : [],
    priced: { table: 'usage', total: total[0] },
    sections: [
      metricSection(now, before, input),
      {
        key: 'series',
        section: timeTable(
          ofAllEvents(input),
          unit,
          { name: 'series', jsonKeys: ['timestamp'], columns: list },
          series,
        ),
      },
    ],
  })
}

// Analyses, and requests beside them.
function seriesOf(answers: Answers, unit: 'hour' | 'day', { basisOf }: ReportInput): Groups {
  const groups = rollUp(tableOf(answers, 'usage', 'usage'), { by: [unit], basisOf })
  const isRequest = (keyOf: (name: string) => unknown) => keyOf('event') === 'request'
  const requests = rollUp(tableOf(answers, 'events', 'requests'), { by: [unit], where: isRequest })
  for (const { keys, group } of requests.all) groups.of(keys).add('requests', group.get('analyses'))
  return groups
}

// The last bucket is that of the last event, whichever kind it is of.
function ofAllEvents(input: ReportInput): ReportInput {
  const { firstInstant, lastInstant } = input.answers.byName.get('events')!
  return { ...input, tally: { ...input.tally, firstInstant, lastInstant } }
}

function factsOf(answers: Answers, { basisOf }: ReportInput): Facts {
  const total = (questionName: string, groupBy: string, how: Omit<Parameters<typeof rollUp>[1], 'by'> = {}) =>
    rollUp(tableOf(answers, questionName, groupBy), { by: [], ...how }).of([])
  return {
    usage: total('usage', 'usage', { basisOf }),
    durations: total('usage', 'durations'),
    clients: total('usage', 'clients', { related: ['client'] }),
    users: total('events', 'users', { related: ['user'] }),
    kinds: total('events', 'kinds', {
      countAs: keyOf => [`kind:${keyOf('event')}`, ...(keyOf('event') === 'feedback' ? countRatings(keyOf) : [])],
    }),
  }
}
