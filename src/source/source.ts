// A format of another tool: how its logs are known, where fields are in its rows, and, where a line is not one event, the steps of
// code that make rows of lines and choose among them. One file a format stands beside this.
import type { FormatDescription } from '../event/format-schema.ts'
import type { JsonObject } from '../scan/json-object.ts'

export interface Source {
  readonly name: string
  /** What it is, in a few words. */
  readonly help: string
  /** Where its fields are, in a line or in the rows that `open` makes of it. */
  readonly description: FormatDescription
  /**
   * How its lines are known: a line is one if all conditions of one of these lists hold. A condition is a path that has a value, or
   * `path=a,b`.
   */
  readonly signs: readonly (readonly string[])[]
  /** Whether a row sums up many requests, which are also in the logs of those who made them. */
  readonly isOfSums?: true
  /** Steps of code; absent where each line is a row. */
  readonly steps?: Steps
}

export interface Steps {
  /** Starts a file: what is then called with every object of it in order gives the rows of that object. */
  open(): RowsOf
  /**
   * Bytes of which every line has some that gives rows or changes those of others. Other lines are not parsed, unless
   * they do not begin and end like an object. Absent: all are parsed.
   */
  readonly lineMarks?: readonly string[]
  /** Says which rows do not count after all, all files being known, and what is to be warned of. */
  settle?(logs: readonly HeldLog[]): readonly string[] | undefined
  /** Of rows of one key the one that counts has the time of the first of them. */
  readonly isAtFirstTime?: boolean
}

export type RowsOf = (object: JsonObject) => readonly SourceRow[]

export interface SourceRow {
  /** What the fields of the format are paths in; undefined where the row is no event and only `note` is of interest. */
  readonly object: JsonObject | undefined
  /** Rows of one key are one event, in whatever files; each is one by itself where it is undefined. */
  readonly key?: string | undefined
  /** Of rows that replace each other the greatest is the last; without it, the order of the files decides. */
  readonly version?: string | undefined
  /** For `settle`. */
  readonly note?: Note
}

/** What a row says to `settle` beside its event. */
export type Note = { readonly [name: string]: string | number | boolean | undefined }

/** A row with its event, until it is known whether it counts. */
export interface HeldRow {
  /** Of its file, from 1. */
  readonly line: number
  /** The event without its time, as in event-line.ts; '' where the row is none. */
  readonly body: string
  time: EventTime
  readonly key: string | undefined
  /** Of rows with one key that with the highest counts. */
  readonly outputTokens: number
  readonly totalTokens: number
  readonly version: string | undefined
  readonly note: Note | undefined
  /** Whether another row stands for it. */
  isDuplicate: boolean
}

/** As in ParsedTime; undefined where the row has none. */
export type EventTime = { readonly ms: number; readonly isNaive: boolean; readonly isDay: boolean } | undefined

/** The rows of a file, in the order of its lines. */
export interface HeldLog {
  readonly name: string
  rows: HeldRow[]
}
