// Reads log files through the engine and keeps what they gave: whole files, what was appended to one, and what a range
// leaves of one. A file that changed while it was read is not kept.
import { digest } from '../base/digest.ts'
import { openSealed, seal } from '../base/sealed-file.ts'
import type { LogFile } from '../log/log-file.ts'
import type { Range } from '../query/query.ts'
import { SeenIds } from '../tally/seen-ids.ts'
import { type GrowingTally, mergeTally, type Tally } from '../tally/tally.ts'
import { idsName, type KnownFile } from './cache-index.ts'
import { cutPiece, isWhole, type Piece } from './cache-pieces.ts'
import { cutsWithin } from './cache-shape.ts'
import type { CacheStore } from './cache-store.ts'
import type { FileEngine, FileResult, RunRequest } from './engine.ts'
import { type FileIdentity, isSameFile, readEnds, readIdentity } from './file-identity.ts'
import { SETTLED_MS } from './origin.ts'
import { outside, ownTally, type StoredTallies } from './stored-tallies.ts'

/** A file to read whole. */
export interface WholeTask {
  readonly file: LogFile
  /** What it was before reading; undefined where it is not there. */
  readonly before: FileIdentity | undefined
  /** Whether it may grow and be continued. */
  readonly isGrowing: boolean
}

/** What was appended to a known file. */
export interface Tail {
  /** The file with or without what was appended. */
  readonly known: KnownFile
  /** What was appended, where it is not in `known`, and what the file was then; undefined where it has changed since. */
  readonly loose: { readonly tally: Tally; readonly identity: FileIdentity | undefined } | undefined
}

const MOST_IDS_BYTES = 32 * 1024 * 1024
const STORED_GROWTH_BYTES = 256 * 1024

export interface KeeperOptions {
  readonly now: () => number
  /** A file that grew by less is not stored anew. */
  readonly storedGrowthBytes?: number
}

export class FileKeeper {
  private readonly engine: FileEngine
  private readonly request: RunRequest
  private readonly store: CacheStore
  private readonly tallies: StoredTallies
  private readonly options: KeeperOptions

  /** The query of `request` is that of whole files. */
  constructor(
    engine: FileEngine,
    request: RunRequest,
    store: CacheStore,
    tallies: StoredTallies,
    options: KeeperOptions,
  ) {
    this.engine = engine
    this.request = request
    this.store = store
    this.tallies = tallies
    this.options = options
  }

  /** Reads and stores files; those that are not in the answer could not be stored. */
  async readWhole(tasks: readonly WholeTask[], idOf: (file: LogFile) => string): Promise<Map<LogFile, KnownFile>> {
    const kept = new Map<LogFile, KnownFile>()
    const byFile = new Map(tasks.map(task => [task.file, task]))
    const fileTasks = tasks.map(({ file, isGrowing }) => ({
      file,
      startByte: 0,
      linesBefore: 0,
      keepsIds: isGrowing && this.request.query.dedupe === 'file',
    }))
    await this.engine.runFiles(this.request, fileTasks, result => {
      const { file, before } = byFile.get(result.task.file)!
      const tally = ownTally(result.tally, this.request.query)
      const known = before === undefined ? undefined : this.keep(result, tally, before, idOf(file))
      if (known !== undefined) kept.set(file, known)
    })
    return kept
  }

  /**
   * Reads what was appended to a file. Undefined where its old part may not be believed or cannot be continued, or where
   * the range cuts through it.
   */
  async readTail(file: LogFile, before: KnownFile, range: Range, id: string): Promise<Tail | undefined> {
    const now = readIdentity(file.path)
    const { identity } = before
    const isGrown =
      now?.inode === identity.inode && now.device === identity.device && now.sizeBytes > identity.sizeBytes
    if (!isGrown || file.packing !== 'none' || !before.ends.endsInNewline || before.ids === 'unknown') return undefined
    const ends = readEnds(file.path, identity.sizeBytes)
    if (ends?.first !== before.ends.first || ends.last !== before.ends.last) return undefined
    if (!isWhole(cutPiece(file, before, range))) return undefined
    const seen = before.ids === 'stored' ? this.readIds(before.entry) : new SeenIds()
    if (seen === undefined) return undefined
    const { query } = this.request
    const keepsIds = query.dedupe === 'file'
    const task = { file, startByte: identity.sizeBytes, linesBefore: before.lines, seen, keepsIds }
    let tail: Tail | undefined
    await this.engine.runFiles(this.request, [task], result => {
      const appended = ownTally(result.tally, query)
      if (appended.ledger.failures.length > 0) return
      const bytes = appended.ledger.bytes
      appended.ledger.files = 0
      const kept = bytes < this.leastGrowth ? undefined : this.keepGrown(result, appended, before, now, id)
      const piece = cutPiece(file, { ...before, ...spanOf(appended) }, range)
      if (kept !== undefined) tail = { known: kept, loose: undefined }
      else if (isWhole(piece)) {
        const tally = piece.isOutside ? outside(appended, query) : appended
        const after = readIdentity(file.path)
        tail = { known: before, loose: { tally, identity: after && isSameFile(after, now) ? now : undefined } }
      }
    })
    return tail
  }

  /** Reads a piece that is not stored any more, or was never; undefined where its file is no longer what is known of it. */
  async readPiece(piece: Piece): Promise<Tally | undefined> {
    const { file, known } = piece
    const request = { ...this.request, query: { ...this.request.query, range: piece.range } }
    let own: GrowingTally | undefined
    await this.engine.runFiles(request, [{ file, startByte: 0, linesBefore: 0, keepsIds: false }], result => {
      own = ownTally(result.tally, request.query)
    })
    const after = readIdentity(file.path)
    const isSame = after !== undefined && isSameFile(after, known.identity)
    if (own === undefined || !isSame || own.ledger.failures.length > 0) return undefined
    this.tallies.write(piece.entry, own)
    return own
  }

  private get leastGrowth(): number {
    return this.options.storedGrowthBytes ?? STORED_GROWTH_BYTES
  }

  private keepGrown(
    result: FileResult,
    appended: GrowingTally,
    before: KnownFile,
    now: FileIdentity,
    id: string,
  ): KnownFile | undefined {
    const old = this.tallies.read(before.entry)
    if (old === undefined) return undefined
    const whole = ownTally(old, this.request.query)
    mergeTally(whole, appended)
    const known = this.keep(result, whole, now, id)
    return known?.ends.endsInNewline === true ? known : undefined
  }

  // Stores the tally of a file's bytes from its start to where reading ended.
  private keep(result: FileResult, tally: GrowingTally, before: FileIdentity, id: string): KnownFile | undefined {
    const { file } = result.task
    const { ledger } = tally
    const after = readIdentity(file.path)
    if (after === undefined || ledger.failures.length > 0) return undefined
    const identity = identityAt(ledger.bytes, before, after)
    const ends = identity === undefined ? undefined : readEnds(file.path, ledger.bytes)
    if (identity === undefined || ends === undefined) return undefined
    const span = spanOf(tally)
    const cuts = cutsWithin(this.request.query.cuts, tally.firstInstant, tally.lastInstant)
    const entry = digest(JSON.stringify([this.tallies.shapeKey, id, identity, cuts]))
    if (!this.tallies.write(entry, tally)) return undefined
    const isSettled = this.options.now() - identity.modifiedMs > SETTLED_MS
    const ids = this.keepIds(entry, result)
    return { entry, identity, ends, isSettled, lines: result.lines, ...span, cuts, ids }
  }

  private keepIds(entry: string, { seen }: FileResult): KnownFile['ids'] {
    if (this.request.query.dedupe !== 'file') return 'none'
    if (seen === undefined || seen.words.byteLength > MOST_IDS_BYTES) return 'unknown'
    if (seen.count === 0) return 'none'
    const bytes = seal(entry, null, [seen.words])
    return bytes !== undefined && this.store.write(idsName(entry), bytes) ? 'stored' : 'unknown'
  }

  private readIds(entry: string): SeenIds | undefined {
    const bytes = this.store.read(idsName(entry))
    const sealed = bytes === undefined ? undefined : openSealed<null>(bytes, entry)
    return sealed === undefined ? undefined : SeenIds.ofWords(sealed.columns[0] as Uint32Array)
  }
}

// What a file was when so many of its bytes had been read; undefined where it changed otherwise than by growing.
function identityAt(readBytes: number, before: FileIdentity, after: FileIdentity): FileIdentity | undefined {
  const isSameInode = before.inode === after.inode && before.device === after.device
  if (!isSameInode || readBytes < before.sizeBytes || readBytes > after.sizeBytes) return undefined
  // It grew on: no file is ever the same as this one, but it can be continued from there.
  if (readBytes < after.sizeBytes) return { ...after, sizeBytes: readBytes, modifiedMs: -1 }
  return before.sizeBytes === after.sizeBytes && before.modifiedMs !== after.modifiedMs ? undefined : after
}

function spanOf({ firstInstant, lastInstant }: Tally): Pick<KnownFile, 'firstInstant' | 'lastInstant'> {
  const hasEvents = Number.isFinite(firstInstant)
  return { firstInstant: hasEvents ? firstInstant : null, lastInstant: hasEvents ? lastInstant : null }
}
