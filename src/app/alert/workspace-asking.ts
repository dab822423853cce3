// What rules and budgets are asked with where nobody types flags: the settings of the workspace.
import type { AlertPlan } from '../../alert/alert-rules.ts'
import type { Zone } from '../../base/zone.ts'
import type { Scope } from '../../query/scope.ts'
import type { Host } from '../host.ts'
import { zoneOf } from '../request/log-request.ts'
import { INPUT, MONEY, RANGE, type ReportOptions } from '../request/parameters.ts'
import { overSettings } from '../request/settings-options.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { AlertAsking } from './ask-cost.ts'
import { readAlertPlan } from './read-plan.ts'

const ASKED = {
  ...{ timezone: RANGE.timezone, logTimezone: RANGE.logTimezone, cost: MONEY.cost },
  ...{ sourceFormat: INPUT.sourceFormat, dedupe: INPUT.dedupe, threads: INPUT.threads, cache: INPUT.cache },
}

/** The settings that change what is counted. */
export function settingOptions({ settings }: Pick<Workspace, 'settings'>): ReportOptions {
  return overSettings<ReportOptions>({}, ASKED, settings)
}

export function workspaceAsking(host: Host, workspace: Workspace, scope?: Scope): AlertAsking {
  return { options: settingOptions(workspace), host, workspace, scope }
}

/** The zone in which days are cut. */
export function zoneOfAsking({ options, host }: Pick<AlertAsking, 'options' | 'host'>): Zone {
  return zoneOf(options.timezone ?? host.timezone(), 'timezone')
}

/** The rules and budgets of the workspace. */
export function planOfAsking(asking: AlertAsking): AlertPlan {
  return readAlertPlan(asking.workspace.root, zoneOfAsking(asking))
}
