// The first events of a log that count for a query, read by the plain reader and only as far as needed.
import { countLineEnds } from '../../base/count-lines.ts'
import { systemCode } from '../../base/errors.ts'
import { streamLines } from '../../engine/local/stream-lines.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import { openLines } from '../../log/open-log.ts'
import type { Query } from '../../query/query.ts'
import type { Judged } from '../../tally/judged.ts'

export interface SampledBatch {
  readonly judged: Judged
  /** Lines of the file before those of the batch. */
  readonly linesBefore: number
}

const NEWLINE = 10
const MOST_BYTES = 4 * 1024 * 1024
// Most logs tell what is to be known in their first lines.
const FIRST_BYTES = 4096
const LARGEST_BYTES = 64 * 1024

/** Calls `look` with one batch after the other until it says that it has seen enough. Nothing of a pipe, which is read once. */
export async function sampleEvents(
  query: Query,
  format: SourceFormat,
  file: LogFile,
  look: (batch: SampledBatch) => 'enough' | 'more',
): Promise<void> {
  if (isStream(file)) return
  let linesBefore = 0
  let answer: 'enough' | 'more' = 'more'
  const readLines = (bytes: Buffer) => {
    streamLines(
      query,
      format,
      file,
      bytes,
      judged => {
        if (answer === 'more') answer = look({ judged, linesBefore })
      },
      () => undefined,
    )
    linesBefore += countLineEnds(bytes)
  }
  for await (const lines of wholeLines(file)) {
    readLines(lines)
    // The type checker does not see what the callback does.
    if ((answer as string) === 'enough') return
  }
}

/** The beginning of a file in blocks of whole lines, small ones first. What is damaged is told by whoever reads all. */
async function* wholeLines(file: LogFile): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  let blockBytes = FIRST_BYTES
  let total = 0
  try {
    for await (const chunk of openLines(file)) {
      rest = Buffer.concat([rest, chunk])
      total += chunk.length
      for (;;) {
        const from = Math.min(rest.length, blockBytes)
        const end = from < blockBytes ? -1 : rest.indexOf(NEWLINE, from - 1)
        if (end === -1) break
        yield rest.subarray(0, end + 1)
        rest = rest.subarray(end + 1)
        blockBytes = Math.min(LARGEST_BYTES, blockBytes * 8)
      }
      if (total >= MOST_BYTES) return
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error
  }
  if (rest.length > 0) yield rest
}
