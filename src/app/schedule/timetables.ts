// Lets cron or systemd call "usagebook schedule run" every minute: a crontab that has the entry, or units that are files.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ConflictError, InputError, systemCode, systemReason } from '../../base/errors.ts'
import { readTextIfThere } from '../../base/regular-file.ts'
import { writeFolderEntries, writeOverFile } from '../../durable/durable-file.ts'
import { type Called, cronEntry, systemdUnits, withEntry } from '../../schedule/timetable.ts'
import type { Host } from '../host.ts'

export const TIMETABLES = ['cron', 'systemd'] as const
export type Timetable = (typeof TIMETABLES)[number]

/** What is called every minute, and for which workspace. */
export type CalledProgram = Called

/** What there is to install: a file each, or a crontab. */
export interface PlannedTable {
  /** Where it goes; null for the crontab of the user. */
  readonly file: string | null
  readonly text: string
  readonly isNew: boolean
}

const UNIT_MODE = 0o644

/** As people read it, before it is installed anywhere. */
export function timetableText(as: Timetable, name: string, called: Called): string {
  if (as === 'cron') return cronEntry(called)
  return systemdUnits(name, called)
    .map(unit => `# ~/.config/systemd/user/${unit.name}\n${unit.text}`)
    .join('\n')
}

/** What installing would write, and nothing where all of it is there. */
export function planTables(
  as: Timetable,
  name: string,
  called: Called,
  host: Pick<Host, 'environment' | 'cwd'>,
): PlannedTable[] {
  if (as === 'cron') {
    const before = readCrontab(host)
    const text = withEntry(before, called)
    return text === before ? [] : [{ file: null, text, isNew: before === '' }]
  }
  const folder = unitFolder(host)
  return systemdUnits(name, called).flatMap(unit => {
    const file = join(folder, unit.name)
    const before = told(file, () => readTextIfThere(file))
    if (before === unit.text) return []
    if (before !== undefined && !isOf(before, called)) throw otherUnit(file, name)
    return [{ file, text: unit.text, isNew: before === undefined }]
  })
}

export function writeTables(tables: readonly PlannedTable[], host: Pick<Host, 'environment' | 'cwd'>): void {
  for (const { file, text } of tables) {
    if (file === null) {
      crontab(['-'], host, text)
      continue
    }
    told(file, () => {
      const folder = unitFolder(host)
      mkdirSync(folder, { recursive: true })
      writeOverFile(file, text, UNIT_MODE)
      writeFolderEntries(folder)
    })
  }
}

function told<Answer>(file: string, work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    throw new InputError('unit-unwritable', `${file} cannot be written: ${systemReason(error)}.`, {
      where: { file },
      hint: 'Check the permissions of the folder, or write what "usagebook schedule print --as systemd" prints.',
      cause: error,
    })
  }
}

function unitFolder({ environment, cwd }: Pick<Host, 'environment' | 'cwd'>): string {
  return resolve(cwd, environment.XDG_CONFIG_HOME || join(environment.HOME ?? '/', '.config'), 'systemd', 'user')
}

// Every unit of ours names its workspace.
function isOf(text: string, { root }: Called): boolean {
  return text.includes(`in ${root.replaceAll('%', '%%')}\n`)
}

function otherUnit(file: string, name: string): ConflictError {
  return new ConflictError('unit-taken', `${file} is a unit of something else, such as another workspace.`, {
    where: { file },
    hint: `Give this one another name: --name ${name}-2.`,
  })
}

// Of somebody without a crontab, cron says so and ends with 1. Whatever else it says, there may be one that must not be lost.
function readCrontab(host: Pick<Host, 'environment' | 'cwd'>): string {
  const { status, stdout, stderr } = runCrontab(['-l'], host)
  if (status === 0) return stdout
  if (/no crontab for/i.test(stderr)) return ''
  throw crontabFailed(stderr)
}

function crontab(words: readonly string[], host: Pick<Host, 'environment' | 'cwd'>, input: string): void {
  const { status, stderr } = runCrontab(words, host, input)
  if (status !== 0) throw crontabFailed(stderr)
}

function runCrontab(words: readonly string[], { environment }: Pick<Host, 'environment' | 'cwd'>, input = '') {
  const env = { ...environment, LC_ALL: 'C' }
  const ended = spawnSync('crontab', [...words], { input, env, encoding: 'utf8' })
  if (systemCode(ended.error) === 'ENOENT') throw crontabFailed('there is no program "crontab".')
  if (ended.error !== undefined) throw crontabFailed(`${systemReason(ended.error)}.`)
  return ended
}

function crontabFailed(why: string): InputError {
  return new InputError('crontab-failed', `The crontab cannot be read or written: ${why.trim()}`, {
    hint: 'Install cron, or add what "usagebook schedule print" prints to what starts programs for you.',
  })
}
