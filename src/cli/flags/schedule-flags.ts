// Flags that the commands of the schedule share, and how they turn them into jobs.

import { resolve } from 'node:path'
import { zoneOf } from '../../app/request/log-request.ts'
import { oneOf, optionError } from '../../app/request/parse-option.ts'
import { readSchedule, SCHEDULE_FILE } from '../../app/schedule/read-schedule.ts'
import { type CalledProgram, TIMETABLES } from '../../app/schedule/timetables.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { UsagebookError, UsageError } from '../../base/errors.ts'
import type { CommandLine, CommonOptions } from '../command.ts'
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

/** Of the commands that make what calls the program every minute. */
export const TIMETABLE_FLAGS = [
  {
    name: 'as',
    value: 'WHAT',
    group: 'Output',
    help: 'cron or systemd; default cron',
    parse: oneOf(TIMETABLES),
    choices: TIMETABLES,
  },
  { name: 'program', value: 'PATH', group: 'Output', help: 'the program that is called; default this one' },
  {
    name: 'name',
    value: 'NAME',
    group: 'Output',
    help: 'of the units of systemd; default usagebook',
    parse: unitName,
  },
] as const

/** What is called every minute. */
export function calledOf(
  {
    program,
    config,
    noConfig,
    timezone,
  }: FlagOptions<(typeof TIMETABLE_FLAGS)[number]> & CommonOptions & { timezone?: string | undefined },
  { callWords, cwd }: Context,
  { root }: Workspace,
): CalledProgram {
  const words = [
    ...(program === undefined ? callWords : [resolve(cwd, program)]),
    ...['schedule', 'run', '--root', root],
    ...(config === undefined ? [] : ['--config', resolve(cwd, config)]),
    ...(noConfig === true ? ['--no-config'] : []),
    ...(timezone === undefined ? [] : ['--timezone', timezone]),
  ]
  const broken = words.find(word => /[\r\n]/.test(word))
  if (broken === undefined) return { words, root }
  throw new UsageError('line-break-in-path', `${JSON.stringify(broken)} has a line break in it.`, {
    hint: 'Neither cron nor systemd can call that: use a path without one.',
  })
}

function unitName(text: string, option: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text)) return text
  throw optionError(option, text, 'not a name of a unit', 'Use letters, digits, -, _ and dots, such as usagebook.')
}
