// Rewrites a log without some of its lines: beside, flushed, then renamed. A reader sees the log as it was or as it is to
// be, and a kill at any instant leaves one of them, with at most a hidden file beside it.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { appendFile, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createGunzip, gzipSync } from 'node:zlib'
import { InputError, systemCode, systemReason } from '../base/errors.ts'
import { JudgedLines, type KeepsLine, type PartedBytes, type RewriteCounts } from './judged-lines.ts'

const REWRITE_END = '.rewrite'
const LEFTOVER_AGE_MS = 3_600_000
const BLOCK_BYTES = 256 * 1024

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
 * deleted, and with all of them it is left alone. What is removed goes to a file in the folder `archive` first, if there
 * is one; its name says what it holds, so that doing it again after a kill does not double it.
 */
export async function rewriteLog(path: string, keeps: KeepsLine, archive?: string): Promise<RewriteCounts> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}${REWRITE_END}`)
  const log = await openSource(path)
  const removed = archive === undefined ? undefined : await openArchive(archive, path)
  try {
    const judged = new JudgedLines(keeps)
    const file = await open(beside, 'wx', log.mode)
    try {
      const write = async (parted: PartedBytes) => {
        if (parted.kept.length > 0) await file.writeFile(log.pack(parted.kept))
        await removed?.add(parted.removed)
      }
      for await (const bytes of log.read()) await write(judged.add(bytes))
      await write(judged.end())
      await file.sync()
    } finally {
      await file.close()
    }
    const { counts } = judged
    if (counts.removed === 0) return counts
    await removed?.commit()
    if (counts.kept === 0) await rm(path)
    else await rename(beside, path)
    // Who had the log open until a moment ago wrote to the one that has lost its name.
    for await (const bytes of log.read()) await appendFile(path, log.pack(bytes))
    return counts
  } catch (error) {
    throw unwritable(path, error)
  } finally {
    await log.close()
    await removed?.close()
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

interface LogSource {
  readonly mode: number
  /** The unpacked bytes from where the last call stopped up to what is the end by then. */
  read(): AsyncGenerator<Buffer>
  /** Bytes as they are stored in this log. */
  pack(bytes: Buffer): Buffer
  close(): Promise<void>
}

async function openSource(path: string): Promise<LogSource> {
  const handle = await open(path, 'r')
  const { mode } = await handle.stat()
  const isPacked = path.toLowerCase().endsWith('.gz')
  return {
    mode,
    read: isPacked ? readOnce(path) : readFrom(handle),
    // Packed pieces one after the other are one packed file.
    pack: bytes => (isPacked ? gzipSync(bytes) : bytes),
    close: () => handle.close(),
  }
}

function readFrom(handle: FileHandle): () => AsyncGenerator<Buffer> {
  let position = 0
  return async function* read() {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(BLOCK_BYTES), 0, BLOCK_BYTES, position)
      if (bytesRead === 0) return
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  }
}

// Nobody appends to a packed log.
function readOnce(path: string): () => AsyncGenerator<Buffer> {
  let isRead = false
  return async function* read() {
    if (isRead) return
    isRead = true
    const unpacked = createGunzip()
    const stored = createReadStream(path).on('error', error => unpacked.destroy(error))
    for await (const bytes of stored.pipe(unpacked) as AsyncIterable<Buffer>) yield bytes
  }
}

interface Archive {
  add(bytes: Buffer): Promise<void>
  commit(): Promise<void>
  close(): Promise<void>
}

async function openArchive(folder: string, path: string): Promise<Archive> {
  await mkdir(folder, { recursive: true })
  const name = basename(path).replace(/\.jsonl(\.gz)?$/i, '')
  const beside = join(folder, `.${name}.${randomUUID()}${REWRITE_END}`)
  const file = await open(beside, 'wx')
  const hash = createHash('sha256')
  let isOpen = true
  const close = async () => {
    if (isOpen) await file.close()
    isOpen = false
    await rm(beside, { force: true })
  }
  return {
    async add(bytes) {
      hash.update(bytes)
      await file.writeFile(bytes)
    },
    async commit() {
      await file.sync()
      await rename(beside, join(folder, `${name}.${hash.digest('hex').slice(0, 12)}.jsonl`))
      await close()
    },
    close,
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
