// The warning about lines that repeat an id with other tokens or another cost than the line that counts.
import type { JsonValue } from '../../base/json.ts'
import { withThousands } from '../../base/thousands.ts'
import { describePlace, type Ledger, shownLine } from '../../query/ledger.ts'
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
  const place = at === undefined ? '' : `, the first in ${describePlace(at)}`
  const example =
    first === undefined
      ? place
      : `: ${first.field} is ${first.value} in ${describePlace(first)}, and ${first.firstValue} in ${describePlace({ file: first.firstFile, line: first.firstLine })}, which counts`
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

/** What a document says; undefined where no line differs. */
export function differingObject({ differing, differingAt, differences = [] }: Differing): JsonValue | undefined {
  if (differing === 0) return undefined
  const { file, line } = differingAt[0]!
  const fields = differences.map(field => ({
    ...field,
    line: shownLine(field.line),
    firstLine: shownLine(field.firstLine),
  }))
  return { lines: differing, file, line: shownLine(line), fields }
}
