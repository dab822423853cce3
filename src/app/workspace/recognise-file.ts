// Recognises the format of a log file if nobody has named one.
import { NATIVE_FORMAT, type SourceFormat } from '../../event/source-format.ts'
import type { LogFile } from '../../log/log-file.ts'
import { readHead } from '../../log/log-head.ts'
import { formatOfSource } from '../../source/catalogue.ts'
import { hasLines, hasMark, MOST_SAMPLED_BYTES } from '../../source/marks.ts'
import { recognise } from '../../source/recognise.ts'

// Every line of another tool's log, or nearly, has a mark of it: most native logs are told by these few.
const FIRST_BYTES = 4096
const FIRST_LINES = 8
/** Enough for the first lines of most other logs. */
const MORE_BYTES = 64 * 1024

export function recogniseFile(file: LogFile): SourceFormat {
  let head = readHead(file, FIRST_BYTES)
  if (head === undefined || (!hasMark(head.toString('latin1')) && hasLines(head, FIRST_LINES))) return NATIVE_FORMAT
  for (const bytes of [MORE_BYTES, MOST_SAMPLED_BYTES]) {
    const isWhole = head.length < FIRST_BYTES
    if (!isWhole) head = readHead(file, bytes) ?? head
    const source = recognise(head)
    if (source !== undefined) return formatOfSource(source)
    if (isWhole || head.length < bytes) return NATIVE_FORMAT
  }
  return NATIVE_FORMAT
}
