// The usage of a period by some fields, each row with its price: what every export that is about money is made from. The sums
// are those of the report over the same logs.
import { optionName, UsageError } from '../../base/errors.ts'
import type { RunHooks } from '../../engine/engine.ts'
import type { BasisOf } from '../../pricing/group-cost.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import type { Scope } from '../../query/scope.ts'
import { forEachUsageRow, type UsageRow, usageRowsOf } from '../../report/group/usage-rows.ts'
import type { Report } from '../../report/model/report.ts'
import { ABSENT_FIELD_HINT } from '../../report/usage/group-report.ts'
import type { Host } from '../host.ts'
import { askReport, buildReport, lookAgain, pricingOfAnswers } from '../report/run-report.ts'
import type { ReportOptions } from '../request/parameters.ts'
import { buildReportRequest } from '../request/report-request.ts'
import type { ReportRequest } from '../request/requests.ts'
import type { Workspace } from '../workspace/workspace.ts'

export interface MeteredUsage {
  readonly request: ReportRequest
  /** The same sums as a report: for its notes, its ledger and its checks. */
  readonly report: Report
  /** Without those about the fields that an export is cut by: nobody typed them, so none is a mistake. */
  readonly notes: Report['notes']
  readonly basisOf: BasisOf
  readonly prices: PriceBook | null
  /** Calls `visit` with every row; its keys are the values of the fields. */
  forEach(visit: (row: UsageRow) => void): void
  /** The same rows by their number, in any order. */
  readonly rows: ReturnType<typeof usageRowsOf>
}

export async function askMeteredUsage(
  options: ReportOptions,
  fields: readonly string[],
  host: Host,
  workspace: Workspace,
  hooks: RunHooks,
  scope?: Scope,
): Promise<MeteredUsage> {
  const asked = { ...options, name: undefined, groupBy: [...fields], section: undefined, top: 0, sort: undefined }
  const request = await buildReportRequest(asked, false, host, workspace, scope)
  const answered = await lookAgain(request, await askReport(request, hooks))
  const { basisOf } = pricingOfAnswers(request, answered)
  const report = buildReport(request, answered)
  const table = answered.answers.tally.tables.get('groups')!
  return {
    request,
    report,
    notes: report.notes.filter(({ hint }) => hint !== ABSENT_FIELD_HINT),
    basisOf,
    prices: answered.prices,
    forEach: visit => forEachUsageRow(table, basisOf, visit),
    rows: usageRowsOf(table, basisOf),
  }
}

/** A range that is over: what is written about it does not change by itself. */
export function requireEnded({ filter: { range }, now }: ReportRequest, what: string): { from: number; to: number } {
  const { from, to } = range
  if (from === null || to === null) {
    throw new UsageError('no-period', `${what} need a period with a beginning and an end.`, {
      where: { option: 'period' },
      hint: `Add a period, such as ${optionName('period')} 2026-01 or last-month.`,
    })
  }
  if (to > now) {
    throw new UsageError('period-not-over', `${what} are made of a period that is over.`, {
      where: { option: 'period' },
      hint: `Wait for its end, or use ${optionName('period')} last-month.`,
    })
  }
  return { from, to }
}
