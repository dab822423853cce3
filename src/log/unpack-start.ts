// Decompresses the first bytes of a log. Apart from what looks at each log, because Node's module for it takes long to load.
import * as zlib from 'node:zlib'
import type { Packing } from './log-file.ts'

/** What these bytes, which end somewhere, unpack to. */
export function unpackStart(stored: Buffer, packing: Exclude<Packing, 'none'>): Buffer {
  if (packing === 'gz') return zlib.gunzipSync(stored, { finishFlush: zlib.constants.Z_SYNC_FLUSH })
  if (packing === 'br') return zlib.brotliDecompressSync(stored, { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH })
  const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (bytes: Buffer, options: object) => Buffer }
  // ZSTD_e_flush
  return zstdDecompressSync?.(stored, { finishFlush: 1 }) ?? Buffer.alloc(0)
}
