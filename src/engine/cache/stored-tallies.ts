// Tallies in the cache: reading, writing and merging them. A set that was merged once is stored as well.
import { digest } from '../../base/digest.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Query } from '../../query/query.ts'
import { decodeTally } from '../../tally/decode-tally.ts'
import { encodeTally } from '../../tally/encode-tally.ts'
import { emptyTally, type GrowingTally, mergeTally, type Tally } from '../../tally/tally.ts'
import { tallyName } from './cache-index.ts'
import type { Piece, PieceSet } from './cache-pieces.ts'
import { type CacheShape, cutsWithin, rateOffset } from './cache-shape.ts'
import type { CacheStore } from './cache-store.ts'
import { mergeUnordered, orderLedger } from './ledger-order.ts'

/** Reads a piece from the logs that is not stored. */
export type PieceReader = (piece: Piece) => Promise<Tally>

export class StoredTallies {
  private readonly store: CacheStore
  /** The shape of all of them. */
  readonly shapeKey: string
  private readonly query: Query
  private readonly files: readonly LogFile[]

  /** `files` are all of the run, in their order. */
  constructor(store: CacheStore, shape: CacheShape, files: readonly LogFile[]) {
    this.store = store
    this.shapeKey = shape.key
    this.query = shape.query
    this.files = files
  }

  read(entry: string): Tally | undefined {
    const bytes = this.store.read(tallyName(entry))
    if (bytes === undefined) return undefined
    return decodeTally(bytes, entry, this.query, first => rateOffset(this.query.cuts, first))
  }

  /** False where it could not be stored. */
  write(entry: string, tally: GrowingTally): boolean {
    const bytes = encodeTally(tally, entry, rateOffset(this.query.cuts, tally.firstInstant))
    return bytes !== undefined && this.store.write(tallyName(entry), bytes)
  }

  /** The sum of a set's pieces. */
  async merge(set: PieceSet, readPiece: PieceReader): Promise<Tally> {
    const [first] = set.parts
    if (set.parts.length === 1) return await this.readPart(first!, readPiece)
    const entry = this.entryOf(set)
    const stored = this.read(entry)
    if (stored !== undefined) return stored
    const total = emptyTally(this.query)
    for (const part of set.parts) mergeUnordered(total, await this.readPart(part, readPiece))
    const ordered = { ...total, ledger: orderLedger(total.ledger, this.files) }
    this.write(entry, ordered)
    return ordered
  }

  private async readPart(part: Piece | PieceSet, readPiece: PieceReader): Promise<Tally> {
    if ('parts' in part) return await this.merge(part, readPiece)
    const tally = this.read(part.entry) ?? (await readPiece(part))
    return part.isOutside ? outside(tally, this.query) : tally
  }

  // Stands for the pieces in their order, and for the price changes that the sums of all of them are cut by.
  private entryOf({ pieces }: PieceSet): string {
    let first = Number.POSITIVE_INFINITY
    let last = Number.NEGATIVE_INFINITY
    for (const { known, isOutside } of pieces) {
      if (isOutside || known.firstInstant === null || known.lastInstant === null) continue
      first = Math.min(first, known.firstInstant)
      last = Math.max(last, known.lastInstant)
    }
    const cuts = cutsWithin(this.query.cuts, first, last)
    const entries = pieces.map(piece => (piece.isOutside ? `outside ${piece.entry}` : piece.entry))
    return digest(JSON.stringify([entries, cuts]))
  }
}

/** What is left of a tally whose events are all outside of the range: they count as filtered. */
export function outside({ ledger }: Tally, query: Query): GrowingTally {
  const tally = emptyTally(query)
  Object.assign(tally.ledger, ledger, { used: 0, filtered: ledger.filtered + ledger.used })
  return tally
}

/** A copy of a tally that owns all it holds. */
export function ownTally(tally: Tally, query: Query): GrowingTally {
  const own = emptyTally(query)
  mergeTally(own, tally)
  return own
}
