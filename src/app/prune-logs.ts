// Removes events that are older than they are to be kept. First a plan, which reads and changes nothing; then the removal,
// file by file, which judges every line again.
import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Instant, Zone } from '../base/zone.ts'
import type { SourceFormat } from '../event/source-format.ts'
import { findLogs, type LogPlace } from '../log/find-logs.ts'
import type { LogFile } from '../log/log-file.ts'
import { openPriceBook } from '../pricing/open-price-book.ts'
import type { PriceBook } from '../pricing/price-book.ts'
import { openArchive } from '../retention/archive.ts'
import type { KeepsLine, RewriteCounts } from '../retention/judged-lines.ts'
import { moveLateLines } from '../retention/late-lines.ts'
import { keepsLine, type Retention } from '../retention/retention.ts'
import { countLines, type RemovedTaker, removeLeftovers, rewriteLog } from '../retention/rewrite-log.ts'
import { sumRemoved } from '../retention/sum-removed.ts'
import { removeIdleSummaries, SUMMARY_FOLDER } from '../retention/summary-file.ts'

export interface PruneRequest {
  readonly places: readonly LogPlace[]
  readonly cwd: string
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly retention: Retention
  /** In which the days of files and events are cut. */
  readonly zone: Zone
  readonly logZone: Zone
  readonly now: Instant
  /** Absolute path of a folder for what is removed. */
  readonly archive: string | undefined
  /** The root of the workspace whose prices say what sums must tell apart; null where no summaries are kept. */
  readonly summaryRoot: string | null
}

export interface PlannedFile extends RewriteCounts {
  readonly file: LogFile
}

export interface PrunePlan {
  /** The files that would change, in order. */
  readonly files: readonly PlannedFile[]
  /** Files that cannot be judged: standard input, and packings that are not rewritten. */
  readonly left: readonly LogFile[]
}

/** A file that was written to as recently as that may still be somebody's today. */
const FRESH_MS = 3_600_000

/** What a removal would do. Today's file is not even read. */
export async function planPrune(request: PruneRequest): Promise<PrunePlan> {
  const candidates = findLogs(request.places, request.cwd).files.filter(file => !isToday(file, request))
  const files: PlannedFile[] = []
  for (const file of candidates.filter(canRewrite)) {
    const counts = await countLines(file.path, keepsOf(file, request))
    if (counts.removed > 0) files.push({ file, ...counts })
  }
  return { files, left: candidates.filter(file => !canRewrite(file)) }
}

/** Moves what others appended to a log while a prune that was killed had replaced it. Comes before the plan. */
export async function finishKilledPrune({ places, cwd, now }: PruneRequest): Promise<void> {
  const folders = new Set(places.filter(place => place.path !== '-').map(place => resolve(cwd, place.path)))
  for (const file of findLogs(places, cwd).files) if (file.path !== '-') folders.add(dirname(file.path))
  for (const folder of folders) await moveLateLines(folder, now)
}

/** Does what the plan says; returns how many lines are gone. */
export async function runPrune(plan: PrunePlan, request: PruneRequest): Promise<number> {
  let removed = 0
  const { summaryRoot } = request
  const prices = summaryRoot === null ? null : await openPriceBook(summaryRoot)
  for (const { file } of plan.files) {
    // What a run left that was killed before it removed the lines, which are summed again now.
    await removeIdleSummaries(file.path)
    const takers = await openTakers(file, request, prices)
    removed += (await rewriteLog(file.path, keepsOf(file, request), takers)).removed
  }
  for (const folder of new Set(plan.files.map(({ file }) => dirname(file.path)))) {
    await removeLeftovers(folder, request.now)
    await removeLeftovers(join(folder, SUMMARY_FOLDER), request.now)
  }
  return removed
}

async function openTakers(file: LogFile, request: PruneRequest, prices: PriceBook | null): Promise<RemovedTaker[]> {
  const { archive, formatOf, zone, logZone } = request
  const takers: RemovedTaker[] = []
  if (archive !== undefined) takers.push(await openArchive(archive, file.path))
  if (prices !== null) {
    const { path, day: fileDay } = file
    takers.push(sumRemoved({ path, fileDay, format: formatOf(file), zone, logZone, cuts: prices.cuts }))
  }
  return takers
}

function keepsOf(file: LogFile, { retention, formatOf, zone, logZone, now }: PruneRequest): KeepsLine {
  return keepsLine(retention, { fileDay: file.day, format: formatOf(file), zone, logZone }, zone.dayOf(now))
}

function isToday(file: LogFile, { zone, now }: PruneRequest): boolean {
  const yesterday = zone.dayOf(now) - 1
  if (file.day !== null && file.day !== yesterday) return file.day > yesterday
  return file.packing === 'none' && file.path !== '-' && now - statSync(file.path).mtimeMs < FRESH_MS
}

function canRewrite(file: LogFile): boolean {
  return file.path !== '-' && (file.packing === 'none' || file.packing === 'gz')
}
