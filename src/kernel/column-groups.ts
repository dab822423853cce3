// The groups of a kernel as Groups: copies of its columns, texts made when they are asked for.
import type { Decimal } from '../base/decimal.ts'
import type { GroupBy } from '../query/query.ts'
import type { Groups, Sums } from '../tally/groups.ts'
import type { KeyTable, KeyValue } from '../tally/key-table.ts'
import { Sketch } from '../tally/sketch.ts'
import { SHAPE_WORDS } from './protocol.ts'

/** The columns of one group-by. */
export interface GroupColumns {
  readonly size: number
  readonly tables: readonly KeyTable[]
  readonly keys: readonly Uint32Array[]
  readonly sums: readonly SumValues[]
  /** Null where there are none. */
  readonly sketches: SketchColumns | null
  /** First and last instant of each slot in turn; null where there are none. */
  readonly extents: Float64Array | null
  readonly wideCosts: ReadonlyMap<number, Decimal>
}

/** Sketches as windows of counts and lists of buckets, those of all slots one behind the other. */
export interface SketchColumns {
  /** For each slot: the first bucket of its window, how many counts that has, how long its list is. */
  readonly shapes: Uint32Array
  readonly windows: Uint16Array | Uint32Array
  readonly lists: Uint16Array
  /** For each slot: its largest value; 0 where it has none. */
  readonly largest: Float64Array
}

/** A sum for each slot; those in `large` are beyond 2^53 - 1. */
export interface SumValues {
  readonly values: Float64Array
  readonly isZero: boolean
  readonly large: ReadonlyMap<number, bigint>
}

export class ColumnGroups implements Groups {
  readonly by: GroupBy
  readonly columns: GroupColumns
  readonly sums: readonly Sums[]
  private starts: Uint32Array | undefined
  private ownFirsts: Float64Array | undefined
  private ownLasts: Float64Array | undefined

  constructor(by: GroupBy, columns: GroupColumns) {
    this.by = by
    this.columns = columns
    this.sums = columns.sums.map(({ values, large, isZero }) => ({
      get: slot => large.get(slot) ?? values[slot]!,
      isZero,
      values: large.size === 0 ? values : undefined,
    }))
  }

  get size(): number {
    return this.columns.size
  }

  get tables(): readonly KeyTable[] {
    return this.columns.tables
  }

  get keys(): readonly ArrayLike<number>[] {
    return this.columns.keys
  }

  get firsts(): ArrayLike<number> {
    this.ownFirsts ??= everyOther(this.columns.extents, 0)
    return this.ownFirsts
  }

  get lasts(): ArrayLike<number> {
    this.ownLasts ??= everyOther(this.columns.extents, 1)
    return this.ownLasts
  }

  get wideCosts(): ReadonlyMap<number, Decimal> {
    return this.columns.wideCosts
  }

  keyOf(slot: number, key: number): KeyValue {
    return this.columns.tables[key]!.valueOf(this.columns.keys[key]![slot]!)
  }

  sketchOf(slot: number): Sketch {
    const { sketches } = this.columns
    if (sketches === null) return new Sketch()
    const { shapes, windows, lists, largest } = sketches
    this.starts ??= startsOf(shapes)
    const [first, length, listLength] = shapes.subarray(slot * SHAPE_WORDS, (slot + 1) * SHAPE_WORDS) as unknown as [
      number,
      number,
      number,
    ]
    const [start, listStart] = [this.starts[slot * 2]!, this.starts[slot * 2 + 1]!]
    const window = { first, counts: windows.subarray(start, start + length) }
    const sketch = length === 0 ? new Sketch() : Sketch.ofWindow(window, largest[slot]!)
    for (const bucket of lists.subarray(listStart, listStart + listLength)) sketch.addBucket(bucket, 1, largest[slot]!)
    return sketch
  }
}

// Where the window and the list of each slot begin, in turn.
function startsOf(shapes: Uint32Array): Uint32Array {
  const starts = new Uint32Array((shapes.length / SHAPE_WORDS) * 2)
  let window = 0
  let list = 0
  for (let slot = 0; slot * SHAPE_WORDS < shapes.length; slot++) {
    starts[slot * 2] = window
    starts[slot * 2 + 1] = list
    window += shapes[slot * SHAPE_WORDS + 1]!
    list += shapes[slot * SHAPE_WORDS + 2]!
  }
  return starts
}

function everyOther(extents: Float64Array | null, from: 0 | 1): Float64Array {
  const all = extents ?? new Float64Array(0)
  const some = new Float64Array(all.length / 2)
  for (let index = 0; index < some.length; index++) some[index] = all[index * 2 + from]!
  return some
}
