// The rows of other tools' logs, kept in the cache between runs: histories of agents are long, asked again and again, and all but
// a few of their files never change. What is kept is what was read, before it is settled which rows count. A file that is not
// as it was, in its size, its times or its place on the disk, is read anew.
import { digest } from '../../base/digest.ts'
import { openSealed, seal } from '../../base/sealed-file.ts'
import { CacheStore } from '../../engine/cache/cache-store.ts'
import { MOST_BYTES, ORIGIN_FILE } from '../../engine/cache/cached-engine.ts'
import { type FileIdentity, isSameFile, readIdentity } from '../../engine/cache/file-identity.ts'
import { keyOfFormat, SETTLED_MS } from '../../engine/cache/origin.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import type { ReadLogRows } from '../../source/read-rows.ts'
import type { HeldRow } from '../../source/source.ts'
import type { EngineOptions } from '../workspace/open-engine.ts'

/** Raise it when the same lines give other rows, or rows are kept in another way. */
const ROWS_VERSION = 1
/** Smaller files are read as fast as they are found. */
const LEAST_BYTES = 16 * 1024

/** A row as a list, in which JSON keeps what is not there as null. */
type KeptRow = readonly [
  line: number,
  body: string,
  time: HeldRow['time'] | null,
  key: string | null,
  outputTokens: number,
  totalTokens: number,
  version: string | null,
  note: HeldRow['note'] | null,
]

interface KeptHead {
  readonly ledger: ReadLogRows['ledger']
  readonly rows: readonly KeptRow[]
}

/** A file as it was before its rows were read. */
export interface LookedAt {
  readonly file: LogFile
  readonly identity: FileIdentity
  readonly lookedMs: number
  readonly key: string
}

export class KeptRows {
  private readonly store: CacheStore
  private readonly options: EngineOptions
  private readonly leastBytes: number

  constructor(options: EngineOptions, folder: string) {
    this.options = options
    this.store = new CacheStore(folder, options.machineNow)
    this.leastBytes = options.tuning?.leastCacheBytes ?? LEAST_BYTES
  }

  /** Undefined for a file whose rows are not kept. */
  look(file: LogFile, format: SourceFormat): LookedAt | undefined {
    const identity = isStream(file) ? undefined : readIdentity(file.path)
    if (identity === undefined || identity.sizeBytes < this.leastBytes) return undefined
    const { toolVersion, machineNow } = this.options
    const key = JSON.stringify([
      ROWS_VERSION,
      toolVersion,
      keyOfFormat(format),
      file.path,
      file.name,
      file.day,
      identity,
    ])
    return { file, identity, lookedMs: machineNow(), key }
  }

  read({ file, key }: LookedAt): ReadLogRows | undefined {
    const bytes = this.store.read(nameOf(file))
    const kept = bytes === undefined ? undefined : openSealed<KeptHead>(bytes, key)
    return kept && { name: file.name, ledger: kept.head.ledger, rows: kept.head.rows.map(openRow) }
  }

  /** Keeps what was read of a file that did not change meanwhile and has not just changed before. */
  keep({ file, identity, lookedMs, key }: LookedAt, { ledger, rows }: ReadLogRows): void {
    const after = readIdentity(file.path)
    const isSettled = lookedMs - identity.changedMs > SETTLED_MS
    if (!isSettled || after === undefined || !isSameFile(after, identity) || ledger.failures.length > 0) return
    const head: KeptHead = { ledger, rows: rows.map(keepRow) }
    const bytes = seal(key, head, [])
    if (bytes !== undefined) this.store.write(nameOf(file), bytes)
  }

  /** To be called when all files are read. */
  end(): void {
    if (this.store.writtenBytes === 0) return
    const { logs } = this.options.cache!
    this.store.write(ORIGIN_FILE, Buffer.from(`${JSON.stringify({ logs })}\n`))
    this.store.trim(MOST_BYTES)
  }
}

function nameOf({ path }: LogFile): string {
  return `rows-${digest(path)}`
}

function keepRow({ line, body, time, key, outputTokens, totalTokens, version, note }: HeldRow): KeptRow {
  return [line, body, time ?? null, key ?? null, outputTokens, totalTokens, version ?? null, note ?? null]
}

function openRow([line, body, time, key, outputTokens, totalTokens, version, note]: KeptRow): HeldRow {
  return {
    line,
    body,
    time: time ?? undefined,
    key: key ?? undefined,
    outputTokens,
    totalTokens,
    version: version ?? undefined,
    note: note ?? undefined,
    isDuplicate: false,
  }
}
