// Only one process rewrites logs at a time: a folder has a lock while its logs are pruned or a person is forgotten. A second
// process does not wait, because the first may take long and leave little to do.
import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { InputError, systemCode, systemReason, UsagebookError } from '../../base/errors.ts'
import { realPathOf } from '../../base/real-path.ts'
import { type LockOwner, withLock } from '../../durable/lock.ts'
import { findLogs, type LogPlace } from '../../log/find-logs.ts'
import { isStream, STDIN_PATH } from '../../log/log-file.ts'

const LOCK_FILE = '.prune.lock'

/** The real folders of the logs at some places, with links followed. */
export function foldersOf(places: readonly LogPlace[], cwd: string): string[] {
  const paths = places.filter(({ path }) => path !== STDIN_PATH).map(({ path }) => realPathOf(resolve(cwd, path)))
  const files = findLogs(places, cwd).files.filter(file => !isStream(file))
  const folders = [...paths.filter(isFolder), ...files.map(({ path }) => dirname(realPathOf(path)))]
  return [...new Set(folders)].sort()
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** Does the work while nobody else rewrites the logs in these folders; an InputError if somebody does. */
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
  return new InputError('logs-busy', `Another process is rewriting the logs in ${folder}.`, {
    where: { file: lock },
    hint: `Wait until it is done and try again; if there is no such process, remove ${lock}.`,
    cause: error,
  })
}
