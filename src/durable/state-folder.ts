// The folder of a workspace for everything that is neither logs nor profiles nor configuration: for the owner's eyes only, and
// never a part of a repository.
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemCode } from '../base/errors.ts'
import { claimFile, writeFolderEntries } from './durable-file.ts'

const STATE_FOLDER = '.usagebook'
export const OWNER_ONLY = 0o600
const OWNER_ONLY_FOLDER = 0o700
const OTHERS = 0o077
const IGNORE_ALL = '# Tokens, sessions and audits: none of this belongs in a repository.\n*\n'

export function stateFolderOf(root: string): string {
  return join(root, STATE_FOLDER)
}

/** Makes the folder where there is none. The workspace itself is not made, because its name may be a typing mistake. */
export function makeStateFolder(folder: string): void {
  makeOwnFolder(folder)
  const file = join(folder, '.gitignore')
  if (!existsSync(file)) claimFile(file, IGNORE_ALL)
}

/** Makes a folder inside one that is there, and takes the rights of others from it. */
export function makeOwnFolder(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (stats === undefined) {
    try {
      mkdirSync(folder, { mode: OWNER_ONLY_FOLDER })
    } catch (error) {
      // Another process created it at the same moment.
      if (systemCode(error) !== 'EEXIST') throw error
    }
    writeFolderEntries(dirname(folder))
  } else if (stats.isDirectory() && (stats.mode & OTHERS) !== 0) chmodSync(folder, OWNER_ONLY_FOLDER)
}

/** The names in a folder; none where it is not there. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}
