// What files that are written next to their target share: where they are, how they are removed, and how a failure is reported.
import { randomBytes } from 'node:crypto'
import { realpathSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InputError, optionName, systemCode, systemReason } from '../base/errors.ts'

/** Has something tidied up when the program is interrupted; returns how to take that back. */
export type OnInterrupt = (tidy: () => void) => () => Promise<void>

/** Where a file is really written: at the end of a symbolic link, which then stays one. */
export interface Target {
  readonly path: string
  /** A new name in the folder of `path`. */
  readonly temporary: string
  /** The rights of the file that is there, or those of a new one. */
  readonly mode: number
  /** A device or a pipe: it has nothing to replace, and is written to as it is. */
  readonly isStream: boolean
}

export function readTarget(asked: string): Target {
  const found = statSync(asked, { throwIfNoEntry: false })
  const isStream = found !== undefined && !found.isFile() && !found.isDirectory()
  // The name behind /dev/stdout cannot be opened.
  const path = found === undefined || isStream ? asked : realpathSync(asked)
  return {
    path,
    temporary: join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`),
    mode: found?.isFile() === true ? found.mode & 0o777 : 0o644,
    isStream,
  }
}

/** Takes a file away that may never have been made. */
export function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch (error) {
    // A part of its path is a file: then it was not made.
    if (systemCode(error) !== 'ENOTDIR') throw error
  }
}

export function unwritable(target: string, option: string, error: unknown): InputError {
  const isFull = ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '')
  return new InputError('output-unwritable', `${target} cannot be written: ${systemReason(error)}.`, {
    where: { option, file: target },
    hint: `${isFull ? 'Free some space' : 'Check the path and its permissions'}, or choose another file with ${optionName(option)}. What was there before is unchanged.`,
    cause: error,
  })
}
