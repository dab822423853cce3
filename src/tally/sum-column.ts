// Exact sums of whole numbers, one for each group: doubles while they hold every integer, BigInts beyond.

export class SumColumn {
  private lows = new Float64Array(64)
  /** What a group's double could no longer hold. */
  private readonly highs = new Map<number, bigint>()

  /** Adds a whole number from 0 to 2^53 - 1. */
  add(slot: number, value: number): void {
    if (slot >= this.lows.length) this.grow(slot)
    const sum = this.lows[slot]! + value
    if (sum <= Number.MAX_SAFE_INTEGER) this.lows[slot] = sum
    else {
      this.highs.set(slot, (this.highs.get(slot) ?? 0n) + BigInt(this.lows[slot]!))
      this.lows[slot] = value
    }
  }

  addExact(slot: number, value: number | bigint): void {
    if (typeof value === 'number') this.add(slot, value)
    else {
      this.add(slot, 0)
      this.highs.set(slot, (this.highs.get(slot) ?? 0n) + value)
    }
  }

  /** A number where it is exact, else a BigInt. */
  get(slot: number): number | bigint {
    const low = slot < this.lows.length ? this.lows[slot]! : 0
    const high = this.highs.get(slot)
    if (high === undefined) return low
    const sum = high + BigInt(low)
    return sum <= MOST ? Number(sum) : sum
  }

  /** All sums by slot, as far as there are any yet; undefined where a number does not hold one of them. */
  get values(): ArrayLike<number> | undefined {
    return this.highs.size === 0 ? this.lows : undefined
  }

  private grow(slot: number): void {
    const larger = new Float64Array(Math.max(slot + 1, this.lows.length * 2))
    larger.set(this.lows)
    this.lows = larger
  }
}

const MOST = BigInt(Number.MAX_SAFE_INTEGER)

/** Adds two exact whole numbers. */
export function addExact(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (sum <= Number.MAX_SAFE_INTEGER) return sum
  }
  const sum = BigInt(a) + BigInt(b)
  return sum <= MOST ? Number(sum) : sum
}

/** One exact whole number without another. */
export function subtractExact(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const rest = BigInt(a) - BigInt(b)
  return rest <= MOST ? Number(rest) : rest
}
