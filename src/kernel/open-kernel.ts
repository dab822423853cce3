// A kernel that is set up for a query: what is needed to put something into it or to take something out.
import type { Decimal } from '../base/decimal.ts'
import type { GroupBy, Query } from '../query/query.ts'
import type { KernelExports } from './exports.ts'
import type { KernelSlots } from './places.ts'
import type { KernelSpans } from './spans.ts'
import type { KernelStreams, Stream } from './streams.ts'
import type { SumSet } from './sums.ts'
import type { TextsOfKernel } from './texts.ts'

/** One group-by in the kernel. */
export interface KernelGroupBy {
  readonly by: GroupBy
  readonly stream: Extract<Stream, { kind: 'pair' }>
  readonly set: SumSet
  readonly groups: number
  /** 0 where there are none. */
  readonly sketches: number
  readonly wideCosts: Map<number, Decimal>
}

export interface OpenKernel {
  readonly kernel: KernelExports
  readonly query: Query
  readonly groupBys: readonly KernelGroupBy[]
  readonly spans: KernelSpans
  readonly streams: KernelStreams
  readonly slots: KernelSlots
  /** The texts of a slot. */
  textsOf(slot: number): TextsOfKernel
}
