// Reads and changes access.json and the audit beside it. The state is written whole with the audit lines of its last change
// in it; only then are they appended. A process that ends between leaves lines that the next change appends first.
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { ConfigError, InputError, systemCode, systemReason, UsagebookError } from '../base/errors.ts'
import { formatJson, type JsonValue } from '../base/json.ts'
import { readTextFile } from '../base/regular-file.ts'
import {
  cutFile,
  readFileFrom,
  writeAtEnd,
  writeFolderEntries,
  writeNewFile,
  writeOverFile,
} from '../durable/durable-file.ts'
import { type Locked, withLock } from '../durable/lock.ts'
import { type AccessHome, pathsOf } from './access-home.ts'
import { type AccessAuditLine, type AccessState, accessSchema, NO_ACCESS } from './access-state.ts'

const LOCKED: Locked = { busyCode: 'access-busy', words: 'Tokens, users and links' }
/** The last lines of an audit are within so many bytes. */
const AUDIT_TAIL_BYTES = 256 * 1024

/** What a change does: the new state, and what the audit says of it. */
export interface AccessChange<Answer> {
  /** Left out where nothing changes. */
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
  if (text === undefined) return NO_ACCESS
  const parsed = accessSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new ConfigError('bad-access', `${access} is damaged: ${describe(parsed.error.issues[0])}.`, {
    where: { file: access },
    hint: 'Put back a copy of it, or remove it: all tokens, users and links are gone then.',
  })
}

/** Which file the state stands in at the moment, to know without reading it whether it changed; "" where there is none. */
export function accessStamp(home: Pick<AccessHome, 'root'>): string {
  const stats = statSync(pathsOf(home).access, { throwIfNoEntry: false, bigint: true })
  return stats === undefined ? '' : `${stats.ino}-${stats.size}-${stats.mtimeNs}`
}

/** Lets `plan` decide on the state as it is, and writes what it decided; nobody else writes between. */
export async function changeAccess<Answer>(
  home: AccessHome,
  plan: (state: AccessState) => AccessChange<Answer> | Promise<AccessChange<Answer>>,
): Promise<Answer> {
  const paths = pathsOf(home)
  try {
    makeFolder(paths)
    return await withLock(
      paths.lock,
      home,
      async () => {
        const state = readAccess(home)
        appendMissing(home, state)
        const { state: next, audit, answer } = await plan(state)
        if (next === undefined && audit.length === 0) return answer
        const seq = state.seq + 1
        const at = new Date(home.now()).toISOString()
        const last = audit.map(({ requestId = null, ...line }) => ({ at, seq, requestId, ...line }) as AccessAuditLine)
        home.step?.('write the state')
        const isNew = !existsSync(paths.access)
        writeOverFile(paths.access, formatState({ ...(next ?? state), version: 1, seq, last }))
        if (isNew) chmodSync(paths.access, 0o600)
        writeFolderEntries(paths.folder)
        home.step?.('append to the audit')
        appendLines(paths.audit, last)
        return answer
      },
      { what: LOCKED },
    )
  } catch (error) {
    if (error instanceof UsagebookError || systemCode(error) === undefined) throw error
    throw new InputError('access-not-writable', `Access cannot be changed: ${systemReason(error)}.`, {
      where: { file: (error as NodeJS.ErrnoException).path ?? paths.folder },
      hint: `Make ${paths.folder} writable with room on the disk.`,
      cause: error,
    })
  }
}

// Before the file is there, it is made readable to its owner alone; what is written over it later keeps that.
function makeFolder(paths: ReturnType<typeof pathsOf>): void {
  if (!existsSync(paths.folder)) mkdirSync(paths.folder, { recursive: true, mode: 0o700 })
  if ((statSync(paths.folder).mode & 0o077) !== 0) chmodSync(paths.folder, 0o700)
  if (!existsSync(paths.ignore)) writeIgnore(paths.ignore)
}

// Two processes may make it at once.
function writeIgnore(file: string): void {
  try {
    writeNewFile(file, '# Tokens, sessions and audits: nothing of this belongs into a repository.\n*\n')
  } catch (error) {
    if (!['EEXIST', 'ENOENT'].includes(systemCode(error) ?? '')) throw error
  }
}

// What the process before wrote into the state and not into the audit any more; and a line that was cut goes.
function appendMissing(home: AccessHome, state: AccessState): void {
  const { audit } = pathsOf(home)
  const size = statSync(audit, { throwIfNoEntry: false })?.size ?? 0
  const tail = size === 0 ? Buffer.alloc(0) : readFileFrom(audit, Math.max(0, size - AUDIT_TAIL_BYTES))
  const whole = tail.lastIndexOf(0x0a) + 1
  if (whole < tail.length) cutFile(audit, size - (tail.length - whole))
  const lines = tail
    .toString('utf8', 0, whole)
    .split('\n')
    .filter(line => line !== '')
  const there = lines.filter(line => (parseJson(line) as AccessAuditLine | undefined)?.seq === state.seq).length
  appendLines(audit, state.last.slice(there))
}

function appendLines(file: string, lines: readonly AccessAuditLine[]): void {
  if (lines.length === 0) return
  const text = lines
    .map(line => `${formatJson(line as { readonly [key: string]: JsonValue | undefined }, 0)}\n`)
    .join('')
  const isNew = !existsSync(file)
  writeAtEnd(file, Buffer.from(text))
  if (isNew) chmodSync(file, 0o600)
}

/** The audit, oldest first; what is no line of it is left out. */
export function readAccessAudit(home: Pick<AccessHome, 'root'>): AccessAuditLine[] {
  return (readIfThere(pathsOf(home).audit) ?? '').split('\n').flatMap(line => {
    const value = line === '' ? undefined : parseJson(line)
    return typeof value === 'object' && value !== null && 'action' in value ? [value as AccessAuditLine] : []
  })
}

function formatState(state: AccessState): string {
  return `${JSON.stringify(state, null, 2)}\n`
}

function readIfThere(file: string): string | undefined {
  try {
    return readTextFile(file)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function describe(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string {
  return issue === undefined ? 'it is no JSON' : `${issue.path.join('.') || 'it'}: ${issue.message}`
}
