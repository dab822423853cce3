// Reads part of a plain file, cut at line ends: the lines whose preceding newline is in [fromByte, toByte).
import { closeSync, readSync } from 'node:fs'
import { openRegular } from '../base/regular-file.ts'
import type { ByteTarget } from './open-log.ts'

const NEWLINE = 10

/**
 * Reads the lines that begin behind the first newline at `fromByte` or after it (at 0: at the start of the file), up to
 * the end of the line that the first newline at `toByte` or after it ends; null is the end of the file. So parts that
 * follow each other have every line once. Returns how many bytes these lines have.
 */
export function readPart(
  path: string,
  fromByte: number,
  toByte: number | null,
  target: ByteTarget,
  onBytes: (byteCount: number) => void,
): number {
  const descriptor = openRegular(path)
  let position = fromByte
  let isInside = fromByte === 0
  let total = 0
  try {
    for (;;) {
      const space = target.space()
      const count = readSync(descriptor, space, 0, space.length, position)
      if (count === 0) return total
      const bytes = space.subarray(0, count)
      let start = 0
      if (!isInside) {
        start = bytes.indexOf(NEWLINE) + 1
        isInside = start > 0
        if (isInside && toByte !== null && position + start - 1 >= toByte) return total
        // No line begins in this part, however far the one goes that is going on.
        if (!isInside && toByte !== null && position + count >= toByte) return total
      }
      const searched = toByte === null ? count : Math.max(start, toByte - position)
      const last = searched < count ? bytes.indexOf(NEWLINE, searched) : -1
      const end = last === -1 ? count : last + 1
      if (isInside) {
        if (start > 0) space.copyWithin(0, start, end)
        total += end - start
        onBytes(end - start)
        target.advance(end - start)
      }
      if (last !== -1) return total
      position += count
    }
  } finally {
    closeSync(descriptor)
  }
}
