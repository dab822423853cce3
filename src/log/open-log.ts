// Opens a log file as a source of unpacked bytes, and says how many stored bytes were read.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { STDIN_PATH } from './find-logs.ts'
import type { LogFile, Packing } from './log-file.ts'

/** Where the bytes of a source go: a place for the next ones, and how many were put there. */
export interface ByteTarget {
  space(): Uint8Array
  advance(byteCount: number): void
}

/**
 * Reads a whole file into a target and returns how many stored bytes that were. Calls `onBytes` with the stored bytes read
 * since its last call. Files that are not packed can be read from `startByte` on. An error of the file system or of the
 * packing is thrown as it is.
 */
export async function readLog(
  file: LogFile,
  target: ByteTarget,
  openStdin: () => Readable,
  onBytes: (storedBytes: number) => void,
  startByte = 0,
): Promise<number> {
  if (file.path === STDIN_PATH) {
    const { openPiped } = await import('./open-piped.ts')
    const { packing, chunks } = await openPiped(openStdin())
    return await readStream(chunks, packing, target, onBytes)
  }
  if (file.packing === 'none') return await readPlain(file.path, target, onBytes, startByte)
  return await readStream(createReadStream(file.path), file.packing, target, onBytes)
}

/** How long reading may go on without a look at signals. */
const PATIENCE_MS = 100

async function readPlain(
  path: string,
  target: ByteTarget,
  onBytes: (storedBytes: number) => void,
  startByte: number,
): Promise<number> {
  const descriptor = openSync(path, 'r')
  let total = 0
  let lookedMs = performance.now()
  try {
    for (;;) {
      const space = target.space()
      const count = readSync(descriptor, space, 0, space.length, startByte === 0 ? null : startByte + total)
      if (count === 0) return total
      total += count
      onBytes(count)
      target.advance(count)
      if (performance.now() - lookedMs > PATIENCE_MS) {
        await new Promise(resolve => setImmediate(resolve))
        lookedMs = performance.now()
      }
    }
  } finally {
    closeSync(descriptor)
  }
}

async function readStream(
  source: AsyncIterable<Buffer>,
  packing: Packing,
  target: ByteTarget,
  onBytes: (storedBytes: number) => void,
): Promise<number> {
  let total = 0
  async function* counted(): AsyncIterable<Buffer> {
    for await (const chunk of source) {
      total += chunk.length
      onBytes(chunk.length)
      yield chunk
    }
  }
  // Loaded only here: what unpacks takes milliseconds to load.
  const unpacked = packing === 'none' ? counted() : (await import('./unpack.ts')).unpack(counted(), packing)
  for await (const chunk of unpacked) copyInto(target, chunk)
  return total
}

function copyInto(target: ByteTarget, chunk: Uint8Array): void {
  for (let from = 0; from < chunk.length; ) {
    const space = target.space()
    const count = Math.min(space.length, chunk.length - from)
    space.set(chunk.subarray(from, from + count))
    target.advance(count)
    from += count
  }
}
