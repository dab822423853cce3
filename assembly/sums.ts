// Sums of groups. What a row adds is a record of vectors: the first counts (rows, errors, rows with a duration, rows
// without usage; u32 each), the others are two u64 sums each. Group-bys with the same sums share the records of a block.
//
// Source, 16 bytes: 0 kind u8 | 1 ref u8 | 4 column of used rows u32 | 8 buffer u32
// Set, 64 bytes:    0 vectors u32 | 4 active vectors, a bit each u32 | 8 records u32, ROWS of each vector | 12 lanes, a source
//                   or none each, u8 x 2 a vector from the second on
// Groups, 64 bytes: 0 set u32 | 4 capacity u32 | 8 extents u32, or 1 before there are any, 0 if not wanted
//                   16 chunks u32 x 8: 64 bytes a group, four vectors

import * as P from '../src/kernel/protocol'
import * as J from './judge'
import { allocate, enlarge, roomFor } from './memory'
import * as R from './rows'
import { tokenColumn } from './tokens'

const SOURCES: usize = memory.data(64 * 16, 16)
let sourceCount: u32 = 0
let durationBit: u64 = 0
/** A number that no sum of the block at hand is above. */
export let bound: f64 = 0

export function addSource(kind: u8, ref: u8): u32 {
  const source = SOURCES + ((sourceCount as usize) << 4)
  store<u8>(source, kind)
  store<u8>(source, ref, 1)
  return sourceCount++
}

/** A source whose column of used rows stands at one place. */
export function addFixedSource(column: usize): u32 {
  store<u32>(SOURCES + ((sourceCount as usize) << 4), column as u32, 4)
  return addSource(P.SOURCE_FIXED as u8, 0)
}

export function setDurationSlot(slot: u32): void {
  durationBit = (1 as u64) << slot
}

export function makeSet(vectors: u32): usize {
  const set = allocate(64)
  store<u32>(set, vectors)
  store<u32>(set, allocate((vectors as usize) * R.ROWS * 16) as u32, 8)
  memory.fill(set + 12, P.NONE as u8, 48)
  return set
}

export function setLane(set: usize, lane: u32, source: u32): void {
  store<u8>(set + lane, source as u8, 12)
}

/** The column of a source by used row; 0 where all of it is zero. */
@inline
export function sourceColumn(source: u32): usize {
  return load<u32>(SOURCES + ((source as usize) << 4), 4)
}

/** Finds the columns of all sources for the used rows of the block. */
export function findSources(): void {
  for (let index: u32 = 0; index < sourceCount; index++) {
    const source = SOURCES + ((index as usize) << 4)
    const ref: u32 = load<u8>(source, 1)
    const kind = load<u8>(source)
    if (kind === P.SOURCE_FIXED) continue
    let column: usize = 0
    if (kind === P.SOURCE_SLOT) column = (R.someSeen & ((1 as u64) << ref)) !== 0 ? R.columnOf(ref) : 0
    else column = tokenColumn(ref)
    if (column !== 0 && J.used !== (R.rows as u32)) {
      if (load<u32>(source, 8) === 0) store<u32>(source, allocate(R.ROWS * 8) as u32, 8)
      column = gather(column, load<u32>(source, 8))
    }
    store<u32>(source, column as u32, 4)
  }
}

/** The used rows of a column of u64. */
export function gather(column: usize, to: usize): usize {
  for (let index: usize = 0; index < J.used; index++) {
    store<u64>(to + (index << 3), load<u64>(column + (load<u32>(J.USED + (index << 2)) << 3)))
  }
  return to
}

/** The bits that some used row of a column of used rows has: no value is above them as a number. */
export function bitsOf(column: usize): u64 {
  let bits: u64 = 0
  for (let index: usize = 0; index < J.used; index++) bits |= load<u64>(column + (index << 3))
  return bits
}

/** Makes the records of a set for the used rows of the block. */
export function buildRecords(set: usize): void {
  const vectors = load<u32>(set)
  const count = J.used as usize
  let records = load<u32>(set, 8) as usize
  let active: u32 = 1
  // Read once: what is global would be read anew for every row.
  const usage = J.usageBits
  for (let index: usize = 0; index < count; index++) {
    const row = load<u32>(J.USED + (index << 2)) as usize
    const counts = (1 as u64) | ((load<u8>(J.IS_ERROR + row) as u64) << 32)
    store<u64>(records + (index << 4), counts)
    const seen = load<u64>(R.SEEN + (row << 3))
    const others = ((seen & durationBit) !== 0 ? (1 as u64) : 0) | ((seen & usage) === 0 ? (1 as u64) << 32 : 0)
    store<u64>(records + (index << 4), others, 8)
  }
  let all = i64x2.splat(0)
  for (let vector: u32 = 1; vector < vectors; vector++) {
    records += R.ROWS * 16
    const left = laneColumn(set, vector * 2 - 2)
    const right = laneColumn(set, vector * 2 - 1)
    if (left === 0 && right === 0) continue
    active |= 1 << vector
    for (let index: usize = 0; index < count; index++) {
      const low = left === 0 ? i64x2.splat(0) : v128.load64_zero(left + (index << 3))
      const both = right === 0 ? low : v128.load64_lane(right + (index << 3), low, 1)
      all = v128.or(all, both)
      v128.store(records + (index << 4), both)
    }
  }
  store<u32>(set, active, 4)
  const biggest = (i64x2.extract_lane(all, 0) | i64x2.extract_lane(all, 1)) as f64
  bound = max(bound, biggest * (count as f64))
}

export function clearBound(): void {
  bound = 0
}

@inline
function laneColumn(set: usize, lane: u32): usize {
  const source: u32 = load<u8>(set + lane, 12)
  return source === P.NONE ? 0 : sourceColumn(source)
}

export function makeGroups(set: usize, hasExtent: bool): usize {
  const groups = allocate(64)
  store<u32>(groups, set as u32)
  store<u32>(groups, hasExtent ? 1 : 0, 8)
  return groups
}

export function clearGroups(groups: usize): void {
  for (let chunk: usize = 0; chunk < 8; chunk++) {
    const place = load<u32>(groups + (chunk << 2), 16) as usize
    if (place !== 0) memory.fill(place, 0, (load<u32>(groups, 4) as usize) << 6)
  }
  const extents = load<u32>(groups, 8) as usize
  if (extents > 1) emptyExtents(extents, 0, load<u32>(groups, 4))
}

function emptyExtents(extents: usize, from: u32, to: u32): void {
  for (let group = from; group < to; group++) {
    store<i64>(extents + ((group as usize) << 4), i64.MAX_VALUE)
    store<i64>(extents + ((group as usize) << 4), i64.MIN_VALUE, 8)
  }
}

function makeRoom(groups: usize, count: u32): void {
  const old = load<u32>(groups, 4)
  if (count <= old) return
  const capacity = roomFor(count)
  for (let chunk: usize = 0; chunk < 8; chunk++) {
    const at = groups + 16 + (chunk << 2)
    if (load<u32>(at) !== 0)
      store<u32>(at, enlarge(load<u32>(at), (old as usize) << 6, (capacity as usize) << 6) as u32)
  }
  const extents = load<u32>(groups, 8) as usize
  if (extents !== 0) {
    const larger = enlarge(extents === 1 ? 0 : extents, (old as usize) << 4, (capacity as usize) << 4)
    emptyExtents(larger, old, capacity)
    store<u32>(groups, larger as u32, 8)
  }
  store<u32>(groups, capacity, 4)
}

/** Adds the first `count` records to the groups whose numbers are at `ids`; there are `groupCount` groups. */
export function addRecords(groups: usize, ids: usize, count: u32, groupCount: u32): void {
  makeRoom(groups, groupCount)
  const set = load<u32>(groups) as usize
  const active = load<u32>(set, 4)
  const records = load<u32>(set, 8) as usize
  for (let chunk: u32 = 0; chunk < 8; chunk++) {
    const mask = (active >> (chunk << 2)) & 15
    if (mask === 0) continue
    const at = groups + 16 + ((chunk as usize) << 2)
    if (load<u32>(at) === 0) store<u32>(at, allocate((load<u32>(groups, 4) as usize) << 6) as u32)
    const sums = load<u32>(at) as usize
    const first = records + (chunk as usize) * R.ROWS * 64
    if (mask === 7) addThree(sums, ids, first, count, chunk === 0)
    else {
      for (let vector: u32 = 0; vector < 4; vector++) {
        if (((mask >> vector) & 1) === 0) continue
        const isCounts = chunk === 0 && vector === 0
        addOne(sums + ((vector as usize) << 4), ids, first + (vector as usize) * R.ROWS * 16, count, isCounts)
      }
    }
  }
}

function addOne(sums: usize, ids: usize, records: usize, count: u32, isCounts: bool): void {
  for (let index: usize = 0; index < count; index++) {
    const sum = sums + ((load<u32>(ids + (index << 2)) as usize) << 6)
    const record = v128.load(records + (index << 4))
    v128.store(sum, isCounts ? i32x4.add(v128.load(sum), record) : i64x2.add(v128.load(sum), record))
  }
}

function addThree(sums: usize, ids: usize, records: usize, count: u32, isFirst: bool): void {
  const end = ids + ((count as usize) << 2)
  while (ids < end) {
    const sum = sums + ((load<u32>(ids) as usize) << 6)
    const record = v128.load(records)
    v128.store(sum, isFirst ? i32x4.add(v128.load(sum), record) : i64x2.add(v128.load(sum), record))
    v128.store(sum, i64x2.add(v128.load(sum, 16), v128.load(records, R.ROWS * 16)), 16)
    v128.store(sum, i64x2.add(v128.load(sum, 32), v128.load(records, R.ROWS * 32)), 32)
    ids += 4
    records += 16
  }
}

/** Widens the extents of the groups by the instants of the used rows. */
export function addExtents(groups: usize, ids: usize, firsts: usize, lasts: usize, count: u32, groupCount: u32): void {
  makeRoom(groups, groupCount)
  const extents = load<u32>(groups, 8) as usize
  for (let index: usize = 0; index < count; index++) {
    const extent = extents + ((load<u32>(ids + (index << 2)) as usize) << 4)
    store<i64>(extent, min(load<i64>(extent), load<i64>(firsts + (index << 3))))
    store<i64>(extent, max(load<i64>(extent, 8), load<i64>(lasts + (index << 3))), 8)
  }
}
