// Texts as codes: one hash table for each text column. A text of up to 15 bytes is compared in one step, one of up to 31
// in two. The index is kept mostly empty, because a wrong first guess costs more than the memory.
//
// Table, 32 bytes: 0 index u32 | 4 32 - log2 of the places in the index u32 | 8 codes given u32 | 12 entries u32
//                  16 room for entries u32 | 20 arena u32 | 24 arena size u32 | 28 arena used u32
// Index: a code each u32, 0 where it is free; the first place for a text is given by the highest bits of its hash.
// Entry, 64 bytes, by code: 0 key | 16 last 16 bytes of a text of 16 and more | 32 length u32 | 36 hash u32
//                           40 place of the whole text u32
// Key, 16 bytes: the first 15 bytes, padded with zeros, and the length; 255 in place of a length above 15.
import { allocate, enlarge, release } from './memory'

const FIRST_BITS: u32 = 8
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
  store<u32>(table, allocate(4 << FIRST_BITS) as u32)
  store<u32>(table, 32 - FIRST_BITS, 4)
  store<u32>(table, 1, 8)
  store<u32>(table, allocate(FIRST_ENTRIES * 64) as u32, 12)
  store<u32>(table, FIRST_ENTRIES, 16)
  return table
}

@inline
function entryAt(table: usize, code: u32): usize {
  return (load<u32>(table, 12) as usize) + ((code as usize) << 6)
}

// The code that stands first where a hash belongs; 0 where there is none.
@inline
function firstCode(table: usize, hash: u32): u32 {
  return load<u32>((load<u32>(table) as usize) + (((hash >> load<u32>(table, 4)) as usize) << 2))
}

// The code that stands so many places further.
function codeAt(table: usize, hash: u32, step: u32): u32 {
  const shift = load<u32>(table, 4)
  const place = ((hash >> shift) + step) & (((1 as u32) << (32 - shift)) - 1)
  return load<u32>((load<u32>(table) as usize) + ((place as usize) << 2))
}

@inline
function isKey(entry: usize, key: v128): bool {
  return i8x16.bitmask(i8x16.eq(v128.load(entry), key)) == 0xffff
}

@inline
function hashOfKey(key: v128, tail: u64): u32 {
  const low = (i64x2.extract_lane(key, 0) as u64) ^ tail
  return (((low * 0x9e3779b97f4a7c15) ^ ((i64x2.extract_lane(key, 1) as u64) * 0xc2b2ae3d27d4eb4f)) >> 32) as u32
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
  const code = firstCode(table, hashOfKey(key, 0))
  return isKey(entryAt(table, code), key) ? code : probeShort(table, p, length)
}

// Apart, so that what is mostly done stays small.
function probeShort(table: usize, p: usize, length: u32): u32 {
  const key = i8x16.replace_lane(v128.and(v128.load(p), maskOf(length)), 15, length as i8)
  const hash = hashOfKey(key, 0)
  let step: u32 = 0
  while (true) {
    const code = codeAt(table, hash, step++)
    if (code == 0) return addText(table, key, hash, p, length)
    if (isKey(entryAt(table, code), key)) return code
  }
}

/** As `codeOfText`, for 16 bytes and more. */
@inline
export function codeOfLong(table: usize, p: usize, length: u32): u32 {
  if (length > 31) return probeLong(table, p, length)
  const last = v128.load(p + length - 16)
  const key = i8x16.replace_lane(v128.load(p), 15, -1)
  const code = firstCode(table, hashOfKey(key, tailOfLast(last, length)))
  const entry = entryAt(table, code)
  // The last 16 bytes begin at the 16th at the latest, where the key ends.
  const isSame = i8x16.bitmask(v128.and(i8x16.eq(v128.load(entry), key), i8x16.eq(v128.load(entry, 16), last)))
  return isSame == 0xffff && load<u32>(entry, 32) == length ? code : probeLong(table, p, length)
}

function probeLong(table: usize, p: usize, length: u32): u32 {
  const key = i8x16.replace_lane(v128.load(p), 15, -1)
  const hash = hashOfKey(key, tailOf(p, length))
  let step: u32 = 0
  while (true) {
    const code = codeAt(table, hash, step++)
    if (code == 0) return addText(table, key, hash, p, length)
    const entry = entryAt(table, code)
    if (isKey(entry, key) && load<u32>(entry, 32) == length && isSame(load<u32>(entry, 40) as usize, p, length)) return code
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
    store<u32>(table, enlarge(load<u32>(table, 12), (room as usize) << 6, (room as usize) << 7) as u32, 12)
    store<u32>(table, room << 1, 16)
  }
  const entry = entryAt(table, code)
  v128.store(entry, key)
  if (length >= 16) v128.store(entry, v128.load(p + length - 16), 16)
  store<u32>(entry, length, 32)
  store<u32>(entry, hash, 36)
  store<u32>(entry, keepText(table, p, length) as u32, 40)
  store<u32>(table, code + 1, 8)
  if (code * 4 > (1 as u32) << (32 - load<u32>(table, 4))) growIndex(table)
  else putCode(table, hash, code)
  return code
}

function putCode(table: usize, hash: u32, code: u32): void {
  const shift = load<u32>(table, 4)
  const mask = ((1 as u32) << (32 - shift)) - 1
  const index = load<u32>(table) as usize
  let place = hash >> shift
  while (load<u32>(index + ((place as usize) << 2)) != 0) place = (place + 1) & mask
  store<u32>(index + ((place as usize) << 2), code)
}

// Between an eighth and a quarter of the places are taken.
function growIndex(table: usize): void {
  const bits = 32 - load<u32>(table, 4)
  release(load<u32>(table), (4 as usize) << bits)
  store<u32>(table, 31 - bits, 4)
  store<u32>(table, allocate((8 as usize) << bits) as u32)
  for (let code: u32 = 1; code < load<u32>(table, 8); code++) putCode(table, load<u32>(entryAt(table, code), 36), code)
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
