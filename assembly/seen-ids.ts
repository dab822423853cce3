// A set of id fingerprints: 16 bytes an id in one flat table, laid out as that of src/tally/seen-ids.ts.
import { allocate, release } from './memory'

const FIRST_SLOTS: u32 = 1 << 12

const FETCHED: usize = memory.data(8, 16)
let table: usize = 0
let slots: u32 = 0
let count: u32 = 0

@inline
function slotOf(words: v128): u32 {
  return (i32x4.extract_lane(words, 0) as u32) ^ ((i32x4.extract_lane(words, 1) as u32) >> 7)
}

/** Makes room for a table of so many slots, which the host fills, and returns its place. */
export function lendSeen(slotCount: u32, idCount: u32): usize {
  if (table != 0) release(table, (slots as usize) << 4)
  slots = slotCount
  count = idCount
  table = allocate((slots as usize) << 4)
  return table
}

export function seenPlace(): usize {
  return table
}

export function seenSlots(): u32 {
  return slots
}

export function seenCount(): u32 {
  return count
}

export function initSeen(): void {
  slots = FIRST_SLOTS
  table = allocate((slots as usize) << 4)
}

export function clearSeen(): void {
  if (count == 0) return
  if (slots > FIRST_SLOTS * 64) {
    release(table, (slots as usize) << 4)
    initSeen()
  } else memory.fill(table, 0, (slots as usize) << 4)
  count = 0
}

/**
 * Looks at where the fingerprints at `ids` belong, so that the processor has these places at hand when they are added: it
 * fetches many at once, and one after the other it would wait for each.
 */
export function fetchSeen(ids: usize, idCount: usize): void {
  let all: u64 = 0
  const mask = slots - 1
  for (let id = ids; id < ids + (idCount << 4); id += 16) {
    const slot = slotOf(v128.load(id)) & mask
    all |= load<u64>(table + ((slot as usize) << 4))
  }
  // Nobody reads it; but what is not stored is not loaded.
  store<u64>(FETCHED, all)
}

/** Adds the fingerprint at `id`; false if it was there already. All zeros is no id and always new. */
@inline
export function addSeen(id: usize): bool {
  const words = v128.load(id)
  if (!v128.any_true(words)) return true
  if (count * 4 >= slots * 3) grow()
  let slot = slotOf(words) & (slots - 1)
  while (true) {
    const entry = table + ((slot as usize) << 4)
    const there = v128.load(entry)
    if (!v128.any_true(there)) {
      v128.store(entry, words)
      count++
      return true
    }
    if (!v128.any_true(v128.xor(there, words))) return false
    slot = (slot + 1) & (slots - 1)
  }
}

function grow(): void {
  const old = table
  const oldSlots = slots
  slots *= 2
  table = allocate((slots as usize) << 4)
  for (let index: u32 = 0; index < oldSlots; index++) {
    const words = v128.load(old + ((index as usize) << 4))
    if (!v128.any_true(words)) continue
    let slot = slotOf(words) & (slots - 1)
    while (v128.any_true(v128.load(table + ((slot as usize) << 4)))) slot = (slot + 1) & (slots - 1)
    v128.store(table + ((slot as usize) << 4), words)
  }
  release(old, (oldSlots as usize) << 4)
}
