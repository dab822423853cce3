// What the program around us provides: clock, zone, folder, environment, processors. The command line passes on those of its
// process; a server or the library passes its own.
import type { Readable } from 'node:stream'
import type { Instant } from '../base/zone.ts'
import type { EngineTuning } from './workspace/open-engine.ts'

export interface Host {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdin: Readable
  /** A pipe of the shell, or a file: nothing that stays open without end where nobody writes, as sockets do. */
  readonly isStdinPiped: boolean
  readonly hostName: string
  /** The login name, or undefined where the system knows none. */
  loginName(): string | undefined
  now(): Instant
  /** The machine's clock in milliseconds, which USAGEBOOK_NOW does not fix: for comparing with the times of files. */
  machineNow(): number
  /** How many threads can run at once. */
  readonly processors: number
  /** Left out but in tests. */
  readonly tuning?: EngineTuning
  /** The version of the rules of time zones, which come with Node. */
  readonly zoneRules: string
  /** The machine's time zone, an IANA name. */
  timezone(): string
}
