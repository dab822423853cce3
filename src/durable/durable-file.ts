// Writing that survives a power cut: a file is complete and on the disk before it gets its name.
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { systemCode } from '../base/errors.ts'

/** Makes a file that does not exist; EEXIST where it does. The folder is left to `writeFolderEntries`. */
export function writeNewFile(file: string, text: string): void {
  const temporary = writeTemporary(file, text)
  try {
    linkSync(temporary, file)
  } catch (error) {
    // A call may fail after it did what it was to do.
    if (isSameFile(temporary, file)) rmSync(file)
    rmSync(temporary, { force: true })
    throw error
  }
  try {
    rmSync(temporary, { force: true })
  } catch {
    // The file is made. Its second name goes when the next file is written beside it.
  }
}

/**
 * Makes a file for its owner only, without a lock: of several processes that make it at once, one does. Returns whether this
 * one did; then it is on the disk, name and all.
 */
export function claimFile(file: string, text: string | Uint8Array): boolean {
  const temporary = `${temporaryOf(file)}-${randomBytes(6).toString('hex')}`
  try {
    const descriptor = openSync(temporary, 'wx', 0o600)
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    linkSync(temporary, file)
  } catch (error) {
    if (systemCode(error) !== 'EEXIST' || statSync(file, { throwIfNoEntry: false }) === undefined) throw error
    return false
  } finally {
    rmSync(temporary, { force: true })
    // Who finds the file there goes on as if it were safe, so it must be.
    writeFolderEntries(dirname(file))
  }
  return true
}

/**
 * Puts a text in the place of a file, whose mode and owner stay, or makes it; the text may hold its file's number. With a
 * `mode` the file has that one, from its first moment.
 */
export function writeOverFile(file: string, text: string | ((inode: bigint) => string), mode?: number): void {
  const temporary = writeTemporary(file, text, statSync(file, { throwIfNoEntry: false }), mode)
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

/**
 * Writes at the end of a file, which is made where there is none, with this mode, and flushes it; a symbolic link is not
 * followed.
 */
export function writeAtEnd(file: string, bytes: Uint8Array, mode = 0o666): void {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants
  const descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, mode)
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
  const temporary = temporaryOf(file)
  rmSync(temporary, { force: true })
  return temporary
}

function temporaryOf(file: string): string {
  return join(dirname(file), `.${basename(file)}.tmp`)
}

function isSameFile(one: string, other: string): boolean {
  const found = statSync(other, { throwIfNoEntry: false })
  return found !== undefined && found.ino === statSync(one).ino
}

// Only the holder of the lock writes, so one name beside each file is enough. What a killed process left under it may
// by now be a second name of a finished file: it is removed, never written over.
function writeTemporary(file: string, text: string | ((inode: bigint) => string), like?: Stats, mode?: number): string {
  const temporary = removeTemporary(file)
  const descriptor = openSync(temporary, 'wx', mode)
  try {
    if (like !== undefined) takeAfter(descriptor, mode === undefined ? like : { uid: like.uid, gid: like.gid, mode })
    writeFileSync(descriptor, typeof text === 'string' ? text : text(fstatSync(descriptor, { bigint: true }).ino))
    fsyncSync(descriptor)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
  return temporary
}

function takeAfter(descriptor: number, { mode, uid, gid }: Pick<Stats, 'mode' | 'uid' | 'gid'>): void {
  const own = fstatSync(descriptor)
  if (own.uid !== uid || own.gid !== gid) {
    try {
      fchownSync(descriptor, uid, gid)
    } catch (error) {
      // Only root may give a file away.
      if (systemCode(error) !== 'EPERM') throw error
    }
  }
  fchmodSync(descriptor, mode & 0o7777)
}
