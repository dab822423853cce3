// From options to the request for the dashboard.
import { optionName, UsageError } from '../../base/errors.ts'
import { type DashboardRange, dashboardRange } from '../../query/dashboard-range.ts'
import { parseRange, RANGE_WAYS } from '../../query/range.ts'
import type { Scope } from '../../query/scope.ts'
import { dashboardDefinition } from '../../report/dashboard-report.ts'
import type { Host } from '../host.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { buildLogRequest } from './log-request.ts'
import type { DashboardOptions } from './parameters.ts'
import { DEFAULT_IDLE_MS, TEXT_ROWS } from './report-request.ts'
import type { ReportRequest } from './requests.ts'

export const DEFAULT_DASHBOARD_RANGE: DashboardRange = '24h'

export async function buildDashboardRequest(
  options: DashboardOptions,
  isForReading: boolean,
  host: Host,
  workspace: Workspace,
  scope?: Scope,
): Promise<ReportRequest> {
  const name = rangeName(options)
  const request = await buildLogRequest(options, host, workspace, {
    rangeOf: (zone, now) => (name === 'custom' ? parseRange(options, zone, now) : dashboardRange(name, zone, now)),
    scope,
  })
  return {
    ...request,
    view: {
      report: dashboardDefinition(name),
      compareWith: null,
      groupBy: null,
      by: [],
      idleMs: options.idle ?? DEFAULT_IDLE_MS,
      top: isForReading ? TEXT_ROWS : null,
      sort: null,
      sections: null,
    },
    money: { cost: options.cost ?? 'auto', currency: null, currencies: undefined },
  }
}

/** The range of the dashboard that is named, or that it is said in another way. */
export function rangeName(
  options: Pick<DashboardOptions, 'range' | (typeof RANGE_WAYS)[number]>,
): DashboardRange | 'custom' {
  const other = RANGE_WAYS.find(way => options[way] !== undefined)
  if (other === undefined) return options.range ?? DEFAULT_DASHBOARD_RANGE
  if (options.range === undefined) return 'custom'
  throw new UsageError('range-twice', `${optionName('range')} and ${optionName(other)} both set the range.`, {
    where: { option: 'range' },
    hint: `Use one of them: leave ${optionName('range')} out.`,
  })
}
