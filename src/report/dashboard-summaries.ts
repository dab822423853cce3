// Parts of the dashboard's document: what all of a range adds up to.
import { type Decimal, decimalOfInteger, divideDecimals } from '../base/decimal.ts'
import type { JsonValue } from '../base/json.ts'
import { GroupCost } from '../pricing/group-cost.ts'
import type { Counted } from './dashboard-groups.ts'
import { meanRating, ratingDistribution } from './feedback-report.ts'
import { roundTo } from './group/change.ts'
import type { Group, Groups } from './group/group.ts'
import type { ReportInput } from './model/report-definition.ts'
import { buildSessions } from './session/sessions.ts'
import { compareKeys } from './table/order.ts'
import { meanDurationMs, totalTokens } from './table/table-columns.ts'

const AVERAGE_COST_DIGITS = 12

export function summaryOf(usage: Group, all: Group, timed: Group): JsonValue {
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

export function usersOf(users: Group, { answers, range }: ReportInput, are: Counted): JsonValue {
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

export function feedbackOf(feedback: Group): JsonValue {
  return {
    totalFeedback: feedback.get('analyses'),
    avgRating: meanRating(feedback),
    ratingDistribution: ratingDistribution(feedback).map(({ rating, count }) => ({ rating, count })),
  }
}

export function threatsOf(byKind: Groups): JsonValue {
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
