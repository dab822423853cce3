import { describe, expect, test } from 'vitest'
import { decimalOfNumber } from '../../src/base/decimal.ts'
import { parseWhere } from '../../src/query/parse-where.ts'
import type { Batch } from '../../src/scan/reader.ts'
import type { Judged } from '../../src/tally/judged.ts'
import { RowConditions } from '../../src/tally/row-conditions.ts'

// Two events: a whole one, and one that gives nothing.
const absent = Number.NaN
const batch = {
  texts: new Map([
    [
      'event',
      { codes: Uint32Array.of(1, 0), table: { size: 2, textOf: (code: number) => [undefined, 'request'][code] } },
    ],
  ]),
  numbers: new Map([
    ['input_tokens', Float64Array.of(5, absent)],
    ['cache_read_input_tokens', Float64Array.of(150_000, absent)],
    ['cache_creation_input_tokens', Float64Array.of(absent, absent)],
    ['output_tokens', Float64Array.of(0, absent)],
    ...['tool_use_tokens', 'thoughts_tokens', 'cache_read_tokens', 'cache_write_tokens', 'cache_write_1h_tokens'].map(
      (name): [string, Float64Array] => [name, Float64Array.of(absent, absent)],
    ),
    ['duration_ms', Float64Array.of(1_500_250, absent)],
  ]),
  costs: Float64Array.of(250_000_000, absent),
  wideCosts: new Map([[1, decimalOfNumber(1e20)!]]),
} as unknown as Batch
const judged = {
  batch,
  isError: Uint8Array.of(1, 0),
  inputTokens: Float64Array.of(150_005, 0),
  cacheReadTokens: Float64Array.of(150_000, 0),
  cacheWriteTokens: Float64Array.of(0, 0),
  outputTokens: Float64Array.of(0, 0),
} as unknown as Judged

function rowsWith(...wheres: string[]): number[] {
  const conditions = wheres.map(where => {
    const { field, test: wanted } = parseWhere(where)
    return { column: field, test: wanted }
  })
  return [0, 1].filter(new RowConditions(conditions).of(judged))
}

describe('conditions on numbers', () => {
  test('see the input with the cached tokens that were counted beside it', () => {
    expect([rowsWith('input_tokens>=100000'), rowsWith('input_tokens=150005'), rowsWith('input_tokens=5')]).toEqual([
      [0],
      [0],
      [],
    ])
  })

  test('tell zero from absent', () => {
    expect([rowsWith('output_tokens=0'), rowsWith('output_tokens=')]).toEqual([[0], [1]])
  })

  test('see durations in milliseconds', () => {
    expect([rowsWith('duration_ms=1500.25'), rowsWith('duration_ms>1500'), rowsWith('duration_ms<1500')]).toEqual([
      [0],
      [0],
      [],
    ])
  })

  test('see costs in dollars, however many digits they have', () => {
    expect([rowsWith('cost_usd=0.00025'), rowsWith('cost_usd>1')]).toEqual([[0], [1]])
  })
})

test('the status is the resolved one, and two conditions on it both hold', () => {
  expect([rowsWith('status=error'), rowsWith('status=ok', 'status!=ok')]).toEqual([[0], []])
})

test('an event without a kind is an analysis', () => {
  expect([rowsWith('event=analysis'), rowsWith('event=request')]).toEqual([[1], [0]])
})
