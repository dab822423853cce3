// Takes in what another kernel has exported: its texts get codes of ours, its groups are added as if they were rows.
import * as J from './judge'
import * as R from './rows'
import { noteCodes } from './spans'
import { putCodes } from './streams'
import { codeOfText } from './text-table'

/** Codes of texts that stand one behind the other, with 32 readable bytes after them; code 0 stays 0. */
export function internTexts(table: usize, bytes: usize, ends: usize, count: u32, to: usize): void {
  let from: usize = 0
  store<u32>(to, 0)
  for (let code: usize = 1; code < count; code++) {
    const end = load<u32>(ends + (code << 2)) as usize
    store<u32>(to + (code << 2), codeOfText(table, bytes + from, (end - from) as u32))
    from = end
  }
}

/** Replaces codes by their translations. */
export function translate(codes: usize, count: u32, translation: usize): void {
  for (let index: usize = 0; index < count; index++) {
    store<u32>(codes + (index << 2), load<u32>(translation + (load<u32>(codes + (index << 2)) << 2)))
  }
}

/** Makes a part of some codes those of a stream, as if they were of a block. */
export function lendCodes(stream: u32, codes: usize): void {
  putCodes(stream, codes)
}

/** Puts sums into one lane of a set's records. */
export function lendSums(set: usize, isCount: bool, lane: u32, sums: usize, count: u32): void {
  const vector: usize = isCount ? 0 : (lane >> 1) + 1
  const first = (load<u32>(set, 8) as usize) + vector * R.ROWS * 16 + (isCount ? lane << 2 : (lane & 1) << 3)
  for (let index: usize = 0; index < count; index++) {
    const sum = load<f64>(sums + (index << 3)) as u64
    if (isCount) store<u32>(first + (index << 4), sum as u32)
    else store<u64>(first + (index << 4), sum)
  }
}

/** Empties all records of a set; those of the vectors in `active` will count. */
export function clearRecords(set: usize, active: u32): void {
  memory.fill(load<u32>(set, 8), 0, (load<u32>(set) as usize) * R.ROWS * 16)
  store<u32>(set, active, 4)
}

/** Says that the codes of a unit are below `size`. */
export function noteUnit(unit: u32, size: u32): void {
  noteCodes(unit, size)
}

export function widenExtent(first: f64, last: f64): void {
  J.widen(first as i64, last as i64)
}
