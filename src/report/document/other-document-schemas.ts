// The shapes of the documents that are not reports of the catalogue: usage, single events, the dashboard, the doctor.
import * as z from 'zod'
import * as shape from './document-shapes.ts'

const shareOfCost = shape.shareOf('cost, or of the analyses where no cost is known')

const measures = {
  analyses: shape.count,
  checks: shape.count,
  errors: shape.count,
  errorRate: shape.share,
  inputTokens: shape.count,
  cacheReadTokens: shape.count,
  cacheWriteTokens: shape.count,
  outputTokens: shape.count,
  totalTokens: shape.count,
  costUsd: shape.money.optional(),
  costSource: z.enum(['logged', 'estimated', 'mixed', 'none']).optional(),
  unpricedAnalyses: shape.count.optional(),
  meanDurationMs: shape.duration,
  p95DurationMs: shape.duration,
}
const topProfiles = z.array(
  z.strictObject({ profile: shape.name, analyses: shape.count, costUsd: shape.money.optional() }),
)
const clients = z.array(z.string())

const bothPeriods = z.strictObject({ before: shape.count, after: shape.count })
const changed = {
  before: shape.amount.describe('dollars'),
  after: shape.amount.describe('dollars'),
  parts: z
    .strictObject({
      volume: shape.amount.describe('more or less of everything, at the mean price before'),
      mix: shape.amount.describe('a move between cells whose prices differ'),
      price: shape.amount.describe('other prices in the same cell'),
      new: shape.amount.describe('cells that were not there before'),
      lost: shape.amount.describe('cells that are not there any more'),
      unpriced: shape.amount.describe('cells that have no price in one of the periods'),
    })
    .describe('dollars; they add up to the change, to the last digit'),
  change: shape.amount.describe('dollars'),
}

const statement = z.strictObject({
  schema: z.literal('usagebook/statement@1'),
  number: z.string(),
  corrects: z.string().optional().describe('of a note: the number of its statement'),
  kind: z.enum(['statement', 'credit-note', 'debit-note']),
  client: shape.name,
  name: z.string(),
  costCentre: z.string().nullable(),
  contact: z.string().nullable(),
  period: z.looseObject({ start: shape.instant, end: shape.instant, timezone: z.string(), label: z.string() }),
  filters: z.record(z.string(), z.array(z.string())),
  currency: z.strictObject({ code: z.string(), perUsd: z.number(), from: z.string().nullable() }),
  prices: z.strictObject({ source: z.string(), hash: z.string(), mode: z.string() }),
  lines: z.array(
    z.strictObject({
      kind: z.enum(['usage', 'shared', 'markup', 'discount', 'fixed', 'minimum', 'tax']),
      name: z.string(),
      profile: shape.name.optional(),
      model: shape.name.optional(),
      shared: z.string().optional().describe('the name of the shared cost that it is a part of'),
      requests: z.number().int().optional().describe('of a shared cost those of its source'),
      tokens: z.number().int().optional(),
      unitPrice: shape.amount.optional().describe('of a request, rounded'),
      costUsd: shape.amount.optional().describe('dollars, all digits'),
      amount: shape.amount.describe('in the currency, rounded; all lines add up to the total'),
    }),
  ),
  net: shape.amount,
  tax: shape.amount,
  total: shape.amount,
  unpricedAnalyses: shape.count,
  ledger: z.looseObject({ used: shape.count, rejected: shape.count }),
})

export const OTHER_SCHEMAS = {
  'usage-report': shape.documentShape(
    'usage-report@1',
    {
      summary: shape
        .rowOf({ ...measures, clients: shape.count, users: shape.count, profiles: shape.count, models: shape.count })
        .optional(),
      byClient: shape.rowsOf({ client: shape.name, ...measures, share: shareOfCost, topProfiles }),
      byUser: shape.rowsOf({ user: shape.name, clients, ...measures, share: shareOfCost }),
      byProfile: shape.rowsOf({ profile: shape.name, clients, ...measures, share: shareOfCost }),
      byModel: shape.rowsOf({ model: shape.name, provider: shape.name, ...measures, share: shareOfCost }),
      byDate: shape.rowsOf({ date: shape.date, ...measures, share: shareOfCost }),
    },
    true,
  ),
  'group-report': shape.documentShape(
    'group-report@1',
    {
      groupBy: z.array(z.string()),
      summary: shape.rowOf(measures),
      rows: z.array(z.looseObject({ ...measures, share: shareOfCost })),
    },
    true,
  ),
  'explain-report': shape.documentShape(
    'explain-report@1',
    {
      explainBy: z.array(z.string()),
      summary: shape.rowOf(measures),
      explain: z.strictObject({
        sentence: z.string(),
        quantity: z.enum(['requests', 'tokens']),
        method: z.enum(['before', 'midpoint']),
        total: z.strictObject(changed),
        lines: z.array(
          z
            .looseObject({
              ...changed,
              quantity: bothPeriods,
              unpriced: bothPeriods.describe('analyses without a price'),
            })
            .describe('a cell, with the fields that it is cut by, and `kind` of token; the largest change first'),
        ),
      }),
    },
    true,
  ),
  events: shape
    .documentShape('events@1', {
      total: shape.count,
      limit: shape.count,
      offset: shape.count,
      events: z.array(
        z
          .looseObject({ timestamp: shape.at, event: z.string(), status: z.enum(['ok', 'error']) })
          .describe('the fields of the event under their own names, and what else the line says'),
      ),
    })
    .omit({ problems: true }),
  dashboard: shape.documentShape(
    'dashboard@1',
    {
      range: z.enum(['24h', '7d', '1m', '3m', 'custom']),
      requestsAre: z
        .enum(['requests', 'analyses'])
        .describe(
          'what requests are here: requests, or in logs that have none, analyses; models and countries that no request names are those of analyses',
        ),
      tables: z
        .record(z.string(), z.array(z.looseObject({})))
        .optional()
        .describe('the tables that were asked for by section, with the columns of CSV'),
      requests: z.array(z.strictObject({ timestamp: shape.at, success: shape.count, error: shape.count })),
      errorsBreakdown: z.array(z.strictObject({ label: z.string(), value: shape.count })),
      topModels: z.array(z.strictObject({ name: z.string(), requests: shape.count })),
      costs: z.array(z.strictObject({ timestamp: shape.at, cost: shape.money })),
      topCountries: z.array(z.strictObject({ name: z.string(), requests: shape.count })),
      latency: z.array(z.strictObject({ timestamp: shape.at, latency: shape.duration })),
      summary: z.strictObject({
        totalRequests: shape.count,
        successfulRequests: shape.count,
        avgLatencyMs: shape.duration,
        totalCost: shape.money,
        totalTokens: shape.count,
        avgTokensPerRequest: z.number().nullable(),
        avgCostPerRequest: shape.money,
      }),
      users: z.strictObject({
        activeUsers: shape.count,
        totalSessions: shape.count,
        avgSessionCost: shape.money,
        avgSessionRequests: z.number().nullable(),
      }),
      feedback: z.strictObject({
        totalFeedback: shape.count,
        avgRating: z.number().nullable(),
        ratingDistribution: z.array(z.strictObject({ rating: z.number(), count: shape.count })).length(5),
      }),
      threats: z.strictObject({
        totalThreats: shape.count,
        unresolvedThreats: shape.count,
        criticalThreats: shape.count,
        highThreats: shape.count,
        topThreatTypes: z.array(z.strictObject({ type: shape.name, count: shape.count })),
      }),
    },
    true,
  ),
  statement,
  statements: z.strictObject({
    schema: z.literal('usagebook/statements@1'),
    statements: z.array(statement).describe('and their notes'),
    outdated: z.array(z.string()).describe('numbers of statements that would be others by now'),
  }),
  doctor: z.strictObject({
    schema: z.literal('usagebook/doctor@1'),
    generatedAt: z.iso.datetime(),
    workspace: z.string(),
    isHealthy: z.boolean(),
    ok: shape.count,
    warnings: shape.count,
    failures: shape.count,
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
