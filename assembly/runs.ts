// Runs: events of the same keys that follow each other with short pauses. Of each combination of the other keys the latest
// run is known: from when to when it goes, and the code of the stretch of time in which it was begun, which is its name.
//
// Runs, 16 bytes: 0 pause i64 | 8 states u32 | 12 capacity u32
// State, 32 bytes: 0 first i64 | 8 last i64 | 16 code + 1 u32, 0 where there is no run
import { allocate, enlarge } from './memory'

export function makeRuns(): usize {
  return allocate(16)
}

/** A pause as long as this ends a run. */
export function setPause(runs: usize, ms: i64): void {
  store<i64>(runs, ms)
}

export function clearRuns(runs: usize): void {
  if (load<u32>(runs, 12) != 0) memory.fill(load<u32>(runs, 8), 0, (load<u32>(runs, 12) as usize) << 5)
}

/** Replaces the codes of the stretches at `codes` by those of the runs. All codes at `others` are below `size`. */
export function joinRuns(runs: usize, others: usize, size: u32, instants: usize, codes: usize, count: u32): void {
  const old = load<u32>(runs, 12)
  if (size > old) {
    const capacity = max<u32>(64, (1 as u32) << (32 - clz<u32>(size - 1)))
    store<u32>(runs, enlarge(load<u32>(runs, 8), (old as usize) << 5, (capacity as usize) << 5) as u32, 8)
    store<u32>(runs, capacity, 12)
  }
  const pause = load<i64>(runs)
  const states = load<u32>(runs, 8) as usize
  for (let index: usize = 0; index < count; index++) {
    const instant = load<i64>(instants + (index << 3))
    const state = states + ((load<u32>(others + (index << 2)) as usize) << 5)
    const code = codes + (index << 2)
    const known = load<u32>(state, 16)
    if (known == 0 || instant - load<i64>(state, 8) >= pause || load<i64>(state) - instant >= pause) {
      store<i64>(state, instant)
      store<i64>(state, instant, 8)
      store<u32>(state, load<u32>(code) + 1, 16)
    } else {
      store<i64>(state, min(load<i64>(state), instant))
      store<i64>(state, max(load<i64>(state, 8), instant), 8)
      store<u32>(code, known - 1)
    }
  }
}
