// The answer of the kernel as plain columns for the host: codes of keys, sums, sketches, texts.
import * as J from './judge'
import { sketchHead } from './sketches'

const PAGES: usize = 48
// The list of a sketch at hand, sorted.
const SORTED: usize = memory.data(128 * 2, 16)

/** Splits pairs into their parts: the codes at `ids`, or 0, 1, 2… where that is 0. */
export function splitPairs(table: usize, ids: usize, count: u32, toA: usize, toB: usize): void {
  const pairs = load<u32>(table) as usize
  for (let index: usize = 0; index < count; index++) {
    const code = ids == 0 ? index : (load<u32>(ids + (index << 2)) as usize)
    store<u32>(toA + (index << 2), load<u32>(pairs + (code << 3)))
    store<u32>(toB + (index << 2), load<u32>(pairs + (code << 3), 4))
  }
}

/**
 * Writes one sum of each group as f64, those above 2^53 - 1 as -1. Returns 0 where all are zero, 2 where one is above
 * that, else 1. A lane is a u64 from the third on; below that it is a
 * u32 of the counts: 0 rows, 1 errors, 2 rows with a duration.
 */
export function exportSums(groups: usize, isCount: bool, lane: u32, count: u32, to: usize): i32 {
  const vector = isCount ? 0 : (lane >> 1) + 1
  const chunk = load<u32>(groups + 16 + ((vector >> 2) << 2)) as usize
  if (chunk == 0) {
    memory.fill(to, 0, (count as usize) << 3)
    return 0
  }
  const first = chunk + ((vector & 3) << 4) + (isCount ? lane << 2 : (lane & 1) << 3)
  let isLarge = false
  let all: u64 = 0
  for (let group: usize = 0; group < count; group++) {
    const at = first + (group << 6)
    const sum: u64 = isCount ? (load<u32>(at) as u64) : load<u64>(at)
    if (sum > 9007199254740991) isLarge = true
    all |= sum
    store<f64>(to + (group << 3), sum > 9007199254740991 ? -1 : (sum as f64))
  }
  return isLarge ? 2 : all == 0 ? 0 : 1
}

/** Where a large sum of a group stands. */
export function largeSumPlace(groups: usize, lane: u32, group: u32): usize {
  const vector = (lane >> 1) + 1
  const chunk = load<u32>(groups + 16 + ((vector >> 2) << 2)) as usize
  return chunk + ((vector & 3) << 4) + ((lane & 1) << 3) + ((group as usize) << 6)
}

/** Writes the first and the last instant of each group, in turn. */
export function exportExtents(groups: usize, count: u32, to: usize): void {
  const extents = load<u32>(groups, 8) as usize
  for (let index: usize = 0; index < (count as usize) * 2; index++) {
    store<f64>(to + (index << 3), load<i64>(extents + (index << 3)) as f64)
  }
}

/** How many bytes `exportSketches` takes at most. */
export function sketchBytes(sketches: usize, count: u32): u32 {
  let total: u32 = 0
  for (let group: u32 = 0; group < count; group++) {
    const head = sketchHead(sketches, group)
    if (head == 0) break
    const room: u32 = load<u16>(head, 6)
    if (room != 0xffff) total += (load<u16>(head, 4) as u32) * 5
    else {
      for (let page: usize = 0; page < PAGES; page++) {
        if (load<u32>((load<u32>(head) as usize) + (page << 2)) != 0) total += 64 * 6
      }
    }
  }
  return total
}

/** Writes the sketches as src/tally/packed-counts.ts packs them, and behind each group how many bytes there are by then. */
export function exportSketches(sketches: usize, count: u32, ends: usize, to: usize): u32 {
  packed = to
  for (let group: u32 = 0; group < count; group++) {
    const head = sketchHead(sketches, group)
    if (head != 0) {
      runStart = 0
      runEnd = 0
      written = 0
      if (load<u16>(head, 6) == 0xffff) packPages(load<u32>(head))
      else packList(load<u32>(head), load<u16>(head, 4))
      endRun()
    }
    store<u32>(ends + ((group as usize) << 2), (packed - to) as u32)
  }
  return (packed - to) as u32
}

// Where the next packed byte goes, the run at hand as buckets, its counts, and the buckets that are written.
let packed: usize = 0
let runStart: u32 = 0
let runEnd: u32 = 0
let written: u32 = 0
const RUN: usize = memory.data(3200 * 4, 16)

function packPages(pages: usize): void {
  for (let page: u32 = 0; page < (PAGES as u32); page++) {
    const cells = load<u32>(pages + ((page as usize) << 2)) as usize
    if (cells == 0) continue
    for (let index: u32 = 0; index < 64; index++) {
      const amount = load<u32>(cells + ((index as usize) << 2))
      if (amount != 0) packBucket((page << 6) + index, amount)
    }
  }
}

function packList(list: usize, length: usize): void {
  for (let index: usize = 0; index < length; index++) {
    const bucket = load<u16>(list + (index << 1))
    let at = index
    while (at > 0 && load<u16>(SORTED + (at << 1) - 2) > bucket) {
      store<u16>(SORTED + (at << 1), load<u16>(SORTED + (at << 1) - 2))
      at--
    }
    store<u16>(SORTED + (at << 1), bucket)
  }
  let index: usize = 0
  while (index < length) {
    const bucket: u32 = load<u16>(SORTED + (index << 1))
    let amount: u32 = 0
    while (index < length && (load<u16>(SORTED + (index << 1)) as u32) == bucket) {
      amount++
      index++
    }
    packBucket(bucket, amount)
  }
}

// Up to two empty buckets are part of a run.
function packBucket(bucket: u32, amount: u32): void {
  if (runEnd > runStart && bucket - runEnd > 2) endRun()
  if (runEnd == runStart) {
    runStart = bucket
    runEnd = bucket
  }
  while (runEnd < bucket) store<u32>(RUN + ((runEnd++ - runStart) << 2), 0)
  store<u32>(RUN + ((bucket - runStart) << 2), amount)
  runEnd = bucket + 1
}

function endRun(): void {
  if (runEnd == runStart) return
  packNumber(runStart - written)
  packNumber(runEnd - runStart)
  for (let index: u32 = 0; index < runEnd - runStart; index++) packNumber(load<u32>(RUN + (index << 2)))
  written = runEnd
  runStart = runEnd
}

function packNumber(value: u32): void {
  let rest = value
  while (rest >= 128) {
    store<u8>(packed++, (rest & 127) | 128)
    rest >>= 7
  }
  store<u8>(packed++, rest as u8)
}

/** How many bytes all texts of a table have. */
export function textBytes(table: usize): u32 {
  let total: u32 = 0
  const entries = load<u32>(table, 12) as usize
  for (let code: usize = 1; code < load<u32>(table, 8); code++) total += load<u32>(entries + (code << 5), 16)
  return total
}

/** Writes all texts of a table one behind the other, and behind each code how many bytes there are by then. */
export function exportTexts(table: usize, bytes: usize, ends: usize): void {
  let total: usize = 0
  const entries = load<u32>(table, 12) as usize
  for (let code: usize = 0; code < load<u32>(table, 8); code++) {
    const entry = entries + (code << 5)
    memory.copy(bytes + total, load<u32>(entry, 24), load<u32>(entry, 16))
    total += load<u32>(entry, 16)
    store<u32>(ends + (code << 2), total as u32)
  }
}

export function firstMs(): f64 {
  return J.firstInstant as f64
}

export function lastMs(): f64 {
  return J.lastInstant as f64
}
