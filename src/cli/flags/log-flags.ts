// Flags that the commands that write logs share: the folder, and the time zone of its days.
import { resolve } from 'node:path'
import type { Workspace } from '../../app/workspace/workspace.ts'
import type { Context } from '../context.ts'
import type { Flag } from './flag.ts'

export const LOG_FOLDER_FLAG = {
  name: 'logs',
  value: 'DIR',
  group: 'Log',
  help: 'the folder of the daily files; default that of the configuration, else usage_logs',
} as const satisfies Flag

export const LOG_DAY_FLAG = {
  name: 'timezone',
  value: 'ZONE',
  group: 'Log',
  help: 'IANA time zone of the days of files; default UTC, as in the logger',
} as const satisfies Flag

/** The absolute path of the folder that logs are written to: the first that is named. */
export function logFolderOf(
  options: { readonly logs?: string | undefined },
  context: Context,
  { root, settings }: Workspace,
): string {
  const typed = options.logs ?? context.environment.USAGEBOOK_LOGS
  if (typed !== undefined && typed !== '') return resolve(context.cwd, typed)
  const set = Array.isArray(settings.logs) ? settings.logs[0] : settings.logs
  return resolve(root, set === undefined ? 'usage_logs' : typeof set === 'string' ? set : set.path)
}
