// Whether JavaScript's heap has room for more of what is made in large numbers. If it runs out, V8 ends the process at once,
// and the user would not learn what to do.
import { memoryUsage } from 'node:process'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { tooManyGroups } from './too-many-groups.ts'

/** So many are made between two looks, each of which takes a microsecond or two. */
const UNSEEN = 1024
/** With so much of the heap taken it is worth a collection to see how much of it is garbage. */
const WORTH_COLLECTING = 0.9
/** With so much in use there is no room to go on: tables double in size when they grow. */
const FULL = 0.8
/** With less in use there is room, whatever the limit. Node's own module for the heap loads all its streams, which takes 10 ms. */
const LITTLE_BYTES = 16 * 2 ** 20
/** Three semi-spaces, which the limit includes, and in which nothing stays. */
const YOUNG_BYTES = 3 * 16 * 2 ** 20

/** To be called with the number of each of many things that are made; throws a MemoryError before the heap is full. */
export function needHeapFor(number: number): void {
  if (number % UNSEEN === UNSEEN - 1) needHeap()
}

/** Throws a MemoryError where the heap is nearly full. */
export function needHeap(): void {
  if (memoryUsage().heapUsed < LITTLE_BYTES || shareInUse() < WORTH_COLLECTING) return
  collectGarbage()
  if (shareInUse() > FULL) throw tooManyGroups(heapBytes())
}

function shareInUse(): number {
  return getHeapStatistics().used_heap_size / heapBytes()
}

function heapBytes(): number {
  return getHeapStatistics().heap_size_limit - YOUNG_BYTES
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  setFlagsFromString('--no-expose-gc')
  collect()
}
