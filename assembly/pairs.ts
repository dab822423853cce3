// Pairs of codes as codes: (client, profile) becomes one number, and that with the rate the number of a group. Small
// tables are looked up by index, large ones by hash.
//
// Table, 32 bytes: 0 pairs by code (a u32, b u32 each) u32 | 4 capacity u32 | 8 count u32 | 12 cells u32 | 16 bytes of cells u32
//                  20 log2 of the cells of one a u32 | 24 how many a u32 | 28 is hashed u32
// Cell by index, 4 bytes: code + 1.   Cell by hash, 16 bytes: 0 pair u64 | 8 code + 1 u32
import { hashOfPair } from './hashing'
import { allocate, enlarge, release } from './memory'

const INDEXED_CELLS_MAX: u32 = 1 << 19
const FIRST_CAPACITY: u32 = 64

export function makePairTable(): usize {
  const table = allocate(32)
  store<u32>(table, allocate(FIRST_CAPACITY * 8) as u32)
  store<u32>(table, FIRST_CAPACITY, 4)
  return table
}

@inline
export function pairCount(table: usize): u32 {
  return load<u32>(table, 8)
}

export function clearPairs(table: usize): void {
  store<u32>(table, 0, 8)
  memory.fill(load<u32>(table, 12), 0, load<u32>(table, 16))
}

@inline
function widthOf(count: u32): u32 {
  return count <= 1 ? 0 : 32 - clz<u32>(count - 1)
}

/** A new code for a pair, which is not looked for. */
export function addPair(table: usize, a: u32, b: u32): u32 {
  const code = load<u32>(table, 8)
  const capacity = load<u32>(table, 4)
  if (code === capacity) {
    store<u32>(table, enlarge(load<u32>(table), (capacity as usize) << 3, (capacity as usize) << 4) as u32)
    store<u32>(table, capacity << 1, 4)
  }
  const pair = (load<u32>(table) as usize) + ((code as usize) << 3)
  store<u32>(pair, a)
  store<u32>(pair, b, 4)
  store<u32>(table, code + 1, 8)
  return code
}

/** Writes the codes of `count` pairs at `to`. All codes of `a` are below `sizeA`, all of `b` below `sizeB`. */
export function pairUp(table: usize, a: usize, sizeA: u32, b: usize, sizeB: u32, to: usize, count: u32): void {
  if (load<u32>(table, 28) === 0) fitIndex(table, sizeA, sizeB)
  if (load<u32>(table, 28) === 0) pairByIndex(table, a, b, to, count)
  else pairByHash(table, a, b, to, count)
}

/** As `pairUp`, but each pair gets a code of its own, and no call finds it again. */
export function appendPairs(table: usize, a: usize, b: usize, to: usize, count: u32): void {
  for (let index: usize = 0; index < (count as usize) << 2; index += 4) {
    store<u32>(to + index, addPair(table, load<u32>(a + index), load<u32>(b + index)))
  }
}

function pairByIndex(table: usize, a: usize, b: usize, to: usize, count: u32): void {
  const cells = load<u32>(table, 12) as usize
  const width = load<u32>(table, 20)
  const end = a + ((count as usize) << 2)
  while (a < end) {
    const left = load<u32>(a)
    const right = load<u32>(b)
    const cell = cells + ((((left << width) | right) as usize) << 2)
    let code = load<u32>(cell)
    if (code === 0) {
      code = addPair(table, left, right) + 1
      store<u32>(cell, code)
    }
    store<u32>(to, code - 1)
    a += 4
    b += 4
    to += 4
  }
}

function pairByHash(table: usize, a: usize, b: usize, to: usize, count: u32): void {
  // Room for every pair of the call to be new.
  growHash(table, pairCount(table) + count)
  const cells = load<u32>(table, 12) as usize
  const mask = (load<u32>(table, 16) >> 4) - 1
  const end = a + ((count as usize) << 2)
  while (a < end) {
    const pair = (load<u32>(a) as u64) | ((load<u32>(b) as u64) << 32)
    let slot = hashOfPair(pair) & mask
    let code: u32 = 0
    while (true) {
      const cell = cells + ((slot as usize) << 4)
      code = load<u32>(cell, 8)
      if (load<u64>(cell) === pair && code !== 0) break
      if (code === 0) {
        code = addPair(table, pair as u32, (pair >> 32) as u32) + 1
        store<u64>(cell, pair)
        store<u32>(cell, code, 8)
        break
      }
      slot = (slot + 1) & mask
    }
    store<u32>(to, code - 1)
    a += 4
    b += 4
    to += 4
  }
}

// Makes the index large enough, or turns to hashing.
function fitIndex(table: usize, sizeA: u32, sizeB: u32): void {
  const width = max<u32>(load<u32>(table, 20), widthOf(sizeB))
  const many = max<u32>(load<u32>(table, 24), (1 as u32) << widthOf(sizeA))
  if (width === load<u32>(table, 20) && many === load<u32>(table, 24)) return
  const isHashed = width > 19 || (many as u64) << width > INDEXED_CELLS_MAX
  const old = load<u32>(table, 12) as usize
  if (old !== 0) release(old, load<u32>(table, 16))
  store<u32>(table, 0, 12)
  store<u32>(table, 0, 16)
  if (isHashed) {
    store<u32>(table, 1, 28)
    growHash(table, pairCount(table))
    return
  }
  const bytes = (many << width) << 2
  const cells = allocate(bytes)
  store<u32>(table, cells as u32, 12)
  store<u32>(table, bytes, 16)
  store<u32>(table, width, 20)
  store<u32>(table, many, 24)
  for (let code: u32 = 0; code < pairCount(table); code++) {
    const pair = (load<u32>(table) as usize) + ((code as usize) << 3)
    store<u32>(cells + ((((load<u32>(pair) << width) | load<u32>(pair, 4)) as usize) << 2), code + 1)
  }
}

// Half of the cells stay free for `count` pairs.
function growHash(table: usize, count: u32): void {
  const old = load<u32>(table, 12) as usize
  const oldBytes = load<u32>(table, 16)
  if (oldBytes >= count << 5 && old !== 0) return
  const size = (1 as u32) << widthOf(max<u32>(count * 3, 4096))
  const cells = allocate((size as usize) << 4)
  store<u32>(table, cells as u32, 12)
  store<u32>(table, size << 4, 16)
  if (old === 0) {
    for (let code: u32 = 0; code < pairCount(table); code++) {
      putCell(cells, size, load<u64>((load<u32>(table) as usize) + ((code as usize) << 3)), code + 1)
    }
    return
  }
  // In the order of the old cells, because the new ones are then written nearly in order too.
  for (let cell = old; cell < old + (oldBytes as usize); cell += 16) {
    const code = load<u32>(cell, 8)
    if (code !== 0) putCell(cells, size, load<u64>(cell), code)
  }
  release(old, oldBytes)
}

@inline
function putCell(cells: usize, size: u32, pair: u64, code: u32): void {
  let slot = hashOfPair(pair) & (size - 1)
  while (load<u32>(cells + ((slot as usize) << 4), 8) !== 0) slot = (slot + 1) & (size - 1)
  store<u64>(cells + ((slot as usize) << 4), pair)
  store<u32>(cells + ((slot as usize) << 4), code, 8)
}
