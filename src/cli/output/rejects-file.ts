// `--rejects FILE`: every rejected line as a JSON line, with its file, number, reason and original text.
import { isUtf8 } from 'node:buffer'
import { resolve } from 'node:path'
import { formatJson } from '../../base/json.ts'
import type { RejectedLine } from '../../query/ledger.ts'
import { LineFile } from '../../sink/line-file.ts'
import type { Context } from '../context.ts'

/** Does some work that may tell of rejected lines. The file takes its place when the work is done, and goes where it fails. */
export async function withRejects<Answer>(
  options: { readonly rejects?: string | undefined },
  context: Context,
  work: (hooks: { readonly onReject?: (line: RejectedLine) => void }) => Promise<Answer>,
): Promise<Answer> {
  if (options.rejects === undefined) return await work({})
  const file = new LineFile(resolve(context.cwd, options.rejects), 'rejects')
  const forget = context.onInterrupt(() => file.abandon())
  try {
    const answer = await work({ onReject: line => file.write(formatReject(line)) })
    file.commit()
    return answer
  } catch (error) {
    file.abandon()
    throw error
  } finally {
    await forget()
  }
}

// Bytes that are no text are kept as base64.
function formatReject({ bytes, ...problem }: RejectedLine): string {
  const buffer = Buffer.from(bytes)
  const content = isUtf8(buffer) ? { text: buffer.toString('utf8') } : { base64: buffer.toString('base64') }
  return formatJson({ ...problem, ...content }, 0)
}
