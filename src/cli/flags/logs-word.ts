// Whether a word in the place of a command is the path of logs.
import { statSync } from 'node:fs'
import { resolve } from 'node:path'

/** What looks like a path, a file's name or a glob, whether it is there or not; else what is there. */
export function isLogsWord(word: string, cwd: string): boolean {
  return /[./\\*?]/.test(word) || word === '-' || statSync(resolve(cwd, word), { throwIfNoEntry: false }) !== undefined
}
