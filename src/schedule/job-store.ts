// The states of jobs on the disk, a file each in .usagebook/schedule. Who runs a job holds its lock, which is taken over from
// a process that was killed; of two schedulers, the second finds the period done.
import { dirname, join } from 'node:path'
import { ConfigError, InputError, systemCode, systemReason, UsagebookError } from '../base/errors.ts'
import { readTextIfThere } from '../base/regular-file.ts'
import { writeFolderEntries, writeOverFile } from '../durable/durable-file.ts'
import { type Locked, type LockOwner, withLock } from '../durable/lock.ts'
import { makeOwnFolder, makeStateFolder, OWNER_ONLY, stateFolderOf } from '../durable/state-folder.ts'
import { type JobState, jobStateSchema } from './job-state.ts'

export interface JobStore {
  readonly state: JobState | undefined
  write(next: JobState): void
}

const LOCKED: Locked = { busyCode: 'job-runs', words: 'The periods of this job' }

function folderOf(root: string): string {
  return join(stateFolderOf(root), 'schedule')
}

export function readJobState(root: string, name: string): JobState | undefined {
  const file = join(folderOf(root), `${name}.json`)
  const text = readTextIfThere(file)
  if (text === undefined) return undefined
  const json = jsonOf(text)
  const parsed = jobStateSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const version = (json as { version?: unknown } | undefined)?.version
  const isNewer = typeof version === 'number' && version > 1
  throw new ConfigError('bad-job-state', `${file} is ${isNewer ? 'of a newer usagebook' : 'damaged'}.`, {
    where: { file },
    hint: isNewer
      ? 'Update usagebook, or remove the file: then the job goes on from now.'
      : 'Restore a backup of it, or remove it: then the job goes on from now.',
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The schema refuses it.
    return undefined
  }
}

/** Works with the state of a job while nobody else does; undefined where somebody else runs it right now. */
export async function withJob<Answer>(
  root: string,
  name: string,
  owner: LockOwner,
  work: (store: JobStore) => Promise<Answer>,
): Promise<Answer | undefined> {
  const folder = folderOf(root)
  const file = join(folder, `${name}.json`)
  try {
    makeStateFolder(dirname(folder))
    makeOwnFolder(folder)
    const locked = async () => {
      let state = readJobState(root, name)
      return await work({
        get state() {
          return state
        },
        write(next) {
          state = next
          writeOverFile(file, `${JSON.stringify(jobStateSchema.parse(next), null, 2)}\n`, OWNER_ONLY)
          writeFolderEntries(folder)
        },
      })
    }
    return await withLock(join(folder, `.${name}-lock`), owner, locked, { what: LOCKED, patienceMs: 0 })
  } catch (error) {
    if (error instanceof UsagebookError && error.code === LOCKED.busyCode) return undefined
    if (error instanceof UsagebookError || systemCode(error) === undefined) throw error
    throw new InputError('schedule-not-writable', `The state of jobs cannot be written: ${systemReason(error)}.`, {
      where: { file: (error as NodeJS.ErrnoException).path ?? folder },
      hint: `Make ${folder} writable, and check that the disk has free space.`,
      cause: error,
    })
  }
}
