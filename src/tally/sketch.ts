// A sketch of durations that can be merged: counts in buckets, 64 for each power of two, so that a quantile is within 0.8 % of
// the true value, and exact below 128 microseconds. The largest value is kept exactly.
import { bucketOfShare, type CountParts, type Counts, sumOfCounts } from '../base/column-loops.ts'
import { packCounts, visitCounts } from './packed-counts.ts'

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

/** Counts by bucket: those added here, and windows and packed ones of other sketches, which are looked at when asked. */
export class Sketch {
  private readonly own = new Map<number, number>()
  private packed: Uint8Array[] = []
  private windows: Counts[] = []
  private most = 0

  /** A sketch of counts as `pack` gave them. Where nobody knows the largest value, it is as its bucket has it. */
  static ofPacked(bytes: Uint8Array, largest?: number): Sketch {
    const sketch = new Sketch()
    sketch.packed.push(bytes)
    sketch.most = largest ?? sketch.highestMiddle
    return sketch
  }

  /** A sketch of counts that belong to it. */
  static ofWindow(window: Counts, largest: number): Sketch {
    const sketch = new Sketch()
    sketch.windows.push(window)
    sketch.most = largest
    return sketch
  }

  /** In whole microseconds; 0 where there is none. */
  get largest(): number {
    return this.most
  }

  add(us: number): void {
    this.addBucket(bucketOf(us), 1, us)
  }

  /** Adds values of one bucket; `largest` is the largest of them, or of all that the sketch gets. */
  addBucket(bucket: number, count: number, largest: number): void {
    this.own.set(bucket, (this.own.get(bucket) ?? 0) + count)
    if (largest > this.most) this.most = largest
  }

  merge(other: Sketch): void {
    for (const [bucket, count] of other.own) this.addBucket(bucket, count, other.most)
    this.most = Math.max(this.most, other.most)
    if (other.packed.length + other.windows.length === 0) return
    this.packed.push(...other.packed)
    this.windows.push(...other.windows)
    if (this.packed.length + this.windows.length <= MOST_APART) return
    this.windows = [sumOfCounts({ single: new Map(), windows: this.windows, packed: this.packed })]
    this.packed = []
  }

  /** What is left when counts that are a part of these are taken away. */
  without(part: Sketch): Sketch {
    const { first, counts } = this.window
    const left = Float64Array.from(counts)
    const taken = part.window
    // What of it is beyond the whole are zeros, which have no place there.
    for (let index = 0; index < taken.counts.length; index++) left[taken.first - first + index]! -= taken.counts[index]!
    const rest = Sketch.ofWindow({ first, counts: left }, this.most)
    // The largest value may have gone with the part; what comes after it nobody knows.
    if (part.most === this.most) rest.most = Math.min(this.most, rest.highestMiddle)
    return rest
  }

  // In whole microseconds.
  private get highestMiddle(): number {
    let highest = 0
    this.visit(bucket => {
      if (bucket > highest) highest = bucket
    })
    return Math.ceil(valueOfBucket(highest))
  }

  private get parts(): CountParts {
    return { single: this.own, windows: this.windows, packed: this.packed }
  }

  /** All counts side by side. */
  get window(): Counts {
    const [only] = this.windows
    if (only !== undefined && this.own.size + this.packed.length === 0 && this.windows.length === 1) return only
    return sumOfCounts(this.parts)
  }

  get total(): number {
    let total = 0
    this.visit((_, count) => {
      total += count
    })
    return total
  }

  /** All counts as bytes; the same for the same counts. */
  pack(): Uint8Array {
    if (this.own.size + this.windows.length === 0 && this.packed.length === 1) return this.packed[0]!
    return packCounts(this.window)
  }

  /** The value that a share of all values is not above (nearest rank), in microseconds; null where there is none. */
  quantile(share: number): number | null {
    const bucket = bucketOfShare(this.parts, share)
    if (bucket === null) return null
    return share === 1 ? this.most : Math.min(valueOfBucket(bucket), this.most)
  }

  visit(visitor: (bucket: number, count: number) => void): void {
    for (const [bucket, count] of this.own) visitor(bucket, count)
    for (const bytes of this.packed) visitCounts(bytes, visitor)
    for (const { first, counts } of this.windows) {
      // Between the counts of a window, and where some were taken away, there are zeros.
      for (let index = 0; index < counts.length; index++) if (counts[index]! > 0) visitor(first + index, counts[index]!)
    }
  }
}

// So many packed counts and windows are kept apart before they are made one.
const MOST_APART = 16

const bits = new DataView(new ArrayBuffer(8))

function exponentOf(value: number): number {
  bits.setFloat64(0, value)
  return (bits.getUint32(0) >>> 20) - 1023
}
