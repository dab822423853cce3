// Standard input has no name that says how it is compressed. Its first bytes tell, and no line of JSON begins like them.
import type { Readable } from 'node:stream'
import type { Packing } from './log-file.ts'

const MAGIC_BYTES = 4
const GZIP = Buffer.from([0x1f, 0x8b])
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** A stream with its packing, still with all its bytes. Brotli has no first bytes of its own and passes as not packed. */
export async function openPiped(stream: Readable): Promise<{ packing: Packing; chunks: AsyncIterable<Buffer> }> {
  const rest: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (head.length < MAGIC_BYTES) {
    const next = await rest.next()
    if (next.done === true) break
    head = Buffer.concat([head, next.value])
  }
  return { packing: packingOf(head), chunks: joined(head, rest) }
}

/** How bytes are packed that begin like this. */
export function packingOf(head: Buffer): Exclude<Packing, 'br'> {
  if (head.subarray(0, GZIP.length).equals(GZIP)) return 'gz'
  return head.subarray(0, ZSTD.length).equals(ZSTD) ? 'zst' : 'none'
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
  if (head.length > 0) yield head
  yield* { [Symbol.asyncIterator]: () => rest }
}
