// The contract of a reader: bytes of a log in, Batches out. The reference reader is the definition of correct; the kernel
// gives the same Batches, except that dictionaries may number texts in another order and batches may be cut elsewhere.
import type { Decimal } from '../base/decimal.ts'
import type { TextTable } from '../base/dictionary.ts'
import type { ParsedTime } from '../base/parse-time.ts'
import type { SourceFormat } from '../event/source-format.ts'
import type { RejectReason, WrongValue } from '../query/ledger.ts'
import type { ExtraColumn } from '../query/query.ts'
import type { ScopeRule } from '../query/scope.ts'

/** The longest line that is read; a longer one is rejected as too-long. */
export const LONGEST_LINE_BYTES = 16 * 1024 * 1024

/** Cost columns hold units of 10^-12 dollars. */
export const COST_SCALE = 12

/** What a reader must make of every line. All fields of the format are checked, but only `columns` are made. */
export interface ScanPlan {
  readonly format: SourceFormat
  /** Names of event fields wanted as columns; timestamp and id have columns of their own. */
  readonly columns: readonly string[]
  readonly extras: readonly ExtraColumn[]
  /** Whether the ids column is wanted. */
  readonly wantsIds: boolean
  /** Lines that become no event are left out unless these say that they are in scope; those of events are for the judge. */
  readonly scope?: readonly ScopeRule[] | undefined
}

export interface TextColumn {
  /** A code of `table` for each row; 0 where the line has no value. */
  readonly codes: Uint32Array
  readonly table: TextTable
}

/** How a row's time is to be read. */
export const TIME_IS_INSTANT = 0
/** The wall clock, as if it were UTC. */
export const TIME_IS_NAIVE = 1
/** The line has none; the part says that its file's day stands for it. */
export const TIME_IS_ABSENT = 2
/** A calendar day without a time, in whatever zone; given by its start in UTC. A kernel has another kind below. */
export const TIME_IS_DAY = 4

export function kindOfTime(time: ParsedTime | undefined): number {
  if (time === undefined) return TIME_IS_ABSENT
  if (time.isDay) return TIME_IS_DAY
  return time.isNaive ? TIME_IS_NAIVE : TIME_IS_INSTANT
}

/** Whether rows of a kind are of a day, and of no time in it. */
export function isUntimed(kind: number): boolean {
  return kind === TIME_IS_DAY || kind === TIME_IS_ABSENT
}

/**
 * Some lines as columns. Arrays may be longer than `rows` and belong to the reader: they are valid only during the call
 * that hands them over. Consumers may overwrite them.
 */
export interface Batch {
  readonly rows: number
  /** Line number of each row in its part, from 1, blank lines counted. */
  readonly lines: Uint32Array
  /** Milliseconds since 1970. */
  readonly times: Float64Array
  readonly timeKinds: Uint8Array
  /** 1 where the format says to leave the line out; such a row has no other columns. */
  readonly skipped: Uint8Array
  /** Text columns by name: fields of kind text or error, and extra text columns. */
  readonly texts: ReadonlyMap<string, TextColumn>
  /** Number columns by name: tokens, entries and extra numbers as integers, durations in whole microseconds; NaN is absent. */
  readonly numbers: ReadonlyMap<string, Float64Array>
  /** Logged costs in units of 10^-12 dollars, NaN where there is none. */
  readonly costs: Float64Array
  /** Costs that have more digits or are larger than 2^53 units, by row; their place in `costs` holds 0. */
  readonly wideCosts: ReadonlyMap<number, Decimal>
  /** Four 32-bit words of fingerprint.ts for each row, all 0 where the line has no id. Empty if not wanted. */
  readonly ids: Uint32Array
  /** The rejected lines among these, in order. */
  readonly rejects: readonly Reject[]
  /** Of how many lines it is not known whether cached tokens or reasoning are inside or beside. */
  readonly undecided: number
  /** The bytes of a row's line without its line end; for keeping a line that is rejected later. */
  lineBytesOf(row: number): Uint8Array
  lineTextOf(row: number): string
}

export interface Reject {
  readonly line: number
  readonly reason: RejectReason
  /** The value that is wrong, where one is. */
  readonly wrong?: WrongValue | undefined
  /** The line as it stood, without its line end; empty where it is too long to keep, or nobody asked for it. */
  readonly bytes: Uint8Array
}

/** Where a part stands in its file. */
export interface Part {
  /** Whether the file has a day that may stand for a missing time. */
  readonly hasFileDay: boolean
  /** Whether the part begins the file. */
  readonly isFirst: boolean
  /** Fields that the path of the file gives to lines that say nothing of them. */
  readonly texts?: ReadonlyMap<string, string> | undefined
}

/**
 * Reads parts of files, one after the other. For each: `begin`, then put bytes into `space()` and say how many with
 * `advance`, then `end`. A part begins at the start of a line and ends at the end of one, or at the end of the file.
 */
export interface Reader {
  begin(part: Part): void
  /** Where the next bytes go; at least one byte long. Valid until the next call of `advance`. */
  space(): Uint8Array
  advance(byteCount: number): void
  /** No more bytes: what is left is the last line. Returns how many lines the part had, blank ones included. */
  end(): number
}

/** Receives the batches, in the order of the lines. */
export type BatchSink = (batch: Batch) => void

export interface ReaderOptions {
  /** The most bytes that `space()` offers; small values are for tests. */
  readonly blockBytes?: number
  /** Whether rejected lines carry their bytes. */
  readonly keepsRejectedLines?: boolean
}
