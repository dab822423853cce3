// The parts from which an answer is merged: for each file its whole tally, or only its ledger, or the part that is in the
// range; and how they are combined so that few stored tallies make an answer.
import { dateOfDay } from '../../base/calendar.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Range } from '../../query/query.ts'
import type { KnownFile } from './cache-index.ts'

export interface Piece {
  readonly file: LogFile
  readonly known: KnownFile
  /** The stored tally that it is made of. */
  readonly entry: string
  /** What it was added up within. */
  readonly range: Range
  /** Whether all its events are outside of the query's range, so that only its ledger counts. */
  readonly isOutside: boolean
}

/** Pieces that are merged and stored as one; a part is a piece or again such a set. */
export interface PieceSet {
  readonly pieces: readonly Piece[]
  readonly parts: readonly (Piece | PieceSet)[]
}

const WHOLE: Range = { from: null, to: null }
const UNDATED_IN_SET = 32
/** So many of the undated files that changed last may change again. */
const UNDATED_GROWING = 3

/** How a range cuts a file of which the first and last instant are known. */
export function cutPiece(file: LogFile, known: KnownFile, range: Range): Piece {
  const { entry } = known
  const [first, last] = [known.firstInstant, known.lastInstant]
  if (first === null || last === null) return { file, known, entry, range: WHOLE, isOutside: false }
  const isOutside = (range.from !== null && last < range.from) || (range.to !== null && first >= range.to)
  const from = range.from !== null && range.from > first ? range.from : null
  const to = range.to !== null && range.to <= last ? range.to : null
  if (isOutside || (from === null && to === null)) return { file, known, entry, range: WHOLE, isOutside }
  return { file, known, entry: `${entry}-${from ?? ''}-${to ?? ''}`, range: { from, to }, isOutside: false }
}

export function isWhole({ range }: Piece): boolean {
  return range.from === null && range.to === null
}

/** The files that are likely to grow: those of the newest day, and the undated ones that changed last. */
export function growingFiles(files: readonly LogFile[], modifiedMsOf: (file: LogFile) => number): Set<LogFile> {
  let newest = Number.NEGATIVE_INFINITY
  for (const { days } of files) if (days !== null && days.last > newest) newest = days.last
  const undated = files.filter(file => file.days === null).sort((a, b) => modifiedMsOf(b) - modifiedMsOf(a))
  return new Set([...undated.slice(0, UNDATED_GROWING), ...files.filter(file => file.days?.last === newest)])
}

/** All pieces as: those that may still grow one by one, the rest as one set of months. */
export function planSets(pieces: readonly Piece[], growing: ReadonlySet<LogFile>): PieceSet {
  const settled = pieces.filter(piece => !growing.has(piece.file))
  const months = new Map<string, Piece[]>()
  settled.forEach((piece, index) => {
    const month = monthOf(piece.file, index)
    const members = months.get(month) ?? []
    members.push(piece)
    months.set(month, members)
  })
  const sets = [...months.values()].map(members => setOf(members, members))
  const base = sets.length === 1 ? sets[0]! : setOf(settled, sets)
  const parts = pieces.filter(piece => growing.has(piece.file))
  return setOf(pieces, settled.length === 0 ? parts : [base, ...parts])
}

function setOf(pieces: readonly Piece[], parts: readonly (Piece | PieceSet)[]): PieceSet {
  return { pieces, parts }
}

function monthOf(file: LogFile, index: number): string {
  if (file.days === null) return `undated ${Math.floor(index / UNDATED_IN_SET)}`
  const { year, month } = dateOfDay(file.days.first)
  return `${year}-${month}`
}
