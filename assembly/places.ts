// The paths that are wanted, as a tree of keys: where a value of a line stands, and who wants it.
//
// Place in the tree, 16 bytes: 0 target u32 | 4 parent u32 | 8 number of an inner place u32 | 12 children, bits u32:
//                             1 it has some, 2 some that an array may have too, 4 some that the host has not added yet
// Target, 32 bytes: 0 slot u8 | 1 name u8 | 2 kind u8 | 3 isWanted u8 | 4 next target u32 | 8 factor f64 | 16 bit u64
//                   24 column u32 | 28 text table u32. The bit is the slot's, with that of its mark if the place has one.
import { allocate } from './memory'
import * as R from './rows'

@external('host', 'learnPlaces')
declare function learnPlaces(place: u32): void

const TREE: usize = memory.data(1536 * 16, 16)
// Children by hash, 16 bytes: 0 parent + 1 u32 | 4 key u32 | 8 length u32 | 12 child u32
const CHILD_SLOTS: u32 = 4096
const CHILDREN: usize = memory.data(4096 * 16, 16)
let treeCount: u32 = 1

@inline
export function placeAt(place: u32): usize {
  return TREE + ((place as usize) << 4)
}

export function hashOfKey(parent: u32, key: usize, length: u32): u32 {
  let hash: u32 = (parent + 1) * 0x9e3779b1
  for (let index: u32 = 0; index < length; index++) hash = (hash ^ load<u8>(key + index)) * 0x01000193
  return hash ^ (hash >> 15)
}

// The slot of a child, or the free slot where it belongs.
function childSlot(parent: u32, key: usize, length: u32): usize {
  let slot = hashOfKey(parent, key, length) & (CHILD_SLOTS - 1)
  while (true) {
    const entry = CHILDREN + ((slot as usize) << 4)
    const owner = load<u32>(entry)
    if (owner === 0) return entry
    if (
      owner === parent + 1 &&
      load<u32>(entry, 8) === length &&
      memory.compare(load<u32>(entry, 4), key, length) === 0
    )
      return entry
    slot = (slot + 1) & (CHILD_SLOTS - 1)
  }
}

/** The place of a key below another place, a new one if need be; place 0 is the line. */
export function addPlace(parent: u32, key: usize, length: u32, inner: u32): u32 {
  const entry = childSlot(parent, key, length)
  if (load<u32>(entry) !== 0) return load<u32>(entry, 12)
  const kept = allocate(length + 16)
  memory.copy(kept, key, length)
  const place = treeCount++
  store<u32>(entry, parent + 1)
  store<u32>(entry, kept as u32, 4)
  store<u32>(entry, length, 8)
  store<u32>(entry, place, 12)
  store<u32>(placeAt(place), parent, 4)
  if (parent !== 0) {
    const children: u32 = isKeyOfArray(key, length) ? 2 : 1
    store<u32>(placeAt(parent), children | load<u32>(placeAt(parent), 12), 12)
    store<u32>(placeAt(parent), inner, 8)
  }
  return place
}

/** Says that the host will add places below one when a line has an object there. */
export function addLatePlaces(place: u32, inner: u32): void {
  store<u32>(placeAt(place), load<u32>(placeAt(place), 12) | 4, 12)
  store<u32>(placeAt(place), inner, 8)
}

/** Has the places below one added that are not there yet. */
export function completePlaces(place: u32): void {
  const children = load<u32>(placeAt(place), 12)
  if ((children & 4) === 0) return
  store<u32>(placeAt(place), children & 3, 12)
  learnPlaces(place)
}

// An array has its elements by number, and a length.
function isKeyOfArray(key: usize, length: u32): bool {
  const first: u32 = load<u8>(key)
  return first - 48 < 10 || (length === 6 && first === 0x6c)
}

/** Says that the value at a place is for a slot, and that it sets a mark; it may set none. */
export function addTarget(place: u32, slot: u32, name: u32, factor: f64, mark: u32): void {
  const from = R.slotAt(slot)
  const target = allocate(32)
  store<u8>(target, slot as u8)
  store<u8>(target, name as u8, 1)
  store<u8>(target, load<u8>(from), 2)
  store<u8>(target, load<u8>(from, 1), 3)
  store<u32>(target, load<u32>(placeAt(place)), 4)
  store<f64>(target, factor, 8)
  store<u64>(target, ((1 as u64) << slot) | R.addMark(slot, mark), 16)
  store<u32>(target, load<u32>(from, 4), 24)
  store<u32>(target, load<u32>(from, 8), 28)
  store<u32>(placeAt(place), target as u32)
}

/** The place of a key below another place; 0 where nobody wants it. */
export function findChild(parent: u32, key: usize, length: u32): u32 {
  const entry = childSlot(parent, key, length)
  return load<u32>(entry) === 0 ? 0 : load<u32>(entry, 12)
}
