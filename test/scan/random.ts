// Random numbers that a seed repeats.
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0 || 1
  }

  /** A whole number from 0 to `below` - 1. */
  below(below: number): number {
    this.state ^= this.state << 13
    this.state >>>= 0
    this.state ^= this.state >>> 17
    this.state ^= this.state << 5
    this.state >>>= 0
    return Math.floor((this.state / 4294967296) * below)
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!
  }

  chance(share: number): boolean {
    return this.below(1000) < share * 1000
  }
}
