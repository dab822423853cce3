// Whether a log file is still the one that was read. Its size, times and inode say so without opening it: the time of the
// last change of the inode cannot be set back. Only a file that grew is opened, to see that its old part still stands.
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { digest } from '../base/digest.ts'
import { systemCode } from '../base/errors.ts'

export interface FileIdentity {
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly changedMs: number
  readonly inode: number
  readonly device: number
}

/** What is at the two ends of the first so many bytes of a file. */
export interface FileEnds {
  readonly first: string
  readonly last: string
  readonly endsInNewline: boolean
}

const BLOCK_BYTES = 4096
const NEWLINE = 10

/** Undefined where there is no such file, or something that is none. */
export function readIdentity(path: string): FileIdentity | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats?.isFile() !== true) return undefined
    const { size, mtimeMs, ctimeMs, ino, dev } = stats
    return { sizeBytes: size, modifiedMs: mtimeMs, changedMs: ctimeMs, inode: ino, device: dev }
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return undefined
  }
}

export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  return (
    a.sizeBytes === b.sizeBytes &&
    a.modifiedMs === b.modifiedMs &&
    a.changedMs === b.changedMs &&
    a.inode === b.inode &&
    a.device === b.device
  )
}

/** Reads the first block and the one that ends at `sizeBytes`; undefined where the file has not so many bytes. */
export function readEnds(path: string, sizeBytes: number): FileEnds | undefined {
  try {
    const descriptor = openSync(path, 'r')
    try {
      const length = Math.min(BLOCK_BYTES, sizeBytes)
      const first = readBlock(descriptor, 0, length)
      const last = readBlock(descriptor, sizeBytes - length, length)
      if (first === undefined || last === undefined) return undefined
      return { first: digest(first), last: digest(last), endsInNewline: length === 0 || last[length - 1] === NEWLINE }
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return undefined
  }
}

function readBlock(descriptor: number, position: number, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length)
  return length === 0 || readSync(descriptor, bytes, 0, length, position) === length ? bytes : undefined
}
