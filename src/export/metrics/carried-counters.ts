// Counters that go on where what they count was removed: a counter that falls would be taken for one that began anew.

/** By the name and the labels of a counter: what it was last, and what was removed of it before. */
export type CarriedCounters = Readonly<Record<string, readonly [last: string, removed: string]>>

export interface Carried {
  readonly counters: CarriedCounters
  /** What is told instead of what was counted. */
  valueOf(key: string): bigint
}

/**
 * `isWhole`: everything was read, so what is less now was removed for good. Where it was not, a counter stays where it was.
 * `mayFall`: what is less now was not removed, but is another number by now, such as a cost after a change of prices.
 */
export function carryOn(
  counted: ReadonlyMap<string, bigint>,
  before: CarriedCounters,
  isWhole: boolean,
  mayFall: (key: string) => boolean = () => false,
): Carried {
  const counters: Record<string, readonly [string, string]> = {}
  const values = new Map<string, bigint>()
  for (const key of new Set([...Object.keys(before), ...counted.keys()])) {
    const now = counted.get(key) ?? 0n
    const [last, removed] = (Object.hasOwn(before, key) ? before[key]! : ['0', '0']).map(BigInt) as [bigint, bigint]
    const fell = now < last && !mayFall(key) ? last - now : 0n
    const [kept, gone] = isWhole ? [now, removed + fell] : [now + fell, removed]
    counters[key] = [String(kept), String(gone)]
    values.set(key, kept + gone)
  }
  return { counters, valueOf: key => values.get(key) ?? 0n }
}
