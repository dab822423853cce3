// Appends lines to the end of a file with one write each time, either asynchronously or synchronously. Afterwards it checks
// whether the file is still the one with that name: a log may be pruned, moved or deleted at any time.
import { closeSync, fstatSync, mkdirSync, openSync, readSync, type Stats, statSync, writeSync } from 'node:fs'
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../base/errors.ts'
import { type PendingLines, planAppend, remainingLines, tailLength } from './append-plan.ts'
import { moveOwnLines } from './late-lines.ts'

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
      for (let tries = 0; tries < TRIES; tries++) {
        const known = this.openHandle(path)
        const handle = known ?? (await this.open(path))
        // As long as all was well since it was looked at, the file ends with a line.
        const tail = known === undefined ? await readTail(handle, tailLength(pending)) : NOTHING
        const plan = planAppend(pending, tail)
        beforeWrite()
        const { bytesWritten } = await handle.write(plan.bytes)
        const fate = await fateOf(handle, path)
        if (fate === 'deleted') await this.close()
        else return await this.resultOf(path, handle, remainingLines(pending, plan, bytesWritten), fate)
      }
      return { left: pending, problem: new Error('the file keeps being deleted') }
    } catch (problem) {
      await this.close()
      return { left: pending, problem }
    }
  }

  private async resultOf(
    path: string,
    handle: FileHandle,
    left: PendingLines | undefined,
    fate: WrittenFate,
  ): Promise<AppendResult> {
    if (fate === 'moved') {
      // The lines are safe: the file has a name. Where this fails, the next prune does it.
      await moveOwnLines(path, handle).catch(ignoreMoveProblem)
    }
    if (left !== undefined || fate === 'moved') await this.close()
    return resultOf(left)
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

/** Appends at once, for the end of the process. Never throws. What a prune has to move meanwhile is left to it. */
export function appendLinesSync(path: string, pending: PendingLines, rights: NewRights): AppendResult {
  for (let tries = 0; tries < TRIES; tries++) {
    const result = appendOnceSync(path, pending, rights)
    if (result !== 'deleted') return result
  }
  return { left: pending, problem: new Error('the file keeps being deleted') }
}

function appendOnceSync(path: string, pending: PendingLines, rights: NewRights): AppendResult | 'deleted' {
  let file: number | undefined
  try {
    file = openForAppendSync(path, rights)
    const { size } = fstatSync(file)
    const tail = Buffer.alloc(Math.min(size, tailLength(pending)))
    if (tail.length > 0) readSync(file, tail, 0, tail.length, size - tail.length)
    const plan = planAppend(pending, tail)
    const left = remainingLines(pending, plan, writeSync(file, plan.bytes))
    return fateOfSync(file, path) === 'deleted' ? 'deleted' : resultOf(left)
  } catch (problem) {
    return { left: pending, problem }
  } finally {
    if (file !== undefined) closeQuietly(file)
  }
}

const FLAGS = 'a+'
const NOTHING = Buffer.alloc(0)
/** A file that is deleted between opening and writing is opened anew so often. */
const TRIES = 5

/** What has become of a file while it was written to: a file without a name is lost to everybody. */
type WrittenFate = 'there' | 'moved' | 'deleted'

function fateBy(written: Stats, named: Stats | undefined): WrittenFate {
  if (written.ino === named?.ino && written.dev === named.dev) return 'there'
  return written.nlink === 0 ? 'deleted' : 'moved'
}

// The lines are written: where nothing can be seen, they are not written again.
async function fateOf(handle: FileHandle, path: string): Promise<WrittenFate> {
  try {
    return fateBy(...(await Promise.all([handle.stat(), stat(path).catch(undefinedIfNotThere)])))
  } catch {
    return 'there'
  }
}

function fateOfSync(file: number, path: string): WrittenFate {
  try {
    return fateBy(fstatSync(file), statSync(path, { throwIfNoEntry: false }))
  } catch {
    return 'there'
  }
}

function undefinedIfNotThere(error: unknown): undefined {
  if (systemCode(error) !== 'ENOENT') throw error
}

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

function ignoreMoveProblem(): void {
  // What is late stays where prune finds it.
}

function ignoreCloseProblem(): void {
  // The lines are written, or the problem of the write is reported already.
}
