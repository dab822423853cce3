// Room for what a judge finds out about a batch.
import type { Batch } from '../scan/reader.ts'
import type { Judged } from './judge.ts'

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
