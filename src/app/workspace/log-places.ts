// Where the logs of a question are: as named in the options, the environment or the configuration, or in a pipe.
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { isBucketPath, onlyLocal } from '../../log/bucket-path.ts'
import type { Host } from '../host.ts'
import type { LogOptions } from '../request/parameters.ts'
import type { LogSource } from '../request/requests.ts'
import { cacheRoot, noCacheFolder } from './cache-place.ts'
import type { Workspace } from './workspace.ts'

export type NamedLogs = Pick<LogOptions, 'logs' | 'files'>

const DEFAULT_FOLDER = 'usage_logs'

/** The places of the logs, in the order in which they were named. */
export function placesOf(
  options: NamedLogs,
  host: Pick<Host, 'environment'>,
  { root, settings, mayHaveNoLogs }: Workspace,
): LogSource['places'] {
  const typed = namedLogs(options)
  const fromEnvironment = host.environment.USAGEBOOK_LOGS
  if (typed.length > 0) return typed.map(path => ({ path, format: null }))
  if (fromEnvironment !== undefined && fromEnvironment !== '') return [{ path: fromEnvironment, format: null }]
  if (settings.logs === undefined) {
    return [{ path: resolve(root, DEFAULT_FOLDER), format: null, ...(mayHaveNoLogs && { mayBeAbsent: true }) }]
  }
  const inWorkspace = (path: string) => (isBucketPath(path) ? path : resolve(root, path))
  return [settings.logs]
    .flat()
    .map(entry =>
      typeof entry === 'string'
        ? { path: inWorkspace(entry), format: null }
        : { path: inWorkspace(entry.path), format: entry.format ?? null },
    )
}

/**
 * As `placesOf`, but where no logs are named and the workspace has none, what comes through a pipe is read. A pipe beside a
 * folder of logs says nothing: cron and many other programs start everything with one, often one that never ends.
 */
export async function placesOrPipe(options: NamedLogs, host: Host, workspace: Workspace) {
  const places = placesOf(options, host, workspace)
  const isNamed =
    namedLogs(options).length > 0 || Boolean(host.environment.USAGEBOOK_LOGS) || workspace.settings.logs !== undefined
  if (isNamed || !host.isStdinPiped || statSync(places[0]!.path, { throwIfNoEntry: false }) !== undefined) return places
  if (host.stdin.readableLength === 0) await once(host.stdin, 'readable')
  return host.stdin.readableLength === 0 ? places : [{ path: '-', format: null }]
}

/** The places with the logs of buckets brought to this machine. */
export async function bringPlaces(places: LogSource['places'], host: Host): Promise<LogSource['places']> {
  if (!places.some(({ path }) => isBucketPath(path))) return places
  const root = cacheRoot(host.environment)
  if (root === undefined) throw noCacheFolder()
  const { bringLogs } = await import('../../bucket/bring-logs.ts')
  const bringing = { environment: host.environment, cacheRoot: root, nowMs: host.machineNow() }
  const all: LogSource['places'][number][] = []
  for (const place of places) {
    const { path, format } = place
    all.push(isBucketPath(path) ? { ...place, brought: await bringLogs(path, format, bringing) } : place)
  }
  return all
}

/** For what watches the logs that nobody has named in options. */
export function needLocalLogs(host: Pick<Host, 'environment'>, workspace: Workspace): void {
  for (const { path } of placesOf({}, host, workspace)) if (isBucketPath(path)) throw onlyLocal(path)
}

/** The absolute path of the folder that logs are written to: the first that is named. */
export function logFolderOf(
  options: { readonly logs?: string | readonly string[] | undefined },
  host: Pick<Host, 'cwd' | 'environment'>,
  workspace: Workspace,
): string {
  const [place] = placesOf({ logs: [options.logs ?? []].flat().filter(path => path !== '') }, host, workspace)
  const path = place?.path ?? resolve(workspace.root, DEFAULT_FOLDER)
  if (isBucketPath(path)) throw onlyLocal(path)
  return resolve(host.cwd, path)
}

function namedLogs({ logs = [], files = [] }: NamedLogs): string[] {
  return [...logs, ...files]
}
