// The audit of access, for people to read: who logged in, and what was done.
import { readLastAudit } from '../../access/access-file.ts'
import type { AccessHome } from '../../access/access-home.ts'
import type { AccessAuditLine } from '../../access/access-state.ts'

/** How many entries are shown by default. */
export const AUDIT_ENTRIES = 50

export interface AccessLog {
  /** The newest last. */
  readonly entries: readonly AccessAuditLine[]
  /** How many of the last lines are not entries: somebody else wrote into the file. */
  readonly unreadableLines: number
}

export function readAccessLog(limit: number, home: Pick<AccessHome, 'root'>): AccessLog {
  const { lines, unreadable } = readLastAudit(home, limit)
  return { entries: lines, unreadableLines: unreadable }
}
