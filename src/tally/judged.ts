// The Judge's result for a batch: which rows count, and what their events mean.
import { DAY_MS, type Day } from '../base/zone.ts'
import { type Batch, isUntimed } from '../scan/reader.ts'

/** The used rows of a batch. Columns are by row of the batch; only those of `rows` hold something. */
export interface Judged {
  readonly batch: Batch
  /** Row numbers of the used events, `used` of them. */
  readonly rows: Uint32Array
  used: number
  /** When the events count. Of a day without a time it is the day's start in the query's zone. */
  readonly instants: Float64Array
  /** As of when they are priced, in every zone the same: of a day without a time it is the day's start in UTC. */
  readonly priceInstants: Float64Array
  readonly isError: Uint8Array
  /** Tokens after what is counted beside the input was added to it; 0 where absent. */
  readonly inputTokens: Float64Array
  readonly cacheReadTokens: Float64Array
  readonly cacheWriteTokens: Float64Array
  readonly cacheWrite1hTokens: Float64Array
  readonly outputTokens: Float64Array
  readonly reasoningTokens: Float64Array
  readonly unsplitTokens: Float64Array
}

/** The day of a judged row that has no time in it; undefined where it has one. */
export function untimedDay({ batch, priceInstants }: Judged, row: number): Day | undefined {
  return isUntimed(batch.timeKinds[row]!) ? ((priceInstants[row]! / DAY_MS) as Day) : undefined
}

/** Columns as long as those of the batch, with nothing in them yet. */
export function makeJudged(batch: Batch): Judged {
  const length = batch.times.length
  const column = () => new Float64Array(length)
  return {
    batch,
    rows: new Uint32Array(length),
    used: 0,
    instants: column(),
    priceInstants: column(),
    isError: new Uint8Array(length),
    inputTokens: column(),
    cacheReadTokens: column(),
    cacheWriteTokens: column(),
    cacheWrite1hTokens: column(),
    outputTokens: column(),
    reasoningTokens: column(),
    unsplitTokens: column(),
  }
}
