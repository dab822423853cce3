// What the commands that write logs share: which folder, and in which zone its days are cut.
import { resolve } from 'node:path'
import type { Options } from '../command.ts'
import type { Context } from '../context.ts'
import type { Workspace } from '../workspace.ts'
import type { Flag } from './flag.ts'

export const LOG_FOLDER_FLAG: Flag = {
  name: 'logs',
  value: 'DIR',
  group: 'Log',
  help: 'the folder of the daily files; default that of the configuration, else usage_logs',
}

export const LOG_DAY_FLAG: Flag = {
  name: 'timezone',
  value: 'ZONE',
  group: 'Log',
  help: 'IANA time zone in which the days of the files are cut; default UTC, as in the logger',
}

/** The absolute path of the folder that logs are written to: the first that is named. */
export function logFolderOf(options: Options, context: Context, { root, settings }: Workspace): string {
  const typed = (options.logs as string | undefined) ?? context.environment.USAGEBOOK_LOGS
  if (typed !== undefined && typed !== '') return resolve(context.cwd, typed)
  const set = Array.isArray(settings.logs) ? settings.logs[0] : settings.logs
  return resolve(root, set === undefined ? 'usage_logs' : typeof set === 'string' ? set : set.path)
}
