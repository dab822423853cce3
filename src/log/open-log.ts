// Opens a log file as a source of unpacked bytes, and says how many stored bytes were read.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { Readable, type Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { InputError } from '../base/errors.ts'
import { STDIN_PATH } from './find-logs.ts'
import type { LogFile, Packing } from './log-file.ts'
import { openPiped } from './open-piped.ts'

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
  stdin: Readable,
  onBytes: (storedBytes: number) => void,
  startByte = 0,
): Promise<number> {
  if (file.path === STDIN_PATH) {
    const { packing, chunks } = await openPiped(stdin)
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
  const unpacked = packing === 'none' ? counted() : unpack(counted(), unpacker(packing))
  for await (const chunk of unpacked) copyInto(target, chunk)
  return total
}

function unpack(chunks: AsyncIterable<Buffer>, stage: Transform): AsyncIterable<Buffer> {
  return Readable.from(chunks)
    .on('error', error => stage.destroy(error))
    .pipe(stage)
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

function unpacker(packing: Packing): Transform {
  if (packing === 'gz') return zlib.createGunzip()
  if (packing === 'br') return zlib.createBrotliDecompress()
  const createZstd = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress
  if (createZstd !== undefined) return createZstd()
  throw new InputError('zstd-unsupported', 'cannot be unpacked: this version of Node knows no zstd', {
    hint: 'Use Node 22.15 or later, or unpack it with zstd -d.',
  })
}
