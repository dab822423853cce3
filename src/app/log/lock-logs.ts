// One rewriting of logs at a time: each folder whose logs are pruned or forgotten has a lock. A second one does not wait,
// because the first may be at it for long, and would leave little to do.
import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { InputError, systemCode, systemReason, UsagebookError } from '../../base/errors.ts'
import { realPathOf } from '../../base/real-path.ts'
import { type LockOwner, withLock } from '../../durable/lock.ts'
import { findLogs, type LogPlace } from '../../log/find-logs.ts'
import { isStream, STDIN_PATH } from '../../log/log-file.ts'

const LOCK_FILE = '.prune.lock'

/** The folders of the logs of some places, as they really are. */
export function foldersOf(places: readonly LogPlace[], cwd: string): string[] {
  const paths = places.filter(({ path }) => path !== STDIN_PATH).map(({ path }) => realPathOf(resolve(cwd, path)))
  const files = findLogs(places, cwd).files.filter(file => !isStream(file))
  const folders = [...paths.filter(isFolder), ...files.map(({ path }) => dirname(realPathOf(path)))]
  return [...new Set(folders)].sort()
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** Does the work while nobody else rewrites the logs of these folders; an InputError where somebody does. */
export async function lockLogs<T>(folders: readonly string[], owner: LockOwner, work: () => Promise<T>): Promise<T> {
  const [folder, ...others] = folders
  if (folder === undefined) return await work()
  const lock = join(folder, LOCK_FILE)
  try {
    return await withLock(lock, owner, () => lockLogs(others, owner, work), { patienceMs: 0 })
  } catch (error) {
    if (error instanceof UsagebookError && error.code === 'profiles-busy') throw logsBusy(folder, lock, error)
    if (systemCode(error) === undefined || (error as NodeJS.ErrnoException).path !== lock) throw error
    throw new InputError('log-unwritable', `The logs in ${folder} cannot be rewritten: ${systemReason(error)}.`, {
      where: { file: folder },
      hint: 'Check the permissions of the folder and the free space on the disk; nothing was changed.',
      cause: error,
    })
  }
}

function logsBusy(folder: string, lock: string, error: UsagebookError): InputError {
  return new InputError('logs-busy', `The logs in ${folder} are being pruned by somebody else.`, {
    where: { file: lock },
    hint: `Wait until that is done and try again; if nobody is pruning, remove ${lock}.`,
    cause: error,
  })
}
