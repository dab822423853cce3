// The dashboard: every metric of a range in one document, for a page to draw. Its shape is the same for empty logs.
import { type Decimal, decimalOfInteger, divideDecimals } from '../base/decimal.ts'
import type { JsonValue } from '../base/json.ts'
import { GroupCost } from '../pricing/group-cost.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { type Counted, type CountedGroups, dashboardTables } from './dashboard-tables.ts'
import { countRatings, meanRating, ratingDistribution } from './feedback-report.ts'
import { roundTo } from './group/change.ts'
import { Group, type Groups } from './group/group.ts'
import { countsBy, durationsBy, extraText, question, usageBy } from './group/group-bys.ts'
import { type RollUp, rollUp } from './group/roll-up.ts'
import type { Report } from './model/report.ts'
import type { Answers, ReportDefinition, ReportInput } from './model/report-definition.ts'
import { buildSessions, sessionQuestion } from './session/sessions.ts'
import { assembleReport } from './table/assemble-report.ts'
import { rollUpBoth, tableOf, totalsOf } from './table/both-ranges.ts'
import { bucketUnitOf, timeKeysBetween } from './table/buckets.ts'
import { compareKeys } from './table/order.ts'
import * as columns from './table/table-columns.ts'
import { meanDurationMs, totalTokens } from './table/table-columns.ts'
import { labelOfBucket } from './table/table-rows.ts'
import { countThreats, THREAT_EXTRAS } from './threats-report.ts'

const AVERAGE_COST_DIGITS = 12

/** `rangeName` is what was asked for: "7d", or "custom". */
export function dashboardDefinition(rangeName: string): ReportDefinition {
  return {
    name: 'dashboard',
    sections: [],
    hasCost: true,
    questions: ({ range, idleMs }) => [
      question('usage', 'usage', [
        usageBy('usage', [bucketUnitOf(range)]),
        durationsBy('buckets', [bucketUnitOf(range)]),
        countsBy('codes', ['status_code', 'error_type', 'status']),
        countsBy('countries', ['country']),
      ]),
      question(
        'events',
        'all',
        [
          countsBy('users', ['user']),
          durationsBy('buckets', ['event', bucketUnitOf(range)]),
          countsBy('codes', ['event', 'status_code', 'error_type', 'status']),
          countsBy('countries', ['event', 'country']),
          countsBy('models', ['event', 'model']),
          countsBy('kinds', ['event', 'rating', 'threat_type', 'severity', 'resolved']),
        ],
        [extraText('rating'), ...THREAT_EXTRAS],
      ),
      sessionQuestion(idleMs, 'costs'),
    ],
    build: input => build(input, rangeName),
  }
}

function build(input: ReportInput, rangeName: string): Report {
  const { basisOf, zone, answers } = input
  const unit = bucketUnitOf(input.range)
  const [total] = totalsOf(input, 'usage', 'usage', { basisOf })
  const [costs] = rollUpBoth(input, 'usage', 'usage', { by: [unit], basisOf })
  const requests = requestsOf(answers, 'buckets', { by: [unit] })
  const buckets = requests.groups
  const isTimed = Number(buckets.total().get('timed')) > 0
  // Requests that say nothing of how long they took leave that to analyses.
  const timed = isTimed ? buckets : groupsOf(answers, 'analyses', 'buckets', { by: [unit] })
  const kinds = tableOf(answers, 'events', 'kinds')
  const [users] = totalsOf(input, 'events', 'users', { related: ['user'] })
  const present = [...buckets.all, ...costs.all].map(({ keys }) => keys[0]!)
  const keys = bucketKeys(input, unit, new Set(present))
  const series = <T extends JsonValue>(make: (key: number) => { [key: string]: T }) =>
    keys.map(key => ({ timestamp: labelOfBucket(unit, key, zone), ...make(key) }))
  const at = (groups: Groups, key: number) => groups.find([key]) ?? new Group()
  const all = buckets.total()
  const models = namedGroups(answers, 'models', 'model')
  const countries = namedGroups(answers, 'countries', 'country')
  const bucketRows = keys.map(key => {
    const group = new Group()
    group.merge(at(buckets, key))
    group.cost.merge(at(costs, key).cost)
    return { keys: [key], labels: [labelOfBucket(unit, key, zone)], group, previous: null }
  })
  return assembleReport(input, {
    name: 'dashboard',
    title: 'Dashboard',
    schema: 'dashboard@1',
    headlines: [
      ...columns.costHeadline(input, [total, null]),
      { label: requests.are, kind: 'count', value: all.get('analyses') },
      { label: 'tokens', kind: 'tokens', value: totalTokens(total) },
      { label: 'active users', kind: 'count', value: users.distinct('user') },
    ],
    sections: dashboardTables(input, unit, { are: requests.are, rows: bucketRows }, models, countries),
    priced: { table: 'usage', total },
    lead: {
      range: rangeName,
      requestsAre: requests.are,
      requests: series(key => {
        const error = Number(at(buckets, key).get('errors'))
        return { success: Number(at(buckets, key).get('analyses')) - error, error }
      }),
      errorsBreakdown: errorsBreakdown(answers, requests.are),
      topModels: countsOf(models),
      costs: series(key => ({ cost: at(costs, key).cost.result().cost })),
      topCountries: countsOf(countries),
      latency: series(key => ({ latency: meanDurationMs(at(timed, key)) })),
      summary: summaryOf(total, buckets.total(), timed.total()),
      users: usersOf(users, input, requests.are),
      feedback: feedbackOf(rollUp(kinds, { by: ['event'], countAs: countRatings }).find(['feedback']) ?? new Group()),
      threats: threatsOf(rollUp(kinds, { by: ['event', 'threat_type'], countAs: countThreats })),
    },
  })
}

// All of the range, also after its last event; where it is open, from the first event to the last.
function bucketKeys({ range, answers, zone }: ReportInput, unit: 'hour' | 'day', present: Set<KeyValue>): number[] {
  const { firstInstant, lastInstant } = answers.byName.get('events')!
  const hasEvents = firstInstant <= lastInstant
  const first = range.from ?? (hasEvents ? firstInstant : null)
  const last = range.to === null ? (hasEvents ? lastInstant : null) : range.to - 1
  return first === null || last === null || first > last ? [] : timeKeysBetween(unit, first, last, zone, present)
}

/** By HTTP code, or where there is none, by the type of the error. */
function errorsBreakdown(answers: Answers, are: Counted): JsonValue {
  const failed = groupsOf(answers, are, 'codes', {
    by: ['status_code', 'error_type'],
    where: keyOf => keyOf('status') === 'error',
  })
  const counts = new Map<string, number>()
  for (const { keys, group } of failed.all) {
    const label = String(keys[0] ?? keys[1] ?? 'error')
    counts.set(label, (counts.get(label) ?? 0) + Number(group.get('analyses')))
  }
  return [...counts]
    .map(([label, value]) => ({ label, value }))
    .sort((a, b) => b.value - a.value || compareKeys(a.label, b.label))
}

function requestsOf(answers: Answers, table: string, how: RollUp): CountedGroups {
  const groups = groupsOf(answers, 'requests', table, how)
  if (groups.all.length > 0) return { are: 'requests', groups }
  return { are: 'analyses', groups: groupsOf(answers, 'analyses', table, how) }
}

function groupsOf(answers: Answers, are: Counted, table: string, { where, ...how }: RollUp): Groups {
  if (are === 'analyses') {
    return rollUp(tableOf(answers, 'usage', table === 'models' ? 'usage' : table), { ...how, ...(where && { where }) })
  }
  const isRequest: RollUp['where'] = keyOf => keyOf('event') === 'request' && where?.(keyOf) !== false
  return rollUp(tableOf(answers, 'events', table), { ...how, where: isRequest })
}

// Names that nobody gave are no names; where no request has one, those of analyses count.
function namedGroups(answers: Answers, table: string, key: string): CountedGroups {
  return requestsOf(answers, table, { by: [key], where: keyOf => keyOf(key) !== null })
}

function countsOf({ groups }: CountedGroups): JsonValue {
  return groups.all
    .map(({ keys, group }) => ({ name: keys[0] as string, requests: Number(group.get('analyses')) }))
    .sort((a, b) => b.requests - a.requests || compareKeys(a.name, b.name))
}

function summaryOf(usage: Group, all: Group, timed: Group): JsonValue {
  const requests = Number(all.get('analyses'))
  const { cost } = usage.cost.result()
  const tokens = totalTokens(usage)
  return {
    totalRequests: requests,
    successfulRequests: requests - Number(all.get('errors')),
    avgLatencyMs: meanDurationMs(timed),
    totalCost: cost,
    totalTokens: tokens,
    avgTokensPerRequest: requests === 0 ? null : roundTo(Number(tokens) / requests, 2),
    avgCostPerRequest: averageOf(cost, requests),
  }
}

function usersOf(users: Group, { answers, range }: ReportInput, are: Counted): JsonValue {
  const sessions = buildSessions(answers.byName.get('sessions')!)
  const isCounted = new Uint8Array(sessions.size)
  let [count, requests] = [0, 0]
  for (const session of sessions.startedIn(range)) {
    isCounted[session] = 1
    count++
    requests += sessions[are][session]!
  }
  const cost = new GroupCost()
  sessions.addCosts(session => (isCounted[session] === 1 ? cost : undefined))
  return {
    activeUsers: users.distinct('user'),
    totalSessions: count,
    avgSessionCost: averageOf(cost.result().cost, count),
    avgSessionRequests: count === 0 ? null : roundTo(requests / count, 2),
  }
}

function averageOf(cost: Decimal | null, count: number): Decimal | null {
  return cost === null || count === 0 ? null : divideDecimals(cost, decimalOfInteger(count), AVERAGE_COST_DIGITS)
}

function feedbackOf(feedback: Group): JsonValue {
  return {
    totalFeedback: feedback.get('analyses'),
    avgRating: meanRating(feedback),
    ratingDistribution: ratingDistribution(feedback).map(({ rating, count }) => ({ rating, count })),
  }
}

function threatsOf(byKind: Groups): JsonValue {
  const threats = byKind.filter((_, keys) => keys[0] === 'threat')
  const total = threats.total()
  return {
    totalThreats: total.get('analyses'),
    unresolvedThreats: total.get('unresolved'),
    criticalThreats: total.get('critical'),
    highThreats: total.get('high'),
    topThreatTypes: threats.all
      .map(({ keys, group }) => ({ type: keys[1] as string | null, count: Number(group.get('analyses')) }))
      .sort((a, b) => b.count - a.count || compareKeys(a.type, b.type)),
  }
}
