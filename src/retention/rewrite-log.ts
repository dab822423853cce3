// Rewrites a log without some of its lines: under a temporary name, flushed, then renamed. A reader sees either the old log or
// the new one, and a kill at any moment leaves one of them, with at most some hidden files next to it; see let-go.ts.
import { createHash } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { InputError, systemCode, systemReason } from '../base/errors.ts'
import { type LateFile, linkLate } from '../capture/late-lines.ts'
import { openUnpacked } from '../log/open-log.ts'
import { type FileBeside, openFileBeside, REWRITE_END } from './file-beside.ts'
import { JudgedLines, type JudgedPiece, type KeepsLine, type RewriteCounts } from './judged-lines.ts'
import { appendMissing } from './let-go.ts'
import { type LogSource, openSource } from './log-source.ts'

const LEFTOVER_AGE_MS = 3_600_000
/** A writer that has begun a line has ended it by then. */
const LINE_MS = 50
/** Longer than the logger keeps a file open; see batch-writer.ts. */
const OPEN_MS = 1000

/** What is to be known of a log to find it again: the bytes that were read of it, unpacked, and its first removed line. */
export interface ReadLog {
  readonly bytes: number
  readonly sha256: string
  readonly firstRemovedAt: number
}

/** Takes what is removed from a log, and has it safe before the log is without it. */
export interface RemovedTaker {
  /** All lines of the log, in their order. */
  add(piece: JudgedPiece): Promise<void> | void
  /** Called once; not where nothing was removed. */
  commit(log: ReadLog): Promise<void>
  close(): Promise<void>
}

export interface RewriteOptions {
  readonly takers?: readonly RemovedTaker[]
  /** A log of which nothing stays is left empty instead of deleted. */
  readonly staysEmpty?: boolean
}

export interface Rewritten {
  readonly counts: RewriteCounts
  /** The log as it was, which others may have open; see `letGo`. */
  readonly late: LateFile | undefined
}

/** Counts the lines that `rewriteLog` would keep and remove, also of a log in a packing that it does not write. */
export async function countLines(path: string, keeps: KeepsLine): Promise<RewriteCounts> {
  const judged = new JudgedLines(keeps)
  for await (const bytes of openUnpacked(path)) judged.add(bytes)
  judged.end()
  return judged.counts
}

/**
 * Rewrites the log with the lines that stay; without any line the file is deleted, and with all of them it is left alone.
 * What is removed goes to the takers first. What others append meanwhile is in the log as it was.
 */
export async function rewriteLog(
  path: string,
  keeps: KeepsLine,
  { takers = [], staysEmpty = false }: RewriteOptions = {},
): Promise<Rewritten> {
  const log = await openSource(path)
  try {
    const beside = await openFileBeside(path, log.stats)
    try {
      const { counts, read } = await judgeLines(log, keeps, async piece => {
        if (piece.stays !== undefined) await beside.file.writeFile(log.pack(piece.stays))
        for (const taker of takers) await taker.add(piece)
      })
      if (counts.removed + counts.changed === 0) return { counts, late: undefined }
      if (counts.removed > 0) for (const taker of takers) await taker.commit(read)
      const isEmpty = counts.kept + counts.changed === 0
      return { counts, late: await replace(path, log, beside, isEmpty && !staysEmpty) }
    } finally {
      await beside.close()
    }
  } catch (error) {
    throw unwritable(path, error)
  } finally {
    await log.close()
    for (const taker of takers) await taker.close()
  }
}

async function judgeLines(log: LogSource, keeps: KeepsLine, write: (piece: JudgedPiece) => Promise<void>) {
  const judged = new JudgedLines(keeps)
  const hash = createHash('sha256')
  let bytes = 0
  const readOn = async () => {
    const before = bytes
    for await (const block of log.read()) {
      bytes += block.length
      hash.update(block)
      for (const piece of judged.add(block)) await write(piece)
    }
    return bytes > before
  }
  await readOn()
  // A line without an end may be one that is just being written.
  while (judged.isWithinLine && log.readTo() !== undefined) {
    await wait(LINE_MS)
    if (!(await readOn())) break
  }
  for (const piece of judged.end()) await write(piece)
  const read: ReadLog = { bytes, sha256: hash.digest('hex'), firstRemovedAt: judged.firstRemovedAt ?? 0 }
  return { counts: judged.counts, read }
}

async function replace(path: string, log: LogSource, beside: FileBeside, isDeleted: boolean) {
  const readTo = log.readTo()
  const newBytes = isDeleted ? 0 : (await beside.file.stat()).size
  const late = readTo === undefined ? undefined : await linkLate(path, readTo)
  if (isDeleted) await rm(path)
  else await beside.becomes(path)
  if (late === undefined && readTo !== undefined) {
    await wait(OPEN_MS)
    for await (const bytes of log.read()) await appendMissing(path, bytes, newBytes, log.stats.mode)
  }
  return late
}

/** Deletes what killed rewrites left in a folder, which need not be there. */
export async function removeLeftovers(folder: string, nowMs: number): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  for (const name of names) {
    if (!name.startsWith('.') || !name.endsWith(REWRITE_END)) continue
    const path = join(folder, name)
    if (nowMs - (await stat(path)).mtimeMs > LEFTOVER_AGE_MS) await rm(path, { force: true })
  }
}

function unwritable(path: string, error: unknown): unknown {
  if (systemCode(error) === undefined) return error
  return new InputError('log-unwritable', `${path} cannot be rewritten: ${systemReason(error)}.`, {
    where: { file: path },
    hint: 'Check the permissions of the folder and the free space on the disk; the log is unchanged.',
    cause: error,
  })
}
