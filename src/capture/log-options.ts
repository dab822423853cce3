// The options of a log, checked once when it is opened: a mistake here is the developer's and is thrown at once.
import { createHmac, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { daysIn } from '../base/calendar.ts'
import type { NewRights } from './append-lines.ts'
import { checkOptions, type OptionTypes, wrongOption } from './check-options.ts'
import { dayCutter } from './day-cutter.ts'
import { readInstant } from './field-text.ts'
import { ADDRESS_MODES, type AddressMode } from './privacy.ts'
import { isPromised } from './promised.ts'

export interface UsageLogOptions {
  /** The folder of the daily files; made if it is not there. Default `usage_logs`. */
  readonly dir?: string | undefined
  /** IANA time zone in which the days of the files are cut. Default `UTC`. */
  readonly timezone?: string | undefined
  /** Goes into the file names, `2026-02-02.api-1.jsonl`: for folders that several machines share over a network. */
  readonly suffix?: string | undefined
  /** How long events wait in memory, in milliseconds. Default 500. */
  readonly flushMs?: number | undefined
  /** Bytes of events kept in memory at most, while the disk is full or slow. Default 8 MiB. */
  readonly maxBufferBytes?: number | undefined
  /** The rights of new log files and of a folder that is made for them. Default 0o600 and 0o700; what is there keeps its own. */
  readonly mode?: number | undefined
  readonly dirMode?: number | undefined
  /** Log the text of queries, answers and feedback too, and not only its length. */
  readonly text?: boolean | undefined
  /** What becomes of addresses. Default `truncate`, or `hash` where there is a key to pseudonymize. */
  readonly address?: AddressMode | undefined
  /** Replaces users and addresses by a hash with this key (16 characters or more), the same as long as the key is. */
  readonly pseudonymize?: { readonly key: string } | undefined
  /** Marks every line as demo data. */
  readonly demo?: boolean | undefined
  /** The clock, in milliseconds since 1970; for tests. */
  readonly clock?: (() => number) | undefined
}

const OPTION_TYPES: OptionTypes<UsageLogOptions> = {
  dir: ['text'],
  timezone: ['text'],
  suffix: ['text'],
  flushMs: ['number'],
  maxBufferBytes: ['number'],
  mode: ['number'],
  dirMode: ['number'],
  text: ['flag'],
  address: ['text'],
  pseudonymize: ['object'],
  demo: ['flag'],
  clock: ['function'],
}

export interface LogSettings {
  /** Absolute, so that an application may change its folder. */
  readonly dir: string
  readonly dayOf: (ms: number) => string
  /** After the day in a file name. */
  readonly fileEnd: string
  readonly flushMs: number
  readonly maxBufferBytes: number
  readonly rights: NewRights
  readonly isTextLogged: boolean
  readonly address: AddressMode
  readonly pseudonymKey: string | undefined
  /** Of the hashes that stand for cookies and headers. */
  readonly sessionKey: Buffer
  readonly isDemo: boolean
  readonly clock: () => number
}

const MIN_KEY = 16

/** The settings that the options mean; a wrong one is a UsageError. */
export function settingsOf(options: UsageLogOptions): LogSettings {
  checkOptions(options, OPTION_TYPES)
  const { dir = 'usage_logs', timezone = 'UTC', suffix, flushMs = 500, maxBufferBytes = 8 * 1024 * 1024 } = options
  const { mode = 0o600, dirMode = 0o700 } = options
  const key = options.pseudonymize?.key
  const address = options.address ?? (key === undefined ? 'truncate' : 'hash')
  const dayOf = dayCutter(timezone)
  if (dir === '') throw wrongOption('dir', dir, 'Give the path of a folder.')
  if (dayOf === undefined) throw wrongOption('timezone', timezone, 'Give an IANA name, such as Europe/Berlin.')
  if (suffix !== undefined && !/^[\w-]{1,64}$/.test(suffix))
    throw wrongOption('suffix', suffix, 'Use letters, digits, "_" and "-".')
  if (suffix !== undefined && daysIn(suffix).length > 0)
    throw wrongOption('suffix', suffix, 'Leave the date out: a file whose name has two dates is of all days between.')
  if (!(flushMs >= 1 && flushMs <= 60_000)) throw wrongOption('flushMs', flushMs, 'Give 1 to 60000 milliseconds.')
  if (!(maxBufferBytes >= 65_536)) throw wrongOption('maxBufferBytes', maxBufferBytes, 'Give 65536 bytes or more.')
  for (const [name, rights] of Object.entries({ mode, dirMode })) {
    if (!(Number.isInteger(rights) && rights >= 0 && rights <= 0o777))
      throw wrongOption(name, rights, 'Give permissions such as 0o640.')
  }
  if (!ADDRESS_MODES.includes(address)) throw wrongOption('address', address, `Use one of ${ADDRESS_MODES.join(', ')}.`)
  if (options.pseudonymize !== undefined && !(typeof key === 'string' && key.length >= MIN_KEY))
    throw wrongOption('pseudonymize.key', '…', `Give a key of ${MIN_KEY} characters or more, and keep it.`)
  if (address === 'hash' && key === undefined)
    throw wrongOption('address', address, 'Give pseudonymize: { key } too: a hash needs a key.')
  return {
    dir: resolve(dir),
    dayOf,
    fileEnd: suffix === undefined ? '.jsonl' : `.${suffix}.jsonl`,
    flushMs,
    maxBufferBytes,
    rights: { file: mode, folder: dirMode },
    isTextLogged: options.text === true,
    address,
    pseudonymKey: key,
    sessionKey: sessionKey(key),
    isDemo: options.demo === true,
    clock: options.clock === undefined ? Date.now : soundClock(options.clock),
  }
}

// A test's clock may throw, or say what is no time.
function soundClock(clock: () => number): () => number {
  return () => {
    try {
      const answer: unknown = clock()
      const ms = isPromised(answer) ? undefined : readInstant(answer)
      if (ms !== undefined) return ms
    } catch {
      // The system's own is asked below.
    }
    return Date.now()
  }
}

// Without a secret key whoever has the log could try all cookies until one has the hash that stands there. With the key of
// users and addresses it is another one still, so that a user whose name is a cookie has another hash.
function sessionKey(pseudonymKey: string | undefined): Buffer {
  return pseudonymKey === undefined
    ? randomBytes(32)
    : createHmac('sha256', pseudonymKey).update('key of session ids').digest()
}
