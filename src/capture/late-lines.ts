// A log that is rewritten or deleted keeps a hidden second name as long as another process may still have it open: lines
// that are written there late belong to the log, and are moved to it. Whichever process renames the hidden file moves its
// lines, so that each line is moved once, by the process that wrote it or the one that rewrote the log.
import { randomUUID } from 'node:crypto'
import type { Stats } from 'node:fs'
import { type FileHandle, link, open, readdir, realpath, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { systemCode } from '../base/errors.ts'

/** `.2026-02-02.jsonl.4711.UUID.late`: from byte 4711 on its lines belong to the log. */
const LATE_NAME = /^\.(.+)\.(\d+)\.([\da-f-]{36})\.late$/
/** `.2026-02-02.jsonl.4711.1200.UUID.moved`: they are being moved, to a log that had 1200 bytes before. */
const MOVED_NAME = /^\.(.+)\.(\d+)\.(\d+)\.([\da-f-]{36})\.moved$/
const NEWLINE = 0x0a

/** Such a file, by what its name says. */
export interface LateFile {
  readonly folder: string
  /** The name of the log in that folder. */
  readonly log: string
  /** The lines from this byte on are to be moved. */
  readonly from: number
  readonly id: string
  /** How large the log was, where the moving has begun. */
  readonly movedTo: number | undefined
}

export function pathOfLate({ folder, log, from, movedTo, id }: LateFile): string {
  return join(folder, `.${log}.${from}.${movedTo === undefined ? `${id}.late` : `${movedTo}.${id}.moved`}`)
}

/** The path of the log that such a file was. */
export function logOfLate({ folder, log }: LateFile): string {
  return join(folder, log)
}

/** All such files of a folder, which need not be one. */
export async function readLateFiles(folder: string): Promise<LateFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  })
  return names.flatMap(name => parseName(folder, name) ?? [])
}

function parseName(folder: string, name: string): LateFile | undefined {
  const [, late, lateFrom, lateId] = LATE_NAME.exec(name) ?? []
  if (late !== undefined) return { folder, log: late, from: Number(lateFrom), id: lateId!, movedTo: undefined }
  const [, log, from, movedTo, id] = MOVED_NAME.exec(name) ?? []
  return log === undefined ? undefined : { folder, log, from: Number(from), id: id!, movedTo: Number(movedTo) }
}

/** Gives a log, of which so many bytes were read, its second name. Undefined where the file system has no links. */
export async function linkLate(path: string, readTo: number): Promise<LateFile | undefined> {
  const late = { folder: dirname(path), log: basename(path), from: readTo, id: randomUUID(), movedTo: undefined }
  try {
    await link(path, pathOfLate(late))
    return late
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return undefined
    throw error
  }
}

/**
 * Moves the whole lines that the file has by now to the log, and returns the file by its new name. Undefined where
 * somebody else is at it, or has removed it.
 */
export async function moveLateLines(late: LateFile): Promise<LateFile | undefined> {
  const path = logOfLate(late)
  const moving = { ...late, movedTo: (await sizeOf(path)) ?? 0 }
  if (!(await isRenamed(late, moving))) return undefined
  const bytes = await readFrom(pathOfLate(moving), late.from)
  const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1)
  if (whole.length > 0) await appendWhole(path, whole, (await stat(pathOfLate(moving))).mode)
  const moved = { ...late, from: late.from + whole.length }
  return (await isRenamed(moving, moved)) ? moved : undefined
}

const TRIES = 10
const PAUSE_MS = 20

/**
 * Moves what was written to a log that has lost its name meanwhile, given the file that was written to. Whoever else moves
 * may have looked before the lines were there, and is waited for a moment; the next prune moves what is left then.
 */
export async function moveOwnLines(path: string, file: FileHandle): Promise<void> {
  const own = await file.stat()
  const real = await realpath(path).catch(() => path)
  for (let tries = 0; tries < TRIES; tries++) {
    const found = await findLate(real, own)
    if (found === undefined || (found !== 'busy' && (await moveLateLines(found)) !== undefined)) return
    await wait(PAUSE_MS, undefined, { ref: false })
  }
}

async function findLate(path: string, own: Pick<Stats, 'ino' | 'dev'>): Promise<LateFile | 'busy' | undefined> {
  let isBusy = false
  for (const late of await readLateFiles(dirname(path))) {
    if (late.log !== basename(path)) continue
    const found = await stat(pathOfLate(late)).catch(() => undefined)
    const isOwn = found?.ino === own.ino && found.dev === own.dev
    if (isOwn && late.movedTo === undefined) return late
    if (isOwn || found === undefined) isBusy = true
  }
  return isBusy ? 'busy' : undefined
}

/** The bytes of a file from an offset to its end. */
export async function readFrom(path: string, start: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const bytes = Buffer.alloc(Math.max(0, size - start))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Appends whole lines, after the piece of a line with which the log may end. */
export async function appendWhole(path: string, lines: Buffer, mode: number): Promise<void> {
  const size = (await sizeOf(path)) ?? 0
  const isAtLineStart = size === 0 || (await readFrom(path, size - 1)).at(-1) === NEWLINE
  const file = await open(path, 'a', mode & 0o777)
  try {
    await file.writeFile(isAtLineStart ? lines : Buffer.concat([Buffer.of(NEWLINE), lines]))
    await file.datasync()
  } finally {
    await file.close()
  }
}

export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

export async function isRenamed(from: LateFile, to: LateFile): Promise<boolean> {
  try {
    await rename(pathOfLate(from), pathOfLate(to))
    return true
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
}
