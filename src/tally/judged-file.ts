// Where the rows that are judged come from: a log file, or a part of one.
import type { Day } from '../base/zone.ts'
import type { LinePlace, Problem } from '../query/ledger.ts'
import type { Reject } from '../scan/reader.ts'
import type { SeenIds } from './seen-ids.ts'

export interface JudgedFile {
  readonly name: string
  /** For events without a time. */
  readonly day: Day | null
  /** Lines of the file before this part. */
  readonly linesBefore: number
  /** Where the lines that are read were made of others: the line of the file that each is from. */
  readonly lines?: Uint32Array | undefined
  /** Ids of the lines before this part, where it is judged alone; they become the judge's. */
  readonly seen?: SeenIds | undefined
}

/** Where a line of a part is in its file. */
export function placeOf({ name, linesBefore, lines }: JudgedFile, line: number): LinePlace {
  return { file: name, line: lines?.[line - 1] ?? linesBefore + line }
}

/** A rejected line of a part as a problem of its file. */
export function problemOf(file: JudgedFile, { line, reason, wrong }: Reject): Problem {
  return { ...placeOf(file, line), reason, ...wrong }
}
