// Where the rows that are judged come from: a log file, or a part of one.
import type { Day } from '../base/zone.ts'
import type { Problem } from '../query/ledger.ts'
import type { Reject } from '../scan/reader.ts'
import type { SeenIds } from './seen-ids.ts'

export interface JudgedFile {
  readonly name: string
  /** For events without a time. */
  readonly day: Day | null
  /** Lines of the file before this part. */
  readonly linesBefore: number
  /** Ids of the lines before this part, where it is judged alone; they become the judge's. */
  readonly seen?: SeenIds | undefined
}

/** A rejected line of a part as a problem of its file. */
export function problemOf({ name, linesBefore }: JudgedFile, { line, reason, wrong }: Reject): Problem {
  return { file: name, line: linesBefore + line, reason, ...wrong }
}
