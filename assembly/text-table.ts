// Texts as codes: one hash table for each text column. A text of up to 16 bytes is compared in one step where it stands
// in the table, a longer one by its first 16 bytes, its length and then the rest.
//
// Table, 32 bytes: 0 slots u32 | 4 slot count u32 | 8 codes given u32 | 12 texts u32 | 16 text capacity u32
//                  20 arena u32 | 24 arena size u32 | 28 arena used u32
// Slot, 32 bytes:  0 first 16 bytes, padded with zeros | 16 length u32 | 20 code u32 | 24 place of the whole text u32
// Text, 8 bytes, by code: 0 place u32 | 4 length u32
import { allocate, enlarge, release } from './memory'

const FIRST_SLOTS: u32 = 64
const ARENA_BYTES: u32 = 1 << 14

// Sixteen 0xff bytes and sixteen zeros: a load at 16 - length masks that many bytes.
const MASKS: usize = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0,
])

@inline
export function maskOf(length: usize): v128 {
  return v128.load(MASKS + 16 - length)
}

export function makeTextTable(): usize {
  const table = allocate(32)
  store<u32>(table, allocate(FIRST_SLOTS * 32) as u32)
  store<u32>(table, FIRST_SLOTS, 4)
  store<u32>(table, 1, 8)
  store<u32>(table, allocate(64 * 8) as u32, 12)
  store<u32>(table, 64, 16)
  return table
}

@inline
function hashOf(first: v128, length: u32, tail: u64): u32 {
  const low = (i64x2.extract_lane(first, 0) as u64) ^ tail
  const high = (i64x2.extract_lane(first, 1) as u64) + length
  const mixed = (low * 0x9e3779b97f4a7c15) ^ (high * 0xc2b2ae3d27d4eb4f)
  return ((mixed ^ (mixed >> 29)) * 0x165667b19e3779f9) >> 32 as u32
}

/** The code of the text at `p`, a new one if need be. May read up to 16 bytes behind the text. */
@inline
export function codeOfText(table: usize, p: usize, length: u32): u32 {
  return length <= 16 ? codeOfShort(table, v128.and(v128.load(p), maskOf(length)), p, length) : codeOfLong(table, p, length)
}

/** As `codeOfText`, for up to 16 bytes that are loaded already, with zeros behind them. */
@inline
export function codeOfShort(table: usize, first: v128, p: usize, length: u32): u32 {
  const slots = load<u32>(table) as usize
  const mask = load<u32>(table, 4) - 1
  let slot = hashOf(first, length, 0) & mask
  while (true) {
    const entry = slots + ((slot as usize) << 5)
    const code = load<u32>(entry, 20)
    if (!v128.any_true(v128.xor(v128.load(entry), first)) && load<u32>(entry, 16) == length && code != 0) return code
    if (code == 0) return addText(table, entry, first, p, length)
    slot = (slot + 1) & mask
  }
}

export function codeOfLong(table: usize, p: usize, length: u32): u32 {
  const slots = load<u32>(table) as usize
  const mask = load<u32>(table, 4) - 1
  const first = v128.load(p)
  let slot = hashOf(first, length, tailOf(p, length)) & mask
  while (true) {
    const entry = slots + ((slot as usize) << 5)
    const code = load<u32>(entry, 20)
    if (code == 0) return addText(table, entry, first, p, length)
    if (load<u32>(entry, 16) == length && isSame(load<u32>(entry, 24) as usize, p, length)) return code
    slot = (slot + 1) & mask
  }
}

// All blocks of 16 bytes after the first, the last one overlapping; differences anywhere may change it.
@inline
function tailOf(p: usize, length: u32): u64 {
  const last = p + length - 16
  let tail: u64 = load<u64>(last) * 0x9fb21c651e98df25 + load<u64>(last, 8)
  for (let at = p + 16; at < last; at += 16) {
    tail = (rotl(tail, 23) ^ load<u64>(at)) * 0x9fb21c651e98df25 + load<u64>(at, 8)
  }
  return tail ^ (tail >> 31)
}

@inline
function isSame(a: usize, b: usize, length: u32): bool {
  const last = length - 16
  for (let at: u32 = 0; at < last; at += 16) {
    if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false
  }
  return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)))
}

function addText(table: usize, entry: usize, first: v128, p: usize, length: u32): u32 {
  const code = load<u32>(table, 8)
  const place = keepText(table, p, length)
  v128.store(entry, first)
  store<u32>(entry, length, 16)
  store<u32>(entry, code, 20)
  store<u32>(entry, place as u32, 24)
  store<u32>(table, code + 1, 8)
  const capacity = load<u32>(table, 16)
  if (code == capacity) {
    store<u32>(table, enlarge(load<u32>(table, 12), (capacity as usize) << 3, (capacity as usize) << 4) as u32, 12)
    store<u32>(table, capacity << 1, 16)
  }
  const text = (load<u32>(table, 12) as usize) + ((code as usize) << 3)
  store<u32>(text, place as u32)
  store<u32>(text, length, 4)
  if (code * 2 > load<u32>(table, 4)) growSlots(table)
  return code
}

function keepText(table: usize, p: usize, length: u32): usize {
  // Texts are read 16 bytes at a time, so there is room behind each.
  const room = (length + 23) & ~7
  let used = load<u32>(table, 28)
  if (used + room > load<u32>(table, 24)) {
    const size = max<u32>(ARENA_BYTES, room)
    store<u32>(table, allocate(size) as u32, 20)
    store<u32>(table, size, 24)
    used = 0
  }
  const place = (load<u32>(table, 20) as usize) + used
  memory.copy(place, p, length)
  store<u32>(table, used + room, 28)
  return place
}

function growSlots(table: usize): void {
  const old = load<u32>(table) as usize
  const oldCount = load<u32>(table, 4)
  const count = oldCount << 1
  const slots = allocate((count as usize) << 5)
  for (let index: u32 = 0; index < oldCount; index++) {
    const entry = old + ((index as usize) << 5)
    if (load<u32>(entry, 20) == 0) continue
    const length = load<u32>(entry, 16)
    const tail = length <= 16 ? 0 : tailOf(load<u32>(entry, 24) as usize, length)
    let slot = hashOf(v128.load(entry), length, tail) & (count - 1)
    while (load<u32>(slots + ((slot as usize) << 5), 20) != 0) slot = (slot + 1) & (count - 1)
    memory.copy(slots + ((slot as usize) << 5), entry, 32)
  }
  release(old, (oldCount as usize) << 5)
  store<u32>(table, slots as u32)
  store<u32>(table, count, 4)
}
