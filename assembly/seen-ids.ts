// The ids that were seen, and what their lines said: a list of them in the order in which they came, and an index of it. What
// most ids touch is the index alone, and it is small, because the processor waits for each of its places.
//
// Id, 20 bytes: 0 fingerprint, four u32 | 16 usage word of the line that counts u32, 0 where it is gone
// Cell of the index, u32: 0 where it is free; else the number of the id from 1 in as many low bits as the index has, and bits
// of its fingerprint above them.
import { hashOfWords } from './hashing'
import { allocate, enlarge, release } from './memory'

const FIRST_BITS: u32 = 12
/** An index of more bits is not kept for the next file. */
const KEPT_BITS: u32 = 18

/** What came of an id: it was new, or there already, with the same usage word or another one. */
export const NEVER: u32 = 0
export const ALIKE: u32 = 1
const OTHERWISE: u32 = 2

const FETCHED: usize = memory.data(8, 16)
let index: usize = 0
let bits: u32 = 0
let list: usize = 0
let count: u32 = 0

@inline
function slots(): u32 {
  return (1 as u32) << bits
}

@inline
function slotOf(words: v128): u32 {
  return hashOfWords(words) & (slots() - 1)
}

// Three quarters of the cells are used, so that the list has room where 16 bytes a cell are.
@inline
function idAt(number: u32): usize {
  return list + (number as usize) * 20
}

// What a cell has of a fingerprint.
@inline
function tagOf(words: v128): u32 {
  return (i32x4.extract_lane(words, 2) as u32) << bits
}

export function initSeen(): void {
  makeRoom(FIRST_BITS)
}

function makeRoom(newBits: u32): void {
  bits = newBits
  index = allocate((slots() as usize) << 2)
  list = allocate((slots() as usize) << 4)
  count = 0
}

function giveBack(): void {
  release(index, (slots() as usize) << 2)
  release(list, (slots() as usize) << 4)
}

export function clearSeen(): void {
  if (count === 0) return
  if (bits > KEPT_BITS) {
    giveBack()
    initSeen()
  } else memory.fill(index, 0, (slots() as usize) << 2)
  count = 0
}

/** Makes room for a list of so many ids, which the host fills; returns its place. `indexSeen` must follow. */
export function lendSeen(idCount: u32): usize {
  let wanted = FIRST_BITS
  while ((idCount as u64) * 4 >= (3 as u64) << (wanted as u64)) wanted++
  giveBack()
  makeRoom(wanted)
  count = idCount
  return list
}

/** Finds a place for all ids of the list. */
export function indexSeen(): void {
  for (let number: u32 = 1; number <= count; number++) putCell(number, v128.load(idAt(number - 1)))
}

/** The list of ids. */
export function seenPlace(): usize {
  return list
}

export function seenCount(): u32 {
  return count
}

/**
 * Looks at where the fingerprints at `ids` belong, so that the processor has these places at hand when they are added: it
 * fetches many at once, and one after the other it would wait for each.
 */
export function fetchSeen(ids: usize, idCount: usize): void {
  let all: u32 = 0
  for (let id = ids; id < ids + (idCount << 4); id += 16)
    all |= load<u32>(index + ((slotOf(v128.load(id)) as usize) << 2))
  // Nobody reads it; but what is not stored is not loaded.
  store<u32>(FETCHED, all)
}

/** Adds the fingerprint at `id` with the usage word of its line. All zeros is no id and always new. */
@inline
export function addSeen(id: usize, usage: u32): u32 {
  const words = v128.load(id)
  if (!v128.any_true(words)) return NEVER
  if (count * 4 >= slots() * 3) grow()
  const mask = slots() - 1
  const tag = tagOf(words)
  let slot = slotOf(words)
  while (true) {
    const at = index + ((slot as usize) << 2)
    const cell = load<u32>(at)
    if (cell === 0) {
      v128.store(idAt(count), words)
      store<u32>(idAt(count), usage, 16)
      count++
      store<u32>(at, tag | count)
      return NEVER
    }
    if ((cell ^ tag) <= mask && isAt((cell & mask) - 1, words)) return compared((cell & mask) - 1, usage)
    slot = (slot + 1) & mask
  }
}

@inline
function isAt(number: u32, words: v128): bool {
  return !v128.any_true(v128.xor(v128.load(idAt(number)), words))
}

function compared(number: u32, usage: u32): u32 {
  const first = load<u32>(idAt(number), 16)
  return first === usage || first === 0 ? ALIKE : OTHERWISE
}

function putCell(number: u32, words: v128): void {
  let slot = slotOf(words)
  while (load<u32>(index + ((slot as usize) << 2)) !== 0) slot = (slot + 1) & (slots() - 1)
  store<u32>(index + ((slot as usize) << 2), tagOf(words) | number)
}

function grow(): void {
  release(index, (slots() as usize) << 2)
  list = enlarge(list, (slots() as usize) << 4, (slots() as usize) << 5)
  bits++
  index = allocate((slots() as usize) << 2)
  indexSeen()
}
