// Bytes as a stream of Node. Apart from who may need one, because Node's module for streams takes long to load.
import { Readable } from 'node:stream'

export function readableOf(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): Readable {
  return Readable.from(chunks, { objectMode: false })
}
