// The bytes of one line to what it means: line ends, byte order marks, UTF-8 and blank lines. Common to all readers.
import { isUtf8 } from 'node:buffer'
import { type LineResult, readLine } from './read-line.ts'
import { isInScope } from './read-scope.ts'
import { LONGEST_LINE_BYTES, type ScanPlan } from './reader.ts'

/** A line as it was read; undefined where it is blank, or is no event and out of scope. */
export type ReadBytes = { readonly raw: string; readonly result: LineResult } | undefined

const BLANK = /^[ \t\r]*$/
/** A line may hold so many objects and lists in one another. The kernel hands out all that come near it. */
const MOST_LEVELS = 1000
const CARRIAGE_RETURN = 13

/** Reads a line without its newline; one that has none may be torn, because a writer is still at work. */
export function readBytes(bytes: Buffer, plan: ScanPlan, hasFileDay: boolean, hasNewline: boolean): ReadBytes {
  const raw = bytes.toString('utf8')
  const text = withoutLineEnd(raw)
  if (BLANK.test(text)) return undefined
  if (isTooDeep(text))
    return plan.scope === undefined ? { raw, result: { kind: 'rejected', reason: 'not-json' } } : undefined
  const isBroken = text.includes('\ufffd') && !isUtf8(bytes)
  const result: LineResult = isBroken
    ? { kind: 'rejected', reason: 'bad-utf8' }
    : readLine(text, plan.format, plan.extras, hasFileDay)
  if (plan.scope !== undefined && result.kind !== 'event' && !isInScope(text, plan.format, plan.scope)) return undefined
  const isTorn = !hasNewline && result.kind === 'rejected' && TORN_REASONS.has(result.reason)
  return { raw, result: isTorn ? { kind: 'rejected', reason: 'truncated' } : result }
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
