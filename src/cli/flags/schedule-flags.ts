// Flags that the commands of the schedule share, and how they turn them into jobs.

import { zoneOf } from '../../app/request/log-request.ts'
import { readSchedule, SCHEDULE_FILE } from '../../app/schedule/read-schedule.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { UsagebookError } from '../../base/errors.ts'
import type { CommandLine } from '../command.ts'
import type { Context } from '../context.ts'
import { flagNames } from '../output/flag-names.ts'
import { wordsOfJob } from '../output/job-runner.ts'
import type { FlagOptions } from './flag.ts'
import * as flags from './report-flags.ts'

export const SCHEDULE_FLAGS = flags.only(flags.RANGE_FLAGS, 'timezone')

export const NO_JOBS = `There are no jobs yet: add one to ${SCHEDULE_FILE}.`

/** The jobs of the workspace, whose command lines are checked too. */
export async function jobsOf(
  options: FlagOptions<(typeof SCHEDULE_FLAGS)[number]>,
  context: Context,
  { root }: Workspace,
  commandLine: CommandLine,
) {
  const zone = zoneOf(options.timezone ?? context.timezone(), 'timezone')
  const check = await commandLine.loadCheck()
  return readSchedule(root, zone, words => problemOf(() => check(wordsOfJob(words, root))))
}

function problemOf(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (!(error instanceof UsagebookError)) throw error
    const { message, hint } = error.inWords(flagNames({ words: [], flags: [] }))
    return hint === undefined ? message : `${message} ${hint}`
  }
}
