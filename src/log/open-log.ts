// Opens a log file as a source of unpacked bytes, and says how many stored bytes were read.
import { closeSync, createReadStream, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { Pauses } from '../base/pauses.ts'
import { openRegular } from '../base/regular-file.ts'
import { describeLogFile, isStream, type LogFile, type Packing } from './log-file.ts'

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
  if (isStream(file)) {
    const { openPiped } = await import('./open-piped.ts')
    const { packing, chunks } = await openPiped((file.openPipe ?? openStdin)())
    return await readStream(chunks, packing, target, onBytes)
  }
  if (file.packing === 'none') return await readPlain(file.path, target, onBytes, startByte)
  return await readStream(createReadStream('', { fd: openRegular(file.path) }), file.packing, target, onBytes)
}

/** The unpacked bytes of a file. An error of the file system or of the packing is thrown as it is. */
export async function* openUnpacked(path: string): AsyncGenerator<Buffer> {
  const { packing } = describeLogFile(path, path, null)
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
  packing: Packing,
  target: ByteTarget,
  onBytes: (stored: Uint8Array) => void,
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
