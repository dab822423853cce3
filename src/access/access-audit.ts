// The audit of access: one line of JSON for everything that was done, only ever appended. The lines of the last change are
// also in access.json, so that none is lost if the process ends before they are written here.
import { formatJson, type JsonValue } from '../base/json.ts'
import { completeLines, lastLines } from '../durable/appended-lines.ts'
import type { AccessAuditLine, AccessState } from './access-state.ts'

/** The entries of an audit, oldest first. */
export interface AuditTail {
  readonly lines: readonly AccessAuditLine[]
  /** How many of the lines read are not entries: somebody else wrote into the file. */
  readonly unreadable: number
}

/** Appends the part of the last change that is missing: all of it, the rest of a line that was cut off, or nothing. */
export function completeAudit(file: string, { last }: Pick<AccessState, 'last'>): void {
  completeLines(file, last.map(formatAuditLine).join(''))
}

/** Always in this order, so that a line has the same text whichever process writes it. */
function formatAuditLine({ at, seq, actor, action, requestId, detail, ...more }: AccessAuditLine): string {
  const line = { at, seq, actor, action, requestId, detail, ...more }
  return `${formatJson(line as { readonly [key: string]: JsonValue | undefined }, 0)}\n`
}

/** The last lines of an audit, `limit` at most, including those of the last change if the file does not have them yet. */
export function readAuditTail(
  file: string,
  { last, seq }: Pick<AccessState, 'last' | 'seq'>,
  limit: number,
): AuditTail {
  const entries = lastLines(file, Math.max(limit, last.length)).map(parseLine)
  const known = entries.filter(line => line !== undefined)
  const pending = last.slice(known.filter(line => line.seq === seq).length)
  const lines = [...known, ...pending]
  return {
    lines: lines.slice(Math.max(0, lines.length - limit)),
    unreadable: entries.length - known.length,
  }
}

function parseLine(line: string): AccessAuditLine | undefined {
  try {
    const value: unknown = JSON.parse(line)
    const isLine = typeof value === 'object' && value !== null && 'action' in value && 'seq' in value
    return isLine ? (value as AccessAuditLine) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
