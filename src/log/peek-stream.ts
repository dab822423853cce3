// Reads the first bytes of a stream and puts them back, so that the next reader still gets all of it.
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { isStream, type LogFile } from './log-file.ts'

/** A file with the first bytes of its pipe; any other as it is. Waits until there are some, as reading would. */
export async function peekFile(file: LogFile, openStdin: () => Readable): Promise<LogFile> {
  if (!isStream(file)) return file
  const stream = (file.openPipe ?? openStdin)()
  const head = await peek(stream)
  return { ...file, head, openPipe: () => stream }
}

async function peek(stream: Readable): Promise<Buffer> {
  try {
    if (stream.readableLength === 0 && !stream.readableEnded) await once(stream, 'readable')
  } catch {
    // Whoever reads it to its end says what is wrong with it.
    return Buffer.alloc(0)
  }
  const chunk: unknown = stream.read()
  if (!(chunk instanceof Uint8Array)) {
    if (chunk !== null) stream.unshift(chunk)
    return Buffer.alloc(0)
  }
  stream.unshift(chunk)
  return Buffer.from(chunk)
}
