// The numbers of judged rows as texts, for conditions and groups: the values that reports use, with all their digits.
import { type Decimal, formatDecimal, makeDecimal } from '../base/decimal.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import { type Batch, COST_SCALE } from '../scan/reader.ts'
import type { Judged } from './judge.ts'
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
  const isOneGiven = (names: readonly string[]) => (row: number) =>
    names.some(name => isGiven(numbers.get(name)![row]!))
  const source = RESOLVED[column]
  if (source === undefined) {
    const given = numbers.get(column)!
    return row => (isGiven(given[row]!) ? given[row]! : undefined)
  }
  const isHere = isOneGiven(source.from)
  return row => (isHere(row) ? source.value(judged, row) : undefined)
}

/** What a count may come from, and its value once the tokens are resolved. */
interface ResolvedCount {
  readonly from: readonly string[]
  value(judged: Judged, row: number): number | bigint
}

const READ_BESIDE = 'cache_read_input_tokens'
const WRITE_BESIDE = 'cache_creation_input_tokens'
const INPUT = ['input_tokens', READ_BESIDE, WRITE_BESIDE]

const RESOLVED: Readonly<Record<string, ResolvedCount>> = {
  input_tokens: { from: INPUT, value: ({ inputTokens }, row) => inputTokens[row]! },
  cache_read_tokens: {
    from: ['cache_read_tokens', READ_BESIDE],
    value: ({ cacheReadTokens }, row) => cacheReadTokens[row]!,
  },
  cache_write_tokens: {
    from: ['cache_write_tokens', 'cache_write_1h_tokens', WRITE_BESIDE],
    value: ({ cacheWriteTokens }, row) => cacheWriteTokens[row]!,
  },
  total_tokens: {
    from: [...INPUT, 'output_tokens', 'total_tokens'],
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
