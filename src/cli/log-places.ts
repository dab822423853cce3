// Where the logs of a command are: as typed, as the environment says, as the configuration says, or in a pipe.
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LogRequest } from '../app/report/run-report.ts'
import type { Argument, Options } from './command.ts'
import type { Context } from './context.ts'
import type { Workspace } from './workspace.ts'

const DEFAULT_FOLDER = 'usage_logs'

/** The argument of commands that read logs. */
export const LOGS_ARGUMENT: Argument = {
  name: 'files',
  help: 'log files, folders or globs, as with --logs',
  isOptional: true,
  isMany: true,
}

/** The places of the logs, in the order in which they were named. */
export function placesOf(options: Options, context: Context, { root, settings }: Workspace): LogRequest['places'] {
  const typed = namedLogs(options)
  const fromEnvironment = context.environment.USAGEBOOK_LOGS
  if (typed.length > 0) return typed.map(path => ({ path, format: null }))
  if (fromEnvironment !== undefined && fromEnvironment !== '') return [{ path: fromEnvironment, format: null }]
  const set =
    settings.logs === undefined ? [DEFAULT_FOLDER] : Array.isArray(settings.logs) ? settings.logs : [settings.logs]
  return set.map(entry =>
    typeof entry === 'string'
      ? { path: resolve(root, entry), format: null }
      : { path: resolve(root, entry.path), format: entry.format ?? null },
  )
}

/**
 * As `placesOf`, but where no logs are named and the workspace has none, what comes through a pipe is read. A pipe beside a
 * folder of logs says nothing: cron and many other programs start everything with one, often one that never ends.
 */
export async function placesOrPipe(options: Options, context: Context, workspace: Workspace) {
  const places = placesOf(options, context, workspace)
  const isNamed =
    namedLogs(options).length > 0 ||
    Boolean(context.environment.USAGEBOOK_LOGS) ||
    workspace.settings.logs !== undefined
  if (isNamed || !context.isStdinPiped || statSync(places[0]!.path, { throwIfNoEntry: false }) !== undefined)
    return places
  if (context.stdin.readableLength === 0) await once(context.stdin, 'readable')
  return context.stdin.readableLength === 0 ? places : [{ path: '-', format: null }]
}

function namedLogs({ logs = [], files = [] }: { readonly logs?: unknown; readonly files?: unknown }): string[] {
  return [...(logs as string[]), ...(files as string[])]
}
