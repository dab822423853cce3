// What a monitor reads: families of numbers that only grow, or that come and go.
import type { Decimal } from '../../base/decimal.ts'

export type MetricValue = number | bigint | Decimal

/** The labels of a sample in the order in which they are written; a label without a value is left out. */
export type Labels = readonly (readonly [name: string, value: string])[]

export interface Sample {
  readonly labels: Labels
  readonly value: MetricValue
}

/** How many of the values were at most so large, the last bound being none; their sum and their number. */
export interface HistogramSample {
  readonly labels: Labels
  readonly counts: readonly (number | bigint)[]
  readonly sum: MetricValue
  readonly count: number | bigint
}

interface Named {
  /** Of a counter without `_total`. */
  readonly name: string
  readonly help: string
  readonly unit?: 'seconds'
}

export type MetricFamily =
  | (Named & { readonly type: 'counter' | 'gauge'; readonly samples: readonly Sample[] })
  | (Named & {
      readonly type: 'histogram'
      /** Upper bounds, the last one open and not in the list. */
      readonly bounds: readonly number[]
      readonly samples: readonly HistogramSample[]
    })
