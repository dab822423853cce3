// A sketch of durations that merges: counts in buckets, 64 to a power of two, so that a quantile is within 0.8 % of the
// true value, and exact below 128 microseconds.

/** The bucket of a whole number of microseconds: its exponent and the first six bits after the leading one. */
export function bucketOf(us: number): number {
  if (us < 64) return us
  const exponent = exponentOf(us)
  return (exponent - 5) * 64 + (Math.floor(us / 2 ** (exponent - 6)) - 64)
}

/** The middle of the whole numbers that fall into a bucket. */
export function valueOfBucket(bucket: number): number {
  if (bucket < 64) return bucket
  const exponent = Math.floor(bucket / 64) + 5
  const width = 2 ** (exponent - 6)
  return (64 + (bucket % 64)) * width + (width - 1) / 2
}

/** Counts by bucket. */
export class Sketch {
  readonly counts = new Map<number, number>()
  total = 0

  add(us: number): void {
    this.addBucket(bucketOf(us), 1)
  }

  addBucket(bucket: number, count: number): void {
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + count)
    this.total += count
  }

  merge(other: Sketch): void {
    for (const [bucket, count] of other.counts) this.addBucket(bucket, count)
  }

  /** The value that a share of all values is not above (nearest rank), in microseconds; null where there is none. */
  quantile(share: number): number | null {
    if (this.total === 0) return null
    const rank = Math.max(1, Math.ceil(share * this.total - 1e-9))
    let seen = 0
    for (const bucket of [...this.counts.keys()].sort((a, b) => a - b)) {
      seen += this.counts.get(bucket)!
      if (seen >= rank) return valueOfBucket(bucket)
    }
    return null
  }
}

const bits = new DataView(new ArrayBuffer(8))

function exponentOf(value: number): number {
  bits.setFloat64(0, value)
  return (bits.getUint32(0) >>> 20) - 1023
}
