// The groups of a kernel as Groups: copies of its columns, texts made when they are asked for.
import type { Decimal } from '../base/decimal.ts'
import type { GroupBy } from '../query/query.ts'
import type { Groups, Sums } from './groups.ts'
import type { KeyTable, KeyValue } from './key-table.ts'
import { Sketch } from './sketch.ts'

/** The columns of one group-by. */
export interface GroupColumns {
  readonly size: number
  readonly tables: readonly KeyTable[]
  readonly keys: readonly Uint32Array[]
  readonly sums: readonly SumValues[]
  /** Packed counts, and where those of each slot end; null where there are none. */
  readonly sketches: { readonly bytes: Uint8Array; readonly ends: Uint32Array } | null
  /** First and last instant of each slot in turn; null where there are none. */
  readonly extents: Float64Array | null
  readonly wideCosts: ReadonlyMap<number, Decimal>
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

  constructor(by: GroupBy, columns: GroupColumns) {
    this.by = by
    this.columns = columns
    this.sums = columns.sums.map(({ values, large }) => ({ get: slot => large.get(slot) ?? values[slot]! }))
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
    return (this.columns.extents ?? new Float64Array(0)).filter((_, index) => index % 2 === 0)
  }

  get lasts(): ArrayLike<number> {
    return (this.columns.extents ?? new Float64Array(0)).filter((_, index) => index % 2 === 1)
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
    const packed = sketches.bytes.subarray(slot === 0 ? 0 : sketches.ends[slot - 1]!, sketches.ends[slot]!)
    return packed.length === 0 ? new Sketch() : Sketch.ofPacked(packed)
  }
}
