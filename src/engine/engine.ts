// The boundary between reports and the place where events are: a report cannot tell which engine answers its queries.
import type { Readable } from 'node:stream'
import type { SourceFormat } from '../event/source-format.ts'
import type { LogFile } from '../log/log-file.ts'
import type { RejectedLine } from '../query/ledger.ts'
import type { Query } from '../query/query.ts'
import type { SeenIds } from '../tally/seen-ids.ts'
import type { Tally } from '../tally/tally.ts'
import type { ReadBlocks } from './file-blocks.ts'

/** What is done while a query runs; nothing here changes the answer. */
export interface RunHooks {
  /** The files that will be read. */
  readonly onFiles?: (files: readonly LogFile[]) => void
  /** Stored bytes read since the last call, and the file at hand. */
  readonly onProgress?: (storedBytes: number, file: LogFile) => void
  /** Every rejected line with its bytes, in no certain order of files. */
  readonly onReject?: (line: RejectedLine) => void
}

/** The ids of events that were removed from a log, and that stay counted. */
export interface CountedIds {
  /** Of fingerprints, four an id. */
  readonly words: Uint32Array
  /** Stands for these ids. */
  readonly key: string
}

export interface RunRequest {
  readonly query: Query
  /** Ordered; chosen for the range by the caller. */
  readonly files: readonly LogFile[]
  /** The source format of each file. */
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly openStdin: () => Readable
  readonly hooks: RunHooks
  /** By the path of a file: ids that count as seen before its first line, where ids count once. */
  readonly counted?: ReadonlyMap<string, CountedIds>
}

export interface Engine {
  run(request: RunRequest): Promise<Tally>
}

/** A file to tally by itself, or what was appended to it since it was read last. */
export interface FileTask {
  readonly file: LogFile
  /** Where reading begins: 0, or just after a newline of a file that is not packed. */
  readonly startByte: number
  /** Lines before that. */
  readonly linesBefore: number
  /** The ids of the lines before that, handed over; undefined where there are none. */
  readonly seen?: SeenIds | undefined
  /** The blocks before that, as in file-blocks.ts. */
  readonly blocks?: Uint32Array | undefined
  /** Whether all is wanted that it takes to prove the file unchanged and to go on from its end: its blocks, and the ids seen. */
  readonly isForGrowth: boolean
  /** Words of ids that were counted before the first line of the file; none where `seen` has them. */
  readonly counted?: Uint32Array | undefined
}

export interface FileResult {
  readonly task: FileTask
  /** Valid only while it is handed over. */
  readonly tally: Tally
  /** Lines of the file up to where reading ended. */
  readonly lines: number
  /** Both undefined where they were not wanted. */
  readonly seen: SeenIds | undefined
  readonly blocks: ReadBlocks | undefined
}

/** An engine that can tally files one by one. Ids that count once across files are none of its business. */
export interface FileEngine extends Engine {
  /** Hands over one result a task, in any order. The files of the request are not looked at. */
  runFiles(request: RunRequest, tasks: readonly FileTask[], onResult: (result: FileResult) => void): Promise<void>
}
