// The summaries of removed events: files in a hidden folder beside the logs, one for each time that a log was pruned.
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { systemCode, systemReason } from '../base/errors.ts'
import { readTextFile } from '../base/regular-file.ts'
import type { Failure } from '../query/ledger.ts'
import type { LogSummary } from '../tally/log-summary.ts'
import { openFileBeside } from './file-beside.ts'
import { openSource } from './log-source.ts'

export const SUMMARY_FOLDER = '.summaries'
const NEWLINE = 0x0a
const SCHEMA = 'usagebook/log-summary@1'

/** Which lines of a log a summary is of. */
export interface RemovedLines {
  /** The name of the log; it stood, or still stands, in the folder above. */
  readonly log: string
  readonly lines: number
  /** Of all the lines. */
  readonly sha256: string
  /** Of the unpacked log, from where the first of the lines begins; `sha256` is of that line without its newline. */
  readonly firstLine: { readonly at: number; readonly bytes: number; readonly sha256: string }
}

export interface StoredSummary extends LogSummary {
  readonly removed: RemovedLines
}

export interface FoundSummaries {
  readonly summaries: readonly StoredSummary[]
  readonly failures: readonly Failure[]
}

export async function writeSummary(folder: string, summary: StoredSummary): Promise<void> {
  const path = join(folder, SUMMARY_FOLDER, fileNameOf(summary.removed))
  await mkdir(dirname(path), { recursive: true })
  const beside = await openFileBeside(path)
  try {
    await beside.file.writeFile(formatSummary(summary))
    await beside.becomes(path)
  } finally {
    await beside.close()
  }
}

/**
 * Those of a folder's summaries that count. A summary counts as soon as its log is without the lines that it is of: it is
 * written before they are removed, and whoever is killed in between, or puts the log back, leaves one that does not.
 */
export async function readSummaries(folder: string, isAsked: (log: string) => boolean): Promise<FoundSummaries> {
  const summaries: StoredSummary[] = []
  const failures: Failure[] = []
  for (const name of namesOf(folder)) {
    const path = join(folder, SUMMARY_FOLDER, name)
    const summary = readSummary(path)
    if (typeof summary === 'string') failures.push({ file: path, message: summary, hint: HINT })
    else if (isAsked(summary.removed.log) && !(await isStillThere(folder, summary.removed))) summaries.push(summary)
  }
  return { summaries, failures }
}

const HINT = 'Get a whole copy of it, or remove it: the days that it is of are missing then.'

/** Removes the summaries of a log that still has their lines: they would be summed a second time. */
export async function removeIdleSummaries(path: string): Promise<void> {
  const folder = dirname(path)
  for (const name of namesOf(folder)) {
    const summaryPath = join(folder, SUMMARY_FOLDER, name)
    const summary = readSummary(summaryPath)
    if (typeof summary === 'string' || summary.removed.log !== basename(path)) continue
    if (await isStillThere(folder, summary.removed)) await rm(summaryPath, { force: true })
  }
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(join(folder, SUMMARY_FOLDER))
      .filter(name => name.endsWith('.json') && !name.startsWith('.'))
      .sort()
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}

function fileNameOf({ log, sha256 }: RemovedLines): string {
  return `${log.replace(/\.jsonl(\.gz)?$/i, '')}.${sha256.slice(0, 12)}.json`
}

// A row a line, for people and for diffs; sealed, so that what was changed or cut is not taken for sums.
function formatSummary({ removed, duplicates, cuts, kinds, rows }: StoredSummary): string {
  const list = (values: readonly object[]) => `[\n${values.map(value => JSON.stringify(value)).join(',\n')}\n]`
  const head = JSON.stringify({ schema: SCHEMA, removed, duplicates, cuts }).slice(0, -1)
  const body = `${head},\n"kinds": ${list(kinds)},\n"rows": ${list(rows)},\n`
  return `${body}"seal": "${sealOf(body)}"}\n`
}

/** Why it is none, where it is none. */
function readSummary(path: string): StoredSummary | string {
  try {
    const text = readTextFile(path)
    const end = text.lastIndexOf('"seal": "')
    if (end === -1 || text.slice(end) !== `"seal": "${sealOf(text.slice(0, end))}"}\n`) return 'was changed or cut off'
    const { schema, ...summary } = JSON.parse(text) as StoredSummary & { schema: string }
    return schema === SCHEMA ? summary : 'was written by another version'
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return `cannot be read: ${systemReason(error)}`
  }
}

function sealOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

// A log that cannot be read is there; the reports say why it cannot.
async function isStillThere(folder: string, { log, firstLine }: RemovedLines): Promise<boolean> {
  const { at, bytes, sha256 } = firstLine
  try {
    return hashLine(await readPiece(join(folder, log), at, bytes)) === sha256
  } catch (error) {
    if (typeof (error as { code?: unknown }).code !== 'string') throw error
    return systemCode(error) !== 'ENOENT'
  }
}

/** The hash of a line, which may be the last of a log and have no line end. */
export function hashLine(line: Buffer): string {
  return createHash('sha256')
    .update(line.subarray(0, line.at(-1) === NEWLINE ? -1 : undefined))
    .digest('hex')
}

async function readPiece(path: string, at: number, bytes: number): Promise<Buffer> {
  const log = await openSource(path)
  try {
    const pieces: Buffer[] = []
    let position = 0
    for await (const block of log.read()) {
      pieces.push(block.subarray(Math.max(0, at - position), Math.max(0, at + bytes - position)))
      position += block.length
      if (position >= at + bytes) break
    }
    return Buffer.concat(pieces)
  } finally {
    await log.close()
  }
}
