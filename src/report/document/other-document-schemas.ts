// The shapes of the documents that are no report of the catalogue: usage, single events, the dashboard, the doctor.
import * as z from 'zod'
import {
  count,
  date,
  documentShape,
  duration,
  instant,
  money,
  name,
  rowOf,
  rowsOf,
  share,
  shareOf,
} from './document-shapes.ts'

const shareOfCost = shareOf('cost, or of the analyses where no cost is known')

const measures = {
  analyses: count,
  checks: count,
  errors: count,
  errorRate: share,
  inputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  totalTokens: count,
  costUsd: money.optional(),
  costSource: z.enum(['logged', 'estimated', 'mixed', 'none']).optional(),
  unpricedAnalyses: count.optional(),
  meanDurationMs: duration,
  p95DurationMs: duration,
}
const topProfiles = z.array(z.strictObject({ profile: name, analyses: count, costUsd: money.optional() }))
const clients = z.array(z.string())
const at = z.union([date, instant])

export const OTHER_SCHEMAS = {
  'usage-report': documentShape(
    'usage-report@1',
    {
      summary: rowOf({ ...measures, clients: count, users: count, profiles: count, models: count }).optional(),
      byClient: rowsOf({ client: name, ...measures, share: shareOfCost, topProfiles }),
      byUser: rowsOf({ user: name, clients, ...measures, share: shareOfCost }),
      byProfile: rowsOf({ profile: name, clients, ...measures, share: shareOfCost }),
      byModel: rowsOf({ model: name, provider: name, ...measures, share: shareOfCost }),
      byDate: rowsOf({ date, ...measures, share: shareOfCost }),
    },
    true,
  ),
  'group-report': documentShape(
    'group-report@1',
    {
      groupBy: z.array(z.string()),
      summary: rowOf(measures),
      rows: z.array(z.looseObject({ ...measures, share: shareOfCost })),
    },
    true,
  ),
  events: documentShape('events@1', {
    total: count,
    limit: count,
    offset: count,
    events: z.array(
      z
        .looseObject({ timestamp: z.union([date, instant]), event: z.string(), status: z.enum(['ok', 'error']) })
        .describe('the fields of the event under their own names, and what else the line says'),
    ),
  }).omit({ problems: true }),
  dashboard: documentShape(
    'dashboard@1',
    {
      range: z.enum(['24h', '7d', '1m', '3m', 'custom']),
      requestsAre: z
        .enum(['requests', 'analyses'])
        .describe(
          'what requests are here: requests, or in logs that have none, analyses; models and countries that no request names are those of analyses',
        ),
      requests: z.array(z.strictObject({ timestamp: at, success: count, error: count })),
      errorsBreakdown: z.array(z.strictObject({ label: z.string(), value: count })),
      topModels: z.array(z.strictObject({ name: z.string(), requests: count })),
      costs: z.array(z.strictObject({ timestamp: at, cost: money })),
      topCountries: z.array(z.strictObject({ name: z.string(), requests: count })),
      latency: z.array(z.strictObject({ timestamp: at, latency: duration })),
      summary: z.strictObject({
        totalRequests: count,
        successfulRequests: count,
        avgLatencyMs: duration,
        totalCost: money,
        totalTokens: count,
        avgTokensPerRequest: z.number().nullable(),
        avgCostPerRequest: money,
      }),
      users: z.strictObject({
        activeUsers: count,
        totalSessions: count,
        avgSessionCost: money,
        avgSessionRequests: z.number().nullable(),
      }),
      feedback: z.strictObject({
        totalFeedback: count,
        avgRating: z.number().nullable(),
        ratingDistribution: z.array(z.strictObject({ rating: z.number(), count })).length(5),
      }),
      threats: z.strictObject({
        totalThreats: count,
        unresolvedThreats: count,
        criticalThreats: count,
        highThreats: count,
        topThreatTypes: z.array(z.strictObject({ type: name, count })),
      }),
    },
    true,
  ),
  doctor: z.strictObject({
    schema: z.literal('usagebook/doctor@1'),
    generatedAt: z.iso.datetime(),
    workspace: z.string(),
    isHealthy: z.boolean(),
    ok: count,
    warnings: count,
    failures: count,
    checks: z.array(
      z.strictObject({
        name: z.string(),
        verdict: z.enum(['ok', 'warning', 'failure']),
        message: z.string(),
        hint: z.string().nullable(),
      }),
    ),
  }),
} as const
