// A log file as it lies on disk: where it is, which day its name says, how it is packed.
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { parseDay } from '../base/calendar.ts'
import type { Day } from '../base/zone.ts'

export type Packing = 'none' | 'gz' | 'zst' | 'br'

export interface LogFile {
  /** Absolute path; '-' for standard input. */
  readonly path: string
  /** How reports call it: the path as seen from the folder that was asked for. */
  readonly name: string
  /** The day that its name holds; null means that it is read whole. */
  readonly day: Day | null
  readonly packing: Packing
  /** Name of the source format that the configuration gives to its folder; null is the report's. */
  readonly format: string | null
  /** Of a pipe or a device that was named itself: it can be opened once. */
  readonly openPipe?: () => Readable
}

export const STDIN_PATH = '-'

/** What gives its bytes only once: standard input, and pipes. */
export function isStream(file: LogFile): boolean {
  return file.path === STDIN_PATH || file.openPipe !== undefined
}

const LOG_NAME = /\.(jsonl|ndjson)(?:\.(gz|zst|br))?$/i
const DATE = /(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)/

export function isLogName(name: string): boolean {
  return LOG_NAME.test(name)
}

/** The name of a log without what says that it is one, and how it is packed. */
export function stemOf(name: string): string {
  return name.replace(LOG_NAME, '')
}

export function describeLogFile(path: string, name: string, format: string | null): LogFile {
  return { path, name, day: dayOfName(path), packing: packingOf(path), format }
}

/** The first date that exists in a file's name. */
export function dayOfName(path: string): Day | null {
  const date = DATE.exec(basename(path))?.[1]
  return (date === undefined ? undefined : parseDay(date)) ?? null
}

function packingOf(path: string): Packing {
  const ending = /\.(gz|zst|br)$/i.exec(path)?.[1]?.toLowerCase()
  return (ending as Packing | undefined) ?? 'none'
}
