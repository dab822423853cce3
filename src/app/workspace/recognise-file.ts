// Recognises the format of a log file that nobody has named one for.
import { countLineEnds } from '../../base/count-lines.ts'
import { NATIVE_FORMAT, type SourceFormat } from '../../event/source-format.ts'
import type { LogFile } from '../../log/log-file.ts'
import { readHead } from '../../log/log-head.ts'
import { formatOfSource } from '../../source/catalogue.ts'
import { MOST_LINES, MOST_SAMPLED_BYTES, recognise } from '../../source/recognise.ts'

/** Enough for the lines that are looked at of most logs. */
const FIRST_BYTES = 32 * 1024

export function recogniseFile(file: LogFile): SourceFormat {
  const head = readHead(file, FIRST_BYTES)
  const source = head === undefined ? undefined : recognise(head)
  if (source !== undefined) return formatOfSource(source)
  const isAll = head === undefined || head.length < FIRST_BYTES || countLineEnds(head) >= MOST_LINES
  const more = isAll ? undefined : readHead(file, MOST_SAMPLED_BYTES)
  const found = more === undefined ? undefined : recognise(more)
  return found === undefined ? NATIVE_FORMAT : formatOfSource(found)
}
