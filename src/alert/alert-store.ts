// Reads and writes the state of alerts. It is always written as a whole, with the lines of its last change in it; only then
// are these appended to the transitions, which are never rewritten.
import { join } from 'node:path'
import { ConfigError, InputError, systemCode, systemReason, UsagebookError } from '../base/errors.ts'
import { readTextIfThere } from '../base/regular-file.ts'
import type { Instant } from '../base/zone.ts'
import { completeLines, lastLines } from '../durable/appended-lines.ts'
import { writeFolderEntries, writeOverFile } from '../durable/durable-file.ts'
import { type Locked, type LockOwner, withLock } from '../durable/lock.ts'
import { makeStateFolder, OWNER_ONLY, stateFolderOf } from '../durable/state-folder.ts'
import { type AlertState, alertStateSchema, NO_ALERTS, type TransitionLine, transitionLine } from './alert-state.ts'

export interface AlertHome extends LockOwner {
  /** Absolute path of the workspace. */
  readonly root: string
  now(): Instant
  /** Called with the name of each step on the disk, before it; tests kill the process there. */
  step?(name: string): void
}

/** The state while the lock is held. */
export interface AlertStore {
  readonly state: AlertState
  /** Writes a state, and appends lines about what changed in it. */
  write(next: Omit<AlertState, 'version' | 'seq' | 'last'>, lines: readonly NewLine[]): void
}

export type NewLine = Omit<TransitionLine, 'at' | 'seq'>

const LOCKED: Locked = { busyCode: 'alerts-busy', words: 'The alerts' }
// A check reads logs while it holds the lock.
const PATIENCE_MS = 15 * 60_000

function pathsOf(root: string) {
  const folder = stateFolderOf(root)
  return {
    folder,
    state: join(folder, 'alert-state.json'),
    transitions: join(folder, 'alert-transitions.jsonl'),
    lock: join(folder, '.alerts-lock'),
  }
}

export function readAlertState(root: string): AlertState {
  const { state: file } = pathsOf(root)
  const text = readTextIfThere(file)
  if (text === undefined) return NO_ALERTS
  const parsed = alertStateSchema.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  throw new ConfigError('bad-alert-state', `${file} is damaged.`, {
    where: { file },
    hint: 'Restore a backup of it, or remove it: then what fires now is told once more.',
  })
}

/** The last transitions, so many at most, the newest last. What somebody else has written there is left out. */
export function readLastTransitions(root: string, limit: number): TransitionLine[] {
  return lastLines(pathsOf(root).transitions, limit).flatMap(text => {
    const line = transitionLine.safeParse(jsonOf(text))
    return line.success ? [line.data] : []
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The schema refuses it.
    return undefined
  }
}

/** Works with the state while nobody else does. */
export async function withAlerts<Answer>(
  home: AlertHome,
  work: (store: AlertStore) => Answer | Promise<Answer>,
): Promise<Answer> {
  const paths = pathsOf(home.root)
  try {
    makeStateFolder(paths.folder)
    return await withLock(
      paths.lock,
      home,
      async () => {
        let state = readAlertState(home.root)
        completeLines(paths.transitions, textOf(state.last))
        return await work({
          get state() {
            return state
          },
          write(next, lines) {
            state = nextState(state, next, lines, home)
            home.step?.('write the state')
            writeOverFile(paths.state, `${JSON.stringify(alertStateSchema.parse(state), null, 2)}\n`, OWNER_ONLY)
            home.step?.('flush the folder')
            writeFolderEntries(paths.folder)
            home.step?.('append to the transitions')
            completeLines(paths.transitions, textOf(state.last))
          },
        })
      },
      { what: LOCKED, patienceMs: PATIENCE_MS },
    )
  } catch (error) {
    if (error instanceof UsagebookError || systemCode(error) === undefined) throw error
    throw new InputError('alerts-not-writable', `The state of alerts cannot be written: ${systemReason(error)}.`, {
      where: { file: (error as NodeJS.ErrnoException).path ?? paths.folder },
      hint: `Make ${paths.folder} writable, and check that the disk has free space.`,
      cause: error,
    })
  }
}

function nextState(
  state: AlertState,
  next: Omit<AlertState, 'version' | 'seq' | 'last'>,
  lines: readonly NewLine[],
  home: AlertHome,
): AlertState {
  const seq = state.seq + 1
  const at = new Date(home.now()).toISOString()
  return { version: 1, seq, last: lines.map(line => ({ at, seq, ...line })), ...next }
}

function textOf(lines: readonly TransitionLine[]): string {
  return lines.map(line => `${JSON.stringify(line)}\n`).join('')
}
