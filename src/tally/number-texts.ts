// The numbers of judged rows as texts, for conditions and groups: the values that reports use, with all their digits.
import { type Decimal, formatDecimal, makeDecimal } from '../base/decimal.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import { type Batch, COST_SCALE } from '../scan/reader.ts'
import type { Judged } from './judged.ts'
import { isGiven } from './row-measures.ts'
import { addExact } from './sum-column.ts'

/** Durations are whole microseconds. */
const MS_SCALE = 3

/** Whether a column of a query is one of numbers. */
export function isNumberField(column: string): boolean {
  const kind = FIELD_BY_NAME.get(column)?.kind
  return kind === 'tokens' || kind === 'entries' || kind === 'duration' || kind === 'cost'
}

/** The text of a number by row, divided by `divisor`, which is 1 or of a duration 1000; undefined where the line gives none. */
export function numberTexts(column: string, judged: Judged, divisor = 1): (row: number) => string | undefined {
  const { batch } = judged
  const kind = FIELD_BY_NAME.get(column)?.kind
  if (kind === 'cost') return row => textOf(costOf(batch, row))
  if (kind === 'duration') {
    const scale = divisor === 1 ? MS_SCALE : MS_SCALE + 3
    const given = batch.numbers.get(column)!
    return row => textOf(isGiven(given[row]!) ? makeDecimal(BigInt(given[row]!), scale) : undefined)
  }
  const countOf = countsOf(column, judged)
  return row => countOf(row)?.toString()
}

/** A count of tokens or entries by row, as reports add it up; undefined where the line gives none. */
export function countsOf(column: string, judged: Judged): (row: number) => number | bigint | undefined {
  const { numbers } = judged.batch
  const resolved = RESOLVED[column]
  if (resolved !== undefined) {
    return row =>
      resolved.isGiven(name => isGiven(numbers.get(name)![row]!)) ? resolved.value(judged, row) : undefined
  }
  const given = numbers.get(column)!
  return row => (isGiven(given[row]!) ? given[row]! : undefined)
}

type HasField = (name: string) => boolean

/** A count that comes from several fields, once the tokens are resolved. */
interface ResolvedCount {
  isGiven(has: HasField): boolean
  value(judged: Judged, row: number): number | bigint
}

// What is counted beside the input is only read where nothing is counted inside.
const hasReadBeside = (has: HasField) => has('cache_read_input_tokens') && !has('cache_read_tokens')
const hasWriteBeside = (has: HasField) => has('cache_creation_input_tokens') && !has('cache_write_tokens')
const hasInput = (has: HasField) =>
  has('input_tokens') || has('tool_use_tokens') || hasReadBeside(has) || hasWriteBeside(has)
const hasOutput = (has: HasField) => has('output_tokens') || has('thoughts_tokens')

const RESOLVED: Readonly<Record<string, ResolvedCount>> = {
  input_tokens: { isGiven: hasInput, value: ({ inputTokens }, row) => inputTokens[row]! },
  cache_read_tokens: {
    isGiven: has => has('cache_read_tokens') || hasReadBeside(has),
    value: ({ cacheReadTokens }, row) => cacheReadTokens[row]!,
  },
  cache_write_tokens: {
    isGiven: has => has('cache_write_tokens') || hasWriteBeside(has) || has('cache_write_1h_tokens'),
    value: ({ cacheWriteTokens }, row) => cacheWriteTokens[row]!,
  },
  output_tokens: { isGiven: hasOutput, value: ({ outputTokens }, row) => outputTokens[row]! },
  reasoning_tokens: {
    isGiven: has => has('reasoning_tokens') || has('thoughts_tokens'),
    value: ({ reasoningTokens }, row) => reasoningTokens[row]!,
  },
  total_tokens: {
    isGiven: has => hasInput(has) || hasOutput(has) || has('total_tokens'),
    value: ({ inputTokens, outputTokens, unsplitTokens }, row) =>
      addExact(addExact(inputTokens[row]!, outputTokens[row]!), unsplitTokens[row]!),
  },
}

/** The logged cost of a row in dollars. */
export function costOf({ costs, wideCosts }: Batch, row: number): Decimal | undefined {
  const wide = wideCosts.get(row)
  if (wide !== undefined) return wide
  const units = costs[row]!
  return isGiven(units) ? makeDecimal(BigInt(units), COST_SCALE) : undefined
}

function textOf(number: Decimal | undefined): string | undefined {
  return number === undefined ? undefined : formatDecimal(number)
}
