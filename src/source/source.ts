// A format of another tool: how its logs are recognised, where fields are in its rows, and, if a line is not one event, the code
// steps that turn lines into rows and choose among them. Each format has a file next to this one.
import type { FormatDescription } from '../event/format-schema.ts'
import type { JsonObject } from '../scan/json-object.ts'

export interface Source {
  readonly name: string
  /** What it is, in a few words. */
  readonly help: string
  /** Where its fields are, in a line or in the rows that `open` makes from it. */
  readonly description: FormatDescription
  /**
   * How its lines are recognised: by one of these lists, all of whose conditions must be met. A condition is a path that has a
   * value, or `path=a,b`.
   */
  readonly signs: readonly (readonly string[])[]
  /** Whether a row sums up many requests, which are also in the logs of those who made them. */
  readonly isOfSums?: true
  /** Steps of code; absent where each line is a row. */
  readonly steps?: Steps
}

export interface Steps {
  /** Starts a file. The function that it returns is called with every object of the file in order, and returns its rows. */
  open(): RowsOf
  /**
   * Texts, at least one of which is in every line that gives rows or affects those of others. Other lines are not parsed,
   * unless they do not begin and end like an object. Absent: all lines are parsed.
   */
  readonly lineMarks?: readonly string[]
  /** Once all files are known, says which rows do not count after all, and returns warnings. */
  settle?(logs: readonly HeldLog[]): readonly string[] | undefined
  /** The row that counts, of those with one key, gets the time of the first of them. */
  readonly isAtFirstTime?: boolean
}

export type RowsOf = (object: JsonObject) => readonly SourceRow[]

export interface SourceRow {
  /** The object that the paths of the format refer to; undefined if the row is not an event and only `note` matters. */
  readonly object: JsonObject | undefined
  /** Rows with the same key are one event, in whatever files; a row without a key is an event by itself. */
  readonly key?: string | undefined
  /** Among rows that replace each other, the one with the greatest value is the last; without it, the order of the files decides. */
  readonly version?: string | undefined
  /** For `settle`. */
  readonly note?: Note
}

/** What a row tells `settle` in addition to its event. */
export type Note = { readonly [name: string]: string | number | boolean | undefined }

/** A row with its event, until it is known whether it counts. */
export interface HeldRow {
  /** Number of the line in its file, from 1. */
  readonly line: number
  /** The event without its time, as in event-line.ts; '' if the row is not an event. */
  readonly body: string
  time: EventTime
  readonly key: string | undefined
  /** Among rows with one key, the one with the highest counts. */
  readonly outputTokens: number
  readonly totalTokens: number
  readonly version: string | undefined
  readonly note: Note | undefined
  /** Whether another row counts in its place. */
  isDuplicate: boolean
}

/** As in ParsedTime; undefined if the row has none. */
export type EventTime = { readonly ms: number; readonly isNaive: boolean; readonly isDay: boolean } | undefined

/** The rows of a file, in the order of its lines. */
export interface HeldLog {
  readonly name: string
  rows: HeldRow[]
}
