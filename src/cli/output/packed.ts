// Text packed with gzip while it is made, without the time of day in it: the same text gives the same bytes.
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'

export function packed(pieces: Iterable<string>): AsyncIterable<Uint8Array> {
  return Readable.from(pieces, { objectMode: true }).pipe(createGzip({ level: 9 }))
}
