// Loops over columns that a report needs once: V8 would interpret them, here they are compiled before they start. The host
// is src/base/column-loops.ts, which puts columns behind each other into memory before each call.

export { digestBlock } from '../digest'

/** Makes sure that there are so many bytes; returns where they begin, or 0 where there is no memory for them. */
export function reserve(bytes: usize): usize {
  const start = (__heap_base + 15) & ~15
  const wanted = (((start as u64) + (bytes as u64) + 0xffff) >> 16) as i32
  if (wanted > memory.size() && memory.grow(wanted - memory.size()) < 0) return 0
  return start
}

/** Adds each value to the sum of its code. */
export function addByCode(codes: usize, values: usize, size: u32, sums: usize): void {
  for (let index: usize = 0; index < size; index++) {
    const sum = sums + ((load<u32>(codes + (index << 2)) as usize) << 3)
    store<f64>(sum, load<f64>(sum) + load<f64>(values + (index << 3)))
  }
}

/** Adds each value, times the weight of its class, to its total, and what that has as a size to the other. */
export function weigh(classes: usize, weights: usize, values: usize, size: u32, totals: usize, sizes: usize): void {
  for (let index: usize = 0; index < size; index++) {
    const weight = load<f64>(weights + ((load<u32>(classes + (index << 2)) as usize) << 3))
    const part = weight * load<f64>(values + (index << 3))
    const at = index << 3
    store<f64>(totals + at, load<f64>(totals + at) + part)
    store<f64>(sizes + at, load<f64>(sizes + at) + Math.abs(part))
  }
}

/**
 * Writes the codes that came with each code, in ascending order and without 0, those of one code side by side, and where they
 * begin. There must be a byte for each pair at `seen`, all zero. Returns how many they are.
 */
export function relate(
  codes: usize,
  others: usize,
  size: u32,
  count: u32,
  otherCount: u32,
  seen: usize,
  to: usize,
  starts: usize,
): u32 {
  for (let index: usize = 0; index < size; index++) {
    const code = load<u32>(codes + (index << 2)) as usize
    store<u8>(seen + code * otherCount + (load<u32>(others + (index << 2)) as usize), 1)
  }
  let found: u32 = 0
  for (let code: usize = 0; code < count; code++) {
    store<u32>(starts + (code << 2), found)
    for (let other: u32 = 1; other < otherCount; other++) {
      if (load<u8>(seen + code * otherCount + other) === 0) continue
      store<u32>(to + ((found++ as usize) << 2), other)
    }
  }
  store<u32>(starts + ((count as usize) << 2), found)
  return found
}

// Counts by bucket, f64 each, and which of them may be other than 0.
const BUCKETS: u32 = 4096
const COUNTS: usize = memory.data(4096 * 8, 16)
let lowest: u32 = BUCKETS
let highest: u32 = 0

/** Where the counts of all buckets are. */
export function countsPlace(): usize {
  return COUNTS
}

export function clearCounts(): void {
  if (lowest <= highest) memory.fill(COUNTS + (lowest << 3), 0, (highest - lowest + 1) << 3)
  lowest = BUCKETS
  highest = 0
}

function widen(first: u32, last: u32): void {
  if (last >= BUCKETS) unreachable()
  lowest = min(lowest, first)
  highest = max(highest, last)
}

/** Adds counts of buckets side by side, f64 each. */
export function addCounts(first: u32, length: u32, counts: usize): void {
  widen(first, first + length - 1)
  for (let index: u32 = 0; index < length; index++) addCount(first + index, load<f64>(counts + (index << 3)))
}

/** The same of u32 each. */
export function addWords(first: u32, length: u32, counts: usize): void {
  widen(first, first + length - 1)
  for (let index: u32 = 0; index < length; index++) addCount(first + index, load<u32>(counts + (index << 2)) as f64)
}

/** Adds a count to each of some buckets. */
export function addSingle(buckets: usize, counts: usize, length: u32): void {
  for (let index: usize = 0; index < length; index++) {
    const bucket = load<u32>(buckets + (index << 2))
    widen(bucket, bucket)
    addCount(bucket, load<f64>(counts + (index << 3)))
  }
}

@inline
function addCount(bucket: u32, count: f64): void {
  const place = COUNTS + (bucket << 3)
  store<f64>(place, load<f64>(place) + count)
}

/** The lowest and, in the high half, the highest bucket with a count; the lowest is above the highest where there is none. */
export function extentOfCounts(): u64 {
  while (lowest < highest && load<f64>(COUNTS + (lowest << 3)) === 0) lowest++
  while (lowest < highest && load<f64>(COUNTS + (highest << 3)) === 0) highest--
  if (lowest === highest && load<f64>(COUNTS + (lowest << 3)) === 0) lowest = BUCKETS
  return (lowest as u64) | ((highest as u64) << 32)
}

/** How much all counts are. */
export function totalOfCounts(): f64 {
  let total: f64 = 0
  for (let bucket = lowest; bucket <= highest; bucket++) total += load<f64>(COUNTS + (bucket << 3))
  return total
}

/** The bucket with the value of this rank, from 1; there must be so many. */
export function bucketOfRank(rank: f64): u32 {
  let seen: f64 = 0
  let bucket = lowest
  while (bucket < highest) {
    seen += load<f64>(COUNTS + (bucket << 3))
    if (seen >= rank) break
    bucket++
  }
  return bucket
}

/** Adds counts as src/tally/packed-counts.ts packs them; those of buckets that no value has are left out. */
export function addPacked(bytes: usize, length: usize): void {
  next = bytes
  const end = bytes + length
  let bucket: u64 = 0
  while (next < end) {
    bucket += nextNumber(end)
    for (let left = nextNumber(end); left > 0 && next < end; left--) {
      const count = nextNumber(end)
      if (count !== 0 && bucket < BUCKETS) {
        widen(bucket as u32, bucket as u32)
        addCount(bucket as u32, count as f64)
      }
      bucket++
    }
  }
}

let next: usize = 0

// Groups of seven bits, the lowest first, the top bit saying that more follow.
function nextNumber(end: usize): u64 {
  let value: u64 = 0
  let shift: u64 = 0
  while (next < end) {
    const byte: u64 = load<u8>(next++)
    value |= (byte & 127) << shift
    if (byte < 128) break
    shift += 7
  }
  return value
}
