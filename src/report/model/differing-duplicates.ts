// What is said of lines that repeat an id with other tokens or another cost than the line that counts.
import type { JsonValue } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Ledger } from '../../query/ledger.ts'
import type { Note } from './report.ts'

type Differing = Pick<Ledger, 'differing' | 'differingAt' | 'differences'>

/** None where no line differs. */
export function differingNotes({ differing, differingAt, differences = [] }: Differing): Note[] {
  if (differing === 0) return []
  const [first, ...others] = differences
  const [at] = differingAt
  const subject =
    differing === 1
      ? '1 line that repeats an id differs from the line that counts'
      : `${withThousands(String(differing))} lines that repeat an id differ from the line that counts`
  const place = at === undefined ? '' : `, the first in ${placeText(at.file, at.line)}`
  const example =
    first === undefined
      ? place
      : `: ${first.field} is ${first.value} in ${placeText(first.file, first.line)}, and ${first.firstValue} in ${placeText(first.firstFile, first.firstLine)}, which counts`
  const also =
    others.length === 0
      ? ''
      : ` ${others.map(({ field }) => field).join(', ')} ${others.length === 1 ? 'differs' : 'differ'} too.`
  return [
    {
      kind: 'warning',
      text: `${subject}${example}.${also}`,
      hint: 'If they are different calls, give each an id of its own or use --dedupe off. If they are updates of one call, log only the last.',
    },
  ]
}

function placeText(file: string, line: number): string {
  return `${visibleText(file)}:${line}`
}

/** What a document says; undefined where no line differs. */
export function differingObject({ differing, differingAt, differences = [] }: Differing): JsonValue | undefined {
  if (differing === 0) return undefined
  return { lines: differing, ...differingAt[0]!, fields: differences.map(field => ({ ...field })) }
}
