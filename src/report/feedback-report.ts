// The feedback report: how users rated what they got, over time, by profile and by model.
import { ratio, roundTo } from './group/change.ts'
import type { Group } from './group/group.ts'
import { countsBy, extraText, question } from './group/group-bys.ts'
import type { RollUp } from './group/roll-up.ts'
import type { Report } from './model/report.ts'
import type { ReportDefinition, ReportInput } from './model/report-definition.ts'
import { assembleReport, type PlacedSection } from './table/assemble-report.ts'
import { headline, rollUpBoth, sumHeadline, tableOptions, totalsOf } from './table/both-ranges.ts'
import { namedTable, timeTable } from './table/named-table.ts'
import { summarySection } from './table/summary-section.ts'
import * as columns from './table/table-columns.ts'
import type { TableColumn } from './table/table-spec.ts'

export const RATINGS = [1, 2, 3, 4, 5] as const

export const report: ReportDefinition = {
  name: 'feedback',
  sections: ['summary', 'ratings', 'dates', 'profiles', 'models'],
  hasCost: false,
  questions: () => [
    question(
      'feedback',
      ['feedback'],
      [countsBy('ratings', ['rating', 'profile', 'model']), countsBy('days', ['rating', 'day', 'user'])],
      [extraText('rating')],
    ),
  ],
  build,
}

/** A rating that is no whole number from 1 to 5 counts as feedback without one. */
export const countRatings: NonNullable<RollUp['countAs']> = keyOf => {
  const rating = Number(keyOf('rating'))
  return RATINGS.some(known => known === rating) ? ['rated', `rating${rating}`] : []
}

export function meanRating(group: Group): number | null {
  const rated = Number(group.get('rated'))
  const sum = RATINGS.reduce((total, rating) => total + rating * Number(group.get(`rating${rating}`)), 0)
  return rated === 0 ? null : roundTo(sum / rated, 4)
}

/** Every rating from 1 to 5, also those that nobody gave. */
export function ratingDistribution(group: Group) {
  return RATINGS.map(rating => {
    const count = Number(group.get(`rating${rating}`))
    return { rating, count, share: ratio(count, group.get('rated')) }
  })
}

function build(input: ReportInput): Report {
  const countAs = countRatings
  const total = totalsOf(input, 'feedback', 'days', { countAs, related: ['user'] })
  const by = (groupBy: string, key: string) => rollUpBoth(input, 'feedback', groupBy, { by: [key], countAs })
  const list = [COUNT_COLUMN, MEAN_COLUMN, ...RATINGS.map(ratingColumn)]
  return assembleReport(input, {
    name: 'feedback',
    title: 'Feedback',
    headlines: [
      headline('mean rating', 'number', meanRating(total[0])),
      sumHeadline('feedback', 'analyses', total),
      { label: 'users', kind: 'count', value: total[0].distinct('user') },
    ],
    sections: [
      summarySection(
        [
          COUNT_COLUMN,
          columns.sumColumn('rated', 'rated', 'Rated'),
          MEAN_COLUMN,
          columns.distinctColumn('user', 'users', 'Users'),
        ],
        total,
        tableOptions(input),
        ['count'],
      ),
      ratingSection(total[0]),
      {
        key: 'byDay',
        section: timeTable(input, 'day', { name: 'dates', jsonKeys: ['day'], columns: list }, by('days', 'day')),
      },
      {
        key: 'byProfile',
        section: namedTable(
          input,
          { name: 'profiles', rowName: 'profile', title: 'Profiles', columns: list },
          by('ratings', 'profile'),
        ),
      },
      {
        key: 'byModel',
        section: namedTable(
          input,
          { name: 'models', rowName: 'model', title: 'Models', columns: list },
          by('ratings', 'model'),
        ),
      },
    ],
  })
}

const COUNT_COLUMN = columns.sumColumn('analyses', 'count', 'Count')
const MEAN_COLUMN: TableColumn = {
  key: 'mean_rating',
  title: 'Mean',
  kind: 'number',
  value: ({ group }) => meanRating(group),
}

function ratingColumn(rating: number): TableColumn {
  return columns.sumColumn(`rating${rating}`, `rating_${rating}`, `Rated ${rating}`)
}

/** What there was of each rating. */
export function ratingSection(total: Group): PlacedSection {
  const bars = ratingDistribution(total)
  return {
    key: 'ratingDistribution',
    section: {
      name: 'ratings',
      rowName: 'rating',
      title: 'Ratings',
      columns: [
        { key: 'name', title: 'Ratings', kind: 'text' },
        { key: 'count', title: 'Count', kind: 'count' },
        { key: 'share', title: 'Share of ratings', kind: 'share' },
      ],
      rows: bars.map(({ rating, count, share }) => [String(rating), count, share]),
      objects: bars,
      shown: ['name', 'count', 'share'],
      optional: [],
      barKey: 'share',
      histogram: bars.map(({ rating, count }) => ({ label: String(rating), count, stars: rating })),
      series: null,
      rest: null,
    },
  }
}
