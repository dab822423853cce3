// A log file on disk: where it is, which days its name says, how it is compressed.
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { daysIn } from '../base/calendar.ts'
import type { Day } from '../base/zone.ts'
import type { DifferingField } from '../query/differing-field.ts'
import type { Ledger } from '../query/ledger.ts'

export type Packing = 'none' | 'gz' | 'zst' | 'br'

export interface DaySpan {
  readonly first: Day
  readonly last: Day
}

export interface LogFile {
  /** Absolute path; '-' for standard input. */
  readonly path: string
  /** How reports call it: the path as seen from the folder that was asked for. */
  readonly name: string
  /** The days that its name says it is of; null means that it is read whole. */
  readonly days: DaySpan | null
  /** The one day on which its events without a time count; null where its name says none, or several. */
  readonly day: Day | null
  readonly packing: Packing
  /** Name of the source format that the configuration gives to its folder; null is the report's. */
  readonly format: string | null
  /** Where it is from, where that is not where its path says. */
  readonly place?: string
  /** Of a pipe or a device that was named itself: it can be opened once. */
  readonly openPipe?: () => Readable
  /** Of a pipe or standard input: its first bytes, as they are stored. */
  readonly head?: Buffer
  /** Events that were made of its lines, and that stand for it. */
  readonly made?: MadeEvents
  /** Its lines are on another machine, and only what they add up to is here. */
  readonly away?: AwayLog
}

/** Events made of the lines of another tool's log, in memory. */
export interface MadeEvents {
  /** As lines of the format of events, see event-format.ts. */
  readonly bytes: Uint8Array
  /** The line of the file that each of them is from. */
  readonly lines: Uint32Array
  /** What became of all else in the file, and what could not be read of it. */
  readonly ledger: Ledger
}

/** What was looked up in the lines while they were at hand. */
export interface AwayLog {
  /** In what the first line that repeats an id differs from the line that counts; undefined where there is none, or it was not found. */
  readonly differences: readonly DifferingField[] | undefined
}

/** Where a line that was read stands in the file itself. */
export function lineInFile({ made }: Pick<LogFile, 'made'>, line: number): number {
  return made?.lines[line - 1] ?? line
}

export const STDIN_PATH = '-'

/** What gives its bytes only once: standard input, and pipes. */
export function isStream(file: LogFile): boolean {
  return file.path === STDIN_PATH || file.openPipe !== undefined
}

/** Whether its lines can be looked at as often as one likes. */
export function canReadAgain(file: LogFile): boolean {
  return !isStream(file) && file.away === undefined
}

const LOG_NAME = /\.(jsonl|ndjson)(?:\.(gz|zst|br))?$/i

export function isLogName(name: string): boolean {
  return LOG_NAME.test(name)
}

/** The name of a log without what says that it is one, and how it is packed. */
export function stemOf(name: string): string {
  return name.replace(LOG_NAME, '')
}

export function describeLogFile(path: string, name: string, format: string | null): LogFile {
  const days = daysOfName(basename(path))
  const day = days?.first === days?.last ? (days?.first ?? null) : null
  return { path, name, days, day, packing: packingOf(path), format }
}

// A name with several dates covers all of them and the days between.
function daysOfName(name: string): DaySpan | null {
  const days = daysIn(name).sort((a, b) => a - b)
  return days.length === 0 ? null : { first: days[0]!, last: days.at(-1)! }
}

function packingOf(path: string): Packing {
  const ending = /\.(gz|zst|br)$/i.exec(path)?.[1]?.toLowerCase()
  return (ending as Packing | undefined) ?? 'none'
}
