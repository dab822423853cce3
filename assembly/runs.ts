// Runs: events of the same keys that follow each other with short pauses. Of each combination of the other keys the latest
// run is known: from when to when it goes, the stretch of time in which it was begun, which is its name, and its group. A run
// that is begun is a new group, even where there was one of that name; so nothing is looked up.
//
// Runs, 24 bytes: 0 pause i64 | 8 states u32 | 12 capacity u32 | 16 number of the epoch u32, from 1: earlier runs have ended
// State, 32 bytes: 0 first i64 | 8 last i64 | 16 group + 1 u32, 0 where there is none | 20 code of the stretch u32
//                  24 epoch in which it was begun u32
import { allocate, enlarge, roomFor } from './memory'
import { addPair } from './pairs'

export function makeRuns(): usize {
  const runs = allocate(24)
  store<u32>(runs, 1, 16)
  return runs
}

/** A pause as long as this ends a run. */
export function setPause(runs: usize, ms: i64): void {
  store<i64>(runs, ms)
}

/** Ends all runs. */
export function endRuns(runs: usize): void {
  store<u32>(runs, load<u32>(runs, 16) + 1, 16)
}

/** Forgets the groups of the runs, which go on. */
export function clearGroupsOfRuns(runs: usize): void {
  const states = load<u32>(runs, 8) as usize
  for (let index: usize = 0; index < (load<u32>(runs, 12) as usize); index++) store<u32>(states + (index << 5), 0, 16)
}

/**
 * Writes the groups of `count` events, which are pairs of the codes at `others` and `stretches`. All codes at `others` are
 * below `size`.
 */
export function joinRuns(
  runs: usize,
  pairs: usize,
  others: usize,
  size: u32,
  stretches: usize,
  instants: usize,
  to: usize,
  count: u32,
): void {
  makeRoom(runs, size)
  const pause = load<i64>(runs)
  const states = load<u32>(runs, 8) as usize
  const epoch = load<u32>(runs, 16)
  for (let index: usize = 0; index < count; index++) {
    const instant = load<i64>(instants + (index << 3))
    const other = load<u32>(others + (index << 2))
    const state = states + ((other as usize) << 5)
    let group = load<u32>(state, 16)
    if (
      load<u32>(state, 24) !== epoch ||
      instant - load<i64>(state, 8) >= pause ||
      load<i64>(state) - instant >= pause
    ) {
      store<i64>(state, instant)
      store<i64>(state, instant, 8)
      store<u32>(state, load<u32>(stretches + (index << 2)), 20)
      store<u32>(state, epoch, 24)
      group = 0
    } else {
      store<i64>(state, min(load<i64>(state), instant))
      store<i64>(state, max(load<i64>(state, 8), instant), 8)
    }
    if (group === 0) {
      group = addPair(pairs, other, load<u32>(state, 20)) + 1
      store<u32>(state, group, 16)
    }
    store<u32>(to + (index << 2), group - 1)
  }
}

function makeRoom(runs: usize, size: u32): void {
  const old = load<u32>(runs, 12)
  if (size <= old) return
  const capacity = roomFor(size)
  store<u32>(runs, enlarge(load<u32>(runs, 8), (old as usize) << 5, (capacity as usize) << 5) as u32, 8)
  store<u32>(runs, capacity, 12)
}
