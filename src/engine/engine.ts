// The boundary between reports and where events are: whoever answers queries, a report cannot tell.
import type { Readable } from 'node:stream'
import type { SourceFormat } from '../event/source-format.ts'
import type { LogFile } from '../log/log-file.ts'
import type { RejectedLine } from '../query/ledger.ts'
import type { Query } from '../query/query.ts'
import type { Tally } from '../tally/tally.ts'

/** What is done while a query runs; nothing here changes the answer. */
export interface RunHooks {
  /** The files that will be read. */
  readonly onFiles?: (files: readonly LogFile[]) => void
  /** Stored bytes read since the last call, and the file at hand. */
  readonly onProgress?: (storedBytes: number, file: LogFile) => void
  /** Every rejected line with its bytes, in no certain order of files. */
  readonly onReject?: (line: RejectedLine) => void
}

export interface RunRequest {
  readonly query: Query
  /** Ordered; chosen for the range by the caller. */
  readonly files: readonly LogFile[]
  /** The source format of each file. */
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly stdin: Readable
  readonly hooks: RunHooks
}

export interface Engine {
  run(request: RunRequest): Promise<Tally>
}
