// What was said of a check of the logs as a request.
import type { Host } from '../host.ts'
import type { CheckRequest } from '../log/check-logs.ts'
import { formatsOf } from '../workspace/log-formats.ts'
import { placesOrPipe } from '../workspace/log-places.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { zoneOf } from './log-request.ts'
import type { LogOptions } from './parameters.ts'

export type CheckOptions = Pick<LogOptions, 'logs' | 'files' | 'sourceFormat' | 'timezone' | 'logTimezone'>

/** `timezone` is that of the days of files: UTC, as in the logger, whatever zone reports are cut in. */
export async function buildCheckRequest(
  options: CheckOptions,
  host: Host,
  workspace: Workspace,
): Promise<CheckRequest> {
  const zone = zoneOf(options.timezone ?? 'UTC', 'timezone')
  return {
    root: workspace.root,
    cwd: host.cwd,
    places: await placesOrPipe(options, host, workspace),
    formatOf: await formatsOf(options, workspace),
    zone,
    logTimezone: zoneOf(options.logTimezone ?? zone.name, 'logTimezone').name,
    openStdin: () => host.stdin,
  }
}
