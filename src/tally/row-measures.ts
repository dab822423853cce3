// The measures of judged rows one by one, as the sums of a query name them.
import { isCostMeasure } from '../query/measures.ts'
import type { Batch } from '../scan/reader.ts'
import type { Judged } from './judged.ts'
import { USAGE_COLUMNS } from './judged-columns.ts'
import type { RowCost } from './row-prices.ts'

export type MeasureSource = (row: number) => number
export type CostOfRow = (row: number) => RowCost

/** A cost measure; undefined for any other. */
export function costSource(name: string, costs: CostOfRow | undefined): MeasureSource | undefined {
  if (costs === undefined || !isCostMeasure(name)) return undefined
  return row => costs(row)[name as keyof Omit<RowCost, 'rest'>]
}

export function measureSource(name: string, judged: Judged): MeasureSource {
  const { batch } = judged
  const number = (column: string): MeasureSource => {
    const values = batch.numbers.get(column)!
    return row => (isGiven(values[row]!) ? values[row]! : 0)
  }
  switch (name) {
    case 'analyses': {
      const requests = batch.numbers.get('requests')
      return requests === undefined ? () => 1 : row => (isGiven(requests[row]!) ? requests[row]! : 1)
    }
    case 'checks':
      return number('checks')
    case 'errors':
      return row => judged.isError[row]!
    case 'durationUs':
      return number('duration_ms')
    case 'timed':
      return row => (isGiven(batch.numbers.get('duration_ms')![row]!) ? 1 : 0)
    case 'withoutUsage': {
      const carries = usageTest(batch)
      return row => (carries(row) ? 0 : 1)
    }
    case 'loggedPicoUsd':
      return row => (isGiven(batch.costs[row]!) ? batch.costs[row]! : 0)
    case 'inputTokens':
    case 'cacheReadTokens':
    case 'cacheWriteTokens':
    case 'cacheWrite1hTokens':
    case 'outputTokens':
    case 'reasoningTokens':
    case 'unsplitTokens':
      return row => judged[name][row]!
    default:
      return number(name)
  }
}

/** Whether a row carries usage, which has a price or none. */
export function usageTest({ numbers, costs }: Batch): (row: number) => boolean {
  const columns = USAGE_COLUMNS.map(name => numbers.get(name)!)
  return row => isGiven(costs[row]!) || columns.some(column => isGiven(column[row]!))
}

/** Absent numbers are NaN. */
export function isGiven(value: number): boolean {
  return !Number.isNaN(value)
}
