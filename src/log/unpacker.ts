// The streams that unpack compressed logs.
import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { InputError } from '../base/errors.ts'
import type { Packing } from './log-file.ts'

/** A stream from packed bytes to plain ones. */
export function unpacker(packing: Exclude<Packing, 'none'>): Transform {
  if (packing === 'gz') return zlib.createGunzip()
  if (packing === 'br') return zlib.createBrotliDecompress()
  const createZstd = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress
  if (createZstd !== undefined) return createZstd()
  throw new InputError('zstd-unsupported', 'This version of Node cannot unpack .zst files.', {
    hint: 'Use Node 22.15 or later, or unpack the file with zstd -d.',
  })
}
