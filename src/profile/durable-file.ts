// Writing that survives a power cut: a file is whole and on the disk before it gets its name.
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Makes a file that does not exist; EEXIST where it does. The folder is left to `writeFolderEntries`. */
export function writeNewFile(file: string, text: string): void {
  const temporary = writeTemporary(file, text)
  try {
    linkSync(temporary, file)
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Puts a text in the place of a file, or makes it. */
export function writeOverFile(file: string, text: string): void {
  const temporary = writeTemporary(file, text)
  try {
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Flushes the names in a folder. */
export function writeFolderEntries(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Writes at the end of a file, which is made where there is none, and flushes it; a symbolic link is not followed. */
export function writeAtEnd(file: string, bytes: Uint8Array): void {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants
  const descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o666)
  try {
    writeFileSync(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Cuts a file to a size and flushes it. */
export function cutFile(file: string, sizeBytes: number): void {
  const descriptor = openSync(file, 'r+')
  try {
    ftruncateSync(descriptor, sizeBytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The bytes of a file from an offset to its end. */
export function readFileFrom(file: string, offset: number): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - offset))
    const lengthRead = readSync(descriptor, bytes, 0, bytes.length, offset)
    return bytes.subarray(0, lengthRead)
  } finally {
    closeSync(descriptor)
  }
}

/** Removes what a killed process may have left beside a file; returns the path of it. */
export function removeTemporary(file: string): string {
  const temporary = join(dirname(file), `.${basename(file)}.tmp`)
  rmSync(temporary, { force: true })
  return temporary
}

// Only the holder of the lock writes, so one name beside each file is enough. What a killed process left under it may
// by now be a second name of a finished file: it is removed, never written over.
function writeTemporary(file: string, text: string): string {
  const temporary = removeTemporary(file)
  const descriptor = openSync(temporary, 'wx')
  try {
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
  return temporary
}
