// Everything that a command takes from the process around it, gathered once. Tests pass their own.
import { fstatSync, readlinkSync } from 'node:fs'
import { availableParallelism, hostname, userInfo } from 'node:os'
import type { Writable } from 'node:stream'
import type { Host } from '../app/host.ts'
import { systemCode, UsageError } from '../base/errors.ts'
import type { Instant } from '../base/zone.ts'
import type { OnInterrupt } from '../sink/beside.ts'
import { Interrupts } from './start/interrupts.ts'

// Given by start.ts.
declare const bundleDigest: string | undefined

/** Narrower than this nothing can be laid out, and COLUMNS is not believed. */
const NARROWEST = 20
const USUAL = 80

/** What a program lends the app, and its terminal. */
export interface Context extends Host {
  /** The words of the command line. */
  readonly argv: readonly string[]
  readonly stdout: Writable
  readonly stderr: Writable
  /** Columns of the terminal; undefined where stdout is none, and text is not cut. */
  readonly columns: number | undefined
  /** Columns of the terminal that stderr is; undefined where it is none. */
  readonly stderrColumns: number | undefined
  readonly isStdoutTerminal: boolean
  /** Where text can be written at once, without a stream: stdout where it is no terminal. */
  readonly stdoutDescriptor?: number | undefined
  readonly isStderrTerminal: boolean
  readonly isStdinTerminal: boolean
  /** 0 none, 1 the 16 colours, 2 the 256, 3 all; what stdout should get unless a flag says otherwise. */
  readonly colorLevel: 0 | 1 | 2 | 3
  readonly hasUnicode: boolean
  readonly onInterrupt: OnInterrupt
  /** Of a job that is run for an earlier time: who sends, by the clock. */
  readonly sender?: Host
  /** Names what a job is run for, so that its mail is the same one when it is run again. */
  readonly occasion?: string
  /** How this program is called, as a process gets it: for what is to call it again. */
  readonly callWords: readonly string[]
  /** A digest of the code that runs; undefined where it is not the built program. */
  readonly program: string | undefined
}

/** The context of this process. `USAGEBOOK_NOW` (an instant) fixes the clock, for tests and for reruns of a past day. */
export function openContext(): Context {
  const { env } = process
  const isDumb = env.TERM === 'dumb'
  const asked = Number(env.COLUMNS)
  const isStdoutTerminal = isTerminal(1)
  return {
    // Each takes milliseconds to open.
    get stdout() {
      return letClose(process.stdout)
    },
    get stderr() {
      return letClose(process.stderr)
    },
    get stdin() {
      return process.stdin
    },
    argv: process.argv.slice(2),
    callWords: [process.execPath, ...process.argv.slice(1, 2)],
    environment: env,
    cwd: process.cwd(),
    columns: asked >= NARROWEST ? asked : isStdoutTerminal ? terminalColumns(process.stdout) : undefined,
    get stderrColumns() {
      return process.stderr.isTTY ? terminalColumns(process.stderr) : undefined
    },
    isStdoutTerminal,
    stdoutDescriptor: isStdoutTerminal ? undefined : 1,
    get isStderrTerminal() {
      return isTerminal(2)
    },
    get isStdinTerminal() {
      return process.stdin.isTTY === true
    },
    get isStdinPiped() {
      const stats = fstatSync(0)
      return stats.isFIFO() || stats.isFile()
    },
    colorLevel: colorLevelOf(env, isStdoutTerminal),
    hasUnicode: !isDumb && env.LC_ALL !== 'C' && env.LC_ALL !== 'POSIX',
    get hostName() {
      return hostname()
    },
    program: typeof bundleDigest === 'string' ? bundleDigest : undefined,
    get processors() {
      return availableParallelism()
    },
    zoneRules: process.versions.tz ?? '',
    loginName: readLoginName,
    now: () => readClock(env),
    machineNow: () => Date.now(),
    onInterrupt: new Interrupts(process).add,
    timezone: () => (isUtc(env.TZ) ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone),
  }
}

/** A stream whose reader may go away, as `head` does: what is left is written to nobody, and the work goes on to its end. */
export function letClose<Stream extends Writable>(stream: Stream): Stream {
  if (!stream.listeners('error').includes(ignoreClosed)) stream.on('error', ignoreClosed)
  return stream
}

function ignoreClosed(error: Error): void {
  if (systemCode(error) !== 'EPIPE') throw error
}

/** A terminal that does not know its size, as in some containers, says 0. */
export function terminalColumns({ columns }: Pick<NodeJS.WriteStream, 'columns'>): number {
  return columns > 0 ? columns : USUAL
}

/** NO_COLOR wins over FORCE_COLOR, FORCE_COLOR over the terminal. */
export function colorLevelOf(
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): 0 | 1 | 2 | 3 {
  const { NO_COLOR, FORCE_COLOR, TERM, COLORTERM } = environment
  if (NO_COLOR !== undefined && NO_COLOR !== '') return 0
  if (FORCE_COLOR !== undefined) {
    if (FORCE_COLOR === '0' || FORCE_COLOR === 'false') return 0
    if (FORCE_COLOR === '2') return 2
    return FORCE_COLOR === '3' ? 3 : 1
  }
  if (!isTerminal || TERM === 'dumb') return 0
  if (COLORTERM === 'truecolor' || COLORTERM === '24bit') return 3
  return TERM?.includes('256') ? 2 : 1
}

// Asked of the file first, which does not open the stream.
function isTerminal(descriptor: 1 | 2): boolean {
  const stream = descriptor === 1 ? 'stdout' : 'stderr'
  return fstatSync(descriptor).isCharacterDevice() && process[stream].isTTY === true
}

/** The instant of USAGEBOOK_NOW, else this one. A report of another day than was meant would be wrong without a word. */
export function readClock({ USAGEBOOK_NOW }: Context['environment']): Instant {
  const now = USAGEBOOK_NOW === undefined ? Date.now() : Date.parse(USAGEBOOK_NOW)
  if (!Number.isNaN(now)) return now as Instant
  throw new UsageError('bad-clock', `USAGEBOOK_NOW=${USAGEBOOK_NOW} is not an instant.`, {
    hint: 'Write it as 2026-02-28T09:00:00Z, or unset it.',
  })
}

// Servers mostly are in UTC, and to ask for a zone by name takes tens of milliseconds.
function isUtc(variable: string | undefined): boolean {
  if (variable !== undefined) return variable === 'UTC'
  try {
    return /\/zoneinfo\/(Etc\/)?UTC$/.test(readlinkSync('/etc/localtime'))
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return false
  }
}

function readLoginName(): string | undefined {
  try {
    return userInfo().username || undefined
  } catch {
    // A user id without a name, as in many containers.
    return undefined
  }
}
