// One change of the profiles from its plan to the disk: lock, finish what was interrupted, read, plan, write.
import { existsSync, mkdirSync } from 'node:fs'
import { InputError, systemCode, systemReason, UsagebookError } from '../base/errors.ts'
import { withLock } from '../durable/lock.ts'
import { readSnapshot, type Snapshot } from './folder.ts'
import { finishInterruptedChange, hasInterruptedChange, writeChange } from './journal.ts'
import type { Change } from './journal-text.ts'
import { type ProfileHome, pathsOf } from './profile-home.ts'

export interface Plan<Answer> {
  /** What to write; undefined where there is nothing to change. */
  readonly change: Change | undefined
  readonly answer: Answer
}

/**
 * Reads the profiles, lets `plan` decide and writes what it planned; nobody else writes between. What `plan` throws
 * changes nothing. A dry run plans without lock or writing.
 */
export async function changeProfiles<Answer>(
  home: ProfileHome,
  isDryRun: boolean,
  plan: (snapshot: Snapshot) => Plan<Answer>,
): Promise<Answer> {
  if (isDryRun) return plan(await openSnapshot(home)).answer
  return await writing(home, () => {
    const { change, answer } = plan(readSnapshot(home))
    if (change !== undefined) writeChange(home, change)
    return answer
  })
}

/** The profiles as they are now, after finishing a change that was interrupted. */
export async function openSnapshot(home: ProfileHome): Promise<Snapshot> {
  await finishInterrupted(home)
  return readSnapshot(home)
}

/** Reads with nobody writing meanwhile; where no lock can be made (a read-only folder) nobody can write. */
export async function readQuietly<T>(home: ProfileHome, read: () => T): Promise<T> {
  if (!existsSync(pathsOf(home).folder)) return read()
  try {
    return await writing(home, read)
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'profiles-not-writable') throw error
    return read()
  }
}

async function finishInterrupted(home: ProfileHome): Promise<void> {
  if (!hasInterruptedChange(home)) return
  try {
    await writing(home, () => undefined)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    home.note(`${error.message} What follows may show half of that change.`)
  }
}

async function writing<T>(home: ProfileHome, work: () => T): Promise<T> {
  const paths = pathsOf(home)
  try {
    if (!existsSync(paths.folder)) mkdirSync(paths.folder, { recursive: true })
    return await withLock(paths.lock, home, () => {
      finishInterruptedChange(home)
      return work()
    })
  } catch (error) {
    if (error instanceof UsagebookError || systemCode(error) === undefined) throw error
    throw new InputError('profiles-not-writable', `The profiles cannot be changed: ${systemReason(error)}.`, {
      where: { file: (error as NodeJS.ErrnoException).path ?? paths.folder },
      hint: `Make ${paths.folder} and ${home.root} writable, with free space on the disk; nothing was changed.`,
      cause: error,
    })
  }
}
