// Reads and changes access.json. The state is written whole with the audit lines of its last change in it; only then are
// they appended to the audit. A process that ends between leaves lines that the next change appends first.
import { chmodSync, closeSync, existsSync, fstatSync, mkdirSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseEditedJson } from '../base/edited-json.ts'
import { ConfigError, InputError, systemCode, systemReason, UsagebookError } from '../base/errors.ts'
import { openRegular, readTextFile } from '../base/regular-file.ts'
import { schemaProblems } from '../base/schema-problems.ts'
import { writeFolderEntries, writeOverFile } from '../durable/durable-file.ts'
import { type Locked, withLock } from '../durable/lock.ts'
import { type AuditTail, completeAudit, readAuditTail } from './access-audit.ts'
import { type AccessHome, pathsOf } from './access-home.ts'
import { type AccessAuditLine, type AccessState, accessSchema, NO_ACCESS } from './access-state.ts'

const LOCKED: Locked = { busyCode: 'access-busy', words: 'Tokens, users and links' }
const OWNER_ONLY = 0o600
const OWNER_ONLY_FOLDER = 0o700
const OTHERS = 0o077
const IGNORE_ALL = '# Tokens, sessions and audits: nothing of this belongs into a repository.\n*\n'
/** The version and the number of the last change stand within so many bytes. */
const HEAD_BYTES = 64

/** What a change does: the new state, and what the audit says of it. What the audit says nothing of is not written. */
export interface AccessChange<Answer> {
  /** Left out where nothing changes but the audit. */
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

/** The state as it is now; empty where nobody was let in yet. */
export function readAccess(home: Pick<AccessHome, 'root'>): AccessState {
  const { access } = pathsOf(home)
  const text = readIfThere(access)
  return text === undefined ? NO_ACCESS : parseState(text, access)
}

function parseState(text: string, file: string): AccessState {
  const hint = 'Put back a copy of it, or remove it: all tokens, users and links are gone then.'
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

// Who asks often gets the quick parser; where it fails, the other one knows the line.
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

/** Which file the state stands in at the moment, to know without reading it whether it changed; "" where there is none. */
export function accessStamp(home: Pick<AccessHome, 'root'>): string {
  const { access } = pathsOf(home)
  try {
    const descriptor = openRegular(access)
    try {
      const { ino, size, mtimeNs } = fstatSync(descriptor, { bigint: true })
      // The number of a file is soon used again, and its clock is coarse: two changes may agree in both.
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

/** Lets `plan` decide on the state as it is, and writes what it decided; nobody else writes between. */
export async function changeAccess<Answer>(
  home: AccessHome,
  plan: (state: AccessState) => AccessChange<Answer> | Promise<AccessChange<Answer>>,
): Promise<Answer> {
  const paths = pathsOf(home)
  try {
    makeFolder(paths)
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
      hint: `Make ${paths.folder} writable with room on the disk.`,
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
  // What could not be read again would lock everybody out.
  const { version, seq, ...state } = accessSchema.parse(next)
  if (!existsSync(paths.ignore)) writeOverFile(paths.ignore, IGNORE_ALL, OWNER_ONLY)
  home.step?.('write the state')
  writeOverFile(paths.access, `${JSON.stringify({ version, seq, ...state }, null, 2)}\n`, OWNER_ONLY)
  home.step?.('flush the folder')
  writeFolderEntries(paths.folder)
  home.step?.('append to the audit')
  try {
    completeAudit(paths.audit, next)
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    // The change is made and its lines are in the state: nothing is lost, and no other change is made before they are there.
    home.note?.(`${paths.audit} cannot be written: ${systemReason(error)}; the next change adds what is missing`)
  }
  home.step?.('let the lock go')
}

// The workspace itself is not made: its name may be a slip.
function makeFolder({ folder }: ReturnType<typeof pathsOf>): void {
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (stats === undefined) {
    try {
      mkdirSync(folder, { mode: OWNER_ONLY_FOLDER })
    } catch (error) {
      // Another process was as quick.
      if (systemCode(error) !== 'EEXIST') throw error
    }
    writeFolderEntries(dirname(folder))
  } else if (stats.isDirectory() && (stats.mode & OTHERS) !== 0) chmodSync(folder, OWNER_ONLY_FOLDER)
}

/** The audit, oldest first; what is no line of it is left out. */
export function readAccessAudit(home: Pick<AccessHome, 'root'>): readonly AccessAuditLine[] {
  return readLastAudit(home, Number.POSITIVE_INFINITY).lines
}

/** The last lines of the audit, oldest first. */
export function readLastAudit(home: Pick<AccessHome, 'root'>, limit: number): AuditTail {
  const { audit } = pathsOf(home)
  // The state first: what happens meanwhile is then in the audit, and nothing is missing between the two.
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
    hint: `Check the rights of ${file}.`,
    cause: error,
  })
}
