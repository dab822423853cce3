// Opens files for reading that others may have put there: a pipe, a socket or a device could block for ever, so it is refused.
// The check comes after opening, so that nothing can be swapped in between.
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { decodeText } from './decode-text.ts'
import { systemCode } from './errors.ts'

/** What a shell hands over as a name: `<(…)` and /dev/stdin. Somebody has it open already. */
const HANDED_OVER = /^\/(?:dev|proc\/self)\/(?:fd\/\d+|stdin)$/

/** The code of its errors is the system's word for a file of the wrong type. */
class NotRegular extends Error {
  readonly code: string

  constructor(path: string, code: string) {
    super(`${code}: ${path}`)
    this.code = code
  }
}

/** The descriptor of a file; an error with the code EFTYPE where it is none. Never waits for anybody. */
export function openRegular(path: string): number {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stats = fstatSync(descriptor)
    if (stats.isFile()) return descriptor
    throw new NotRegular(path, stats.isDirectory() ? 'EISDIR' : 'EFTYPE')
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** How many bytes are stored in a file; none in one that is not there. */
export function bytesOfFile(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** So many bytes of a file from a place on, fewer where it ends before. */
export function readPiece(path: string, at: number, mostBytes: number): Buffer {
  const descriptor = openRegular(path)
  try {
    const piece = Buffer.alloc(mostBytes)
    return piece.subarray(0, readSync(descriptor, piece, 0, mostBytes, at))
  } finally {
    closeSync(descriptor)
  }
}

/**
 * The text of a file, or of what a shell has handed over; an error with the code EFTYPE where it is neither. `name` is what
 * messages call it.
 */
export function readTextFile(path: string, name = path): string {
  return decodeText(HANDED_OVER.test(path) ? readFileSync(path) : readRegular(path), name)
}

/** The same; undefined where there is nothing. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return readTextFile(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function readRegular(path: string): Buffer {
  const descriptor = openRegular(path)
  try {
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
