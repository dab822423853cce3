// The summaries of removed events: files in a hidden folder next to the logs, one for each time that a log was pruned, each
// with a second file of the fingerprints of the ids that it has counted.
import { createHash } from 'node:crypto'
import { closeSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemCode, systemReason } from '../base/errors.ts'
import { openRegular, readTextFile } from '../base/regular-file.ts'
import { openSealed, seal } from '../base/sealed-file.ts'
import { stemOf } from '../log/log-file.ts'
import type { LogSummary, SummaryRow } from '../tally/log-summary.ts'
import { removedStem } from './archive.ts'
import { openFileBeside } from './file-beside.ts'

export const SUMMARY_FOLDER = '.summaries'
const SCHEMA = 'usagebook/log-summary@2'
const FIRST_SCHEMA = 'usagebook/log-summary@1'

/** Which lines of a log a summary is of. */
export interface RemovedLines {
  /** The name of the log; it stood, or still stands, in the folder above. */
  readonly log: string
  readonly lines: number
  /** Of all the lines. */
  readonly sha256: string
  /** Of the unpacked log, from where the first of the lines begins; `sha256` is of that line without its newline. */
  readonly firstLine: { readonly at: number; readonly bytes: number; readonly sha256: string }
  /** The unpacked log of which they were a part. The first version did not know it. */
  readonly whole?: { readonly bytes: number; readonly sha256: string }
  /** How many summaries of the log there were before. */
  readonly earlier?: number
  /** How many ids stand beside the summary: those of its lines that stood for the first time in the log. */
  readonly ids?: number
}

export interface StoredSummary extends LogSummary {
  readonly removed: RemovedLines
}

export interface SummaryFile {
  readonly path: string
  readonly summary: StoredSummary
}

/** Keeps a summary, and before it the ids, as words of fingerprints; with the rights of the log. */
export async function writeSummary(folder: string, summary: StoredSummary, ids: Uint32Array, mode: number) {
  const path = join(folder, SUMMARY_FOLDER, `${removedStem(stemOf(summary.removed.log), summary.removed.sha256)}.json`)
  await mkdir(dirname(path), { recursive: true, mode: (await stat(folder)).mode & 0o777 })
  if (ids.length > 0) await writeWhole(idsPath(path), seal(idsKey(summary), null, [ids])!, mode)
  await writeWhole(path, formatSummary(summary), mode)
}

async function writeWhole(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const beside = await openFileBeside(path, { mode })
  try {
    await beside.file.writeFile(content)
    await beside.becomes(path)
  } finally {
    await beside.close()
  }
}

/** Gives a user another name in the rows of a summary, or none. */
export async function renameInSummary({ path, summary }: SummaryFile, user: string, name: string | null) {
  const rows = summary.rows.map(row => renameRow(row, user, name))
  await writeWhole(path, formatSummary({ ...summary, rows }), (await stat(path)).mode)
}

export function renameRow({ user: own, ...row }: SummaryRow, user: string, name: string | null): SummaryRow {
  const kept = own === user ? name : own
  return kept === null || kept === undefined ? row : { user: kept, ...row }
}

export async function removeSummary(path: string): Promise<void> {
  await rm(path, { force: true })
  await rm(idsPath(path), { force: true })
}

/** The summaries of a folder's logs, and of those that are none why they are not. */
export function readSummaryFiles(folder: string): { files: SummaryFile[]; broken: { path: string; why: string }[] } {
  const files: SummaryFile[] = []
  const broken: { path: string; why: string }[] = []
  for (const name of namesOf(folder)) {
    const path = join(folder, SUMMARY_FOLDER, name)
    const summary = readSummary(path)
    if (typeof summary === 'string') broken.push({ path, why: summary })
    else files.push({ path, summary })
  }
  return { files, broken }
}

/** The ids that a summary has counted, as words of fingerprints; undefined where they are not what was written. */
export function readIds({ path, summary }: SummaryFile): Uint32Array | undefined {
  const { ids = 0 } = summary.removed
  if (ids === 0) return new Uint32Array(0)
  try {
    const bytes = readBytes(idsPath(path))
    const words = openSealed<null>(bytes, idsKey(summary))?.columns[0] as Uint32Array | undefined
    return words?.length === ids * 4 ? words : undefined
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return undefined
  }
}

// A copy, which begins a buffer of its own.
function readBytes(path: string): Uint8Array {
  const descriptor = openRegular(path)
  try {
    return new Uint8Array(readFileSync(descriptor))
  } finally {
    closeSync(descriptor)
  }
}

function idsPath(path: string): string {
  return path.replace(/\.json$/, '.ids')
}

function idsKey({ removed }: StoredSummary): string {
  return `ids ${removed.sha256}`
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

// A row a line, for people and for diffs; sealed, so that what was changed or cut is not taken for sums.
function formatSummary({ removed, duplicates, repeats, cuts, kinds, rows }: StoredSummary): string {
  const list = (values: readonly object[]) => `[\n${values.map(value => JSON.stringify(value)).join(',\n')}\n]`
  const head = JSON.stringify({ schema: SCHEMA, removed, duplicates, repeats, cuts }).slice(0, -1)
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
    return schema === SCHEMA || schema === FIRST_SCHEMA ? summary : 'was written by another version'
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return `cannot be read: ${systemReason(error)}`
  }
}

function sealOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
