// The tally of a block: the sums and sketches of the groups that its used rows belong to.
//
// Addition, 16 bytes: 0 kind u8 | 4 stream u32 | 8 groups or sketches u32
//                     12 slot of what is sketched u32
import * as P from '../src/kernel/protocol'
import * as J from './judge'
import { initPrices, priceRows } from './prices'
import * as R from './rows'
import { addBuckets, clearSketches, findBuckets } from './sketches'
import { clearStreams, codesOf, findInstants, instants, makeCodes, sizeOf, streamCount } from './streams'
import * as A from './sums'

const ADDITIONS: usize = memory.data(128 * 16, 16)
const SETS: usize = memory.data(16 * 4, 16)
let additionCount: u32 = 0
let setCount: u32 = 0

/** The stream of the classes that events are priced by, if they are, and how many streams have their codes already. */
let priceStream: u32 = P.NONE
let madeStreams: u32 = 0

export function setDuration(slot: u32): void {
  A.setDurationSlot(slot)
}

export function addSet(vectors: u32): usize {
  const set = A.makeSet(vectors)
  store<u32>(SETS + ((setCount++ as usize) << 2), set as u32)
  return set
}

export function addAddition(kind: u8, stream: u32, target: usize, slot: u32): void {
  const addition = ADDITIONS + ((additionCount++ as usize) << 4)
  store<u8>(addition, kind)
  store<u32>(addition, stream, 4)
  store<u32>(addition, target as u32, 8)
  store<u32>(addition, slot, 12)
}

/** Prices events by the classes of a stream, which comes before those that it is no part of. */
export function setPriceStream(stream: u32): void {
  priceStream = stream
  initPrices()
}

/** Judges the block, and finds out what its events are priced by; classes that are new get their prices before the next step. */
export function judgeBlock(): void {
  J.judge()
  madeStreams = 0
  if (J.used === 0) return
  A.findSources()
  findInstants()
  if (priceStream === P.NONE) return
  for (; madeStreams <= priceStream; madeStreams++) makeCodes(madeStreams)
}

/** Makes the records of the block; returns a number that no sum of it is above. */
export function prepareBlock(): f64 {
  A.clearBound()
  if (priceStream !== P.NONE) priceRows(codesOf(priceStream), J.used)
  if (J.used === 0) return 0
  for (let index: u32 = 0; index < setCount; index++) A.buildRecords(load<u32>(SETS + ((index as usize) << 2)))
  return A.bound
}

/** Adds the block that was prepared to the groups. */
export function addBlock(): void {
  if (J.used === 0) return
  for (; madeStreams < streamCount; madeStreams++) makeCodes(madeStreams)
  let sketched: u32 = 64
  for (let index: u32 = 0; index < additionCount; index++) {
    const addition = ADDITIONS + ((index as usize) << 4)
    const kind = load<u8>(addition)
    const stream = load<u32>(addition, 4)
    const target = load<u32>(addition, 8) as usize
    if (kind === P.ADD_SUMS) A.addRecords(target, codesOf(stream), J.used, sizeOf(stream))
    else if (kind === P.ADD_EXTENTS) A.addExtents(target, codesOf(stream), instants, instants, J.used, sizeOf(stream))
    else {
      const slot = load<u32>(addition, 12)
      if ((R.someSeen & ((1 as u64) << slot)) === 0) continue
      if (slot !== sketched) findBuckets(slot)
      sketched = slot
      addBuckets(target, codesOf(stream), J.used, sizeOf(stream))
    }
  }
}

/** Forgets all groups; texts keep their codes. */
export function clearTally(): void {
  madeStreams = 0
  clearStreams()
  for (let index: u32 = 0; index < additionCount; index++) {
    const addition = ADDITIONS + ((index as usize) << 4)
    const target = load<u32>(addition, 8) as usize
    if (load<u8>(addition) === P.ADD_SKETCHES) clearSketches(target)
    else A.clearGroups(target)
  }
  J.clearExtent()
}
