// The messages that are to be delivered, each as files of its own. ID.json is the letter, which never changes: who makes it by
// an exclusive link has put the message, and nobody after. Beside it, at most one of these says how far it has come:
//
//     ID.tries.json      it could not be delivered so far
//     ID.delivered.json  it was delivered, and stays so that it is not put again
//     ID.dead.json       it was given up after days of trying
//     ID.dropped.json    somebody gave it up, and nobody wants to hear of it any more
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemCode } from '../base/errors.ts'
import { readTextFile, readTextIfThere } from '../base/regular-file.ts'
import type { Instant } from '../base/zone.ts'
import { claimFile, writeFolderEntries, writeOverFile } from '../durable/durable-file.ts'
import { makeOwnFolder, makeStateFolder, OWNER_ONLY } from '../durable/state-folder.ts'
import type { Message } from './message.ts'

/** A message to one target. */
export interface Letter {
  readonly id: string
  readonly target: string
  readonly message: Message
  /** A mail that is sent as it is, in place of one that is made of the message. */
  readonly mail?: StoredMail
}

export interface StoredMail {
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments: readonly { readonly filename: string; readonly content: string; readonly contentType: string }[]
}

export type LetterState = 'waiting' | 'delivered' | 'dead' | 'dropped'

/** What has become of a letter so far. */
export interface Tries {
  readonly tries: number
  /** When it was to be sent for the first time; null before that. */
  readonly firstAt: Instant | null
  /** When it was tried last, or delivered. */
  readonly lastAt: Instant | null
  /** When it is to be tried again: at once where null. */
  readonly nextAt: Instant | null
  /** Until when the target does not want to hear anything. */
  readonly holdUntil: Instant | null
  readonly problem: string | null
  /** Those of several recipients who have it. */
  readonly arrivedAt: readonly string[]
}

export interface LetterStatus extends Tries {
  readonly state: LetterState
}

export const UNTRIED: Tries = {
  tries: 0,
  firstAt: null,
  lastAt: null,
  nextAt: null,
  holdUntil: null,
  problem: null,
  arrivedAt: [],
}

export interface Outbox {
  /** Stores a message for a target; it is on the disk when this returns. The same message is stored once, also after it was delivered. */
  put(message: Message, target: string, mail?: StoredMail): { readonly id: string; readonly isNew: boolean }
  /** The ids of a state, or of all; sorted. */
  ids(state?: LetterState): readonly string[]
  letter(id: string): Letter
  status(id: string): LetterStatus
  /** For the holder of the lock of the letter. */
  write(id: string, state: LetterState, tries: Tries): void
  lockOf(id: string): string
  /** Removes what killed processes left behind. */
  sweep(olderThanMs: number): void
}

const ID = /^msg_[0-9a-f]{32}$/
const LETTER = '.json'
const FILES: Readonly<Record<LetterState, string>> = {
  delivered: '.delivered.json',
  dropped: '.dropped.json',
  dead: '.dead.json',
  waiting: '.tries.json',
}
// The last word counts where a killed process left two.
const STATES: readonly LetterState[] = ['delivered', 'dropped', 'dead', 'waiting']
/** Of these nothing more is to be done. */
const SETTLED: readonly LetterState[] = ['delivered', 'dropped']

export function isSettled(state: LetterState): state is 'delivered' | 'dropped' {
  return SETTLED.includes(state)
}

/** The same for the same message to the same target, whoever asks. */
export function letterId({ rule, labels, episode, kind, period }: Message, target: string): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
  const name = JSON.stringify([rule, sorted, episode, kind, period, target])
  return `msg_${createHash('sha256').update(name).digest('hex').slice(0, 32)}`
}

/** The outbox in a folder of the state folder; both are made when the first message is put. */
export function openOutbox(folder: string): Outbox {
  const fileOf = (id: string, ending: string) => join(folder, `${id}${ending}`)

  function namesOfState(names: ReadonlySet<string>, state: LetterState): (id: string) => boolean {
    return id => STATES.find(one => names.has(`${id}${FILES[one]}`) || one === 'waiting') === state
  }

  function isLockOfSettled(name: string): boolean {
    if (!name.endsWith('.lock')) return false
    const id = name.slice(0, -'.lock'.length)
    return SETTLED.some(state => readTextIfThere(fileOf(id, FILES[state])) !== undefined)
  }

  return {
    put(message, target, mail) {
      const id = letterId(message, target)
      makeStateFolder(dirname(folder))
      makeOwnFolder(folder)
      const text = `${JSON.stringify({ version: 1, id, target, message, mail }, null, 2)}\n`
      return { id, isNew: claimFile(fileOf(id, LETTER), text) }
    },
    ids(state) {
      const names = new Set(readNames(folder))
      const ids = [...names].filter(name => name.endsWith(LETTER)).map(name => name.slice(0, -LETTER.length))
      const letters = ids.filter(id => ID.test(id)).sort()
      return state === undefined ? letters : letters.filter(namesOfState(names, state))
    },
    letter(id) {
      const { target, message, mail } = JSON.parse(readTextFile(fileOf(id, LETTER))) as Letter
      return { id, target, message, ...(mail === undefined ? {} : { mail }) }
    },
    status(id) {
      for (const state of STATES) {
        const text = readTextIfThere(fileOf(id, FILES[state]))
        if (text !== undefined) return { ...UNTRIED, ...(JSON.parse(text) as Tries), state }
      }
      return { ...UNTRIED, state: 'waiting' }
    },
    write(id, state, tries) {
      writeOverFile(fileOf(id, FILES[state]), `${JSON.stringify(tries)}\n`, OWNER_ONLY)
      writeFolderEntries(folder)
      for (const other of STATES) if (other !== state) rmSync(fileOf(id, FILES[other]), { force: true })
    },
    lockOf: id => fileOf(id, '.lock'),
    sweep(olderThanMs) {
      for (const name of readNames(folder)) {
        const isLeft = name.includes('.tmp') || isLockOfSettled(name)
        if (isLeft && isOlder(join(folder, name), olderThanMs)) rmSync(join(folder, name), { force: true })
      }
    },
  }
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}

function isOlder(file: string, thanMs: number): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false })
  return stats !== undefined && stats.mtimeMs < thanMs
}
