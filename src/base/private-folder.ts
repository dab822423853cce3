// Folders and files of our own in the user's cache folder, which nobody else may read or write.
import { closeSync, fstatSync, mkdirSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { getuid } from 'node:process'
import { systemCode } from './errors.ts'
import { openRegular } from './regular-file.ts'

/** Makes a folder and those above it, step by step: Node's own way never ends where a file system makes no folders. */
export function makePrivateFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw error
    makePrivateFolder(dirname(path))
    mkdirSync(path, { mode: 0o700 })
  }
}

/**
 * Opens a file that only this user can have written, and hands it to `read`; undefined where somebody else may have: what it
 * says could then be made up.
 */
export function readOwnFile<T>(path: string, read: (descriptor: number, stats: Stats) => T): T | undefined {
  const descriptor = openRegular(path)
  try {
    const stats = fstatSync(descriptor)
    const isOwn = stats.uid === getuid?.() && (stats.mode & 0o022) === 0
    return isOwn ? read(descriptor, stats) : undefined
  } finally {
    closeSync(descriptor)
  }
}
