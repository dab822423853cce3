// From the bytes of a line to its meaning: line ends, byte order marks, UTF-8 and blank lines. Shared by all readers.
import { isUtf8 } from 'node:buffer'
import type { RejectReason } from '../query/ledger.ts'
import type { ScopeRule } from '../query/scope.ts'
import { type LineResult, type Rejected, readLine } from './read-line.ts'
import { isInScope } from './read-scope.ts'
import { LONGEST_LINE_BYTES, type Part, type ScanPlan } from './reader.ts'

/** A line as it was read; undefined where it is blank, or is no event and out of scope. */
export type ReadBytes = { readonly raw: string; readonly result: LineResult } | undefined

const BLANK = /^[ \t\r]*$/
/** A line may hold so many objects and lists in one another. The kernel hands out all that come near it. */
const MOST_LEVELS = 1000
const CARRIAGE_RETURN = 13

/** Reads a line without its newline; one that has none may be torn, because a writer is still at work. */
export function readBytes(
  bytes: Buffer,
  plan: ScanPlan,
  { hasFileDay, texts }: Pick<Part, 'hasFileDay' | 'texts'>,
  hasNewline: boolean,
): ReadBytes {
  const opened = openBytes(bytes)
  if (opened === undefined) return undefined
  const { raw, text, reason } = opened
  const result: LineResult =
    reason === undefined ? readLine(text, plan.format, plan.extras, hasFileDay, texts) : { kind: 'rejected', reason }
  // Nobody's is what is nested too deep to say whose it is.
  const isHidden = (rules: readonly ScopeRule[]) =>
    result.kind !== 'event' && (reason === 'not-json' || !isInScope(text, plan.format, rules, texts))
  if (plan.scope !== undefined && isHidden(plan.scope)) return undefined
  return { raw, result: result.kind === 'rejected' && !hasNewline ? tornOr(result) : result }
}

/** A line as text, with and without its line end; undefined where it is blank. Of some it is clear already why they are none. */
export function openBytes(
  bytes: Buffer,
): { readonly raw: string; readonly text: string; readonly reason: RejectReason | undefined } | undefined {
  const raw = bytes.toString('utf8')
  const text = withoutLineEnd(raw)
  if (BLANK.test(text)) return undefined
  const isBroken = text.includes('\ufffd') && !isUtf8(bytes)
  return { raw, text, reason: isTooDeep(text) ? 'not-json' : isBroken ? 'bad-utf8' : undefined }
}

/** Of a last line without a newline: what looks broken is only not written to its end yet. */
export function tornOr(rejected: Rejected): Rejected {
  return TORN_REASONS.has(rejected.reason) ? { kind: 'rejected', reason: 'truncated' } : rejected
}

function isTooDeep(text: string): boolean {
  if (text.length < 2 * MOST_LEVELS || countOf(text, '[') + countOf(text, '{') <= MOST_LEVELS) return false
  let levels = 0
  let isInText = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (isInText && character === '\\') at++
    else if (character === '"') isInText = !isInText
    else if (isInText) continue
    else if (character === '[' || character === '{') levels++
    else if (character === ']' || character === '}') levels--
    if (levels > MOST_LEVELS) return true
  }
  return false
}

function countOf(text: string, character: string): number {
  let count = 0
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count++
  return count
}

/** Whether a line of so many bytes, the last one given, is too long; the carriage return of a line end is not counted. */
export function isTooLong(byteCount: number, lastByte: number): boolean {
  return byteCount > LONGEST_LINE_BYTES && !(byteCount === LONGEST_LINE_BYTES + 1 && lastByte === CARRIAGE_RETURN)
}

const TORN_REASONS: ReadonlySet<string> = new Set(['not-json', 'bad-utf8'])

// A byte order mark at the start of any line is ignored, so that files joined end to end still read.
function withoutLineEnd(text: string): string {
  const start = text.startsWith('\ufeff') ? 1 : 0
  return text.slice(start, text.endsWith('\r') ? -1 : undefined)
}
