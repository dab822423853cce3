// Where access is kept in a workspace, and what is known about the process that changes it.
import { join } from 'node:path'
import type { Instant } from '../base/zone.ts'
import type { LockOwner } from '../durable/lock.ts'
import { stateFolderOf } from '../durable/state-folder.ts'

export interface AccessHome extends LockOwner {
  /** Absolute path of the workspace. */
  readonly root: string
  now(): Instant
  /** Called with the name of each step on the disk, before it; tests kill the process there. */
  step?(name: string): void
}

export function pathsOf({ root }: Pick<AccessHome, 'root'>) {
  const folder = stateFolderOf(root)
  return {
    folder,
    access: join(folder, 'access.json'),
    audit: join(folder, 'audit.jsonl'),
    uses: join(folder, 'token-uses.json'),
    lock: join(folder, '.lock'),
  }
}
