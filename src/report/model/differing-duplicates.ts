// What is said of lines that repeat an id with other tokens or another cost than the line that counts.
import type { JsonValue } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { withThousands } from '../../base/thousands.ts'
import type { DifferingDuplicates } from '../../query/differing-duplicates.ts'
import type { Note } from './report.ts'

export function differingNote({ lines, fields }: DifferingDuplicates): Note {
  const [first, ...others] = fields
  const subject =
    lines === 1
      ? '1 line that repeats an id differs from the line that counts'
      : `${withThousands(String(lines))} lines that repeat an id differ from the line that counts`
  const example =
    first === undefined
      ? ''
      : `: ${first.field} is ${first.value} in ${placeText(first.file, first.line)}, and ${first.firstValue} in ${placeText(first.firstFile, first.firstLine)}, which counts`
  const also =
    others.length === 0
      ? ''
      : ` ${others.map(({ field }) => field).join(', ')} ${others.length === 1 ? 'differs' : 'differ'} too.`
  return {
    kind: 'warning',
    text: `${subject}${example}.${also}`,
    hint: 'If they are different calls, give each an id of its own or use --dedupe off. If they are updates of one call, log only the last.',
  }
}

function placeText(file: string, line: number): string {
  return `${visibleText(file)}:${line}`
}

/** What a document says. */
export function differingObject({ lines, fields }: DifferingDuplicates): JsonValue {
  return { lines, fields: fields.map(field => ({ ...field })) }
}
