// The shape of every JSON document. docs/schema/ is made from it, and the tests check every document against it. The
// program itself never loads it. Longer than usual: one list of all shapes.
import * as z from 'zod'
import * as shape from './document-shapes.ts'
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

const metric = z.number().nullable().describe('dollars where the unit is usd')
const bucket = { timestamp: shape.at }
const errors = { errors: count, errorRate: share }
const named = { requests: count, share: shareOf('requests'), errors: count, users: count }
const formerly = (name: string) => count.describe(`the name of ${name} before`)
const latency = {
  events: count.describe('with a duration'),
  requests: formerly('events'),
  meanDurationMs: duration,
  p50DurationMs: duration,
  p90DurationMs: duration,
  p95DurationMs: duration,
  p99DurationMs: duration,
  maxDurationMs: duration,
}
const analyses = { analyses: count, requests: formerly('analyses'), share: shareOf('analyses') }
const models = { ...analyses, ...errors, ...shape.usage, meanDurationMs: duration, p95DurationMs: duration }
const ratings = {
  count,
  meanRating: z.number().min(1).max(5).nullable(),
  ...Object.fromEntries([1, 2, 3, 4, 5].map(rating => [`rating${rating}`, count.optional()])),
}
const sizes = {
  files: count,
  totalBytes: count,
  meanBytes: z.number().nullable(),
  medianBytes: z.number().nullable(),
  p95Bytes: z.number().nullable(),
  maxBytes: z.number().nullable(),
}
const shareOfErrors = shareOf('errors')
const bins = z.array(z.strictObject({ from: z.number(), to: z.number(), count })).optional()
const queries = {
  queries: count,
  suggested: count,
  typed: count,
  suggestedShare: share,
  meanLength: z.number().nullable(),
  responses: count,
  withVisualization: count,
  visualizationShare: share,
  meanProcessingMs: duration,
}
const sessionAverages = {
  sessions: count,
  activeUsers: count,
  meanLengthMs: duration,
  medianLengthMs: duration,
  meanQueries: z.number().nullable(),
  meanRequests: z.number().nullable(),
  meanCostUsd: money.optional(),
  completedShare: share,
  meanAnalyses: z.number().nullable(),
  unpricedAnalyses: count.optional(),
}
const threats = {
  count,
  share: shareOf('threats'),
  unresolved: count,
  critical: count,
  high: count,
  lastSeen: instant.nullable(),
}

export const DOCUMENT_SCHEMAS = {
  'activity-report': documentShape('activity-report@1', {
    by: z.array(z.enum(['activity', 'user', 'day', 'client'])),
    total: count,
    groups: z
      .array(
        z.looseObject({
          count,
          share: shareOf('events'),
          percent: z.number().nullable(),
          firstSeen: instant.nullable(),
          lastSeen: instant.nullable(),
        }),
      )
      .optional(),
    days: rowsOf({ day: date, count, users: count }),
  }),
  'sessions-report': documentShape(
    'sessions-report@2',
    {
      summary: rowOf(sessionAverages).optional(),
      byDay: rowsOf({ day: date, ...sessionAverages }),
      sessions: z
        .array(
          z.looseObject({
            session: name,
            user: name,
            client: name,
            lengthMs: count,
            start: instant,
            end: instant,
            events: count,
            requests: count,
            queries: count,
            errors: count,
            costUsd: money.optional(),
            unpricedAnalyses: count.optional(),
            completed: z.boolean(),
            analyses: count,
          }),
        )
        .optional(),
    },
    true,
  ),
  'requests-report': documentShape('requests-report@1', {
    activeUsers: count,
    totalRequests: count,
    totalErrors: count,
    users: z
      .array(
        z.looseObject({
          user: name,
          minutes: z.number().min(0),
          requests: count,
          errors: count,
          features: z.array(z.string()),
          lastErrors: z.array(z.strictObject({ at: instant, statusCode: name, type: name, message: name })),
        }),
      )
      .optional(),
    topFeatures: rowsOf({ feature: name, ...named }),
    topEndpoints: rowsOf({ endpoint: name, ...named }),
    errorBreakdown: rowsOf({ statusCode: name, errors: count }),
    buckets: rowsOf({ ...bucket, requests: count, ok: count, errors: count }),
  }),
  'errors-report': documentShape('errors-report@1', {
    summary: rowOf({ events: count, ...errors, usersWithErrors: count }).optional(),
    byCode: rowsOf({ code: name, errors: count, share: shareOfErrors }),
    byType: rowsOf({ type: name, errors: count, share: shareOfErrors }),
    byEndpoint: rowsOf({ endpoint: name, share: shareOfErrors, events: count, ...errors }),
    byUser: rowsOf({ user: name, share: shareOfErrors, events: count, ...errors }),
    buckets: rowsOf({ ...bucket, ...errors, events: count }),
    recent: z
      .array(
        z.strictObject({
          message: name,
          type: name,
          code: name,
          endpoint: name,
          user: name,
          lastSeen: instant,
          errors: count,
          firstSeen: instant,
        }),
      )
      .optional(),
  }),
  'latency-report': documentShape('latency-report@1', {
    summary: rowOf(latency).optional(),
    distribution: bins.describe('milliseconds'),
    byEndpoint: rowsOf({ endpoint: name, ...latency }),
    byModel: rowsOf({ model: name, ...latency }),
    byClient: rowsOf({ client: name, ...latency }),
    buckets: rowsOf({ ...bucket, ...latency }),
  }),
  'models-report': documentShape(
    'models-report@1',
    { byModel: rowsOf({ model: name, ...models }), byDay: rowsOf({ day: date, ...models }) },
    true,
  ),
  'features-report': documentShape('features-report@1', {
    features: rowsOf({
      feature: name,
      analyses: count,
      uses: formerly('analyses'),
      share: shareOf('analyses that name a feature'),
      users: count,
      adoption: shareOf('users'),
      ...errors,
    }),
  }),
  'queries-report': documentShape('queries-report@1', {
    summary: rowOf({ ...queries, medianLength: z.number().nullable(), p95ProcessingMs: duration }).optional(),
    lengths: bins.describe('characters'),
    byType: rowsOf({ type: name, ...queries }),
    byDay: rowsOf({ day: date, ...queries }),
  }),
  'uploads-report': documentShape('uploads-report@1', {
    summary: rowOf({ ...sizes, totalRows: count, medianRows: z.number().nullable(), users: count }).optional(),
    sizes: bins.describe('bytes'),
    rows: bins,
    byType: rowsOf({ type: name, share: shareOf('files'), ...sizes }),
    byDay: rowsOf({ day: date, share: shareOf('files'), ...sizes }),
  }),
  'feedback-report': documentShape('feedback-report@1', {
    summary: rowOf({ count, rated: count, meanRating: z.number().nullable(), users: count }).optional(),
    ratingDistribution: z
      .array(z.strictObject({ rating: z.number().int().min(1).max(5), count, share: shareOf('ratings') }))
      .length(5)
      .optional(),
    byDay: rowsOf({ day: date, ...ratings }),
    byProfile: rowsOf({ profile: name, ...ratings }),
    byModel: rowsOf({ model: name, ...ratings }),
  }),
  'threats-report': documentShape('threats-report@1', {
    summary: rowOf({
      totalThreats: count,
      unresolvedThreats: count,
      criticalThreats: count,
      highThreats: count,
      addresses: count,
    }).optional(),
    bySeverity: rowsOf({ severity: name, ...threats }),
    topThreatTypes: rowsOf({ type: name, ...threats }),
    topAddresses: rowsOf({ address: name, ...threats }),
    recent: z
      .array(
        z.strictObject({
          type: name,
          severity: name,
          address: name,
          resolved: name,
          lastSeen: instant,
          count,
          firstSeen: instant,
        }),
      )
      .optional(),
  }),
  'countries-report': documentShape(
    'countries-report@1',
    {
      countries: rowsOf({
        country: name,
        events: count.describe('requests, and what used a model'),
        requests: formerly('events'),
        share: shareOf('events'),
        users: count,
        costUsd: money.optional(),
        errors: count,
      }),
    },
    true,
  ),
  'trends-report': documentShape(
    'trends-report@2',
    {
      metrics: z
        .array(
          z.strictObject({
            metric: z.string(),
            value: metric,
            before: metric,
            change: metric,
            changePercent: z.number().nullable(),
            direction: z.enum(['up', 'down', 'same']).nullable(),
            unit: z.enum(['count', 'share', 'usd', 'tokens', 'ms', 'number']).describe('of value, before and change'),
            changePoints: z.number().nullable().describe('of a share, in percentage points, in place of changePercent'),
            unpricedAnalyses: z.number().nullable().describe('of a cost: above 0, the value is at least that'),
            unpricedAnalysesBefore: z.number().nullable().describe('the same for before'),
          }),
        )
        .optional(),
      series: rowsOf({
        ...bucket,
        analyses: count,
        costUsd: money.optional(),
        totalTokens: count,
        errors: count,
        requests: count.describe('events of the kind request'),
        unpricedAnalyses: count.optional(),
      }),
    },
    true,
  ),
  'clients-report': documentShape(
    'clients-report@1',
    {
      clients: rowsOf({
        client: name,
        ...analyses,
        users: count,
        ...errors,
        totalTokens: count,
        costUsd: money.optional(),
        meanDurationMs: duration,
        p95DurationMs: duration,
        trend: z.number().nullable().describe('the change from the first half of the days to the second'),
        rank: z.number().int().min(1).nullable(),
      }),
    },
    true,
  ),
} as const
