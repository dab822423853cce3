// Reads and changes access.json. The state is always written as a whole, with the audit lines of its last change in it; only
// then are they appended to the audit. If the process ends in between, the next change appends them first.
import { closeSync, fstatSync, readSync } from 'node:fs'
import { parseEditedJson } from '../base/edited-json.ts'
import { ConfigError, InputError, systemCode, systemReason, UsagebookError } from '../base/errors.ts'
import { openRegular, readTextFile } from '../base/regular-file.ts'
import { schemaProblems } from '../base/schema-problems.ts'
import { writeFolderEntries, writeOverFile } from '../durable/durable-file.ts'
import { type Locked, withLock } from '../durable/lock.ts'
import { makeOwnFolder, makeStateFolder, OWNER_ONLY } from '../durable/state-folder.ts'
import { type AuditTail, completeAudit, readAuditTail } from './access-audit.ts'
import { type AccessHome, pathsOf } from './access-home.ts'
import { type AccessAuditLine, type AccessState, accessSchema, NO_ACCESS } from './access-state.ts'

const LOCKED: Locked = { busyCode: 'access-busy', words: 'Tokens, users and links' }
/** The version and the number of the last change are within the first bytes of the file: this many. */
const HEAD_BYTES = 64

/** What a change does: the new state, and its audit entries. A change without audit entries is not written. */
export interface AccessChange<Answer> {
  /** Left out if only the audit changes. */
  readonly state?: Omit<AccessState, 'seq' | 'last'>
  readonly audit: readonly AuditedAction[]
  readonly answer: Answer
}

export interface AuditedAction {
  readonly actor: string
  readonly action: string
  readonly requestId?: string | null | undefined
  readonly detail?: Readonly<Record<string, unknown>>
}

/** The state as it is now; empty if there is no access.json yet. */
export function readAccess(home: Pick<AccessHome, 'root'>): AccessState {
  const { access } = pathsOf(home)
  const text = readIfThere(access)
  return text === undefined ? NO_ACCESS : parseState(text, access)
}

function parseState(text: string, file: string): AccessState {
  const hint = 'Restore a backup of it, or remove it: then all tokens, users and links are gone.'
  const json = jsonOf(text, file, hint)
  const parsed = accessSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const problems = schemaProblems(parsed.error, parseEditedJson(text, file), file)
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  throw new ConfigError('bad-access', `${file} is damaged: it has ${count}.`, {
    where: problems[0]?.where ?? { file },
    problems,
    hint,
  })
}

// JSON.parse is quick, and this is read often; if it fails, the slower parser finds the line of the mistake.
function jsonOf(text: string, file: string, hint: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    try {
      return parseEditedJson(text, file).value
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      throw new ConfigError('bad-access', error.message, { where: error.where ?? { file }, hint, cause: error })
    }
  }
}

/** A stamp of the current file, to find out without reading all of it whether the state changed; "" if there is no file. */
export function accessStamp(home: Pick<AccessHome, 'root'>): string {
  const { access } = pathsOf(home)
  try {
    const descriptor = openRegular(access)
    try {
      const { ino, size, mtimeNs } = fstatSync(descriptor, { bigint: true })
      // Inode numbers are soon used again, and file times are coarse: two changes may agree in both.
      const head = Buffer.alloc(HEAD_BYTES)
      const length = readSync(descriptor, head, 0, HEAD_BYTES, 0)
      return `${ino}-${size}-${mtimeNs}-${head.toString('latin1', 0, length)}`
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return ''
    throw unreadable(access, error)
  }
}

/** Lets `plan` decide what to change in the current state, and writes the result; nobody else writes in between. */
export async function changeAccess<Answer>(
  home: AccessHome,
  plan: (state: AccessState) => AccessChange<Answer> | Promise<AccessChange<Answer>>,
): Promise<Answer> {
  const paths = pathsOf(home)
  try {
    makeOwnFolder(paths.folder)
    const work = async () => {
      const state = readAccess(home)
      completeAudit(paths.audit, state)
      const { state: next, audit, answer } = await plan(state)
      if (audit.length > 0) writeChange(home, { ...(next ?? state), ...nextLines(state, audit, home) })
      return answer
    }
    return await withLock(paths.lock, home, work, { what: LOCKED })
  } catch (error) {
    if (error instanceof UsagebookError || systemCode(error) === undefined) throw error
    throw new InputError('access-not-writable', `Access cannot be changed: ${systemReason(error)}.`, {
      where: { file: (error as NodeJS.ErrnoException).path ?? paths.folder },
      hint: `Make ${paths.folder} writable, and check that the disk has free space.`,
      cause: error,
    })
  }
}

function nextLines(
  state: AccessState,
  audit: readonly AuditedAction[],
  home: AccessHome,
): Pick<AccessState, 'version' | 'seq' | 'last'> {
  const seq = state.seq + 1
  const at = new Date(home.now()).toISOString()
  return {
    version: 1,
    seq,
    last: audit.map(({ actor, action, requestId = null, detail }) => ({
      at,
      seq,
      actor,
      action,
      requestId,
      ...(detail === undefined ? {} : { detail }),
    })),
  }
}

function writeChange(home: AccessHome, next: AccessState): void {
  const paths = pathsOf(home)
  // A state that could not be read back would lock everybody out.
  const { version, seq, ...state } = accessSchema.parse(next)
  makeStateFolder(paths.folder)
  home.step?.('write the state')
  writeOverFile(paths.access, `${JSON.stringify({ version, seq, ...state }, null, 2)}\n`, OWNER_ONLY)
  home.step?.('flush the folder')
  writeFolderEntries(paths.folder)
  home.step?.('append to the audit')
  try {
    completeAudit(paths.audit, next)
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    // The change is made and its audit lines are in the state, so nothing is lost: the next change appends them first.
    home.note?.(`${paths.audit} cannot be written: ${systemReason(error)}; the next change adds the missing lines`)
  }
  home.step?.('let the lock go')
}

/** The audit, oldest first; lines that are not entries are left out. */
export function readAccessAudit(home: Pick<AccessHome, 'root'>): readonly AccessAuditLine[] {
  return readLastAudit(home, Number.POSITIVE_INFINITY).lines
}

/** The last lines of the audit, oldest first. */
export function readLastAudit(home: Pick<AccessHome, 'root'>, limit: number): AuditTail {
  const { audit } = pathsOf(home)
  // The state is read first: a change made meanwhile is then in the audit file, so that no entry falls between the two.
  const state = readAccess(home)
  try {
    return readAuditTail(audit, state, limit)
  } catch (error) {
    throw unreadable(audit, error)
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readTextFile(file)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof UsagebookError || systemCode(error) === undefined) return error
  return new InputError('access-unreadable', `${file} cannot be read: ${systemReason(error)}.`, {
    where: { file },
    hint: `Check the permissions of ${file}.`,
    cause: error,
  })
}
