// The audit of access: one line of JSON for everything that was done, only ever appended. The lines of the last change are
// also in access.json, so that none is lost if the process ends before they are written here.
import { closeSync, fstatSync, readSync } from 'node:fs'
import { systemCode } from '../base/errors.ts'
import { formatJson, type JsonValue } from '../base/json.ts'
import { openRegular } from '../base/regular-file.ts'
import { completeLines } from '../durable/appended-lines.ts'
import type { AccessAuditLine, AccessState } from './access-state.ts'

const FIRST_PIECE_BYTES = 64 * 1024

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

// Reads from the end backwards, since an audit grows for years. A line that is being written has no line end yet.
function lastLines(file: string, limit: number): string[] {
  let descriptor: number
  try {
    descriptor = openRegular(file)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
  try {
    const { size } = fstatSync(descriptor)
    for (let length = FIRST_PIECE_BYTES; ; length *= 4) {
      const start = Math.max(0, size - length)
      const piece = Buffer.alloc(size - start)
      const text = piece.toString('utf8', 0, readSync(descriptor, piece, 0, piece.length, start))
      const lines = text.split('\n').slice(start === 0 ? 0 : 1, -1)
      if (start === 0 || lines.length >= limit) return lines.slice(Math.max(0, lines.length - limit)).filter(isNotEmpty)
    }
  } finally {
    closeSync(descriptor)
  }
}

function isNotEmpty(line: string): boolean {
  return line.trim() !== ''
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
