// The digest of a block of a file (assembly/digest.ts), fast enough to compute for everything that is read.
import { openLoops, reserve } from './compiled-loops.ts'

/** Two words that stand for the bytes that `fill` puts into a space of so many. */
export function digestBlock(length: number, fill: (space: Uint8Array) => void): readonly [number, number] {
  const loops = openLoops()
  const place = reserve(loops, length)
  fill(new Uint8Array(loops.memory.buffer, place, length))
  const digest = loops.digestBlock(place, length)
  return [Number(digest & 0xffffffffn), Number((digest >> 32n) & 0xffffffffn)]
}
