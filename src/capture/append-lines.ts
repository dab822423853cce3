// Appends lines to a file with one write. The file is opened for each batch, twice a second at most in quiet times, so
// that a log that was renamed, pruned or deleted meanwhile is not written to by a handle that nobody can see.
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../base/errors.ts'
import { type PendingLines, planAppend, remainingLines, tailLength } from './append-plan.ts'

/** What an append came to: what is left to write, and why, where something is. */
export interface AppendResult {
  readonly left: PendingLines | undefined
  readonly problem: unknown
}

/** Appends without blocking. `beforeWrite` is called when nothing but the write itself is left to do. Never rejects. */
export async function appendLines(path: string, pending: PendingLines, beforeWrite: () => void): Promise<AppendResult> {
  let file: FileHandle | undefined
  try {
    file = await openForAppend(path)
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, tailLength(pending)))
    if (tail.length > 0) await file.read(tail, 0, tail.length, size - tail.length)
    const plan = planAppend(pending, tail)
    beforeWrite()
    const { bytesWritten } = await file.write(plan.bytes)
    return resultOf(remainingLines(pending, plan, bytesWritten))
  } catch (problem) {
    return { left: pending, problem }
  } finally {
    await file?.close().catch(ignoreCloseProblem)
  }
}

/** The same at once, for the end of the process. Never throws. */
export function appendLinesSync(path: string, pending: PendingLines): AppendResult {
  let file: number | undefined
  try {
    file = openForAppendSync(path)
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

async function openForAppend(path: string): Promise<FileHandle> {
  try {
    return await open(path, FLAGS)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    await mkdir(dirname(path), { recursive: true })
    return await open(path, FLAGS)
  }
}

function openForAppendSync(path: string): number {
  try {
    return openSync(path, FLAGS)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    mkdirSync(dirname(path), { recursive: true })
    return openSync(path, FLAGS)
  }
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
