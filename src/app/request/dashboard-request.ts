// What was said of the dashboard as a request for its report.
import { dashboardRange } from '../../query/dashboard-range.ts'
import { parseRange } from '../../query/range.ts'
import type { Scope } from '../../query/scope.ts'
import { dashboardDefinition } from '../../report/dashboard-report.ts'
import type { Host } from '../host.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { buildLogRequest } from './log-request.ts'
import { rangeName } from './named-range.ts'
import type { DashboardOptions } from './parameters.ts'
import { compareRange, DEFAULT_IDLE_MS, sectionsOf, TEXT_ROWS } from './report-request.ts'
import type { ReportRequest } from './requests.ts'

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
  const { range, zone } = request.filter
  const report = dashboardDefinition(name, { metric: options.metric ?? 'requests', stackBy: options.stackBy ?? null })
  // What has no range before it is compared with nothing: a page asks for it always.
  const compare = options.compare === 'previous' && range.previous === null ? undefined : options.compare
  return {
    ...request,
    view: {
      report,
      compareWith: await compareRange(compare, range, zone, host),
      groupBy: null,
      by: [],
      idleMs: options.idle ?? DEFAULT_IDLE_MS,
      top: isForReading ? TEXT_ROWS : null,
      sort: null,
      sections: sectionsOf(options.section, report, false),
    },
    money: { cost: options.cost ?? 'auto', currency: null, currencies: undefined },
  }
}
