// Which files other processes have open, as far as the system shows it.
import { readdirSync, readlinkSync, statSync } from 'node:fs'
import { systemCode } from '../base/errors.ts'

export interface OpenFiles {
  /** Whether some process was seen to have it open. */
  has(file: { readonly dev: number; readonly ino: number }): boolean
  /** Whether all processes were seen that may write to a file of this owner. */
  isWhole(uid: number): boolean
}

/** The kernel numbers the namespace of process ids that is outside of all containers always like this. */
const FIRST_NAMESPACE = 'pid:[4026531836]'
/** Outside of all containers it starts the others and writes no logs; a sandbox often hides it alone. */
const FIRST_PROCESS = '1'

export function readOpenFiles(proc = '/proc'): OpenFiles {
  const open = new Set<string>()
  const unseenOwners = new Set<number>()
  const processes = namesIn(proc).filter(name => /^\d+$/.test(name))
  for (const id of processes) {
    try {
      for (const descriptor of readdirSync(`${proc}/${id}/fd`)) addFile(`${proc}/${id}/fd/${descriptor}`, open)
    } catch (error) {
      if (systemCode(error) === undefined) throw error
      const owner = statSync(`${proc}/${id}`, { throwIfNoEntry: false })?.uid
      if (owner !== undefined && id !== FIRST_PROCESS) unseenOwners.add(owner)
    }
  }
  const seesAll = processes.length > 0 && namespaceName(proc) === FIRST_NAMESPACE
  return {
    has: ({ dev, ino }) => open.has(`${dev}:${ino}`),
    // Root may write to all files, but does not write to the logs of others.
    isWhole: uid => seesAll && !unseenOwners.has(uid),
  }
}

function addFile(path: string, open: Set<string>): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile() === true) open.add(`${stats.dev}:${stats.ino}`)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    // Not a Linux.
    if (systemCode(error) === undefined) throw error
    return []
  }
}

function namespaceName(proc: string): string {
  try {
    return readlinkSync(`${proc}/self/ns/pid`)
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return ''
  }
}
