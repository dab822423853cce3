// Reads a log that is to be rewritten, decompressing it, and compresses what is written in its place.
import type { Stats } from 'node:fs'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip, gzipSync } from 'node:zlib'

const BLOCK_BYTES = 256 * 1024

export interface LogSource {
  /** What the log was when it was opened. */
  readonly stats: Stats
  /** The unpacked bytes from where the last call stopped up to what is the end by then. */
  read(): AsyncGenerator<Buffer>
  /** How many bytes of it were read; undefined where nobody appends to it. */
  readTo(): number | undefined
  /** Bytes as they are stored in this log. */
  pack(bytes: Buffer): Buffer
  close(): Promise<void>
}

export async function openSource(path: string): Promise<LogSource> {
  const handle = await open(path, 'r')
  const stats = await handle.stat()
  const isPacked = path.toLowerCase().endsWith('.gz')
  const reader = isPacked ? { read: readOnce(path), readTo: () => undefined } : readFrom(handle)
  return {
    stats,
    ...reader,
    // Packed pieces one after the other are one packed file.
    pack: bytes => (isPacked ? gzipSync(bytes) : bytes),
    close: () => handle.close(),
  }
}

function readFrom(handle: FileHandle): Pick<LogSource, 'read' | 'readTo'> {
  let position = 0
  return {
    async *read() {
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(BLOCK_BYTES), 0, BLOCK_BYTES, position)
        if (bytesRead === 0) return
        position += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    },
    readTo: () => position,
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
