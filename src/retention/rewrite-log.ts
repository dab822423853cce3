// Rewrites a log without some of its lines: beside, flushed, then renamed. A reader sees the log as it was or as it is to
// be, and a kill at any instant leaves one of them, with at most hidden files beside it; see late-lines.ts.
import { appendFile, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { InputError, systemCode, systemReason } from '../base/errors.ts'
import { openFileBeside, REWRITE_END } from './file-beside.ts'
import { JudgedLines, type KeepsLine, type PartedBytes, type RewriteCounts } from './judged-lines.ts'
import { linkMoved } from './late-lines.ts'
import { type LogSource, openSource } from './log-source.ts'

const LEFTOVER_AGE_MS = 3_600_000
/** Longer than the logger keeps a file open; see batch-writer.ts. */
const OPEN_MS = 1000

/** Takes what is removed from a log, and has it safe before the log is without it. */
export interface RemovedTaker {
  /** Whole lines, each with a line end. */
  add(bytes: Buffer): Promise<void> | void
  /** Called once, with the byte of the log at which the first of them began; not where nothing was removed. */
  commit(firstRemovedAt: number): Promise<void>
  close(): Promise<void>
}

/** Counts the lines that `rewriteLog` would keep and remove. */
export async function countLines(path: string, keeps: KeepsLine): Promise<RewriteCounts> {
  const log = await openSource(path)
  try {
    const judged = new JudgedLines(keeps)
    for await (const bytes of log.read()) judged.add(bytes)
    judged.end()
    return judged.counts
  } finally {
    await log.close()
  }
}

/**
 * Rewrites the log with the lines that are kept, and what other processes append meanwhile; without any line the file is
 * deleted, and with all of them it is left alone. What is removed goes to the takers first. A log in use is looked at once
 * more when all who had it open have let it go.
 */
export async function rewriteLog(
  path: string,
  keeps: KeepsLine,
  takers: readonly RemovedTaker[] = [],
  waitForWriters: () => Promise<unknown> = () => wait(OPEN_MS),
): Promise<RewriteCounts> {
  const log = await openSource(path)
  const judged = new JudgedLines(keeps)
  let moved: string | undefined
  try {
    const beside = await openFileBeside(path, log.mode)
    try {
      const write = async (parted: PartedBytes) => {
        if (parted.kept.length > 0) await beside.file.writeFile(log.pack(parted.kept))
        for (const taker of takers) await taker.add(parted.removed)
      }
      for await (const bytes of log.read()) await write(judged.add(bytes))
      await write(judged.end())
      const { counts, firstRemovedAt } = judged
      if (firstRemovedAt === undefined) return counts
      for (const taker of takers) await taker.commit(firstRemovedAt)
      moved = await linkOld(log, path, counts.kept === 0 ? 0 : (await beside.file.stat()).size)
      if (counts.kept === 0) await rm(path)
      else await beside.becomes(path)
    } finally {
      await beside.close()
    }
    // Who had the log open until a moment ago writes to the one that has lost its name.
    await moveRest(log, path)
    if (await log.hasGrown()) {
      await waitForWriters()
      await moveRest(log, path)
    }
    if (moved !== undefined) await rm(moved, { force: true })
    return judged.counts
  } catch (error) {
    throw unwritable(path, error)
  } finally {
    await log.close()
    for (const taker of takers) await taker.close()
  }
}

async function linkOld(log: LogSource, path: string, newBytes: number): Promise<string | undefined> {
  const readTo = log.readTo()
  return readTo === undefined ? undefined : await linkMoved(path, readTo, newBytes)
}

async function moveRest(log: LogSource, path: string): Promise<void> {
  for await (const bytes of log.read()) await appendFile(path, log.pack(bytes))
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
    hint: 'Check the rights of the folder and the room on the disk; the log is as it was.',
    cause: error,
  })
}
