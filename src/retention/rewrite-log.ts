// Rewrites a log without some of its lines: beside, flushed, then renamed. A reader sees the log as it was or as it is to
// be, and a kill at any instant leaves one of them, with at most a hidden file beside it.
import { randomUUID } from 'node:crypto'
import { appendFile, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { InputError, systemCode, systemReason } from '../base/errors.ts'

export interface RewriteCounts {
  kept: number
  removed: number
}

const REWRITE_END = '.rewrite'
const NEWLINE = 0x0a
const LEFTOVER_AGE_MS = 3_600_000
const BLOCK_BYTES = 256 * 1024

/** A line as it stands, without its line end. */
export type KeepsLine = (line: Buffer) => boolean

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
 * Rewrites the log with the lines that are kept, byte for byte, and what other processes append meanwhile; without any
 * line the file is deleted, and with all of them it is left alone.
 */
export async function rewriteLog(path: string, keeps: KeepsLine): Promise<RewriteCounts> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}${REWRITE_END}`)
  const log = await openSource(path)
  try {
    const judged = new JudgedLines(keeps)
    const file = await open(beside, 'w', log.mode)
    try {
      for await (const bytes of log.read()) await file.writeFile(judged.add(bytes))
      // A last line without its end may still be being written; whatever follows it belongs to it.
      await file.writeFile(judged.end())
      await file.sync()
    } finally {
      await file.close()
    }
    const { counts } = judged
    if (counts.removed === 0) return counts
    if (counts.kept === 0) await rm(path)
    else await rename(beside, path)
    // Who had the log open until a moment ago wrote to the one that has lost its name.
    for await (const bytes of log.read()) await appendFile(path, bytes)
    return counts
  } catch (error) {
    throw unwritable(path, error)
  } finally {
    await log.close()
    await rm(beside, { force: true })
  }
}

/** Deletes what killed rewrites left in a folder. */
export async function removeLeftovers(folder: string, nowMs: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.') || !name.endsWith(REWRITE_END)) continue
    const path = join(folder, name)
    if (nowMs - (await stat(path)).mtimeMs > LEFTOVER_AGE_MS) await rm(path, { force: true })
  }
}

/** Cuts bytes into lines, and hands back those of the lines that are kept. */
class JudgedLines {
  readonly counts: RewriteCounts = { kept: 0, removed: 0 }
  private readonly keeps: KeepsLine
  private rest: Buffer = Buffer.alloc(0)

  constructor(keeps: KeepsLine) {
    this.keeps = keeps
  }

  add(chunk: Buffer): Buffer {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    const kept: Buffer[] = []
    let start = 0
    for (let newline = bytes.indexOf(NEWLINE); newline !== -1; newline = bytes.indexOf(NEWLINE, start)) {
      if (newline > start && this.isKept(bytes.subarray(start, newline))) kept.push(bytes.subarray(start, newline + 1))
      start = newline + 1
    }
    this.rest = Buffer.from(bytes.subarray(start))
    return Buffer.concat(kept)
  }

  /** What is left without a line end: a line all the same. */
  end(): Buffer {
    const { rest } = this
    return rest.length > 0 && this.isKept(rest) ? rest : Buffer.alloc(0)
  }

  private isKept(line: Buffer): boolean {
    const isKept = this.keeps(line)
    this.counts[isKept ? 'kept' : 'removed']++
    return isKept
  }
}

interface LogSource {
  readonly mode: number
  /** The bytes from where the last call stopped up to what is the end by then. */
  read(): AsyncGenerator<Buffer>
  close(): Promise<void>
}

async function openSource(path: string): Promise<LogSource> {
  const handle = await open(path, 'r')
  const { mode } = await handle.stat()
  let position = 0
  return {
    mode,
    async *read() {
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(BLOCK_BYTES), 0, BLOCK_BYTES, position)
        if (bytesRead === 0) return
        position += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    },
    close: () => handle.close(),
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
