// From options to the request for a check of the logs.
import type { Host } from '../host.ts'
import type { CheckRequest } from '../log/check-logs.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { buildLogSource, logTimezoneOf, zoneOf } from './log-request.ts'
import type { LogOptions } from './parameters.ts'

export type CheckOptions = Pick<LogOptions, 'logs' | 'files' | 'sourceFormat' | 'timezone' | 'logTimezone'>

/** `timezone` is that of the days of files: UTC, as in the logger, whatever zone reports are cut in. */
export async function buildCheckRequest(
  options: CheckOptions,
  host: Host,
  workspace: Workspace,
): Promise<CheckRequest> {
  const zone = zoneOf(options.timezone ?? 'UTC', 'timezone')
  return { zone, logs: await buildLogSource(options, logTimezoneOf(options, zone), host, workspace) }
}
