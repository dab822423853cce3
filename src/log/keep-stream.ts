// A stream that is read several times: what its first reader takes is kept for the others.
import type { Readable } from 'node:stream'
import type { LogFile } from './log-file.ts'
import { readableOf } from './readable-of.ts'

/** Opens a stream once, and from then on what it gave. Every reader must have ended before the next begins. */
export function keepStream(open: () => Readable): () => Readable {
  let kept: Buffer[] | undefined
  return () => {
    if (kept !== undefined) return readableOf(kept)
    kept = []
    return readableOf(keepChunks(open(), kept))
  }
}

/** Files of which the pipes, too, can be read several times. */
export function keepPipes(files: readonly LogFile[]): LogFile[] {
  return files.map(file => (file.openPipe === undefined ? file : { ...file, openPipe: keepStream(file.openPipe) }))
}

async function* keepChunks(stream: AsyncIterable<Buffer>, kept: Buffer[]): AsyncIterable<Buffer> {
  for await (const chunk of stream) {
    kept.push(chunk)
    yield chunk
  }
}
