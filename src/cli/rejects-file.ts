// `--rejects FILE`: every rejected line as a JSON line, with its file, number, reason and the line as it stood.
import { isUtf8 } from 'node:buffer'
import { resolve } from 'node:path'
import { formatJson } from '../base/json.ts'
import type { RejectedLine } from '../query/ledger.ts'
import { LineFile } from '../sink/line-file.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'

export interface RejectsFile {
  add(line: RejectedLine): void
  commit(): void
}

export function openRejects(options: Options, context: Context): RejectsFile | undefined {
  if (options.rejects === undefined) return undefined
  const file = new LineFile(resolve(context.cwd, options.rejects as string), '--rejects')
  const release = context.onInterrupt(() => file.abandon())
  return {
    add: line => file.write(formatReject(line)),
    commit() {
      file.commit()
      release()
    },
  }
}

// Bytes that are no text are kept as base64.
function formatReject({ bytes, ...problem }: RejectedLine): string {
  const buffer = Buffer.from(bytes)
  const content = isUtf8(buffer) ? { text: buffer.toString('utf8') } : { base64: buffer.toString('base64') }
  return formatJson({ ...problem, ...content }, 0)
}
