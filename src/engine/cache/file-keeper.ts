// Reads log files through the engine and stores their sums: of whole files, of lines appended to one, and of the part of one
// that is in a range. The sums of a file that changed while it was read are not stored.
import { digest } from '../../base/digest.ts'
import { openSealed, seal } from '../../base/sealed-file.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Range } from '../../query/query.ts'
import { SeenIds } from '../../tally/seen-ids.ts'
import { type GrowingTally, mergeTally, type Tally } from '../../tally/tally.ts'
import type { FileEngine, FileResult, RunRequest } from '../engine.ts'
import { beginsWith } from '../file-blocks.ts'
import { type KnownFile, proofName } from './cache-index.ts'
import { cutPiece, isWhole, type Piece } from './cache-pieces.ts'
import { cutsWithin } from './cache-shape.ts'
import type { CacheStore } from './cache-store.ts'
import { type FileIdentity, isSameFile, isSameInode, readIdentity } from './file-identity.ts'
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
  /** What was appended, where it is not in `known`. */
  readonly loose: Tally | undefined
}

const MOST_IDS_BYTES = 40 * 1024 * 1024
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
    const fileTasks = tasks.map(({ file, before, isGrowing }) => ({
      file,
      startByte: 0,
      linesBefore: 0,
      // What had just changed may change again without a sign of it.
      isForGrowth: isGrowing || (before !== undefined && !this.isSettled(before)),
    }))
    await this.engine.runFiles(this.request, fileTasks, result => {
      const { file, before } = byFile.get(result.task.file)!
      const tally = ownTally(result.tally, this.request.query)
      const known = before === undefined ? undefined : this.keep(result, tally, before, idOf(file))
      if (known !== undefined) kept.set(file, known)
    })
    return kept
  }

  /** Whether a file that has the size of what is known of it still has the bytes too; undefined where it has not. */
  proveUnchanged(file: LogFile, known: KnownFile, now: FileIdentity): KnownFile | undefined {
    const proof = isSameInode(now, known.identity) ? this.readProof(known) : undefined
    if (proof === undefined || !beginsWith(file.path, proof.blocks, now.sizeBytes, true)) return undefined
    const after = readIdentity(file.path)
    if (after === undefined || !isSameFile(after, now)) return undefined
    const isSettled = this.isSettled(now)
    return isSameFile(now, known.identity) && isSettled === known.isSettled
      ? known
      : { ...known, identity: now, isSettled }
  }

  /**
   * Reads what was appended to a file. Undefined where its old part may not be believed or cannot be continued, or where
   * the range cuts through it.
   */
  async readTail(file: LogFile, before: KnownFile, range: Range, id: string): Promise<Tail | undefined> {
    const now = readIdentity(file.path)
    const { identity } = before
    const isGrown = now !== undefined && isSameInode(now, identity) && now.sizeBytes > identity.sizeBytes
    if (!isGrown || file.packing !== 'none' || !before.endsInNewline || !isWhole(cutPiece(file, before, range)))
      return undefined
    const proof = this.readProof(before)
    if (proof === undefined || !beginsWith(file.path, proof.blocks, now.sizeBytes, false)) return undefined
    const { query } = this.request
    const task = { file, startByte: identity.sizeBytes, linesBefore: before.lines, ...proof, isForGrowth: true }
    let tail: Tail | undefined
    await this.engine.runFiles(this.request, [task], result => {
      const appended = ownTally(result.tally, query)
      if (appended.ledger.failures.length > 0) return
      const bytes = appended.ledger.bytes
      appended.ledger.files = 0
      const kept = bytes < this.leastGrowth ? undefined : this.keepGrown(result, appended, before, now, id)
      const piece = cutPiece(file, { ...before, ...spanOf(appended) }, range)
      if (kept !== undefined) tail = { known: kept, loose: undefined }
      else if (isWhole(piece)) tail = { known: before, loose: piece.isOutside ? outside(appended, query) : appended }
    })
    return tail
  }

  /** Reads a piece that is not stored any more, or was never; undefined where its file is no longer what is known of it. */
  async readPiece(piece: Piece): Promise<Tally | undefined> {
    const { file, known } = piece
    const request = { ...this.request, query: { ...this.request.query, range: piece.range } }
    let own: GrowingTally | undefined
    await this.engine.runFiles(request, [{ file, startByte: 0, linesBefore: 0, isForGrowth: false }], result => {
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
    return known?.endsInNewline === true ? known : undefined
  }

  // Stores the tally of a file's bytes from its start to where reading ended.
  private keep(result: FileResult, tally: GrowingTally, before: FileIdentity, id: string): KnownFile | undefined {
    const { file } = result.task
    const { ledger } = tally
    const after = readIdentity(file.path)
    if (after === undefined || ledger.failures.length > 0) return undefined
    const identity = identityAt(ledger.bytes, before, after)
    if (identity === undefined) return undefined
    const span = spanOf(tally)
    const cuts = cutsWithin(this.request.query.cuts, tally.firstInstant, tally.lastInstant)
    const entry = digest(JSON.stringify([this.tallies.shapeKey, id, identity, cuts]))
    if (!this.tallies.write(entry, tally)) return undefined
    const endsInNewline = result.blocks?.endsInNewline === true
    const state = { isSettled: this.isSettled(identity), endsInNewline, hasProof: this.keepProof(entry, result) }
    return { entry, identity, ...state, lines: result.lines, ...span, cuts }
  }

  private isSettled({ changedMs }: FileIdentity): boolean {
    return this.options.now() - changedMs > SETTLED_MS
  }

  private keepProof(entry: string, { seen, blocks }: FileResult): boolean {
    if (blocks === undefined) return false
    const ids = this.request.query.dedupe === 'file' ? seen?.words : new Uint32Array(0)
    if (ids === undefined || ids.byteLength > MOST_IDS_BYTES) return false
    const bytes = seal(entry, null, [blocks.words, ids])
    return bytes !== undefined && this.store.write(proofName(entry), bytes)
  }

  private readProof({ entry, hasProof }: KnownFile): Proof | undefined {
    const bytes = hasProof ? this.store.read(proofName(entry)) : undefined
    const sealed = bytes === undefined ? undefined : openSealed<null>(bytes, entry)
    if (sealed === undefined) return undefined
    const [blocks, ids] = sealed.columns as [Uint32Array, Uint32Array]
    return { blocks, seen: this.request.query.dedupe === 'file' ? SeenIds.ofWords(ids) : undefined }
  }
}

/** What a known file is proven by, and continued with. */
interface Proof {
  readonly blocks: Uint32Array
  readonly seen: SeenIds | undefined
}

// What a file was when so many of its bytes had been read; undefined where it changed otherwise than by growing.
function identityAt(readBytes: number, before: FileIdentity, after: FileIdentity): FileIdentity | undefined {
  if (!isSameInode(before, after) || readBytes < before.sizeBytes || readBytes > after.sizeBytes) return undefined
  if (isSameFile(before, after)) return after
  // It grew on: no file is ever the same as this one, but it can be proven and continued from there.
  return before.sizeBytes === after.sizeBytes ? undefined : { ...after, sizeBytes: readBytes, modifiedMs: -1 }
}

function spanOf({ firstInstant, lastInstant }: Tally): Pick<KnownFile, 'firstInstant' | 'lastInstant'> {
  const hasEvents = Number.isFinite(firstInstant)
  return { firstInstant: hasEvents ? firstInstant : null, lastInstant: hasEvents ? lastInstant : null }
}
