// Whether the log files are complete: their days, gaps, copies, empty files, and the space that they take on the disk.
import { formatDay } from '../../base/calendar.ts'
import { UsagebookError } from '../../base/errors.ts'
import { bytesOfFile } from '../../base/regular-file.ts'
import { daysOfFiles, gapsBetween } from '../../log/days-of-files.ts'
import { type FoundLogs, findLogs, type LogPlace } from '../../log/find-logs.ts'
import { type DaySpan, isStream, type LogFile } from '../../log/log-file.ts'
import { namesOfOtherFiles } from '../../log/other-files.ts'
import { diagnoseCopies } from './diagnose-copies.ts'
import { type Diagnosis, failure, listSome, ok, warning } from './diagnosis.ts'

export interface FileFindings {
  readonly files: readonly LogFile[]
  readonly diagnoses: readonly Diagnosis[]
}

export function diagnoseFiles(places: readonly LogPlace[], cwd: string): FileFindings {
  const found = readLogs(places, cwd)
  if (found instanceof UsagebookError) {
    const hint = found.hint ?? 'Say where the logs are with --logs PATH.'
    return { files: [], diagnoses: [failure('logs', found.message, hint)] }
  }
  const { files } = found
  const otherFiles = diagnoseOtherFiles(places, cwd)
  if (files.length === 0) {
    const hint = 'Have your application write usage_logs/DATE.jsonl, or say where they are with --logs PATH.'
    const none = failure('logs', 'There are no log files (*.jsonl).', hint)
    return { files, diagnoses: [...unreadable(found), none, ...otherFiles] }
  }
  return {
    files,
    diagnoses: [...unreadable(found), diagnoseDays(files), ...otherFiles, diagnoseCopies(files), diagnoseSizes(files)],
  }
}

function readLogs(places: readonly LogPlace[], cwd: string): FoundLogs | UsagebookError {
  try {
    return findLogs(places, cwd)
  } catch (error) {
    if (error instanceof UsagebookError) return error
    throw error
  }
}

function unreadable({ failures }: FoundLogs): Diagnosis[] {
  return failures.map(({ file, message, hint }) => failure('logs', `${file} ${message}.`, hint))
}

function diagnoseDays(files: readonly LogFile[]): Diagnosis {
  const days = daysOfFiles(files)
  const count = files.length === 1 ? '1 file' : `${files.length} files`
  if (days === undefined) return ok('logs', `${count}, without a date in the name`)
  const span = `${count} from ${formatDay(days.first)} to ${formatDay(days.last)}`
  const gaps = gapsBetween(files).map(describeGap)
  if (gaps.length === 0) return ok('logs', `${span}, no day missing`)
  const hint = 'Check whether the application ran then, and whether these files were moved away.'
  return warning('logs', `${span}; no file for ${listSome(gaps)}.`, hint)
}

function describeGap({ first, last }: DaySpan): string {
  return first === last ? formatDay(first) : `${formatDay(first)} to ${formatDay(last)}`
}

// Such as what a rotation leaves behind: app.jsonl.1 is no log by its name, and its lines count nowhere.
function diagnoseOtherFiles(places: readonly LogPlace[], cwd: string): Diagnosis[] {
  const names = namesOfOtherFiles(places, cwd)
  if (names.length === 0) return []
  const hint = 'If they are logs, rename them to *.jsonl, or name them with --logs.'
  return [warning('other files', `${listSome(names)}: not read, because logs are named *.jsonl.`, hint)]
}

function diagnoseSizes(files: readonly LogFile[]): Diagnosis {
  const sizes = files.filter(file => !isStream(file)).map(file => ({ file, bytes: bytesOfFile(file.path) }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  const empty = sizes.filter(({ bytes }) => bytes === 0).map(({ file }) => file.name)
  const text = `${(total / 1e6).toFixed(total < 1e7 ? 2 : 0)} MB on disk`
  if (empty.length === 0) return ok('size', text)
  return warning('size', `${text}; ${listSome(empty)} is empty.`, 'Check whether the disk was full then.')
}
