// Where the profiles of a workspace are, and what is known about the caller. Every use case gets one.
import { join } from 'node:path'
import type { Instant } from '../base/zone.ts'

export interface ProfileHome {
  /** Absolute path of the workspace. */
  readonly root: string
  /** Of this machine and process, so that another process can tell whether the holder of the lock is alive. */
  readonly hostName: string
  readonly processId: number
  now(): Instant
  /** Says something on the side: that an interrupted change was finished. */
  note(text: string): void
  /** Called before each step on the disk, with its name; tests end the process there. */
  step?(name: string): void
}

export interface HomePaths {
  readonly folder: string
  readonly clients: string
  readonly audit: string
  readonly journal: string
  readonly lock: string
}

export function pathsOf(home: ProfileHome): HomePaths {
  const folder = join(home.root, 'profiles')
  return {
    folder,
    clients: join(home.root, 'clients.json'),
    audit: join(folder, 'audit.jsonl'),
    journal: join(folder, '.change.json'),
    lock: join(folder, '.lock'),
  }
}
