// Counts by bucket in few bytes: runs of (buckets skipped, length, that many counts), every number in groups of seven
// bits, lowest first; a set top bit means that more follow.
import type { Counts } from '../base/column-loops.ts'

// Empty buckets inside a run cost a byte each, a new run two.
const GAP_IN_RUN = 2

export function packCounts({ first, counts }: Counts): Uint8Array {
  const bytes: number[] = []
  let written = 0
  let start = nextFilled(counts, 0)
  while (start < counts.length) {
    let end = start + 1
    for (let next = nextFilled(counts, end); next < counts.length && next - end <= GAP_IN_RUN; ) {
      end = next + 1
      next = nextFilled(counts, end)
    }
    pushNumber(bytes, first + start - written)
    pushNumber(bytes, end - start)
    for (let index = start; index < end; index++) pushNumber(bytes, counts[index]!)
    written = first + end
    start = nextFilled(counts, end)
  }
  return Uint8Array.from(bytes)
}

/** Calls `visitor` with every bucket that has a count, in ascending order. Bytes that were cut give no bucket twice. */
export function visitCounts(bytes: Uint8Array, visitor: (bucket: number, count: number) => void): void {
  let at = 0
  let bucket = 0
  const next = (): number => {
    let value = 0
    for (let weight = 1; at < bytes.length; weight *= 128) {
      const byte = bytes[at++]!
      if (byte < 128) return value + byte * weight
      value += (byte - 128) * weight
    }
    return value
  }
  while (at < bytes.length) {
    bucket += next()
    for (let left = next(); left > 0; left--) {
      const count = next()
      if (count > 0) visitor(bucket, count)
      bucket++
    }
  }
}

function nextFilled(counts: ArrayLike<number>, from: number): number {
  let index = from
  while (index < counts.length && counts[index] === 0) index++
  return index
}

function pushNumber(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}
