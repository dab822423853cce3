// The instance of assembly/columns: loops that run only once or a few times in a process, and are compiled in advance.
import { tooManyGroups } from './too-many-groups.ts'
import { compileBuilt, instantiate } from './web-assembly.ts'

/** See assembly/columns for what each does. */
export interface Loops {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** 0 where there is no memory; see `reserve` below. */
  reserve(bytes: number): number
  digestBlock(start: number, length: number): bigint
  addByCode(codes: number, values: number, size: number, sums: number): void
  weigh(classes: number, weights: number, values: number, size: number, totals: number, sizes: number): void
  relate(
    codes: number,
    others: number,
    size: number,
    count: number,
    otherCount: number,
    seen: number,
    to: number,
    starts: number,
  ): number
  countsPlace(): number
  clearCounts(): void
  addCounts(first: number, length: number, counts: number): void
  addWords(first: number, length: number, counts: number): void
  addPacked(bytes: number, length: number): void
  addSingle(buckets: number, counts: number, length: number): void
  extentOfCounts(): bigint
  totalOfCounts(): number
  bucketOfRank(rank: number): number
}

let opened: Loops | undefined

/** Compiled when they are first asked for. */
export function openLoops(): Loops {
  opened ??= instantiate<Loops>(compileBuilt('columns.wasm'))
  return opened
}

/** Makes sure that there are so many bytes, and returns where they begin. */
export function reserve(loops: Pick<Loops, 'reserve'>, bytes: number): number {
  const place = loops.reserve(bytes) >>> 0
  if (place === 0) throw tooManyGroups()
  return place
}
