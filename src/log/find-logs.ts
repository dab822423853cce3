// Finds the log files for folders, files and globs, and picks those that may have events in a range of days.
import { createReadStream, readdirSync, type Stats, statSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import { InputError, optionName, systemCode, systemReason } from '../base/errors.ts'
import { addAll } from '../base/lists.ts'
import { realPathOf } from '../base/real-path.ts'
import { DAY_MS } from '../base/zone.ts'
import type { Failure } from '../query/ledger.ts'
import type { Range } from '../query/query.ts'
import { isBucketPath, onlyLocal } from './bucket-path.ts'
import { expandGlob, isGlob } from './glob.ts'
import { describeLogFile, isLogName, type LogFile, STDIN_PATH } from './log-file.ts'
import { tellApart } from './tell-apart.ts'

/** Where to look: a folder, file, glob or '-', and the source format that belongs to it. */
export interface LogPlace {
  readonly path: string
  readonly format: string | null
  /** It has no logs, and is no error, if it does not exist. */
  readonly mayBeAbsent?: true
  /** Of a bucket: its logs, brought here. */
  readonly brought?: FoundLogs
}

export interface FoundLogs {
  /** Ordered by name, which is that of one file only; each file once. */
  readonly files: readonly LogFile[]
  /** Folders that could not be read, and what is no file. */
  readonly failures: readonly Failure[]
}

/**
 * All log files of some places; a place that is not there is an InputError. Of other files in folders those are logs too that
 * `isLog` says are.
 */
export function findLogs(
  places: readonly LogPlace[],
  cwd: string,
  isLog: (file: LogFile) => boolean = () => false,
): FoundLogs {
  const byRealPath = new Map<string, LogFile>()
  const failures: Failure[] = []
  for (const place of places) {
    for (const file of filesOf(place, cwd, failures, isLog)) {
      const real = file.path === STDIN_PATH ? STDIN_PATH : realPathOf(file.path)
      if (!byRealPath.has(real)) byRealPath.set(real, file)
    }
  }
  return { files: orderLogs([...byRealPath.values()]), failures }
}

/** Logs in the order in which they are read: by their names, each of which is then that of one file only. */
export function orderLogs(files: readonly LogFile[]): readonly LogFile[] {
  return tellApart([...files].sort((a, b) => compareTexts(a.name, b.name) || compareTexts(a.path, b.path)))
}

/**
 * The files that may hold events from `from` on and before `to`: those whose days, in UTC and with a day of slack on either
 * side, meet the range, and those without a day. The slack serves events written late and days cut in another zone.
 */
export function chooseFiles<Dated extends Pick<LogFile, 'days'>>(
  files: readonly Dated[],
  { from, to }: Range,
): Dated[] {
  return files.filter(({ days }) => {
    if (days === null) return true
    const [startMs, endMs] = [(days.first - 1) * DAY_MS, (days.last + 2) * DAY_MS]
    return (to === null || startMs < to) && (from === null || endMs > from)
  })
}

function filesOf(place: LogPlace, cwd: string, failures: Failure[], isLog: (file: LogFile) => boolean): LogFile[] {
  if (place.brought !== undefined) {
    addAll(failures, place.brought.failures)
    return [...place.brought.files]
  }
  if (isBucketPath(place.path)) throw onlyLocal(place.path)
  if (place.path === STDIN_PATH) {
    return [{ path: STDIN_PATH, name: 'standard input', days: null, day: null, packing: 'none', format: place.format }]
  }
  const path = resolve(cwd, place.path)
  const stats = statOf(path)
  if (stats === undefined) return globFiles(place, cwd, failures)
  if (stats.isDirectory()) return walk(path, '', place.format, { failures, visited: new Set(), isLog })
  const file = describeLogFile(path, basename(path), place.format)
  if (!stats.isFIFO() && !stats.isCharacterDevice()) return [file]
  return [{ ...file, name: place.path, openPipe: () => createReadStream(path) }]
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new InputError('logs-unreadable', `The logs at ${path} cannot be read: ${systemReason(error)}.`, {
      where: { option: 'logs', file: path },
      hint: 'Check the permissions of the path and of the folders above it.',
      cause: error,
    })
  }
}

// What a link leads to; undefined where it cannot be told, which whoever opens the file will say.
function targetOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return undefined
  }
}

function globFiles(place: LogPlace, cwd: string, failures: Failure[]): LogFile[] {
  const matches = isGlob(place.path) ? expandGlob(place.path, cwd) : []
  const nameOf = (path: string) => (path.startsWith(cwd + sep) ? path.slice(cwd.length + 1) : path)
  const files: string[] = []
  for (const path of matches) {
    const stats = statOf(path)
    if (stats?.isFile() === true) files.push(path)
    else if (stats?.isDirectory() === false) failures.push(noFile(nameOf(path)))
  }
  if (files.length === 0 && failures.length === 0 && place.mayBeAbsent !== true) throw noSuchLogs(place.path, cwd)
  return files.map(path => describeLogFile(path, nameOf(path), place.format))
}

// A pipe or a device in a folder is not read, because reading it may never end.
function noFile(name: string): Failure {
  return {
    file: name,
    message: `cannot be read: ${systemReason({ code: 'EFTYPE' })}`,
    hint: 'Move it out of the logs, or name the pipe itself to read it.',
  }
}

interface Walk {
  readonly failures: Failure[]
  readonly visited: Set<string>
  readonly isLog: (file: LogFile) => boolean
}

// Links to folders are followed; a folder that was visited is not visited again, so that links may go in a circle.
function walk(folder: string, below: string, format: string | null, walked: Walk): LogFile[] {
  const { failures, visited, isLog } = walked
  const files: LogFile[] = []
  const here = join(folder, below)
  const real = realPathOf(here)
  if (visited.has(real)) return files
  visited.add(real)
  try {
    for (const entry of readdirSync(here, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      const path = join(folder, name)
      const target = entry.isSymbolicLink() ? targetOf(path) : entry
      if (target?.isDirectory() === true) addAll(files, walk(folder, name, format, walked))
      else if (isLogName(entry.name)) {
        if (target?.isFile() === false) failures.push(noFile(name))
        else files.push(describeLogFile(path, name, format))
      } else if (target?.isFile() === true) {
        const file = describeLogFile(path, name, format)
        if (isLog(file)) files.push(file)
      }
    }
  } catch (error) {
    const hint = 'Let the user who runs this read the folder.'
    failures.push({ file: here, message: `cannot be read: ${systemReason(error)}`, hint })
  }
  return files
}

function noSuchLogs(path: string, cwd: string): InputError {
  const full = resolve(cwd, path)
  return new InputError('no-such-logs', `There are no logs at ${full}: no folder, file or glob of that name.`, {
    where: { option: 'logs', file: full },
    hint: `Say where the logs are with ${optionName('logs')} PATH, or make the folder with "usagebook init".`,
  })
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
