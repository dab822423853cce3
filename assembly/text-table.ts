// Texts as codes: one hash table for each text column. A text of up to 15 bytes is compared in one step, one of up to 31
// in two. The index is kept mostly empty, because a wrong first guess costs more than the memory.
//
// Table, 32 bytes: 0 index u32 | 4 places in the index u32 | 8 codes given u32 | 12 entries u32 | 16 room for entries u32
//                  20 arena u32 | 24 arena size u32 | 28 arena used u32
// Index: a code each u32, 0 where it is free.
// Entry, 32 bytes, by code: 0 key | 16 length u32 | 20 hash u32 | 24 place of the whole text u32
// Key, 16 bytes: the first 15 bytes, padded with zeros, and the length; 255 in place of a length above 15.
import { allocate, enlarge, release } from './memory'

const FIRST_PLACES: u32 = 256
const FIRST_ENTRIES: u32 = 64
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
  store<u32>(table, allocate(FIRST_PLACES * 4) as u32)
  store<u32>(table, FIRST_PLACES, 4)
  store<u32>(table, 1, 8)
  store<u32>(table, allocate(FIRST_ENTRIES * 32) as u32, 12)
  store<u32>(table, FIRST_ENTRIES, 16)
  return table
}

@inline
function entryAt(table: usize, code: u32): usize {
  return (load<u32>(table, 12) as usize) + ((code as usize) << 5)
}

@inline
function codeAt(table: usize, hash: u32): u32 {
  return load<u32>((load<u32>(table) as usize) + (((hash & (load<u32>(table, 4) - 1)) as usize) << 2))
}

@inline
function isKey(entry: usize, key: v128): bool {
  return i8x16.bitmask(i8x16.eq(v128.load(entry), key)) == 0xffff
}

@inline
function hashOfKey(key: v128, tail: u64): u32 {
  const low = (i64x2.extract_lane(key, 0) as u64) ^ tail
  const mixed = (low * 0x9e3779b97f4a7c15) ^ ((i64x2.extract_lane(key, 1) as u64) * 0xc2b2ae3d27d4eb4f)
  return ((mixed ^ (mixed >> 29)) * 0x165667b19e3779f9) >> 32 as u32
}

/** The code of the text at `p`, a new one if need be. May read up to 16 bytes behind the text. */
export function codeOfText(table: usize, p: usize, length: u32): u32 {
  if (length == 0) return probeShort(table, p, 0)
  return length <= 15 ? codeOfShort(table, v128.load(p), p, length) : codeOfLong(table, p, length)
}

/** As `codeOfText`, for up to 15 bytes that are loaded already. */
@inline
export function codeOfShort(table: usize, bytes: v128, p: usize, length: u32): u32 {
  const key = i8x16.replace_lane(v128.and(bytes, maskOf(length)), 15, length as i8)
  const hash = hashOfKey(key, 0)
  const code = codeAt(table, hash)
  return isKey(entryAt(table, code), key) ? code : probeShort(table, p, length)
}

// Apart, so that what is mostly done stays small.
function probeShort(table: usize, p: usize, length: u32): u32 {
  const key = i8x16.replace_lane(v128.and(v128.load(p), maskOf(length)), 15, length as i8)
  const hash = hashOfKey(key, 0)
  let next = hash
  while (true) {
    const code = codeAt(table, next)
    if (code == 0) return addText(table, key, hash, p, length)
    if (isKey(entryAt(table, code), key)) return code
    next++
  }
}

/** As `codeOfText`, for 16 bytes and more. */
@inline
export function codeOfLong(table: usize, p: usize, length: u32): u32 {
  if (length > 31) return probeLong(table, p, length)
  const last = v128.load(p + length - 16)
  const key = i8x16.replace_lane(v128.load(p), 15, -1)
  const code = codeAt(table, hashOfKey(key, tailOfLast(last, length)))
  const entry = entryAt(table, code)
  if (!isKey(entry, key) || load<u32>(entry, 16) != length) return probeLong(table, p, length)
  // The last 16 bytes, which begin at the 16th at the latest, are where the text is kept.
  const kept = (load<u32>(entry, 24) as usize) + length - 16
  return isKey(kept, last) ? code : probeLong(table, p, length)
}

function probeLong(table: usize, p: usize, length: u32): u32 {
  const key = i8x16.replace_lane(v128.load(p), 15, -1)
  const hash = hashOfKey(key, tailOf(p, length))
  let next = hash
  while (true) {
    const code = codeAt(table, next)
    if (code == 0) return addText(table, key, hash, p, length)
    const entry = entryAt(table, code)
    if (isKey(entry, key) && load<u32>(entry, 16) == length && isSame(load<u32>(entry, 24) as usize, p, length)) return code
    next++
  }
}

@inline
function tailOfLast(last: v128, length: u32): u64 {
  const tail = (i64x2.extract_lane(last, 0) as u64) * 0x9fb21c651e98df25 + (i64x2.extract_lane(last, 1) as u64) + length
  return tail ^ (tail >> 31)
}

// All blocks of 16 bytes after the first, the last one overlapping; differences anywhere may change it.
function tailOf(p: usize, length: u32): u64 {
  const last = p + length - 16
  if (length <= 31) return tailOfLast(v128.load(last), length)
  let tail: u64 = load<u64>(last) * 0x9fb21c651e98df25 + load<u64>(last, 8)
  for (let at = p + 16; at < last; at += 16) {
    tail = (rotl(tail, 23) ^ load<u64>(at)) * 0x9fb21c651e98df25 + load<u64>(at, 8)
  }
  return tail ^ (tail >> 31) ^ length
}

@inline
function isSame(a: usize, b: usize, length: u32): bool {
  const last = length - 16
  for (let at: u32 = 0; at < last; at += 16) {
    if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false
  }
  return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)))
}

function addText(table: usize, key: v128, hash: u32, p: usize, length: u32): u32 {
  const code = load<u32>(table, 8)
  const room = load<u32>(table, 16)
  if (code == room) {
    store<u32>(table, enlarge(load<u32>(table, 12), (room as usize) << 5, (room as usize) << 6) as u32, 12)
    store<u32>(table, room << 1, 16)
  }
  const entry = entryAt(table, code)
  v128.store(entry, key)
  store<u32>(entry, length, 16)
  store<u32>(entry, hash, 20)
  store<u32>(entry, keepText(table, p, length) as u32, 24)
  store<u32>(table, code + 1, 8)
  if (code * 4 > load<u32>(table, 4)) growIndex(table)
  else putCode(table, hash, code)
  return code
}

function putCode(table: usize, hash: u32, code: u32): void {
  let next = hash
  while (codeAt(table, next) != 0) next++
  store<u32>((load<u32>(table) as usize) + (((next & (load<u32>(table, 4) - 1)) as usize) << 2), code)
}

// Between an eighth and a quarter of the places are taken.
function growIndex(table: usize): void {
  const places = load<u32>(table, 4)
  release(load<u32>(table), (places as usize) << 2)
  store<u32>(table, places << 1, 4)
  store<u32>(table, allocate((places as usize) << 3) as u32)
  for (let code: u32 = 1; code < load<u32>(table, 8); code++) putCode(table, load<u32>(entryAt(table, code), 20), code)
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
