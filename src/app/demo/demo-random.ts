// Repeatable random numbers: the same seed gives the same numbers on every machine.

export interface Random {
  /** From 0 up to 1. */
  next(): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
}

/** Numbers made from a seed and some more numbers, such as a day and a user. (mulberry32, seeded by FNV-1a) */
export function seededRandom(...seeds: readonly number[]): Random {
  let state = 0x811c9dc5
  for (const seed of seeds) {
    state = Math.imul(state ^ (seed | 0), 0x01000193)
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b)
  }
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    chance: probability => next() < probability,
    pick: list => list[between(0, list.length - 1)]!,
  }
}
