// Which format logs are in, and why; if none is known, a draft of one.

import type { FormatDescription } from '../../event/format-schema.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { findLogs, type LogPlace } from '../../log/find-logs.ts'
import type { LogFile } from '../../log/log-file.ts'
import { readHead } from '../../log/log-head.ts'
import type { Failure } from '../../query/ledger.ts'
import { readLine } from '../../scan/read-line.ts'
import { SOURCES } from '../../source/catalogue.ts'
import { draftFormat } from '../../source/draft-format.ts'
import { MOST_SAMPLED_BYTES } from '../../source/marks.ts'
import { nearestSource, objectsOf } from '../../source/recognise.ts'
import { CONFIGURED_HELP, NATIVE_HELP } from './known-formats.ts'
import { isKnownDocument } from './open-logs.ts'

export interface DetectedFile {
  readonly file: string
  readonly format: string
  /** What the format is, in a few words. */
  readonly help: string
  /** Lines that were examined, and how many of them give an event by themselves. */
  readonly lines: number
  readonly events: number
  /** If the format is native: which other one is nearest, and what the lines lack for it. */
  readonly nearest: { readonly format: string; readonly missing: readonly string[] } | undefined
}

export interface Detection {
  readonly files: readonly DetectedFile[]
  readonly failures: readonly Failure[]
  /** For the first file whose format is unknown and that gives no native events. */
  readonly draft:
    | { readonly file: string; readonly description: FormatDescription; readonly keys: readonly string[] }
    | undefined
}

export function detectFormats(
  places: readonly LogPlace[],
  cwd: string,
  formatOf: (file: LogFile) => SourceFormat,
): Detection {
  const { files, failures } = findLogs(places, cwd, isKnownDocument)
  let draft: Detection['draft']
  const detected = files.map(file => {
    const format = formatOf(file)
    const objects = objectsOf(readHead(file, MOST_SAMPLED_BYTES) ?? Buffer.alloc(0))
    const source = SOURCES.find(each => each.name === format.name)
    const isNative = format.name === 'native'
    const events =
      format.steps === undefined
        ? objects.filter(object => carriesUsage(JSON.stringify(object), format)).length
        : objects.length
    if (isNative && events === 0 && objects.length > 0) draft ??= { file: file.name, ...draftFormat(objects) }
    const near = isNative && events === 0 ? nearestSource(objects) : undefined
    return {
      file: file.name,
      format: format.name,
      help: source?.help ?? (isNative ? NATIVE_HELP : CONFIGURED_HELP),
      lines: objects.length,
      events,
      nearest: near && { format: near.source.name, missing: near.missing },
    }
  })
  return { files: detected, failures, draft }
}

function carriesUsage(line: string, format: SourceFormat): boolean {
  const result = readLine(line, format, [], true)
  return (
    result.kind === 'event' &&
    (result.values.cost !== undefined || [...result.values.numbers.keys()].some(name => /_tokens$/.test(name)))
  )
}
