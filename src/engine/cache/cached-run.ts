// One answer from the cache: finds out which files are known, reads the others, and merges what is stored.
import { digest } from '../../base/digest.ts'
import type { LogFile } from '../../log/log-file.ts'
import { filterTally } from '../../tally/filter-tally.ts'
import type { Tally } from '../../tally/tally.ts'
import type { FileEngine, RunRequest } from '../engine.ts'
import { addLoose } from './add-loose.ts'
import { CacheIndex, indexId, type KnownFile } from './cache-index.ts'
import type { CacheOptions } from './cache-options.ts'
import { cutPiece, growingFiles, isWhole, type Piece, planSets } from './cache-pieces.ts'
import { type CacheShape, cutsWithin, SPANS, shapeOf } from './cache-shape.ts'
import type { CacheStore } from './cache-store.ts'
import { type FileIdentity, isSameFile } from './file-identity.ts'
import { FileKeeper } from './file-keeper.ts'
import { hasPlaces, orderLedger } from './ledger-order.ts'
import { keyOfFormat } from './origin.ts'
import { StoredTallies } from './stored-tallies.ts'

/** Thrown where the cache cannot answer after all. */
export class CacheMiss extends Error {}

export class CachedRun {
  private readonly inner: FileEngine
  private readonly request: RunRequest
  private readonly shape: CacheShape
  private readonly index: CacheIndex
  private readonly stored: StoredTallies
  private readonly keeper: FileKeeper
  private readonly identities: ReadonlyMap<LogFile, FileIdentity | undefined>
  /** Files to be read within the range, and not kept. */
  private readonly unkept = new Set<LogFile>()
  private readonly known = new Map<LogFile, KnownFile>()

  constructor(
    inner: FileEngine,
    request: RunRequest,
    store: CacheStore,
    identities: readonly (FileIdentity | undefined)[],
    options: CacheOptions,
  ) {
    this.inner = inner
    this.request = request
    this.shape = shapeOf(request.query, options.toolVersion)
    this.index = new CacheIndex(store, this.shape.key)
    this.stored = new StoredTallies(store, this.shape, request.files)
    this.identities = new Map(request.files.map((file, index) => [file, identities[index]]))
    const wholeFiles = { ...request, query: this.shape.query }
    this.keeper = new FileKeeper(inner, wholeFiles, store, this.stored, options)
  }

  async answer(): Promise<Tally> {
    const { files, query } = this.request
    const growing = growingFiles(files, file => this.identities.get(file)?.modifiedMs ?? 0)
    const loose = await this.findKnown()
    const unknown = files.filter(file => !this.known.has(file) && !this.unkept.has(file))
    const tasks = unknown.map(file => ({ file, before: this.identities.get(file), isGrowing: growing.has(file) }))
    for (const [file, known] of await this.keeper.readWhole(tasks, file => this.idOf(file))) this.learn(file, known)
    const pieces = files
      .filter(file => this.known.has(file))
      .map(file => cutPiece(file, this.known.get(file)!, query.range))
    const stored = await this.stored.merge(planSets(pieces, growing), piece => this.readPiece(piece))
    this.index.save()
    const unstorable = files.filter(file => !this.known.has(file))
    if (unstorable.length > 0) {
      const ranged = { ...this.shape.query, range: query.range }
      loose.push(await this.inner.run({ ...this.request, query: ranged, files: unstorable }))
    }
    return this.finish(stored, loose)
  }

  // Looks every file up, and reads what was appended to those that grew; returns what is not in a known file.
  private async findKnown(): Promise<Tally[]> {
    const loose: Tally[] = []
    for (const file of this.request.files) {
      const before = this.find(file)
      if (before === undefined) continue
      const unchanged = this.unchanged(file, before)
      if (unchanged !== undefined) {
        if (unchanged === before) this.known.set(file, before)
        else this.learn(file, unchanged)
        this.request.hooks.onProgress?.(before.identity.sizeBytes, file)
        continue
      }
      const tail = await this.keeper.readTail(file, before, this.request.query.range, this.idOf(file))
      if (tail === undefined) {
        // Growing and cut by the range, as today's file is by the last hours: it would be read whole in vain every time.
        if (!isWhole(cutPiece(file, before, this.request.query.range))) this.unkept.add(file)
        continue
      }
      if (tail.known === before) this.known.set(file, before)
      else this.learn(file, tail.known)
      if (tail.loose !== undefined) loose.push(tail.loose)
    }
    return loose
  }

  private learn(file: LogFile, known: KnownFile): void {
    this.known.set(file, known)
    this.index.set(this.idOf(file), known)
  }

  private find(file: LogFile): KnownFile | undefined {
    const known = this.index.get(this.idOf(file))
    if (known === undefined) return undefined
    const { firstInstant, lastInstant, cuts } = known
    const now = firstInstant === null ? [] : cutsWithin(this.request.query.cuts, firstInstant, lastInstant!)
    return now.join() === cuts.join() ? known : undefined
  }

  // What is known of a file that is what it was, by its times or by its bytes.
  private unchanged(file: LogFile, known: KnownFile): KnownFile | undefined {
    const identity = this.identities.get(file)
    if (identity === undefined) return undefined
    if (isSameFile(identity, known.identity) && known.isSettled) return known
    return identity.sizeBytes === known.identity.sizeBytes
      ? this.keeper.proveUnchanged(file, known, identity)
      : undefined
  }

  private async readPiece(piece: Piece): Promise<Tally> {
    const tally = await this.keeper.readPiece(piece)
    if (tally === undefined) throw new CacheMiss(`${piece.file.path} changed while it was read`)
    return tally
  }

  private finish(stored: Tally, loose: readonly Tally[]): Tally {
    const { query, conditions } = this.shape
    if (!this.canOrder([stored, ...loose])) throw new CacheMiss('places are told of in files that share a name')
    let total = loose.length === 0 ? stored : addLoose(query, stored, loose)
    if (conditions.length > 0) total = filterTally(total, this.request.query, conditions, SPANS)
    return { ...total, ledger: orderLedger(total.ledger, this.request.files) }
  }

  private canOrder(tallies: readonly Tally[]): boolean {
    const { files } = this.request
    return (
      !tallies.some(({ ledger }) => hasPlaces(ledger)) || new Set(files.map(file => file.name)).size === files.length
    )
  }

  private idOf(file: LogFile): string {
    const format = keyOfFormat(this.request.formatOf(file))
    const counted = this.request.query.dedupe === 'off' ? undefined : this.request.counted?.get(file.path)
    return indexId(file.path, file.name, counted === undefined ? format : `${format} ${digest(counted.key)}`)
  }
}
