// Where access is kept in a workspace, and what is known about who changes it.
import { join } from 'node:path'
import type { Instant } from '../base/zone.ts'
import type { LockOwner } from '../durable/lock.ts'

/** The folder of a workspace for what is neither logs nor profiles nor configuration. */
export const STATE_FOLDER = '.usagebook'

export interface AccessHome extends LockOwner {
  /** Absolute path of the workspace. */
  readonly root: string
  now(): Instant
  /** Called before each step on the disk, with its name; tests end the process there. */
  step?(name: string): void
}

export function pathsOf({ root }: Pick<AccessHome, 'root'>) {
  const folder = join(root, STATE_FOLDER)
  return {
    folder,
    access: join(folder, 'access.json'),
    audit: join(folder, 'audit.jsonl'),
    uses: join(folder, 'token-uses.json'),
    lock: join(folder, '.lock'),
    ignore: join(folder, '.gitignore'),
  }
}
