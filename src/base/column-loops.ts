// Loops over columns, compiled in advance (assembly/columns): a report runs them only once or a few times, so V8 would
// interpret them. Columns are copied in and out, which takes a hundredth of the time.
import { type Loops, openLoops, reserve } from './compiled-loops.ts'
import { tooManyGroups } from './too-many-groups.ts'

/** WebAssembly has 4 GB, and takes a larger number for a small one. */
const MOST_BYTES = 2 ** 32 - 2 ** 20

/** Numbers by position; of a longer one the first are meant. */
type Values = ArrayLike<number>

/** The sums of some columns by the codes of their rows, of which there are `size`; all codes are below `count`. */
export function sumsByCode<Columns extends readonly Values[]>(
  columns: readonly [...Columns],
  codes: Values,
  size: number,
  count: number,
): { [Column in keyof Columns]: Float64Array } {
  const loops = openLoops()
  const [codesAt, valuesAt, sumsAt] = layOut(loops, [size * 4, size * 8, count * 8])
  put(words(loops, codesAt, size), codes)
  return columns.map(column => {
    put(doubles(loops, valuesAt, size), column)
    const sums = doubles(loops, sumsAt, count).fill(0)
    loops.addByCode(codesAt, valuesAt, size, sumsAt)
    return sums.slice()
  }) as { [Column in keyof Columns]: Float64Array }
}

export interface WeighedSums {
  readonly totals: Float64Array
  /** The sums of the sizes of what was added. */
  readonly sizes: Float64Array
}

/** Of each row the sum of its values, each times the weight that its column has for the class of the row. */
export function weighedSums(
  columns: readonly { readonly values: Values; readonly weights: Values }[],
  classes: Values,
  size: number,
): WeighedSums {
  const loops = openLoops()
  const mostWeights = Math.max(0, ...columns.map(({ weights }) => weights.length))
  const places = layOut(loops, [size * 4, mostWeights * 8, size * 8, size * 8, size * 8])
  const [classesAt, weightsAt, valuesAt, totalsAt, sizesAt] = places
  put(words(loops, classesAt, size), classes)
  const [totals, sizes] = [doubles(loops, totalsAt, size).fill(0), doubles(loops, sizesAt, size).fill(0)]
  for (const { values, weights } of columns) {
    put(doubles(loops, weightsAt, weights.length), weights)
    put(doubles(loops, valuesAt, size), values)
    loops.weigh(classesAt, weightsAt, valuesAt, size, totalsAt, sizesAt)
  }
  return { totals: totals.slice(), sizes: sizes.slice() }
}

export interface Relation {
  /** Codes of the other key, those that came with one code side by side and in ascending order. */
  readonly others: Uint32Array
  /** Where those of each code begin, and behind the last. */
  readonly starts: Uint32Array
}

/** Which codes of two columns came together; rows with code 0 in the other are left out. It takes a byte for each possible pair. */
export function relate(codes: Values, others: Values, size: number, count: number, otherCount: number): Relation {
  const loops = openLoops()
  const pairs = count * otherCount
  const places = layOut(loops, [size * 4, size * 4, pairs, Math.min(size, pairs) * 4, count * 4 + 4])
  const [codesAt, othersAt, seenAt, toAt, startsAt] = places
  put(words(loops, codesAt, size), codes)
  put(words(loops, othersAt, size), others)
  new Uint8Array(loops.memory.buffer, seenAt, pairs).fill(0)
  const found = loops.relate(codesAt, othersAt, size, count, otherCount, seenAt, toAt, startsAt)
  return { others: words(loops, toAt, found).slice(), starts: words(loops, startsAt, count + 1).slice() }
}

/** Counts side by side: `counts[i]` is that of bucket `first + i`. */
export interface Counts {
  readonly first: number
  readonly counts: Values
}

/** Counts by bucket in all the forms that they have. */
export interface CountParts {
  readonly single: ReadonlyMap<number, number>
  readonly windows: readonly Counts[]
  /** As src/tally/packed-counts.ts packs them. */
  readonly packed: readonly Uint8Array[]
}

/** The sum of counts, from the lowest to the highest bucket that has one. */
export function sumOfCounts(parts: CountParts): Counts {
  const loops = openLoops()
  const { first, last } = addParts(loops, parts)
  if (first > last) return { first: 0, counts: new Float64Array(0) }
  return { first, counts: doubles(loops, loops.countsPlace() + first * 8, last - first + 1).slice() }
}

/** The bucket of the value that a share of all values is not above (nearest rank); null where there is none. */
export function bucketOfShare(parts: CountParts, share: number): number | null {
  const loops = openLoops()
  addParts(loops, parts)
  const total = loops.totalOfCounts()
  return total === 0 ? null : loops.bucketOfRank(Math.max(1, Math.ceil(share * total - 1e-9)))
}

function addParts(loops: Loops, { single, windows, packed }: CountParts): { first: number; last: number } {
  loops.clearCounts()
  if (single.size > 0) {
    const [bucketsAt, countsAt] = layOut(loops, [single.size * 4, single.size * 8])
    words(loops, bucketsAt, single.size).set([...single.keys()])
    doubles(loops, countsAt, single.size).set([...single.values()])
    loops.addSingle(bucketsAt, countsAt, single.size)
  }
  for (const { first, counts } of windows) {
    if (counts.length === 0) continue
    const isWords = counts instanceof Uint32Array
    const [place] = layOut(loops, [counts.length * 8])
    put(isWords ? words(loops, place, counts.length) : doubles(loops, place, counts.length), counts)
    if (isWords) loops.addWords(first, counts.length, place)
    else loops.addCounts(first, counts.length, place)
  }
  for (const bytes of packed) {
    const [place] = layOut(loops, [bytes.length])
    put(new Uint8Array(loops.memory.buffer, place, bytes.length), bytes)
    loops.addPacked(place, bytes.length)
  }
  const extent = loops.extentOfCounts()
  return { first: Number(extent & 0xffffffffn), last: Number(extent >> 32n) }
}

// Places for so many bytes each, one behind the other. They are good until the next call.
function layOut<Sizes extends readonly number[]>(
  loops: Loops,
  sizes: readonly [...Sizes],
): { [Size in keyof Sizes]: number } {
  const rounded = sizes.map(size => Math.ceil(size / 16) * 16)
  const bytes = rounded.reduce((sum, size) => sum + size, 0)
  if (bytes > MOST_BYTES) throw tooManyGroups()
  let place = reserve(loops, bytes)
  return rounded.map(size => {
    place += size
    return place - size
  }) as { [Size in keyof Sizes]: number }
}

function words(loops: Loops, place: number, size: number): Uint32Array {
  return new Uint32Array(loops.memory.buffer, place, size)
}

function doubles(loops: Loops, place: number, size: number): Float64Array {
  return new Float64Array(loops.memory.buffer, place, size)
}

function put(to: Uint8Array | Uint32Array | Float64Array, values: Values): void {
  to.set(values.length === to.length ? values : firstOf(values, to.length))
}

function firstOf(values: Values, count: number): Values {
  return ArrayBuffer.isView(values)
    ? (values as Float64Array).subarray(0, count)
    : Array.prototype.slice.call(values, 0, count)
}
