// The measures that every row of the usage report has, computed from its totals.
import type { Decimal } from '../../base/decimal.ts'
import type { CostSource } from '../../pricing/group-cost.ts'
import { addExact } from '../../tally/sum-column.ts'
import { ratio, roundTo } from '../group/change.ts'
import type { Group } from '../group/group.ts'
import type { Column } from '../model/report.ts'
import { shownQuantile, US_PER_MS } from '../table/shown-quantile.ts'

export interface Measures {
  readonly analyses: number | bigint
  readonly checks: number | bigint
  readonly errors: number | bigint
  readonly errorRate: number | null
  readonly inputTokens: number | bigint
  readonly cacheReadTokens: number | bigint
  readonly cacheWriteTokens: number | bigint
  readonly outputTokens: number | bigint
  readonly totalTokens: number | bigint
  readonly costUsd: Decimal | null
  readonly costSource: CostSource
  readonly unpricedAnalyses: number
  readonly meanDurationMs: number | null
  readonly p95DurationMs: number | null
}

export function measuresOf(totals: Group): Measures {
  const { cost, costSource, unpricedAnalyses } = totals.cost.result()
  const analyses = totals.get('analyses')
  const errors = totals.get('errors')
  const timed = Number(totals.get('timed'))
  const bothSides = addExact(totals.get('inputTokens'), totals.get('outputTokens'))
  return {
    analyses,
    checks: totals.get('checks'),
    errors,
    errorRate: ratio(errors, analyses),
    inputTokens: totals.get('inputTokens'),
    cacheReadTokens: totals.get('cacheReadTokens'),
    cacheWriteTokens: totals.get('cacheWriteTokens'),
    outputTokens: totals.get('outputTokens'),
    totalTokens: addExact(bothSides, totals.get('unsplitTokens')),
    costUsd: cost,
    costSource,
    unpricedAnalyses,
    meanDurationMs: timed === 0 ? null : roundTo(Number(totals.get('durationUs')) / timed / 1000, 3),
    p95DurationMs: shownQuantile(totals.sketch, 0.95, US_PER_MS),
  }
}

/** The columns of the measures, in the order of CSV, without those of the row's name and of clients and users. */
export const COUNT_COLUMNS: readonly Column[] = [
  { key: 'analyses', title: 'Analyses', kind: 'count' },
  { key: 'checks', title: 'Checks', kind: 'count' },
  { key: 'errors', title: 'Errors', kind: 'count' },
]

export const DISTINCT_COLUMNS: readonly Column[] = [
  { key: 'clients', title: 'Clients', kind: 'count' },
  { key: 'users', title: 'Users', kind: 'count' },
]

export const TOKEN_COLUMNS: readonly Column[] = [
  { key: 'input_tokens', title: 'Input', kind: 'tokens' },
  { key: 'cache_read_tokens', title: 'Cache read', kind: 'tokens' },
  { key: 'cache_write_tokens', title: 'Cache write', kind: 'tokens' },
  { key: 'output_tokens', title: 'Output', kind: 'tokens' },
  { key: 'total_tokens', title: 'Tokens', kind: 'tokens' },
]

export const DURATION_COLUMNS: readonly Column[] = [
  { key: 'mean_duration_ms', title: 'Mean', kind: 'duration' },
  { key: 'p95_duration_ms', title: 'p95', kind: 'duration' },
]

/** Columns that come only where they are asked for, after all others. */
export const OPTIONAL_COLUMNS: readonly Column[] = [
  { key: 'error_rate', title: 'Error rate', kind: 'share' },
  { key: 'cost_source', title: 'Cost from', kind: 'text' },
]
