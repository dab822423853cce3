// Sums the lines that are removed from a log, and stores the sums before the lines are gone. All lines of the log are judged
// in order, so that an id counts once, whether its lines stay, are removed now, or were removed earlier.
import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { addAll } from '../base/lists.ts'
import { DAY_MS, type Day, UTC, type Zone } from '../base/zone.ts'
import type { SourceFormat } from '../event/source-format.ts'
import type { Query } from '../query/query.ts'
import type { RateCuts } from '../query/rate-cuts.ts'
import { type Batch, TIME_IS_ABSENT } from '../scan/reader.ts'
import { ReferenceReader } from '../scan/reference-reader.ts'
import { Judge } from '../tally/judge.ts'
import { type Judged, untimedDay } from '../tally/judged.ts'
import { buildSummary, type RemovedSums, type SummaryExtent, summaryQueries } from '../tally/log-summary.ts'
import { SeenIds } from '../tally/seen-ids.ts'
import { planScan, Tallier } from '../tally/tallier.ts'
import { emptyTally, mergeTally, type Tally } from '../tally/tally.ts'
import { hashLine } from './counting-summaries.ts'
import type { JudgedPiece } from './judged-lines.ts'
import type { ReadLog, RemovedTaker } from './rewrite-log.ts'
import { renameRow, writeSummary } from './summary-file.ts'

export interface SummedLog {
  readonly path: string
  readonly mode: number
  readonly fileDay: Day | null
  readonly format: SourceFormat
  readonly zone: Zone
  readonly logZone: Zone
  readonly cuts: RateCuts
  /** The ids that summaries of the log have counted, as words of fingerprints. */
  readonly counted: Uint32Array
  /** How many these summaries are. */
  readonly earlier: number
  /** Whether sums are kept, or only which ids were there. */
  readonly keepsSums: boolean
  /** A user whose sums are kept without the name. */
  readonly forgets?: string
}

export function sumRemoved(log: SummedLog): RemovedTaker {
  const [usageQuery, allQuery] = summaryQueries(log.zone.name, log.logZone.name, log.cuts)
  const usage = new RemovedTally(log, usageQuery)
  const all = new RemovedTally(log, allQuery)
  const hash = createHash('sha256')
  let firstLine = Buffer.alloc(0)
  let removedLines = 0
  return {
    add(piece) {
      if (piece.stays === undefined) {
        if (removedLines === 0) firstLine = Buffer.from(piece.bytes.subarray(0, piece.bytes.indexOf('\n')))
        removedLines += piece.lines
        hash.update(piece.bytes)
      }
      usage.add(piece)
      all.add(piece)
    },
    async commit({ bytes, sha256, firstRemovedAt }: ReadLog) {
      const [usageSums, allSums] = [usage.end(), all.end()]
      const { ids } = all
      if (!log.keepsSums && ids.length === 0) return
      const sums = buildSummary(usageSums, allSums, log.cuts)
      const removed = {
        log: basename(log.path),
        lines: removedLines,
        sha256: hash.digest('hex'),
        firstLine: { at: firstRemovedAt, bytes: firstLine.length, sha256: hashLine(firstLine) },
        whole: { bytes, sha256 },
        earlier: log.earlier,
        ids: ids.length / 4,
      }
      const { forgets } = log
      const rows = forgets === undefined ? sums.rows : sums.rows.map(row => renameRow(row, forgets, null))
      const kept = log.keepsSums ? { ...sums, rows } : { ...sums, kinds: [], rows: [] }
      await writeSummary(dirname(log.path), { removed, ...kept }, Uint32Array.from(ids), log.mode)
    },
    close: () => Promise.resolve(),
  }
}

/** Lines from one number to another, from 1. */
interface LineRange {
  readonly first: number
  readonly last: number
}

class RemovedTally {
  /** Of removed lines whose id stood for the first time, as words of fingerprints. */
  readonly ids: number[] = []
  private readonly query: Query
  private readonly reader: ReferenceReader
  private readonly judge: Judge
  private readonly tallier: Tallier
  /** Of events without a time, by their days' starts in UTC. */
  private readonly untimed: Tallier
  private readonly removed: LineRange[] = []
  private readonly rejected = new Set<number>()
  private readonly fileDay: Day | null
  private repeats?: SummaryExtent
  private lines = 0
  private used = 0
  private events = 0

  constructor({ path, fileDay, format, counted }: SummedLog, query: Query) {
    this.query = query
    this.fileDay = fileDay
    this.judge = new Judge(query, ({ line }) => this.rejected.add(line))
    this.tallier = new Tallier(query)
    this.untimed = new Tallier({ ...query, timezone: UTC.name })
    this.reader = new ReferenceReader(planScan(query, format), batch => this.take(batch))
    this.judge.begin({ name: basename(path), day: fileDay, linesBefore: 0, seen: SeenIds.ofFingerprints(counted) })
    this.reader.begin({ hasFileDay: fileDay !== null, isFirst: true })
  }

  add({ bytes, lines, stays }: JudgedPiece): void {
    const first = this.lines + 1
    this.lines += lines
    if (stays === undefined) this.removed.push({ first, last: this.lines })
    for (let at = 0; at < bytes.length; ) {
      const space = this.reader.space()
      const count = Math.min(space.length, bytes.length - at)
      space.set(bytes.subarray(at, at + count))
      this.reader.advance(count)
      at += count
    }
  }

  end(): RemovedSums {
    this.reader.end()
    const [timed, untimed] = [this.sumsOf(this.tallier), this.sumsOf(this.untimed)]
    // With all kinds asked, what is an event and was not used has repeated an id.
    const [duplicates, { repeats }] = [this.events - this.used, this]
    return { timed, untimed, used: this.used, duplicates, ...(repeats === undefined ? {} : { repeats }) }
  }

  private sumsOf(tallier: Tallier): Tally {
    const tally = emptyTally(this.query)
    mergeTally(tally, tallier.take())
    return tally
  }

  private take(batch: Batch): void {
    const judged = this.judge.judge(batch)
    const isRemoved = this.removedRows(batch)
    const repeated = new Set<number>()
    for (let row = 0; row < batch.rows; row++)
      if (isRemoved[row] === 1 && batch.skipped[row] !== 1 && !this.rejected.has(batch.lines[row]!)) repeated.add(row)
    this.events += repeated.size
    let used = 0
    for (const row of judged.rows.subarray(0, judged.used)) {
      if (isRemoved[row] !== 1) continue
      judged.rows[used++] = row
      repeated.delete(row)
      const id = batch.ids.subarray(row * 4, row * 4 + 4)
      if (id.some(word => word !== 0)) addAll(this.ids, id)
    }
    judged.used = used
    this.used += used
    for (const row of repeated) this.extendRepeats(batch, row)
    this.sum(judged)
    this.rejected.clear()
  }

  private sum(judged: Judged): void {
    const rows = judged.rows.subarray(0, judged.used)
    const untimed = rows.filter(row => untimedDay(judged, row) !== undefined)
    this.untimed.add({ ...judged, rows: untimed, used: untimed.length, instants: judged.priceInstants })
    const timed = untimed.length === 0 ? rows : rows.filter(row => untimedDay(judged, row) === undefined)
    this.tallier.add({ ...judged, rows: timed, used: timed.length })
  }

  // A day to either side: in what zone a time is read is asked later.
  private extendRepeats({ times, timeKinds }: Batch, row: number): void {
    const ms = timeKinds[row] === TIME_IS_ABSENT ? (this.fileDay ?? 0) * DAY_MS : times[row]!
    const { first, last } = this.repeats ?? { first: ms - DAY_MS, last: ms + DAY_MS }
    this.repeats = { first: Math.min(first, ms - DAY_MS), last: Math.max(last, ms + DAY_MS) }
  }

  private removedRows({ rows, lines }: Batch): Uint8Array {
    const isRemoved = new Uint8Array(rows)
    for (let row = 0; row < rows; row++) {
      const line = lines[row]!
      while (this.removed.length > 0 && this.removed[0]!.last < line) this.removed.shift()
      isRemoved[row] = (this.removed[0]?.first ?? Number.POSITIVE_INFINITY) <= line ? 1 : 0
    }
    return isRemoved
  }
}
