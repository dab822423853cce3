// The summaries of what was pruned from the logs of a run, and the ids that they have counted: for folders that were asked for
// all summaries, for single files theirs.
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { systemCode } from '../../base/errors.ts'
import { addAll } from '../../base/lists.ts'
import { realPathOf } from '../../base/real-path.ts'
import type { CountedIds } from '../../engine/engine.ts'
import type { LogPlace } from '../../log/find-logs.ts'
import { describeLogFile, isStream, type LogFile, STDIN_PATH, stemOf } from '../../log/log-file.ts'
import type { Failure } from '../../query/ledger.ts'
import { findCounting, joinWords } from '../../retention/counting-summaries.ts'
import { readIds, type StoredSummary, type SummaryFile } from '../../retention/summary-file.ts'

/** With the days that the name of its log says: a report of other days would not have read the log; and with its `logPathOf`. */
export type FoundSummary = StoredSummary & Pick<LogFile, 'days'> & { readonly log: string }

export interface FoundSummaries {
  readonly summaries: readonly FoundSummary[]
  /** By the path of a log as the run knows it. */
  readonly counted: ReadonlyMap<string, CountedIds>
  readonly failures: readonly Failure[]
}

export async function findSummaries(
  places: readonly LogPlace[],
  cwd: string,
  files: readonly LogFile[],
): Promise<FoundSummaries> {
  const whole = new Set(
    places.filter(({ path }) => path !== STDIN_PATH).flatMap(({ path }) => foldersIn(realPathOf(resolve(cwd, path)))),
  )
  const paths = new Map(files.filter(file => !isStream(file)).map(({ path }) => [path, realPathOf(path)]))
  const logs = new Set([...paths.values()].map(logOf))
  const folders = new Set([...whole, ...[...paths.values()].map(path => dirname(path))])
  const found: SummaryFile[] = []
  const copied: SummaryFile[] = []
  const failures: Failure[] = []
  for (const folder of [...folders].sort()) {
    const isAsked = (log: string) => whole.has(folder) || logs.has(logOf(join(folder, log)))
    const counting = await findCounting(folder, isAsked, [...paths.values()])
    addAll(found, counting.summaries)
    addAll(copied, counting.copied)
    addAll(failures, counting.failures)
  }
  const counted = readCounted([...found, ...copied], paths, failures)
  const summaries = found.map(file => ({
    ...file.summary,
    days: daysOf(file.summary.removed.log),
    log: logOfSummary(file),
  }))
  return { summaries, counted, failures }
}

function daysOf(log: string): LogFile['days'] {
  return describeLogFile(log, log, null).days
}

/** Where the log of a file is, however it is packed: a summary of it names the same. */
export function logPathOf(file: LogFile): string {
  return logOf(realPathOf(file.path))
}

// A summary is in a folder of the folder of its log.
function logOfSummary({ path, summary }: SummaryFile): string {
  return logOf(join(dirname(dirname(path)), summary.removed.log))
}

function logOf(path: string): string {
  return join(dirname(path), stemOf(basename(path)))
}

// What a log has counted once stays counted, whoever writes it again.
function readCounted(
  found: readonly SummaryFile[],
  paths: ReadonlyMap<string, string>,
  failures: Failure[],
): ReadonlyMap<string, CountedIds> {
  const byLog = new Map<string, SummaryFile[]>()
  for (const file of found) {
    if ((file.summary.removed.ids ?? 0) === 0) continue
    const log = logOfSummary(file)
    byLog.set(log, [...(byLog.get(log) ?? []), file])
  }
  const counted = new Map<string, CountedIds>()
  for (const [path, real] of byLog.size === 0 ? [] : paths) {
    const own = byLog.get(logOf(real))
    if (own === undefined) continue
    const words = own.map(file => readIds(file) ?? lost(file, failures))
    counted.set(path, {
      words: joinWords(words),
      key: own.map(({ summary }) => summary.removed.sha256).join(),
    })
  }
  return counted
}

function lost({ path }: SummaryFile, failures: Failure[]): Uint32Array {
  failures.push({
    file: path,
    message: 'has lost the ids it counted, so lines that repeat them count again',
    hint: 'Restore the .ids file beside it from a copy.',
  })
  return new Uint32Array(0)
}

// A folder and those below it, as the search for logs sees them; none for what is no folder.
function foldersIn(path: string, visited = new Set<string>()): string[] {
  const real = realPathOf(path)
  if (visited.has(real)) return []
  visited.add(real)
  try {
    if (!statSync(real).isDirectory()) return []
    const names = readdirSync(real, { withFileTypes: true })
      .filter(entry => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
      .map(({ name }) => name)
    return [real, ...names.flatMap(name => foldersIn(join(real, name), visited))]
  } catch (error) {
    // The search for logs has said so.
    if (systemCode(error) === undefined) throw error
    return []
  }
}
