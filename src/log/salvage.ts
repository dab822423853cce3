// Reads a compressed log that is damaged, or has other bytes after its end. What the decompressor had not yet delivered when it
// failed is lost, which may be all of a small file. So the log is decompressed once more, and near the damage byte by byte.
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import type { Packing } from './log-file.ts'
import { unpacker } from './unpack.ts'

const BLOCK_BYTES = 64 * 1024
/** Each piece is a turn of a thread, so that the place is found in steps. */
const PIECES = [4096, 128, 1]

/** The packed bytes from a position on, at most so many; none at the end. */
export type ReadAt = (position: number, mostBytes: number) => Buffer

/**
 * Hands over what can be unpacked of a damaged log behind the first `takenBytes` of its unpacked bytes. `soundBytes` of the
 * packed ones are known to be whole.
 */
export async function salvage(
  readAt: ReadAt,
  packing: Exclude<Packing, 'none'>,
  soundBytes: number,
  takenBytes: number,
  take: (bytes: Buffer) => void,
): Promise<void> {
  let [sound, taken] = [soundBytes, takenBytes]
  for (const pieceBytes of PIECES) {
    sound = await unpackTo(readAt, packing, sound, pieceBytes, taken, bytes => {
      taken += bytes.length
      take(bytes)
    })
  }
}

// Returns how many packed bytes were whole. The last piece of `pieceBytes` is given up.
async function unpackTo(
  readAt: ReadAt,
  packing: Exclude<Packing, 'none'>,
  soundBytes: number,
  pieceBytes: number,
  takenBytes: number,
  take: (bytes: Buffer) => void,
): Promise<number> {
  const stage = unpacker(packing)
  let left = takenBytes
  stage.on('data', (bytes: Buffer) => {
    const skipped = Math.min(left, bytes.length)
    left -= skipped
    if (skipped < bytes.length) take(bytes.subarray(skipped))
  })
  // Why it fails is known; here it only ends the work.
  const failed = once(stage, 'error').then(() => false)
  for (let position = 0; ; ) {
    const bytes = readAt(position, position < soundBytes ? Math.min(BLOCK_BYTES, soundBytes - position) : pieceBytes)
    if (bytes.length === 0) break
    position += bytes.length
    const taken = new Promise<boolean>(resolve => stage.write(bytes, error => resolve(!error)))
    if (!(await Promise.race([taken, failed]))) break
    // What was unpacked of these bytes is out before the next can fail.
    await setImmediate()
  }
  stage.destroy()
  return stage.bytesWritten
}
