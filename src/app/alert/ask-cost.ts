// What the usage report says that some events cost: its sums, never added up anew.
import type { ScopeTest } from '../../alert/alert-rules.ts'
import { type Decimal, ZERO } from '../../base/decimal.ts'
import type { JsonObject } from '../../base/json.ts'
import type { RunHooks } from '../../engine/engine.ts'
import type { Failure } from '../../query/ledger.ts'
import type { Scope } from '../../query/scope.ts'
import type { Host } from '../host.ts'
import { runReport } from '../report/run-report.ts'
import type { ReportOptions } from '../request/parameters.ts'
import { buildReportRequest } from '../request/report-request.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** What every question of a check is asked with. */
export interface AlertAsking {
  /** Logs, zones, prices: everything but range and filters. */
  readonly options: ReportOptions
  readonly host: Host
  readonly workspace: Workspace
  /** What whoever asks may see; all where it is absent. */
  readonly scope?: Scope | undefined
  /** Of whoever waits for the answer. */
  readonly hooks?: RunHooks
}

export interface CostRow {
  /** As `--period` takes it: 2026-02-02. */
  readonly day: string
  readonly client: string | null
  readonly cost: Decimal
  readonly unpriced: number
}

export interface AskedCost {
  readonly total: Decimal
  readonly unpriced: number
  readonly rows: readonly CostRow[]
  readonly failures: readonly Failure[]
  readonly rejected: number
  readonly read: number
}

export interface CostQuestion {
  readonly scope: readonly ScopeTest[]
  /** IANA zone; that of the workspace where it is null. */
  readonly timezone: string | null
  readonly range: Pick<ReportOptions, 'period' | 'startDate' | 'endDate'>
  readonly isByClient?: boolean
}

export async function askCost(asking: AlertAsking, question: CostQuestion): Promise<AskedCost> {
  const { options, host, workspace } = asking
  const { scope, timezone, range, isByClient = false } = question
  const filters = Object.fromEntries(scope.map(({ field, values }) => [field, values]))
  const asked: ReportOptions = {
    ...options,
    ...filters,
    ...range,
    ...(timezone === null ? {} : { timezone }),
    name: 'usage',
    groupBy: isByClient ? ['day', 'client'] : ['day'],
  }
  const { report } = await runReport(
    await buildReportRequest(asked, false, host, workspace, asking.scope),
    asking.hooks ?? {},
  )
  const summary = report.document.summary as JsonObject
  const rows = [...(report.document.rows as Iterable<JsonObject>)].map(row => ({
    day: row.day as string,
    client: (row.client ?? null) as string | null,
    cost: costOf(row),
    unpriced: Number(row.unpricedAnalyses),
  }))
  const { failures, rejected, read } = report.ledger
  return { total: costOf(summary), unpriced: Number(summary.unpricedAnalyses), rows, failures, rejected, read }
}

// Null where there were events and none has a price: what is known of it is nothing.
function costOf({ costUsd }: JsonObject): Decimal {
  return (costUsd ?? ZERO) as Decimal
}
