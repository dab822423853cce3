// Keeps the log that a rewrite takes the name from, under a hidden name, until all who had it open have let it go. What
// they append to it is moved to the new log; after a kill the next prune does that, each line once.
import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { appendFile, link, open, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { systemCode } from '../base/errors.ts'

/** `.2026-02-02.jsonl.4711.1200.UUID.moved`: from byte 4711 on its lines belong to the log, which began with 1200 bytes. */
const MOVED_NAME = /^\.(.+)\.(\d+)\.(\d+)\.[\da-f-]{36}\.moved$/
/** A prune that is at work is done with it by then. */
const LIVE_MS = 3000
const NEWLINE = 0x0a

/**
 * Gives the log a second name, which says up to where it was read and how large the log is that replaces it. Returns the
 * name, or undefined where the file system has no links.
 */
export async function linkMoved(path: string, readTo: number, newBytes: number): Promise<string | undefined> {
  const moved = join(dirname(path), `.${basename(path)}.${readTo}.${newBytes}.${randomUUID()}.moved`)
  try {
    await link(path, moved)
    return moved
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return undefined
    throw error
  }
}

/** Moves what killed rewrites left unmoved in a folder, which need not be one. */
export async function moveLateLines(folder: string, nowMs: number): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  })
  for (const name of names) {
    const found = MOVED_NAME.exec(name)
    if (found === null) continue
    const [, log = '', readTo, newBytes] = found
    const moved = join(folder, name)
    const path = join(folder, log)
    await waitForRewrite(moved, path, nowMs)
    const old = statSync(moved, { throwIfNoEntry: false })
    if (old === undefined) continue
    // A rewrite that was killed before it replaced the log left two names of one file.
    if (old.ino !== statSync(path, { throwIfNoEntry: false })?.ino)
      await moveLines(moved, path, Number(readTo), Number(newBytes))
    await rm(moved, { force: true })
  }
}

// Where a prune is at work it takes the name away itself.
async function waitForRewrite(moved: string, path: string, nowMs: number): Promise<void> {
  const [old, current] = [statSync(moved, { throwIfNoEntry: false }), statSync(path, { throwIfNoEntry: false })]
  if (old === undefined || old.ino === current?.ino) return
  const left = Math.min(LIVE_MS, LIVE_MS - (nowMs - old.ctimeMs))
  if (left > 0) await wait(left)
}

// A rewrite that was killed while it moved lines has moved some; only what the log got since can be one of these.
async function moveLines(moved: string, path: string, readTo: number, newBytes: number): Promise<void> {
  const late = linesOf(await readFrom(moved, readTo))
  const current = statSync(path, { throwIfNoEntry: false })
  const appended = current === undefined ? Buffer.alloc(0) : await readFrom(path, newBytes)
  const missing = withoutLines(late, linesOf(appended))
  if (missing.length === 0) return
  const begin = (await endsInLine(path)) ? '' : '\n'
  await appendFile(path, Buffer.from(begin + missing.map(line => `${line}\n`).join(''), 'latin1'))
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

async function readFrom(path: string, start: number): Promise<Buffer> {
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

async function endsInLine(path: string): Promise<boolean> {
  const current = statSync(path, { throwIfNoEntry: false })
  if (current === undefined || current.size === 0) return true
  return (await readFrom(path, current.size - 1)).at(-1) === NEWLINE
}
