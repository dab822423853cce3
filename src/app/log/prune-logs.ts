// Removes events that are too old to keep. First a plan, which only reads; then the removal, file by file, which judges every
// line again.
import { lstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { systemCode, systemReason, UsagebookError } from '../../base/errors.ts'
import { realPathOf } from '../../base/real-path.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import type { LateFile } from '../../capture/late-lines.ts'
import type { LockOwner } from '../../durable/lock.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { findLogs, type LogPlace } from '../../log/find-logs.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import type { Failure } from '../../query/ledger.ts'
import { NO_CUTS } from '../../query/rate-cuts.ts'
import { openArchive } from '../../retention/archive.ts'
import { readCounted, removeIdleSummaries } from '../../retention/counting-summaries.ts'
import type { KeepsLine, RewriteCounts } from '../../retention/judged-lines.ts'
import { finishLate, letGo } from '../../retention/let-go.ts'
import { keepsLine, type Retention } from '../../retention/retention.ts'
import { countLines, type RemovedTaker, removeLeftovers, rewriteLog } from '../../retention/rewrite-log.ts'
import { sumRemoved } from '../../retention/sum-removed.ts'
import { SUMMARY_FOLDER } from '../../retention/summary-file.ts'
import { foldersOf, lockLogs } from './lock-logs.ts'
import { refuseOtherTools } from './refuse-other-tools.ts'

export interface PruneRequest {
  readonly places: readonly LogPlace[]
  readonly cwd: string
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly retention: Retention
  /** The time zone in which the days of files and events begin. */
  readonly zone: Zone
  readonly logZone: Zone
  readonly now: Instant
  /** Absolute path of a folder for the removed lines. */
  readonly archive: string | undefined
  /** The root of the workspace, whose prices decide what sums must keep apart; null if no summaries are kept. */
  readonly summaryRoot: string | null
  readonly owner: LockOwner
}

export interface PlannedFile extends RewriteCounts {
  readonly file: LogFile
}

export interface PrunePlan {
  /** The files that would change, in order. */
  readonly files: readonly PlannedFile[]
  /** Files that cannot be judged: standard input, and compressed files that cannot be rewritten. */
  readonly left: readonly LogFile[]
  /** Files that could not be read; they stay as they are. */
  readonly failures: readonly Failure[]
}

export interface PruneAnswer {
  /** How many lines were removed. */
  readonly removed: number
  /** The names of logs whose old file another program still has open; the next prune moves what is written there. */
  readonly stillOpen: readonly string[]
  readonly failures: readonly Failure[]
}

/** A file that was written to so recently may still be "today" for some program. */
const FRESH_MS = 3_600_000
/** After this many rewritten logs, whose old files take space on the disk, it is checked whether anybody has them open. */
const HELD_FILES = 16

/** What a removal would do. Today's file is not even read. */
export async function planPrune(request: PruneRequest): Promise<PrunePlan> {
  const { files: found } = findLogs(request.places, request.cwd)
  refuseOtherTools(found, request.formatOf, 'be pruned')
  const candidates = found.filter(file => !isToday(file, request))
  const files: PlannedFile[] = []
  const failures: Failure[] = []
  for (const file of candidates.filter(canRewrite)) {
    try {
      const counts = await countLines(file.path, keepsOf(file, request))
      if (counts.removed > 0) files.push({ file, ...counts })
    } catch (error) {
      failures.push(failureOf(file, error))
    }
  }
  return { files, left: candidates.filter(file => !canRewrite(file)), failures }
}

/** Does the work while nobody else rewrites these logs; an InputError if somebody does. */
export async function withoutOthers<T>({ places, cwd, owner }: PruneRequest, work: () => Promise<T>): Promise<T> {
  return await lockLogs(foldersOf(places, cwd), owner, work)
}

/** Finishes what a killed prune left undone. Comes before the plan. */
export async function finishKilledPrune({ places, cwd, now }: PruneRequest): Promise<void> {
  for (const folder of foldersOf(places, cwd)) {
    await finishLate(folder)
    await removeLeftovers(folder, now)
    await removeLeftovers(join(folder, SUMMARY_FOLDER), now)
  }
}

/** Does what the plan says. */
export async function runPrune(plan: PrunePlan, request: PruneRequest): Promise<PruneAnswer> {
  let removed = 0
  let held: LateFile[] = []
  const failures: Failure[] = []
  const prices = request.summaryRoot === null ? null : await openPriceBook(request.summaryRoot)
  for (const [index, { file }] of plan.files.entries()) {
    try {
      const { counts, late } = await pruneFile(file, request, prices)
      removed += counts.removed
      if (late !== undefined) held.push(late)
    } catch (error) {
      failures.push(failureOf(file, error))
    }
    if (index % HELD_FILES === HELD_FILES - 1) held = await letGo(held, { patienceMs: 0 })
  }
  const stillOpen = (await letGo(held)).map(({ log }) => log)
  return { removed, stillOpen, failures }
}

async function pruneFile(file: LogFile, request: PruneRequest, prices: PriceBook | null) {
  const path = realPathOf(file.path)
  // What a run left that was killed before it removed the lines, which are summed again now.
  await removeIdleSummaries(path)
  const takers = await openTakers(file, path, request, prices)
  // If it is a link, its target stays.
  return await rewriteLog(path, keepsOf(file, request), { takers, staysEmpty: isLink(file.path) })
}

async function openTakers(file: LogFile, path: string, request: PruneRequest, prices: PriceBook | null) {
  const { archive, formatOf, zone, logZone } = request
  const takers: RemovedTaker[] = []
  if (archive !== undefined) takers.push(await openArchive(archive, path))
  const { ids: counted, earlier } = readCounted(path)
  const { mode } = statSync(path)
  const cuts = prices?.cuts ?? NO_CUTS
  const keepsSums = prices !== null
  const format = formatOf(file)
  takers.push(sumRemoved({ path, mode, fileDay: file.day, format, zone, logZone, cuts, counted, earlier, keepsSums }))
  return takers
}

export function failureOf({ name }: LogFile, error: unknown): Failure {
  if (error instanceof UsagebookError) return { file: name, message: error.message, hint: error.hint ?? '' }
  if (systemCode(error) === undefined) throw error
  return {
    file: name,
    message: `cannot be read to its end: ${systemReason(error)}`,
    hint: 'It was left as it is: replace it with an intact copy, or remove it.',
  }
}

function keepsOf(file: LogFile, { retention, formatOf, zone, logZone, now }: PruneRequest): KeepsLine {
  return keepsLine(retention, { fileDay: file.day, format: formatOf(file), zone, logZone }, zone.dayOf(now))
}

function isToday(file: LogFile, { zone, now }: PruneRequest): boolean {
  const yesterday = zone.dayOf(now) - 1
  const { days } = file
  if (days !== null && (days.first > yesterday || days.last < yesterday)) return days.first > yesterday
  return file.packing === 'none' && !isStream(file) && now - statSync(file.path).mtimeMs < FRESH_MS
}

/** Whether a log can be judged and rewritten. */
export function canRewrite(file: LogFile): boolean {
  return !isStream(file) && (file.packing === 'none' || file.packing === 'gz')
}

export function isLink(path: string): boolean {
  return lstatSync(path).isSymbolicLink()
}
