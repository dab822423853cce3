// Keeps the old files of rewritten logs under hidden names until every process that had them open has closed them, and moves
// what is written to them late; see capture/late-lines.ts. Files that a killed prune left are found by their names.
import { statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { systemCode } from '../base/errors.ts'
import {
  appendWhole,
  isRenamed,
  type LateFile,
  logOfLate,
  moveLateLines,
  pathOfLate,
  readFrom,
  readLateFiles,
  sizeOf,
} from '../capture/late-lines.ts'
import { type OpenFiles, readOpenFiles } from './open-files.ts'

/** Longer than the logger keeps a file open; see batch-writer.ts. */
const OPEN_MS = 1000
const PAUSE_MS = 100
/** Whoever moves lines is done with it by then. */
const MOVING_MS = 3000
const NEWLINE = 0x0a

export interface Waiting {
  /** How long those are waited for who have files open. */
  readonly patienceMs?: number
  readonly readOpen?: () => OpenFiles
}

/** Waits a moment for those who have files open; returns the files that somebody may have open still. */
export async function letGo(
  files: readonly LateFile[],
  { patienceMs = OPEN_MS, readOpen = readOpenFiles }: Waiting = {},
): Promise<LateFile[]> {
  let left = [...files]
  for (let waitedMs = 0; left.length > 0 && waitedMs <= patienceMs; waitedMs += PAUSE_MS) {
    // Whoever was just opening a file has it open by then.
    await wait(PAUSE_MS)
    left = await removeFree(left, readOpen, waitedMs >= OPEN_MS)
  }
  return left
}

/**
 * Moves what was written late to files, and removes those that nobody has open; returns the others. Where not all
 * processes can be seen, those are removed that have waited and to which nothing was written since the last look.
 */
async function removeFree(
  files: readonly LateFile[],
  readOpen: () => OpenFiles,
  haveWaited: boolean,
): Promise<LateFile[]> {
  // Before the lines are moved: who has closed the file by now has written all.
  const open = readOpen()
  const left: LateFile[] = []
  for (const file of files) {
    const current = await currentName(file)
    if (current === undefined) continue
    const stats = statSync(pathOfLate(current), { throwIfNoEntry: false })
    const moved = current.movedTo === undefined ? await moveLateLines(current) : undefined
    const isQuiet = moved?.from === file.from
    const isFree = stats !== undefined && !open.has(stats) && (open.isWhole(stats.uid) || (haveWaited && isQuiet))
    if (moved !== undefined && isFree) await removeLate(moved)
    else left.push(moved ?? current)
  }
  return left
}

// Whoever moves lines gives the file another name.
async function currentName({ folder, id }: LateFile): Promise<LateFile | undefined> {
  return (await readLateFiles(folder)).find(file => file.id === id)
}

// The piece of a line at its end is of somebody who was killed.
async function removeLate(file: LateFile): Promise<void> {
  const path = pathOfLate(file)
  const piece = await readFrom(path, file.from)
  if (piece.length > 0) await appendWhole(logOfLate(file), Buffer.concat([piece, Buffer.of(NEWLINE)]), modeOf(path))
  await rm(path, { force: true })
}

/** Moves what killed rewrites have left in a folder, which need not be one, each line once. */
export async function finishLate(folder: string, waiting: Waiting = {}): Promise<LateFile[]> {
  const files: LateFile[] = []
  for (const file of await readLateFiles(folder)) {
    const found = await finishOne(file)
    if (found !== undefined) files.push(found)
  }
  return await letGo(files, waiting)
}

async function finishOne(file: LateFile): Promise<LateFile | undefined> {
  const path = pathOfLate(file)
  const stats = statSync(path, { throwIfNoEntry: false })
  const log = statSync(logOfLate(file), { throwIfNoEntry: false })
  // A rewrite that was killed before it replaced the log has left two names of one file.
  if (stats !== undefined && stats.ino === log?.ino && stats.dev === log.dev) {
    await rm(path, { force: true })
    return undefined
  }
  if (file.movedTo === undefined) return file
  if (stats !== undefined) await wait(MOVING_MS)
  const isStill = statSync(path, { throwIfNoEntry: false }) !== undefined
  return isStill ? await finishMoving(file, file.movedTo) : await currentName(file)
}

// Somebody was killed while he moved lines, and has moved all, some or none; of what the log got since.
async function finishMoving(file: LateFile, movedTo: number): Promise<LateFile | undefined> {
  const path = pathOfLate(file)
  const bytes = await readFrom(path, file.from)
  const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1)
  await appendMissing(logOfLate(file), whole, movedTo, modeOf(path))
  const moved = { ...file, from: file.from + whole.length, movedTo: undefined }
  return (await isRenamed(file, moved)) ? moved : undefined
}

/** Appends those of the lines to a log that it has not got since it had so many bytes. */
export async function appendMissing(path: string, lines: Buffer, sinceByte: number, mode: number): Promise<void> {
  const since = ((await sizeOf(path)) ?? 0) > sinceByte ? await readFrom(path, sinceByte) : Buffer.alloc(0)
  const missing = withoutLines(linesOf(lines), linesOf(since))
  if (missing.length > 0)
    await appendWhole(path, Buffer.from(missing.map(line => `${line}\n`).join(''), 'latin1'), mode)
}

function withoutLines(lines: readonly string[], there: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const line of there) counts.set(line, (counts.get(line) ?? 0) + 1)
  return lines.filter(line => {
    const count = counts.get(line) ?? 0
    if (count > 0) counts.set(line, count - 1)
    return count === 0
  })
}

// As latin1, in which every byte is a character.
function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString('latin1')
    .split('\n')
    .filter(line => line !== '')
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    return 0o600
  }
}
