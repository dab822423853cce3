// Which summaries count: those whose lines are no longer in any log. A summary is written before its lines are removed, and
// logs may be restored, compressed or read from archives, so the lines are searched for by their content.
import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { readPiece } from '../base/regular-file.ts'
import { stemOf } from '../log/log-file.ts'
import { openUnpacked } from '../log/open-log.ts'
import type { Failure } from '../query/ledger.ts'
import { removedStem } from './archive.ts'
import { type RemovedLines, readIds, readSummaryFiles, removeSummary, type SummaryFile } from './summary-file.ts'

const NEWLINE = 0x0a

export interface CountingSummaries {
  readonly summaries: readonly SummaryFile[]
  /** Do not count, because a copy of their log is read as well. What they have counted their own log must still not repeat. */
  readonly copied: readonly SummaryFile[]
  readonly failures: readonly Failure[]
}

/**
 * The summaries of a folder's logs that count. `paths` are the real paths of all logs of the run, in whatever folder. One
 * of which a log has a part again does not count, and is told as a failure.
 */
export async function findCounting(
  folder: string,
  isAsked: (log: string) => boolean,
  paths: readonly string[],
): Promise<CountingSummaries> {
  const { files, broken } = readSummaryFiles(folder)
  const failures: Failure[] = broken.map(({ path, why }) => ({ file: path, message: why, hint: BROKEN_HINT }))
  const asked = files.filter(({ summary }) => isAsked(summary.removed.log))
  const summaries: SummaryFile[] = []
  const copied: SummaryFile[] = []
  for (const [file, there] of await lookForAll(folder, asked, paths)) {
    if (there.in === 'no') summaries.push(file)
    else if (there.in === 'part') failures.push(partly(file, there.log))
    else if (!isLogOf(there.log, folder, file)) copied.push(file)
  }
  return { summaries, copied, failures }
}

// However it is packed.
function isLogOf(path: string, folder: string, { summary }: SummaryFile): boolean {
  return dirname(path) === folder && stemOf(basename(path)) === stemOf(summary.removed.log)
}

const BROKEN_HINT = 'Get an intact copy of it, or remove it: the days it covers are then missing.'

function partly({ path }: SummaryFile, log: string): Failure {
  return {
    file: path,
    message: `is left out: ${log} has lines again that were pruned, but not all of them`,
    hint: 'Put back the whole log as it was before, or take the lines out of it again.',
  }
}

/** Removes the summaries of a log that still has their lines: they would be summed a second time. */
export async function removeIdleSummaries(path: string): Promise<void> {
  const folder = dirname(path)
  const own = ownSummaries(path)
  for (const [file, there] of await lookForAll(folder, own, [path]))
    if (there.in !== 'no') await removeSummary(file.path)
}

/** How many summaries of a log there are, and the ids that they have counted. */
export function readCounted(path: string): { earlier: number; ids: Uint32Array } {
  const own = ownSummaries(path)
  return { earlier: own.length, ids: joinWords(own.map(file => readIds(file) ?? new Uint32Array(0))) }
}

export function joinWords(all: readonly Uint32Array[]): Uint32Array {
  const words = new Uint32Array(all.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const one of all) {
    words.set(one, at)
    at += one.length
  }
  return words
}

function ownSummaries(path: string): SummaryFile[] {
  const stem = stemOf(basename(path))
  return readSummaryFiles(dirname(path)).files.filter(({ summary }) => stemOf(summary.removed.log) === stem)
}

type Presence = { readonly in: 'no' } | { readonly in: 'whole' | 'part'; readonly log: string }

// A log that has the lines of one summary again has those of the later ones too, elsewhere than they stood then.
async function lookForAll(
  folder: string,
  files: readonly SummaryFile[],
  paths: readonly string[],
): Promise<ReadonlyMap<SummaryFile, Presence>> {
  const found = new Map<SummaryFile, Presence>()
  const isBack = new Map<string, string>()
  const inOrder = files.toSorted((a, b) => (a.summary.removed.earlier ?? 0) - (b.summary.removed.earlier ?? 0))
  for (const file of inOrder) {
    const { removed } = file.summary
    const stem = stemOf(removed.log)
    const back = isBack.get(stem)
    const there: Presence = back === undefined ? await lookFor(folder, removed, paths) : { in: 'whole', log: back }
    found.set(file, there)
    if (there.in === 'whole' && stemOf(basename(there.log)) === stem) isBack.set(stem, there.log)
  }
  return found
}

async function lookFor(folder: string, removed: RemovedLines, paths: readonly string[]): Promise<Presence> {
  const stem = stemOf(removed.log)
  const archived = removedStem(stem, removed.sha256)
  let part: Presence = { in: 'no' }
  for (const path of paths) {
    const own = stemOf(basename(path))
    if (own !== stem && own !== archived) continue
    const there = await lookIn(path, removed)
    if (there === 'whole') return { in: 'whole', log: path }
    // Of other folders, whose logs may begin alike, only what is the same in all.
    if (there === 'part' && dirname(path) === folder) part = { in: 'part', log: path }
  }
  return part
}

// A log that cannot be read is there; the reports say why it cannot.
async function lookIn(path: string, { sha256, firstLine, whole }: RemovedLines): Promise<'no' | 'part' | 'whole'> {
  const { at, bytes } = firstLine
  try {
    if (hashLine(await readLinesAt(path, 0, bytes)) === firstLine.sha256 && (await hashFrom(path)) === sha256)
      return 'whole'
    if (hashLine(await readLinesAt(path, at, bytes)) !== firstLine.sha256) return 'no'
    return whole === undefined || (await hashFrom(path, whole.bytes)) === whole.sha256 ? 'whole' : 'part'
  } catch (error) {
    const code = (error as { code?: unknown }).code
    if (typeof code !== 'string') throw error
    return code === 'ENOENT' ? 'no' : 'whole'
  }
}

/** The hash of a line, which may be the last of a log and have no line end. */
export function hashLine(line: Buffer): string {
  return createHash('sha256')
    .update(line.subarray(0, line.at(-1) === NEWLINE ? -1 : undefined))
    .digest('hex')
}

/** Of the first so many unpacked bytes of a log, or of all. */
async function hashFrom(path: string, bytes = Number.POSITIVE_INFINITY): Promise<string> {
  const hash = createHash('sha256')
  let left = bytes
  for await (const block of openUnpacked(path)) {
    hash.update(block.subarray(0, Math.min(left, block.length)))
    left -= block.length
    if (left <= 0) break
  }
  return hash.digest('hex')
}

async function readLinesAt(path: string, at: number, bytes: number): Promise<Buffer> {
  if (!/\.(gz|zst|br)$/i.test(path)) return readPiece(path, at, bytes)
  const pieces: Buffer[] = []
  let position = 0
  for await (const block of openUnpacked(path)) {
    pieces.push(block.subarray(Math.max(0, at - position), Math.max(0, at + bytes - position)))
    position += block.length
    if (position >= at + bytes) break
  }
  return Buffer.concat(pieces)
}
