// Sketches of durations by group, as in src/tally/sketch.ts: counts in buckets. A group first keeps a list of its buckets. One
// with many has a window besides: counts side by side, from a multiple of 64 on, to which its list is added whenever it is
// full. So what most rows touch is the ends of lists, which stay near the processor where windows would not. Longer than
// usual, because all of it knows this layout.
//
// Sketches, 16 bytes: 0 heads u32 | 4 capacity u32 | 8 windows that overflowed (group u32, bucket u32) u32 | 12 how many u32
// Head, 32 bytes: 0 list u32 | 4 length of the list u32 | 8 its capacity u32
//                 12 window u32 | 16 buckets in the window u32 | 20 first bucket of the window u32
//                 24 largest value, which a bucket does not tell, u64
// Counts are 16 bits, so that more of them are near the processor; 65536 more are an entry among the overflows.

import * as P from '../src/kernel/protocol'
import * as J from './judge'
import { allocate, enlarge, release, roomFor } from './memory'
import * as R from './rows'

const PAGE: u32 = 64
const FIRST_LIST: u32 = 32
const LONGEST_LIST: u32 = 128
const NO_BUCKET: u32 = 0xffff

/** The bucket and the value of each used row. */
let buckets: usize = 0
let values: usize = 0

export function makeSketches(): usize {
  if (buckets === 0) {
    buckets = allocate(R.ROWS * 2)
    values = allocate(R.ROWS * 8)
  }
  return allocate(16)
}

@inline
function headAt(sketches: usize, group: u32): usize {
  return (load<u32>(sketches) as usize) + ((group as usize) << 5)
}

export function clearSketches(sketches: usize): void {
  const capacity = load<u32>(sketches, 4)
  for (let group: u32 = 0; group < capacity; group++) {
    const head = headAt(sketches, group)
    if (load<u32>(head) !== 0) release(load<u32>(head), (load<u32>(head, 8) as usize) << 1)
    if (load<u32>(head, 12) !== 0) release(load<u32>(head, 12), (load<u32>(head, 16) as usize) << 1)
    memory.fill(head, 0, 32)
  }
  if (load<u32>(sketches, 8) !== 0) release(load<u32>(sketches, 8), overflowBytes(load<u32>(sketches, 12)))
  store<u64>(sketches, 0, 8)
}

@inline
function bucketOf(us: u64): u32 {
  if (us < 64) return us as u32
  const exponent = 63 - clz(us)
  return ((exponent - 5) * 64 + (((us >> (exponent - 6)) as u64) - 64)) as u32
}

/** Finds the buckets and the values of the used rows of the block. */
export function findBuckets(slot: u32): void {
  const bit = (1 as u64) << slot
  const column = R.columnOf(slot)
  for (let index: usize = 0; index < J.used; index++) {
    const row = load<u32>(J.USED + (index << 2)) as usize
    const isTimed = (load<u64>(R.SEEN + (row << 3)) & bit) !== 0
    const value = load<u64>(column + (row << 3))
    store<u16>(buckets + (index << 1), isTimed ? bucketOf(value) : NO_BUCKET)
    store<u64>(values + (index << 3), value)
  }
}

/** Adds the buckets and values of the block to the groups whose numbers are at `ids`. */
export function addBuckets(sketches: usize, ids: usize, count: u32, groupCount: u32): void {
  makeRoom(sketches, groupCount)
  const heads = load<u32>(sketches) as usize
  let from = buckets
  let value = values
  const end = ids + ((count as usize) << 2)
  while (ids < end) {
    const bucket: u32 = load<u16>(from)
    if (bucket !== NO_BUCKET) {
      const head = heads + ((load<u32>(ids) as usize) << 5)
      if (load<u32>(head, 4) === load<u32>(head, 8)) makeRoomInList(sketches, head)
      addToList(head, bucket)
      keepLargest(head, load<u64>(value))
    }
    ids += 4
    from += 2
    value += 8
  }
}

@inline
function addToList(head: usize, bucket: u32): void {
  const length = load<u32>(head, 4)
  store<u16>((load<u32>(head) as usize) + ((length as usize) << 1), bucket as u16)
  store<u32>(head, length + 1, 4)
}

@inline
function keepLargest(head: usize, value: u64): void {
  if (value > load<u64>(head, 24)) store<u64>(head, value, 24)
}

// Of a full list.
function makeRoomInList(sketches: usize, head: usize): void {
  const room = load<u32>(head, 8)
  if (room === LONGEST_LIST) {
    emptyList(sketches, head)
    return
  }
  const larger: u32 = room === 0 ? FIRST_LIST : LONGEST_LIST
  store<u32>(head, enlarge(load<u32>(head), (room as usize) << 1, (larger as usize) << 1) as u32)
  store<u32>(head, larger, 8)
}

// Adds the list of a group to its window.
function emptyList(sketches: usize, head: usize): void {
  let from = load<u32>(head) as usize
  const end = from + ((load<u32>(head, 4) as usize) << 1)
  store<u32>(head, 0, 4)
  let window = load<u32>(head, 12) as usize
  let length = load<u32>(head, 16)
  let first = load<u32>(head, 20)
  for (; from < end; from += 2) {
    const bucket: u32 = load<u16>(from)
    if (bucket - first >= length) {
      widen(head, bucket)
      window = load<u32>(head, 12) as usize
      length = load<u32>(head, 16)
      first = load<u32>(head, 20)
    }
    const cell = window + ((bucket - first) << 1)
    const sum = (load<u16>(cell) as u32) + 1
    store<u16>(cell, sum as u16)
    if (sum === 0x10000) noteOverflow(sketches, groupOf(sketches, head), bucket)
  }
}

@inline
function groupOf(sketches: usize, head: usize): u32 {
  return ((head - (load<u32>(sketches) as usize)) >> 5) as u32
}

// Adds one to a bucket of a group.
function addOne(sketches: usize, group: u32, bucket: u32): void {
  makeRoom(sketches, group + 1)
  const head = headAt(sketches, group)
  if (load<u32>(head, 4) === load<u32>(head, 8)) makeRoomInList(sketches, head)
  addToList(head, bucket)
}

function makeRoom(sketches: usize, count: u32): void {
  const old = load<u32>(sketches, 4)
  if (count <= old) return
  const capacity = roomFor(count)
  store<u32>(sketches, enlarge(load<u32>(sketches), (old as usize) << 5, (capacity as usize) << 5) as u32)
  store<u32>(sketches, capacity, 4)
}

// Makes the window reach a bucket.
function widen(head: usize, bucket: u32): void {
  const page = bucket & ~(PAGE - 1)
  const oldLength = load<u32>(head, 16)
  const oldFirst = oldLength === 0 ? page : load<u32>(head, 20)
  const first = min<u32>(oldFirst, page)
  const length = max<u32>(oldFirst + oldLength, page + PAGE) - first
  const old = load<u32>(head, 12) as usize
  const window = allocate((length as usize) << 1)
  if (oldLength !== 0) {
    memory.copy(window + ((oldFirst - first) << 1), old, (oldLength as usize) << 1)
    release(old, (oldLength as usize) << 1)
  }
  store<u32>(head, window as u32, 12)
  store<u32>(head, length, 16)
  store<u32>(head, first, 20)
}

@inline
function overflowBytes(count: u32): usize {
  // Powers of two of at least 64 entries.
  return (roomFor(count) as usize) << 3
}

function noteOverflow(sketches: usize, group: u32, bucket: u32): void {
  const count = load<u32>(sketches, 12)
  const bytes = overflowBytes(count + 1)
  if (count === 0) store<u32>(sketches, allocate(bytes) as u32, 8)
  else if (bytes !== overflowBytes(count))
    store<u32>(sketches, enlarge(load<u32>(sketches, 8), overflowBytes(count), bytes) as u32, 8)
  const entry = (load<u32>(sketches, 8) as usize) + ((count as usize) << 3)
  store<u32>(entry, group)
  store<u32>(entry, bucket, 4)
  store<u32>(sketches, count + 1, 12)
}

// What goes out. Counts of windows are u16 each, or where one is above that, wide ones of u32; lists are their buckets.

/** Adds the lists of groups that have a window to it; must come before what follows. */
export function emptyLists(sketches: usize): void {
  for (let group: u32 = 0; group < load<u32>(sketches, 4); group++) {
    const head = headAt(sketches, group)
    if (load<u32>(head, 16) !== 0) emptyList(sketches, head)
  }
}

/** Whether a count needs more than 16 bits. */
export function areWide(sketches: usize): bool {
  return load<u32>(sketches, 12) !== 0
}

/** How many counts the windows of the first `count` groups have; in the high half how long their lists are. */
export function sketchSizes(sketches: usize, count: u32): u64 {
  let windows: u32 = 0
  let lists: u32 = 0
  for (let group: u32 = 0; group < min<u32>(count, load<u32>(sketches, 4)); group++) {
    const head = headAt(sketches, group)
    windows += load<u32>(head, 16)
    lists += load<u32>(head, 4)
  }
  return (windows as u64) | ((lists as u64) << 32)
}

/** Writes for each group: its first bucket, how many counts its window has, and how long its list is; and these. */
export function exportSketches(
  sketches: usize,
  count: u32,
  shapes: usize,
  windows: usize,
  lists: usize,
  wide: bool,
): void {
  let nextWindow = windows
  let nextList = lists
  for (let group: u32 = 0; group < count; group++) {
    const shape = shapes + (group as usize) * P.SHAPE_WORDS * 4
    if (group >= load<u32>(sketches, 4)) {
      memory.fill(shape, 0, 12)
      continue
    }
    const head = headAt(sketches, group)
    const listLength = load<u32>(head, 4)
    const window = load<u32>(head, 12) as usize
    const length = load<u32>(head, 16)
    store<u32>(shape, load<u32>(head, 20))
    store<u32>(shape, length, 4)
    store<u32>(shape, listLength, 8)
    if (!wide) memory.copy(nextWindow, window, length << 1)
    else {
      for (let index: u32 = 0; index < length; index += 8) {
        const eight = v128.load(window + (index << 1))
        v128.store(nextWindow + (index << 2), i32x4.extend_low_i16x8_u(eight))
        v128.store(nextWindow + (index << 2), i32x4.extend_high_i16x8_u(eight), 16)
      }
    }
    memory.copy(nextList, load<u32>(head), listLength << 1)
    nextWindow += length << (wide ? 2 : 1)
    nextList += listLength << 1
  }
  for (let index: u32 = 0; index < load<u32>(sketches, 12); index++) {
    const entry = (load<u32>(sketches, 8) as usize) + ((index as usize) << 3)
    addOverflow(load<u32>(entry), load<u32>(entry, 4), shapes, windows)
  }
}

function addOverflow(group: u32, bucket: u32, shapes: usize, windows: usize): void {
  let window = windows
  for (let before: u32 = 0; before < group; before++)
    window += load<u32>(shapes + (before as usize) * P.SHAPE_WORDS * 4, 4) << 2
  const cell = window + ((bucket - load<u32>(shapes + (group as usize) * P.SHAPE_WORDS * 4)) << 2)
  store<u32>(cell, load<u32>(cell) + 0x10000)
}

/** Writes the largest value of each group as f64; 0 where it has none. */
export function exportLargest(sketches: usize, count: u32, to: usize): void {
  const known = min<u32>(count, load<u32>(sketches, 4))
  for (let group: u32 = 0; group < known; group++) {
    store<f64>(to + ((group as usize) << 3), load<u64>(headAt(sketches, group), 24) as f64)
  }
  memory.fill(to + ((known as usize) << 3), 0, ((count - known) as usize) << 3)
}

/** Takes in exported largest values for the groups whose numbers are at `ids`. */
export function absorbLargest(sketches: usize, ids: usize, count: u32, from: usize): void {
  for (let index: usize = 0; index < count; index++) {
    const value = load<f64>(from + (index << 3)) as u64
    if (value === 0) continue
    const group = load<u32>(ids + (index << 2))
    makeRoom(sketches, group + 1)
    keepLargest(headAt(sketches, group), value)
  }
}

/** Adds what was exported to the groups whose numbers are at `ids`. */
export function absorbSketches(
  sketches: usize,
  ids: usize,
  count: u32,
  shapes: usize,
  windows: usize,
  lists: usize,
  wide: bool,
): void {
  let nextWindow = windows
  let nextList = lists
  for (let index: usize = 0; index < count; index++) {
    const group = load<u32>(ids + (index << 2))
    const shape = shapes + index * P.SHAPE_WORDS * 4
    const first = load<u32>(shape)
    const length = load<u32>(shape, 4)
    const listLength = load<u32>(shape, 8)
    for (let item: u32 = 0; item < listLength; item++) {
      addOne(sketches, group, load<u16>(nextList))
      nextList += 2
    }
    if (length !== 0) absorbWindow(sketches, group, first, length, nextWindow, wide)
    nextWindow += length << (wide ? 2 : 1)
  }
}

function absorbWindow(sketches: usize, group: u32, first: u32, length: u32, counts: usize, wide: bool): void {
  makeRoom(sketches, group + 1)
  const head = headAt(sketches, group)
  for (let bucket = first; bucket < first + length; bucket += PAGE) {
    if (bucket - load<u32>(head, 20) >= load<u32>(head, 16)) widen(head, bucket)
  }
  const window = (load<u32>(head, 12) as usize) + ((first - load<u32>(head, 20)) << 1)
  for (let index: u32 = 0; index < length; index++) {
    const cell = window + (index << 1)
    const sum =
      (load<u16>(cell) as u32) + (wide ? load<u32>(counts + (index << 2)) : (load<u16>(counts + (index << 1)) as u32))
    store<u16>(cell, sum as u16)
    for (let high = sum >> 16; high > 0; high--) noteOverflow(sketches, group, first + index)
  }
}
