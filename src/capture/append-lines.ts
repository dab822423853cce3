// Appends lines to the end of a file with one write each time, without blocking or at once.
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../base/errors.ts'
import { type PendingLines, planAppend, remainingLines, tailLength } from './append-plan.ts'

/** The rights of a file and of folders that an append makes. */
export interface NewRights {
  readonly file: number
  readonly folder: number
}

/** What an append came to: what is left to write, and why, where something is. */
export interface AppendResult {
  readonly left: PendingLines | undefined
  readonly problem: unknown
}

/**
 * Appends to one file at a time. The file stays open while batches follow each other, and for `keepMs` at most, so that a
 * log that was renamed, pruned or deleted meanwhile is not written to by a handle that nobody can see.
 */
export class LineAppender {
  private readonly keepMs: number
  private readonly rights: NewRights
  private handle: FileHandle | undefined
  private path = ''
  private openedMs = 0

  constructor(keepMs: number, rights: NewRights) {
    this.keepMs = keepMs
    this.rights = rights
  }

  /** `beforeWrite` is called when nothing but the write itself is left to do. Never rejects. */
  async append(path: string, pending: PendingLines, beforeWrite: () => void): Promise<AppendResult> {
    try {
      const known = this.openHandle(path)
      const handle = known ?? (await this.open(path))
      // As long as all was well since it was looked at, the file ends with a line.
      const tail = known === undefined ? await readTail(handle, tailLength(pending)) : NOTHING
      const plan = planAppend(pending, tail)
      beforeWrite()
      const { bytesWritten } = await handle.write(plan.bytes)
      const result = resultOf(remainingLines(pending, plan, bytesWritten))
      if (result.left !== undefined) await this.close()
      return result
    } catch (problem) {
      await this.close()
      return { left: pending, problem }
    }
  }

  async close(): Promise<void> {
    const { handle } = this
    this.handle = undefined
    await handle?.close().catch(ignoreCloseProblem)
  }

  private openHandle(path: string): FileHandle | undefined {
    return path === this.path && performance.now() - this.openedMs < this.keepMs ? this.handle : undefined
  }

  private async open(path: string): Promise<FileHandle> {
    await this.close()
    this.handle = await openForAppend(path, this.rights)
    this.path = path
    this.openedMs = performance.now()
    return this.handle
  }
}

/** Appends at once, for the end of the process. Never throws. */
export function appendLinesSync(path: string, pending: PendingLines, rights: NewRights): AppendResult {
  let file: number | undefined
  try {
    file = openForAppendSync(path, rights)
    const { size } = fstatSync(file)
    const tail = Buffer.alloc(Math.min(size, tailLength(pending)))
    if (tail.length > 0) readSync(file, tail, 0, tail.length, size - tail.length)
    const plan = planAppend(pending, tail)
    return resultOf(remainingLines(pending, plan, writeSync(file, plan.bytes)))
  } catch (problem) {
    return { left: pending, problem }
  } finally {
    if (file !== undefined) closeQuietly(file)
  }
}

const FLAGS = 'a+'
const NOTHING = Buffer.alloc(0)

async function openForAppend(path: string, rights: NewRights): Promise<FileHandle> {
  try {
    return await open(path, FLAGS, rights.file)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    await mkdir(dirname(path), { recursive: true, mode: rights.folder })
    return await open(path, FLAGS, rights.file)
  }
}

function openForAppendSync(path: string, rights: NewRights): number {
  try {
    return openSync(path, FLAGS, rights.file)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    mkdirSync(dirname(path), { recursive: true, mode: rights.folder })
    return openSync(path, FLAGS, rights.file)
  }
}

async function readTail(file: FileHandle, most: number): Promise<Buffer> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(Math.min(size, most))
  if (tail.length > 0) await file.read(tail, 0, tail.length, size - tail.length)
  return tail
}

function resultOf(left: PendingLines | undefined): AppendResult {
  return { left, problem: left === undefined ? undefined : new Error('only a part of the lines could be written') }
}

function closeQuietly(file: number): void {
  try {
    closeSync(file)
  } catch {
    ignoreCloseProblem()
  }
}

function ignoreCloseProblem(): void {
  // The lines are written, or the problem of the write is reported already.
}
