// The answer of the kernel as plain columns for the host: codes of keys, sums, texts.
import * as P from '../src/kernel/protocol'
import * as J from './judge'

/** Splits pairs into their parts: the codes at `ids`, or 0, 1, 2… where that is 0. */
export function splitPairs(table: usize, ids: usize, count: u32, toA: usize, toB: usize): void {
  const pairs = load<u32>(table) as usize
  for (let index: usize = 0; index < count; index++) {
    const code = ids === 0 ? index : (load<u32>(ids + (index << 2)) as usize)
    store<u32>(toA + (index << 2), load<u32>(pairs + (code << 3)))
    store<u32>(toB + (index << 2), load<u32>(pairs + (code << 3), 4))
  }
}

/**
 * Writes one sum of each group as f64, those above 2^53 - 1 as -1. Returns 0 where all are zero, 2 where one is above
 * that, else 1. A lane is a u64 from the third on; below that it is a
 * u32 of the counts: 0 rows, 1 errors, 2 rows with a duration, 3 rows without usage.
 */
export function exportSums(groups: usize, isCount: bool, lane: u32, count: u32, to: usize): i32 {
  const vector = isCount ? 0 : (lane >> 1) + 1
  const chunk = load<u32>(groups + 16 + ((vector >> 2) << 2)) as usize
  if (chunk === 0) {
    memory.fill(to, 0, (count as usize) << 3)
    return P.SUMS_ZERO
  }
  const first = chunk + ((vector & 3) << 4) + (isCount ? lane << 2 : (lane & 1) << 3)
  let isLarge = false
  let all: u64 = 0
  for (let group: usize = 0; group < count; group++) {
    const at = first + (group << 6)
    const sum: u64 = isCount ? (load<u32>(at) as u64) : load<u64>(at)
    if (sum > 9007199254740991) isLarge = true
    all |= sum
    store<f64>(to + (group << 3), sum > 9007199254740991 ? P.SUM_IS_LARGE : (sum as f64))
  }
  return isLarge ? P.SUMS_LARGE : all === 0 ? P.SUMS_ZERO : P.SUMS_SMALL
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

/** How many bytes all texts of a table have. */
export function textBytes(table: usize): u32 {
  let total: u32 = 0
  const entries = load<u32>(table, P.TEXTS_ENTRIES_AT) as usize
  for (let code: usize = 1; code < load<u32>(table, P.TEXTS_SIZE_AT); code++)
    total += load<u32>(entries + (code << P.TEXT_ENTRY_SHIFT), P.TEXT_LENGTH_AT)
  return total
}

/** Writes all texts of a table one behind the other, and behind each code how many bytes there are by then. */
export function exportTexts(table: usize, bytes: usize, ends: usize): void {
  let total: usize = 0
  const entries = load<u32>(table, P.TEXTS_ENTRIES_AT) as usize
  for (let code: usize = 0; code < load<u32>(table, P.TEXTS_SIZE_AT); code++) {
    const entry = entries + (code << P.TEXT_ENTRY_SHIFT)
    memory.copy(bytes + total, load<u32>(entry, P.TEXT_PLACE_AT), load<u32>(entry, P.TEXT_LENGTH_AT))
    total += load<u32>(entry, P.TEXT_LENGTH_AT)
    store<u32>(ends + (code << 2), total as u32)
  }
}

export function firstMs(): f64 {
  return J.firstInstant as f64
}

export function lastMs(): f64 {
  return J.lastInstant as f64
}
