// The dashboard: every metric of a range in one document, for a page to draw. Its shape is the same for empty logs.
import type { JsonValue } from '../base/json.ts'
import type { DashboardView } from '../query/dashboard-view.ts'
import type { KeyValue } from '../tally/key-table.ts'
import {
  addUsage,
  breakdownsOf,
  type Counted,
  type CountedGroups,
  eventBreakdowns,
  groupsOf,
  namedGroups,
  requestsOf,
  stackBy,
  usageBreakdowns,
} from './dashboard-groups.ts'
import { feedbackOf, summaryOf, threatsOf, usersOf } from './dashboard-summaries.ts'
import { DASHBOARD_SECTIONS, dashboardTables } from './dashboard-tables.ts'
import { countRatings } from './feedback-report.ts'
import { Group, Groups } from './group/group.ts'
import { countsBy, durationsBy, extraText, question, usageBy } from './group/group-bys.ts'
import { rollUp } from './group/roll-up.ts'
import type { Report, Section } from './model/report.ts'
import type { Answers, ReportDefinition, ReportInput } from './model/report-definition.ts'
import { sessionQuestion } from './session/sessions.ts'
import { assembleReport } from './table/assemble-report.ts'
import { bothRanges, headline, rollUpBoth, sumHeadline, tableOf, totalsOf } from './table/both-ranges.ts'
import { bucketUnitOf, timeKeysBetween } from './table/buckets.ts'
import { compareKeys } from './table/order.ts'
import * as columns from './table/table-columns.ts'
import { meanDurationMs, totalTokens } from './table/table-columns.ts'
import { labelOfBucket } from './table/table-rows.ts'
import type { TableRow } from './table/table-spec.ts'
import { countThreats, THREAT_EXTRAS } from './threats-report.ts'

const PLAIN_VIEW: DashboardView = { metric: 'requests', stackBy: null }

/** `rangeName` is what was asked for: "7d", or "custom". */
export function dashboardDefinition(rangeName: string, view = PLAIN_VIEW): ReportDefinition {
  return {
    name: 'dashboard',
    sections: DASHBOARD_SECTIONS,
    hasCost: true,
    questions: ({ range, idleMs }) => [
      question('usage', 'usage', [
        usageBy('usage', [bucketUnitOf(range)]),
        durationsBy('buckets', [bucketUnitOf(range)]),
        countsBy('codes', ['status_code', 'error_type', 'status']),
        countsBy('hours', ['hour']),
        ...usageBreakdowns(),
        ...stackBy(view.stackBy, bucketUnitOf(range), true),
      ]),
      question(
        'events',
        'all',
        [
          durationsBy('buckets', ['event', bucketUnitOf(range)]),
          countsBy('codes', ['event', 'status_code', 'error_type', 'status']),
          countsBy('hours', ['event', 'hour']),
          ...eventBreakdowns(),
          ...stackBy(view.stackBy, bucketUnitOf(range), false),
          countsBy('kinds', ['event', 'rating', 'threat_type', 'severity', 'resolved']),
        ],
        [extraText('rating'), ...THREAT_EXTRAS],
      ),
      sessionQuestion(idleMs, 'costs'),
    ],
    build: input => build(input, rangeName, view),
  }
}

function build(input: ReportInput, rangeName: string, view: DashboardView): Report {
  const { basisOf, zone, answers } = input
  const unit = bucketUnitOf(input.range)
  const totals = totalsOf(input, 'usage', 'usage', { basisOf })
  const [total] = totals
  const usage = rollUpBoth(input, 'usage', 'usage', { by: [unit], basisOf })
  const [costs] = usage
  const requests = requestsOf(answers, 'buckets', { by: [unit] })
  const { are } = requests
  const buckets = groupsOf(answers, are, 'buckets', { by: [unit] })
  const isTimed = Number(buckets.total().get('timed')) > 0
  // Requests that say nothing of how long they took leave that to analyses.
  const timed = bothRanges(input, all => groupsOf(all, isTimed ? are : 'analyses', 'buckets', { by: [unit] }))
  const kinds = tableOf(answers, 'events', 'kinds')
  const users = totalsOf(input, 'events', 'users', { related: ['user'] })
  const present = [...buckets.all, ...costs.all].map(({ keys }) => keys[0]!)
  const keys = bucketKeys(input, unit, new Set(present))
  const series = <T extends JsonValue>(make: (key: number) => { [key: string]: T }) =>
    keys.map(key => ({ timestamp: labelOfBucket(unit, key, zone), ...make(key) }))
  const at = (groups: Groups, key: number) => groups.find([key]) ?? new Group()
  const all = bothRanges(input, one => groupsOf(one, are, 'buckets', { by: [] }).of([]))
  const models = namedGroups(answers, 'models', 'model')
  const countries = namedGroups(answers, 'countries', 'country')
  const bucketRows = keys.map((key): TableRow => {
    const group = new Group()
    group.merge(at(buckets, key))
    if (!isTimed) addDurations(group, at(timed[0], key))
    addUsage(group, at(costs, key))
    return { keys: [key], labels: [labelOfBucket(unit, key, zone)], group, previous: null }
  })
  const spark = (value: (group: Group) => number | bigint | null) =>
    bucketRows.map(({ group }) => Number(value(group) ?? 0))
  const tables = dashboardTables(input, {
    unit,
    are,
    view,
    buckets: bucketRows,
    breakdowns: breakdownsOf(input),
    codes: bothRanges(input, one => codesOf(one, are)),
    hours: groupsOf(answers, are, 'hours', { by: ['hour'] }),
  })
  return assembleReport(input, {
    name: 'dashboard',
    title: 'Dashboard',
    schema: 'dashboard@1',
    headlines: [
      ...columns.costHeadline(input, totals).map(one => ({ ...one, spark: spark(({ cost }) => cost.exactPico ?? 0) })),
      { ...sumHeadline(are, 'analyses', all), spark: spark(group => group.get('analyses')) },
      {
        ...headline('tokens', 'tokens', totalTokens(total), totals[1] && totalTokens(totals[1])),
        spark: spark(totalTokens),
      },
      { ...sumHeadline('errors', 'errors', all), isBad: true, spark: spark(group => group.get('errors')) },
      {
        ...headline(
          'mean duration',
          'duration',
          meanDurationMs(timed[0].total()),
          timed[1] && meanDurationMs(timed[1].total()),
        ),
        isBad: true,
        spark: spark(meanDurationMs),
      },
      headline('active users', 'count', users[0].distinct('user'), users[1]?.distinct('user')),
    ],
    sections: tables.map(section => ({ key: null, section })),
    priced: { table: 'usage', total },
    lead: {
      range: rangeName,
      tables: tablesObject(input, tables),
      requestsAre: are,
      requests: series(key => {
        const error = Number(at(buckets, key).get('errors'))
        return { success: Number(at(buckets, key).get('analyses')) - error, error }
      }),
      errorsBreakdown: errorsBreakdown(answers, are),
      topModels: countsOf(models),
      costs: series(key => ({ cost: at(costs, key).cost.result().cost })),
      topCountries: countsOf(countries),
      latency: series(key => ({ latency: meanDurationMs(at(timed[0], key)) })),
      summary: summaryOf(total, buckets.total(), timed[0].total()),
      users: usersOf(users[0], input, are),
      feedback: feedbackOf(rollUp(kinds, { by: ['event'], countAs: countRatings }).find(['feedback']) ?? new Group()),
      threats: threatsOf(rollUp(kinds, { by: ['event', 'threat_type'], countAs: countThreats })),
    },
  })
}

// Where some tables are asked for, the document has them as they are; else its shape is always the same.
function tablesObject({ sections }: ReportInput, tables: readonly Section[]): JsonValue | undefined {
  if (sections === null) return undefined
  const asked = tables.filter(({ name }) => sections.includes(name))
  return Object.fromEntries(asked.map(({ name, objects }) => [name, objects]))
}

// All of the range, also after its last event; where it is open, from the first event to the last.
function bucketKeys({ range, answers, zone }: ReportInput, unit: 'hour' | 'day', present: Set<KeyValue>): number[] {
  const { firstInstant, lastInstant } = answers.byName.get('events')!
  const hasEvents = firstInstant <= lastInstant
  const first = range.from ?? (hasEvents ? firstInstant : null)
  const last = range.to === null ? (hasEvents ? lastInstant : null) : range.to - 1
  return first === null || last === null || first > last ? [] : timeKeysBetween(unit, first, last, zone, present)
}

function errorsBreakdown(answers: Answers, are: Counted): JsonValue {
  return codesOf(answers, are)
    .all.map(({ keys, group }) => ({ label: String(keys[0]), value: Number(group.get('errors')) }))
    .sort((a, b) => b.value - a.value || compareKeys(a.label, b.label))
}

/** By HTTP code, or where there is none, by the type of the error. */
function codesOf(answers: Answers, are: Counted): Groups {
  const failed = groupsOf(answers, are, 'codes', {
    by: ['status_code', 'error_type'],
    where: keyOf => keyOf('status') === 'error',
  })
  const codes = new Groups()
  for (const { keys, group } of failed.all) codes.of([String(keys[0] ?? keys[1] ?? 'error')]).merge(group)
  return codes
}

// How long things took is told by others than those that are counted.
function addDurations(group: Group, timed: Group): void {
  for (const sum of ['durationUs', 'timed']) group.add(sum, timed.get(sum))
  group.addSketch(() => timed.sketch)
}

function countsOf({ groups }: CountedGroups): JsonValue {
  return groups.all
    .map(({ keys, group }) => ({ name: keys[0] as string, requests: Number(group.get('analyses')) }))
    .sort((a, b) => b.requests - a.requests || compareKeys(a.name, b.name))
}
