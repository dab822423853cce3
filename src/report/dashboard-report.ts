// The dashboard: every metric of a range in one document, for a page to draw. Its shape is the same for empty logs.
import { type Decimal, decimalOfInteger, divideDecimals } from '../base/decimal.ts'
import type { JsonValue } from '../base/json.ts'
import { GroupCost } from '../pricing/group-cost.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { assembleReport } from './assemble-report.ts'
import { rollUpBoth, tableOf, totalsOf } from './both-ranges.ts'
import { bucketUnitOf, timeKeysBetween } from './buckets.ts'
import { roundTo } from './change.ts'
import { countRatings, meanRating, ratingDistribution } from './feedback-report.ts'
import { Group, type Groups, rollUp } from './group.ts'
import { countsBy, durationsBy, extraText, question, usageBy } from './group-bys.ts'
import { compareKeys } from './order.ts'
import type { Report } from './report.ts'
import type { ReportDefinition, ReportInput } from './report-definition.ts'
import { buildSessions, sessionQuestion } from './sessions.ts'
import { meanDurationMs, totalTokens } from './table-columns.ts'
import { labelOfBucket } from './table-rows.ts'
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
      ]),
      question(
        'events',
        'all',
        [
          countsBy('users', ['user']),
          countsBy('countries', ['country', 'event']),
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
  const [buckets] = rollUpBoth(input, 'usage', 'buckets', { by: [unit] })
  const kinds = tableOf(answers, 'events', 'kinds')
  const [users] = totalsOf(input, 'events', 'users', { related: ['user'] })
  const keys = bucketKeys(input, unit)
  const series = <T extends JsonValue>(make: (key: number) => { [key: string]: T }) =>
    keys.map(key => ({ timestamp: labelOfBucket(unit, key, zone), ...make(key) }))
  const at = (groups: Groups, key: number) => groups.find([key]) ?? new Group()
  return assembleReport(input, {
    name: 'dashboard',
    title: 'Dashboard',
    headlines: [],
    sections: [],
    pricedTable: 'usage',
    lead: {
      range: rangeName,
      requests: series(key => {
        const error = Number(at(buckets, key).get('errors'))
        return { success: Number(at(buckets, key).get('analyses')) - error, error }
      }),
      errorsBreakdown: errorsBreakdown(input),
      topModels: namedCounts(rollUp(tableOf(answers, 'usage', 'usage'), { by: ['model'] }), 'requests'),
      costs: series(key => ({ cost: at(costs, key).cost.result().cost })),
      topCountries: namedCounts(
        rollUp(tableOf(answers, 'events', 'countries'), { by: ['country'], where: isRequest }),
        'requests',
      ),
      latency: series(key => ({ latency: meanDurationMs(at(buckets, key)) })),
      summary: summaryOf(total),
      users: usersOf(users, input),
      feedback: feedbackOf(rollUp(kinds, { by: ['event'], countAs: countRatings }).find(['feedback']) ?? new Group()),
      threats: threatsOf(rollUp(kinds, { by: ['event', 'threat_type'], countAs: countThreats })),
    },
  })
}

// All of the range, also after its last event; where it is open, from the first event to the last.
function bucketKeys({ range, tally, zone }: ReportInput, unit: 'hour' | 'day'): number[] {
  const hasEvents = tally.firstInstant <= tally.lastInstant
  const first = range.from ?? (hasEvents ? tally.firstInstant : null)
  const last = range.to === null ? (hasEvents ? tally.lastInstant : null) : range.to - 1
  return first === null || last === null || first > last ? [] : timeKeysBetween(unit, first, last, zone)
}

/** By HTTP code, or where there is none, by the type of the error. */
function errorsBreakdown(input: ReportInput): JsonValue {
  const [failed] = rollUpBoth(input, 'usage', 'codes', {
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

// Of one call, at most the one or the other tells the country.
function isRequest(keyOf: (name: string) => KeyValue): boolean {
  return keyOf('event') === 'analysis' || keyOf('event') === 'request'
}

// Names that nobody gave are no names.
function namedCounts(groups: Groups, key: string): JsonValue {
  return groups.all
    .filter(({ keys }) => keys[0] !== null)
    .map(({ keys, group }) => ({ name: keys[0] as string, [key]: Number(group.get('analyses')) }))
    .sort((a, b) => Number(b[key]) - Number(a[key]) || compareKeys(a.name, b.name))
}

function summaryOf(total: Group): JsonValue {
  const requests = Number(total.get('analyses'))
  const { cost } = total.cost.result()
  const tokens = totalTokens(total)
  return {
    totalRequests: requests,
    successfulRequests: requests - Number(total.get('errors')),
    avgLatencyMs: meanDurationMs(total),
    totalCost: cost,
    totalTokens: tokens,
    avgTokensPerRequest: requests === 0 ? null : roundTo(Number(tokens) / requests, 2),
    avgCostPerRequest: averageOf(cost, requests),
  }
}

function usersOf(users: Group, { answers, range }: ReportInput): JsonValue {
  const sessions = buildSessions(answers.byName.get('sessions')!)
  const isCounted = new Uint8Array(sessions.size)
  let [count, requests] = [0, 0]
  for (const session of sessions.startedIn(range)) {
    isCounted[session] = 1
    count++
    requests += sessions.requests[session]!
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
  const total = new Group()
  for (const { group } of threats.all) total.merge(group)
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
