// What was said of threats as a request.
import type { Scope } from '../../query/scope.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'
import type { ResolveRequest } from '../threat/resolve-threats.ts'
import { formatsOf } from '../workspace/log-formats.ts'
import { logFolderOf } from '../workspace/log-places.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { buildLogRequest } from './log-request.ts'
import type { LogOptions } from './parameters.ts'
import type { LogRequest } from './requests.ts'

/** Every line of every threat that may be seen: what is a repetition for one is the only one for another. */
export async function buildAllThreatsRequest(
  options: Pick<LogOptions, 'logs'>,
  host: Host,
  workspace: Workspace,
  scope?: Scope,
): Promise<LogRequest> {
  const { logs } = options
  return await buildLogRequest({ ...(logs && { logs }), dedupe: 'off' }, host, workspace, { scope })
}

export interface ResolveOptions extends Pick<LogOptions, 'logs'> {
  readonly ids: readonly string[]
  readonly note?: string | undefined
}

export async function buildResolveRequest(
  { ids, note, ...options }: ResolveOptions,
  host: Host,
  workspace: Workspace,
): Promise<ResolveRequest> {
  return {
    ids,
    note,
    dir: logFolderOf(options, host, workspace),
    formatOf: await formatsOf({}, workspace),
    owner: ownerOf(host),
    now: () => host.now(),
  }
}
