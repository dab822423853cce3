// Opens a log file as a source of decompressed bytes, and counts the stored bytes that were read.
import { closeSync, createReadStream, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { Pauses } from '../base/pauses.ts'
import { openRegular, readPiece } from '../base/regular-file.ts'
import { BYTES_BEHIND_END } from './damage.ts'
import { describeLogFile, isStream, type LogFile, type Packing } from './log-file.ts'
import type { ReadAt } from './salvage.ts'

/** Where the bytes of a source go: a place for the next ones, and how many were put there. */
export interface ByteTarget {
  space(): Uint8Array
  advance(byteCount: number): void
}

/**
 * Reads a whole file into a target and returns how many stored bytes that were. Calls `onBytes` with the stored bytes read
 * since its last call, which are valid only during the call. Files that are not packed can be read from `startByte` on. An
 * error of the file system or of the packing is thrown as it is.
 */
export async function readLog(
  file: LogFile,
  target: ByteTarget,
  openStdin: () => Readable,
  onBytes: (stored: Uint8Array) => void,
  startByte = 0,
): Promise<number> {
  if (file.made !== undefined) {
    copyInto(target, file.made.bytes)
    return 0
  }
  if (isStream(file)) {
    const { openPiped } = await import('./open-piped.ts')
    const { packing, chunks } = await openPiped((file.openPipe ?? openStdin)())
    if (packing === 'none') return await readStream(chunks, target, onBytes)
    const kept = keepHead(chunks)
    return await readPacked(kept.chunks, packing, target, onBytes, kept.read)
  }
  if (file.packing === 'none') return await readPlain(file.path, target, onBytes, startByte)
  const readAt: ReadAt = (position, mostBytes) => readPiece(file.path, position, mostBytes)
  const source = createReadStream('', { fd: openRegular(file.path) })
  return await readPacked(source, file.packing, target, onBytes, () => readAt)
}

/** The lines that are read of a file: unpacked, or made of what it holds. An error of the file system or of the packing is thrown as it is. */
export async function* openLines({ path, packing, made }: LogFile): AsyncGenerator<Buffer> {
  if (made === undefined) yield* openUnpacked(path, packing)
  else yield Buffer.from(made.bytes)
}

/** The unpacked bytes of a file. An error of the file system or of the packing is thrown as it is. */
export async function* openUnpacked(
  path: string,
  packing: Packing = describeLogFile(path, path, null).packing,
): AsyncGenerator<Buffer> {
  const stored: AsyncIterable<Buffer> = createReadStream('', { fd: openRegular(path) })
  yield* packing === 'none' ? stored : (await import('./unpack.ts')).unpack(stored, packing)
}

async function readPlain(
  path: string,
  target: ByteTarget,
  onBytes: (stored: Uint8Array) => void,
  startByte: number,
): Promise<number> {
  const descriptor = openRegular(path)
  let total = 0
  const pauses = new Pauses()
  try {
    for (;;) {
      const space = target.space()
      const count = readSync(descriptor, space, 0, space.length, startByte === 0 ? null : startByte + total)
      if (count === 0) return total
      total += count
      onBytes(space.subarray(0, count))
      target.advance(count)
      await pauses.take()
    }
  } finally {
    closeSync(descriptor)
  }
}

async function readStream(
  source: AsyncIterable<Buffer>,
  target: ByteTarget,
  onBytes: (stored: Uint8Array) => void,
): Promise<number> {
  let total = 0
  for await (const chunk of source) {
    total += chunk.length
    onBytes(chunk)
    copyInto(target, chunk)
  }
  return total
}

/** `readAgain` gives the same packed bytes once more; undefined where they are gone. */
async function readPacked(
  source: AsyncIterable<Buffer>,
  packing: Exclude<Packing, 'none'>,
  target: ByteTarget,
  onBytes: (stored: Uint8Array) => void,
  readAgain: () => ReadAt | undefined,
): Promise<number> {
  let total = 0
  async function* counted(): AsyncIterable<Buffer> {
    for await (const chunk of source) {
      total += chunk.length
      onBytes(chunk)
      yield chunk
    }
  }
  // Loaded only here: what unpacks takes milliseconds to load.
  const { isDamage, unpack } = await import('./unpack.ts')
  const unpacked = unpack(counted(), packing)
  let taken = 0
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      copyInto(target, chunk)
      taken += chunk.length
    }
  } catch (error) {
    const readAt = isDamage(error) ? readAgain() : undefined
    if (readAt !== undefined) {
      const { salvage } = await import('./salvage.ts')
      await salvage(readAt, packing, unpacked.bytesWritten, taken, chunk => copyInto(target, chunk))
    }
    throw error
  }
  // Brotli stops at its end without a word of what follows.
  if (packing === 'br' && unpacked.bytesWritten < total)
    throw Object.assign(new Error('bytes behind the end'), { code: BYTES_BEHIND_END })
  return total
}

/** Packed standard input that is longer is not kept for a second look. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024

function keepHead(source: AsyncIterable<Buffer>): { chunks: AsyncIterable<Buffer>; read: () => ReadAt | undefined } {
  let kept: Buffer[] = []
  let sizeBytes = 0
  async function* chunks(): AsyncIterable<Buffer> {
    for await (const chunk of source) {
      sizeBytes += chunk.length
      if (sizeBytes <= MOST_KEPT_BYTES) kept.push(chunk)
      else kept = []
      yield chunk
    }
  }
  const read = () => {
    if (sizeBytes > MOST_KEPT_BYTES) return undefined
    const whole = Buffer.concat(kept)
    return (position: number, mostBytes: number) => whole.subarray(position, position + mostBytes)
  }
  return { chunks: chunks(), read }
}

/** Hands bytes over, as much at a time as the target has room for. */
export function copyInto(target: ByteTarget, chunk: Uint8Array): void {
  for (let from = 0; from < chunk.length; ) {
    const space = target.space()
    const count = Math.min(space.length, chunk.length - from)
    space.set(chunk.subarray(from, from + count))
    target.advance(count)
    from += count
  }
}
