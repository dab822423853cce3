// Sketches of durations by group, as in src/tally/sketch.ts: counts in buckets. A group with few durations keeps a list of
// their buckets, one with many has pages of 64 counts, one for each power of two.
//
// Sketches, 16 bytes: 0 heads u32 | 4 capacity u32
// Head, 8 bytes: 0 list or pages u32 | 4 length of the list u16 | 6 its capacity u16, PAGED where there are pages
import { allocate, enlarge, release } from './memory'
import * as J from './judge'
import * as R from './rows'

const PAGED: u32 = 0xffff
const PAGES: usize = 48
const FIRST_LIST: u32 = 32
const LONGEST_LIST: u32 = 128
const NO_BUCKET: u32 = 0xffff

/** The bucket of each used row. */
let buckets: usize = 0

export function makeSketches(): usize {
  if (buckets == 0) buckets = allocate(R.ROWS * 2)
  return allocate(16)
}

/** The head of a group's sketch, for reading. */
export function sketchHead(sketches: usize, group: u32): usize {
  return group < load<u32>(sketches, 4) ? (load<u32>(sketches) as usize) + ((group as usize) << 3) : 0
}

export function clearSketches(sketches: usize): void {
  const capacity = load<u32>(sketches, 4)
  for (let group: u32 = 0; group < capacity; group++) {
    const head = (load<u32>(sketches) as usize) + ((group as usize) << 3)
    const place = load<u32>(head) as usize
    const room: u32 = load<u16>(head, 6)
    if (room == PAGED) {
      for (let page: usize = 0; page < PAGES; page++) {
        if (load<u32>(place + (page << 2)) != 0) release(load<u32>(place + (page << 2)), 256)
      }
      release(place, PAGES * 4)
    } else if (place != 0) release(place, room * 2)
    store<u64>(head, 0)
  }
}

@inline
function bucketOf(us: u64): u32 {
  if (us < 64) return us as u32
  const exponent = 63 - clz(us)
  return ((exponent - 5) * 64 + (((us >> (exponent - 6)) as u64) - 64)) as u32
}

/** Finds the buckets of the used rows of the block. */
export function findBuckets(slot: u32): void {
  const bit = (1 as u64) << slot
  const column = R.columnOf(slot)
  for (let index: usize = 0; index < J.used; index++) {
    const row = load<u32>(J.USED + (index << 2)) as usize
    const isTimed = (load<u64>(R.SEEN + (row << 3)) & bit) != 0
    store<u16>(buckets + (index << 1), isTimed ? bucketOf(load<u64>(column + (row << 3))) : NO_BUCKET)
  }
}

/** Adds the buckets of the block to the groups whose numbers are at `ids`. */
export function addBuckets(sketches: usize, ids: usize, count: u32, groupCount: u32): void {
  makeRoom(sketches, groupCount)
  const heads = load<u32>(sketches) as usize
  for (let index: usize = 0; index < count; index++) {
    const bucket: u32 = load<u16>(buckets + (index << 1))
    if (bucket == NO_BUCKET) continue
    const head = heads + ((load<u32>(ids + (index << 2)) as usize) << 3)
    const place = load<u32>(head) as usize
    const room: u32 = load<u16>(head, 6)
    if (room == PAGED) {
      const page = load<u32>(place + ((bucket >> 6) << 2)) as usize
      if (page != 0) {
        const cell = page + ((bucket & 63) << 2)
        store<u32>(cell, load<u32>(cell) + 1)
      } else addToPages(place, bucket, 1)
    } else {
      const length: u32 = load<u16>(head, 4)
      if (length == room) addToFull(head, bucket)
      else {
        store<u16>(place + (length << 1), bucket as u16)
        store<u16>(head, (length + 1) as u16, 4)
      }
    }
  }
}

/** Adds a count of one bucket to a group. */
export function addCount(sketches: usize, group: u32, bucket: u32, count: u32): void {
  makeRoom(sketches, group + 1)
  const head = (load<u32>(sketches) as usize) + ((group as usize) << 3)
  if ((load<u16>(head, 6) as u32) != PAGED) turnToPages(head)
  addToPages(load<u32>(head), bucket, count)
}

function makeRoom(sketches: usize, count: u32): void {
  const old = load<u32>(sketches, 4)
  if (count <= old) return
  const capacity = max<u32>(64, (1 as u32) << (32 - clz<u32>(count - 1)))
  store<u32>(sketches, enlarge(load<u32>(sketches), (old as usize) << 3, (capacity as usize) << 3) as u32)
  store<u32>(sketches, capacity, 4)
}

function addToPages(pages: usize, bucket: u32, count: u32): void {
  const at = pages + ((bucket >> 6) << 2)
  if (load<u32>(at) == 0) store<u32>(at, allocate(256) as u32)
  const cell = (load<u32>(at) as usize) + ((bucket & 63) << 2)
  store<u32>(cell, load<u32>(cell) + count)
}

function addToFull(head: usize, bucket: u32): void {
  const room: u32 = load<u16>(head, 6)
  if (room == LONGEST_LIST) {
    turnToPages(head)
    addToPages(load<u32>(head), bucket, 1)
    return
  }
  const larger: u32 = room == 0 ? FIRST_LIST : LONGEST_LIST
  const list = enlarge(load<u32>(head), (room as usize) << 1, (larger as usize) << 1)
  store<u16>(list + (room << 1), bucket as u16)
  store<u32>(head, list as u32)
  store<u16>(head, (room + 1) as u16, 4)
  store<u16>(head, larger as u16, 6)
}

function turnToPages(head: usize): void {
  const list = load<u32>(head) as usize
  const length: u32 = load<u16>(head, 4)
  const room: u32 = load<u16>(head, 6)
  const pages = allocate(PAGES * 4)
  for (let index: u32 = 0; index < length; index++) addToPages(pages, load<u16>(list + (index << 1)), 1)
  if (list != 0) release(list, (room as usize) << 1)
  store<u32>(head, pages as u32)
  store<u16>(head, 0, 4)
  store<u16>(head, PAGED as u16, 6)
}
