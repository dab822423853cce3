// A person's right to be forgotten: removes their lines, or replaces the name, in logs, summaries and caches. First a plan,
// which changes nothing; then the work, file by file, by the same rewriting as pruning.
import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { realPathOf } from '../../base/real-path.ts'
import type { Zone } from '../../base/zone.ts'
import type { LateFile } from '../../capture/late-lines.ts'
import type { LockOwner } from '../../durable/lock.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { findLogs, type LogPlace } from '../../log/find-logs.ts'
import { isStream, type LogFile, stemOf } from '../../log/log-file.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import type { Failure } from '../../query/ledger.ts'
import { removedStem } from '../../retention/archive.ts'
import { readCounted, removeIdleSummaries } from '../../retention/counting-summaries.ts'
import type { RewriteCounts } from '../../retention/judged-lines.ts'
import { finishLate, letGo } from '../../retention/let-go.ts'
import { holdsRejected, type Person, PersonFinder } from '../../retention/person-lines.ts'
import { countLines, removeLeftovers, rewriteLog } from '../../retention/rewrite-log.ts'
import { sumRemoved } from '../../retention/sum-removed.ts'
import { readSummaryFiles, renameInSummary, SUMMARY_FOLDER, type SummaryFile } from '../../retention/summary-file.ts'
import type { CachePlace } from '../workspace/cache-place.ts'
import { clearCache } from '../workspace/manage-cache.ts'
import { foldersOf, lockLogs } from './lock-logs.ts'
import { canRewrite, failureOf, isLink } from './prune-logs.ts'
import { refuseOtherTools } from './refuse-other-tools.ts'

const NO_LINES: RewriteCounts = { kept: 0, removed: 0, changed: 0 }

export interface ForgetRequest {
  readonly places: readonly LogPlace[]
  readonly cwd: string
  /** The root of the workspace, whose prices decide what sums must keep apart. */
  readonly root: string
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly zone: Zone
  readonly logZone: Zone
  readonly person: Person
  /** Absolute paths of files that reports wrote with `--rejects`. */
  readonly rejects: readonly string[]
  /** Null if there are no caches. */
  readonly cache: CachePlace | null
  readonly machineNow: () => number
  readonly owner: LockOwner
}

export interface ForgottenLog extends RewriteCounts {
  readonly file: LogFile
}

export interface ForgottenSummary {
  readonly path: string
  readonly rows: number
}

/** A log that is not rewritten. Nothing is known about the lines of a stream. */
export interface LeftLog {
  readonly file: LogFile
  readonly kind: 'archive' | 'packed' | 'stream'
  /** How many of its lines are the person's. */
  readonly lines: number
}

export interface ForgetPlan {
  readonly logs: readonly ForgottenLog[]
  readonly summaries: readonly ForgottenSummary[]
  readonly rejects: readonly { readonly path: string; readonly lines: number }[]
  /** Lines that contain the name elsewhere, and stay. */
  readonly mentions: number
  readonly left: readonly LeftLog[]
  readonly failures: readonly Failure[]
}

export interface ForgetAnswer {
  /** Names of logs whose old content, with the lines of the person, another program still has open. */
  readonly stillOpen: readonly string[]
  readonly failures: readonly Failure[]
}

export async function planForgetting(request: ForgetRequest): Promise<ForgetPlan> {
  const { places, cwd, person } = request
  const folders = foldersOf(places, cwd)
  const found = folders.flatMap(folder => readSummaryFiles(folder).files)
  const archives = new Set(found.map(({ summary: { removed } }) => removedStem(stemOf(removed.log), removed.sha256)))
  const { files, failures: unread } = findLogs(places, cwd)
  refuseOtherTools(files, request.formatOf, 'be rewritten')
  const failures: Failure[] = [...unread, ...folders.flatMap(brokenSummaries)]
  const logs: ForgottenLog[] = []
  const left: LeftLog[] = []
  let mentions = 0
  for (const file of files) {
    const kind = leftKind(file, archives)
    try {
      const finder = new PersonFinder(person, request.formatOf(file))
      const counts = kind === 'stream' ? NO_LINES : await countLines(file.path, finder.keeps)
      const lines = counts.removed + counts.changed
      if (kind !== undefined) left.push({ file, kind, lines })
      else if (lines > 0) logs.push({ file, ...counts })
      if (kind === undefined) mentions += finder.mentions
    } catch (error) {
      failures.push(failureOf(file, error))
    }
  }
  const summaries = found.map(file => ({ path: file.path, rows: rowsOf(file, person) })).filter(({ rows }) => rows > 0)
  const rejects: { path: string; lines: number }[] = []
  for (const path of request.rejects) {
    const { removed } = await countLines(path, line => !holdsRejected(line, person.user))
    if (removed > 0) rejects.push({ path, lines: removed })
  }
  return { logs, summaries, rejects, mentions, left, failures }
}

function leftKind(file: LogFile, archives: ReadonlySet<string>): LeftLog['kind'] | undefined {
  if (isStream(file)) return 'stream'
  if (archives.has(stemOf(basename(file.path)))) return 'archive'
  return canRewrite(file) ? undefined : 'packed'
}

function brokenSummaries(folder: string): Failure[] {
  const hint = 'It may contain the name: replace it with an intact copy and run this again, or remove it.'
  return readSummaryFiles(folder).broken.map(({ path, why }) => ({ file: path, message: why, hint }))
}

function rowsOf({ summary }: SummaryFile, { user }: Person): number {
  return summary.rows.filter(row => row.user === user).length
}

/** Does the work while nobody else rewrites these logs, after finishing what an earlier run that was killed left undone. */
export async function forgetAlone<T>({ places, cwd, owner }: ForgetRequest, work: () => Promise<T>): Promise<T> {
  const folders = foldersOf(places, cwd)
  return await lockLogs(folders, owner, async () => {
    for (const folder of folders) {
      await finishLate(folder)
      // Whatever its age: it may contain lines of the person.
      for (const beside of [folder, join(folder, SUMMARY_FOLDER)])
        await removeLeftovers(beside, Number.POSITIVE_INFINITY)
    }
    return await work()
  })
}

/** Does what the plan says, and judges every line again. Caches are always cleared, because nobody can tell what is in them. */
export async function runForgetting(plan: ForgetPlan, request: ForgetRequest): Promise<ForgetAnswer> {
  const { person, cache } = request
  const prices = await openPriceBook(request.root)
  const held: LateFile[] = []
  const failures: Failure[] = []
  for (const { file } of plan.logs) {
    try {
      const late = await forgetInLog(file, request, prices)
      if (late !== undefined) held.push(late)
    } catch (error) {
      failures.push(failureOf(file, error))
    }
  }
  for (const folder of foldersOf(request.places, request.cwd))
    for (const file of readSummaryFiles(folder).files)
      if (rowsOf(file, person) > 0) await renameInSummary(file, person.user, person.pseudonym)
  for (const { path } of plan.rejects) await rewriteLog(path, line => !holdsRejected(line, person.user))
  if (cache !== null) clearCache(cache, true, request.machineNow)
  return { stillOpen: (await letGo(held)).map(({ log }) => log), failures }
}

async function forgetInLog(file: LogFile, request: ForgetRequest, prices: PriceBook): Promise<LateFile | undefined> {
  const { person, formatOf, zone, logZone } = request
  const path = realPathOf(file.path)
  // A summary that does not count knows its lines by their text, so it must know the new text.
  await removeIdleSummaries(path)
  const format = formatOf(file)
  const { ids: counted, earlier } = readCounted(path)
  const { mode } = statSync(path)
  const sums = { counted, earlier, keepsSums: true, cuts: prices.cuts, forgets: person.user }
  const takers = [sumRemoved({ path, mode, fileDay: file.day, format, zone, logZone, ...sums })]
  const { keeps } = new PersonFinder(person, format)
  return (await rewriteLog(path, keeps, { takers, staysEmpty: isLink(file.path) })).late
}
