// Texts as codes: one hash table for each text column. A text of up to 16 bytes is compared in one step, one of up to 32
// in two. The index is kept mostly empty, because a wrong first guess costs more than the memory.
//
// Table, 32 bytes: 0 index u32 | 4 32 - log2 of the places in the index u32 | 8 codes given u32 | 12 entries u32
//                  16 room for entries u32 | 20 arena u32 | 24 arena size u32 | 28 arena used u32
// Index: a code each u32, 0 where it is free; the first place for a text is given by the highest bits of its hash.
// Entry, 64 bytes, by code: 0 the first 32 bytes, padded with zeros | 32 length u32 | 36 hash u32 | 40 place of the whole text u32
import * as P from '../src/kernel/protocol'
import { hashOfBoth, hashOfLong, hashOfShort } from './hashing'
import { allocate, enlarge, release } from './memory'

const FIRST_BITS: u32 = 8
const FIRST_ENTRIES: u32 = 64
const ARENA_BYTES: u32 = 1 << 14

// 32 bytes of ones and 32 of zeros: a load at 32 - length masks so many of the first 16 bytes, one at 48 - length of the next.
const MASKS: usize = memory.data(64, 16)

export function initTexts(): void {
  memory.fill(MASKS, 255, 32)
}

/** Ones for so many bytes, up to 16. */
@inline
export function maskOf(length: usize): v128 {
  return v128.load(MASKS + 32 - length)
}

@inline
function maskOfRest(length: usize): v128 {
  return v128.load(MASKS + 48 - length)
}

export function makeTextTable(): usize {
  const table = allocate(32)
  store<u32>(table, allocate(4 << FIRST_BITS) as u32)
  store<u32>(table, 32 - FIRST_BITS, 4)
  store<u32>(table, 1, P.TEXTS_SIZE_AT)
  store<u32>(table, allocate(FIRST_ENTRIES << P.TEXT_ENTRY_SHIFT) as u32, P.TEXTS_ENTRIES_AT)
  store<u32>(table, FIRST_ENTRIES, 16)
  return table
}

@inline
function entryAt(table: usize, code: u32): usize {
  return (load<u32>(table, P.TEXTS_ENTRIES_AT) as usize) + ((code as usize) << P.TEXT_ENTRY_SHIFT)
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
function isBoth(entry: usize, first: v128, second: v128): bool {
  const isSame = v128.and(i8x16.eq(v128.load(entry), first), i8x16.eq(v128.load(entry, 16), second))
  return i8x16.bitmask(isSame) === 0xffff
}

/** The code of the text at `p`, a new one if need be. May read up to 32 bytes behind the text. */
export function codeOfText(table: usize, p: usize, length: u32): u32 {
  // Code 0 looks like the empty text, but is none.
  if (length === 0 || length > 32) return probe(table, p, length)
  return codeOfMedium(table, v128.load(p), v128.load(p, 16), p, length)
}

/** As `codeOfText`, for 1 to 16 bytes that are loaded already. */
@inline
export function codeOfShort(table: usize, bytes: v128, p: usize, length: u32): u32 {
  const first = v128.and(bytes, maskOf(length))
  const code = firstCode(table, hashOfShort(first))
  const entry = entryAt(table, code)
  const isSame = i8x16.bitmask(i8x16.eq(v128.load(entry), first)) === 0xffff
  return isSame && load<u32>(entry, P.TEXT_LENGTH_AT) === length ? code : probe(table, p, length)
}

/** As `codeOfText`, for 1 to 32 bytes that are loaded already. */
@inline
export function codeOfMedium(table: usize, bytes: v128, more: v128, p: usize, length: u32): u32 {
  const first = v128.and(bytes, maskOf(length))
  const second = v128.and(more, maskOfRest(length))
  const code = firstCode(table, hashOfBoth(first, second))
  const entry = entryAt(table, code)
  return isBoth(entry, first, second) && load<u32>(entry, P.TEXT_LENGTH_AT) === length ? code : probe(table, p, length)
}

// Apart, so that what is mostly done stays small.
function probe(table: usize, p: usize, length: u32): u32 {
  const known = min<u32>(length, 32)
  const first = v128.and(v128.load(p), maskOf(known))
  const second = v128.and(v128.load(p, 16), maskOfRest(known))
  const hash = hashOfBoth(first, second) ^ (length > 32 ? hashOfLong(p + 32, p + length) : 0)
  let step: u32 = 0
  while (true) {
    const code = codeAt(table, hash, step++)
    if (code === 0) return addText(table, first, second, hash, p, length)
    const entry = entryAt(table, code)
    if (
      isBoth(entry, first, second) &&
      load<u32>(entry, P.TEXT_LENGTH_AT) === length &&
      isSameRest(load<u32>(entry, P.TEXT_PLACE_AT) as usize, p, length)
    )
      return code
  }
}

// Whether texts are the same behind their first 32 bytes.
@inline
function isSameRest(a: usize, b: usize, length: u32): bool {
  if (length <= 32) return true
  const last = length - 16
  for (let at: u32 = 32; at < last; at += 16) {
    if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false
  }
  return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)))
}

function addText(table: usize, first: v128, second: v128, hash: u32, p: usize, length: u32): u32 {
  const code = load<u32>(table, P.TEXTS_SIZE_AT)
  const room = load<u32>(table, 16)
  if (code === room) {
    store<u32>(
      table,
      enlarge(
        load<u32>(table, P.TEXTS_ENTRIES_AT),
        (room as usize) << P.TEXT_ENTRY_SHIFT,
        (room as usize) << (P.TEXT_ENTRY_SHIFT + 1),
      ) as u32,
      P.TEXTS_ENTRIES_AT,
    )
    store<u32>(table, room << 1, 16)
  }
  const entry = entryAt(table, code)
  v128.store(entry, first)
  v128.store(entry, second, 16)
  store<u32>(entry, length, P.TEXT_LENGTH_AT)
  store<u32>(entry, hash, 36)
  store<u32>(entry, keepText(table, p, length) as u32, P.TEXT_PLACE_AT)
  store<u32>(table, code + 1, P.TEXTS_SIZE_AT)
  if (code * 4 > (1 as u32) << (32 - load<u32>(table, 4))) growIndex(table)
  else putCode(table, hash, code)
  return code
}

function putCode(table: usize, hash: u32, code: u32): void {
  const shift = load<u32>(table, 4)
  const mask = ((1 as u32) << (32 - shift)) - 1
  const index = load<u32>(table) as usize
  let place = hash >> shift
  while (load<u32>(index + ((place as usize) << 2)) !== 0) place = (place + 1) & mask
  store<u32>(index + ((place as usize) << 2), code)
}

// Between an eighth and a quarter of the places are taken.
function growIndex(table: usize): void {
  const bits = 32 - load<u32>(table, 4)
  release(load<u32>(table), (4 as usize) << bits)
  store<u32>(table, 31 - bits, 4)
  store<u32>(table, allocate((8 as usize) << bits) as u32)
  for (let code: u32 = 1; code < load<u32>(table, P.TEXTS_SIZE_AT); code++)
    putCode(table, load<u32>(entryAt(table, code), 36), code)
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
