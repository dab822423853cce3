// Decompresses logs.
import { Readable, type Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { InputError } from '../base/errors.ts'
import { isDamageCode } from './damage.ts'
import type { Packing } from './log-file.ts'

/** Each piece is a turn of a thread, of the stream and of the event loop, so that small ones take longer than unpacking. */
const CHUNK_BYTES = 256 * 1024

/** A stage that knows how many packed bytes it has unpacked without a fault. */
export type Unpacker = Transform & { readonly bytesWritten: number }

/** Packed bytes as plain ones. An error of the source or of the packing comes out of the iteration. */
export function unpack(chunks: AsyncIterable<Buffer>, packing: Exclude<Packing, 'none'>): Unpacker {
  const stage = unpacker(packing)
  const source = Readable.from(chunks).on('error', error => stage.destroy(error))
  // Whoever stops early leaves no file open.
  stage.on('close', () => source.destroy())
  source.pipe(stage)
  return stage
}

export function unpacker(packing: Exclude<Packing, 'none'>): Unpacker {
  if (packing === 'gz') return zlib.createGunzip({ chunkSize: CHUNK_BYTES })
  if (packing === 'br') return zlib.createBrotliDecompress({ chunkSize: CHUNK_BYTES })
  const createZstd = (zlib as { createZstdDecompress?: (options: zlib.ZlibOptions) => Unpacker }).createZstdDecompress
  if (createZstd !== undefined) return createZstd({ chunkSize: CHUNK_BYTES })
  throw new InputError('zstd-unsupported', 'cannot be unpacked: this version of Node does not support zstd', {
    hint: 'Use Node 22.15 or later, or unpack it with zstd -d.',
  })
}

/** Whether an error says that packed bytes are not what they should be. One that only ends too early has given all it has. */
export function isDamage(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && isDamageCode(code) && code !== 'Z_BUF_ERROR'
}
