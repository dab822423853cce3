// What a source format can say: each sentence of the language on one line of a log, with the numbers that must come out.
import { describe, expect, test } from 'vitest'
import { formatDecimal } from '../../src/base/decimal.ts'
import { buildFormat } from '../../src/event/build-format.ts'
import { type FormatDescription, formatsSchema } from '../../src/event/format-schema.ts'
import { sumTokens } from '../../src/event/token-sums.ts'
import { type LineValues, readLine } from '../../src/scan/read-line.ts'

const AT = '2026-02-02T10:00:00Z'

function read(description: FormatDescription, line: object | string, texts?: ReadonlyMap<string, string>) {
  const text = typeof line === 'string' ? line : JSON.stringify({ timestamp: AT, ...line })
  return readLine(
    text,
    buildFormat('ours', { ...description, fields: { timestamp: 'timestamp', ...description.fields } }),
    [],
    false,
    texts,
  )
}

function valuesOf(...given: Parameters<typeof read>): LineValues {
  const result = read(...given)
  if (result.kind !== 'event') throw new Error(JSON.stringify(result))
  return result.values
}

function tokensOf(values: LineValues) {
  return sumTokens(name => values.numbers.get(name) ?? Number.NaN)
}

test('numbers of several paths are added up; those that are absent count nothing', () => {
  const sum = { fields: { input_tokens: { sum: ['in.text', 'in.audio', 'in.image'] } } }
  expect(valuesOf(sum, { in: { text: 100, audio: '20' } }).numbers.get('input_tokens')).toBe(120)
  expect(valuesOf(sum, { in: {} }).numbers.has('input_tokens')).toBe(false)
  expect(read(sum, { in: { text: 100, audio: 'loud' } })).toMatchObject({
    reason: 'bad-field',
    wrong: { field: 'in.audio', value: '"loud"' },
  })
  expect(read(sum, { in: { text: 100, audio: -1 } })).toMatchObject({
    reason: 'negative-number',
    wrong: { field: 'in.audio' },
  })
})

test('a path leads through text that is JSON', () => {
  const text = {
    fields: {
      client: { path: 'metadata.team', json: true },
      input_tokens: { path: 'metadata.usage.in', json: true },
      cost_usd: { path: 'metadata.usd', json: true },
    },
  }
  const metadata = { team: 'diageo', usage: { in: 31 }, usd: 0.25 }
  for (const value of [metadata, JSON.stringify(metadata), JSON.stringify({ ...metadata, usage: '{"in":31}' })]) {
    const values = valuesOf(text, { metadata: value })
    expect(values.texts.get('client')).toBe('diageo')
    expect(values.numbers.get('input_tokens')).toBe(31)
    expect(formatDecimal(values.cost!)).toBe('0.25')
  }
  expect(valuesOf(text, { metadata: 'no JSON' }).texts.has('client')).toBe(false)
})

test('a duration is what lies between two times, to the microsecond', () => {
  const between = { fields: { duration_ms: { from: 'startTime', to: 'endTime' } } }
  const micros = (line: object) => valuesOf(between, line).numbers.get('duration_ms')
  expect(micros({ startTime: 1770000000.5, endTime: 1770000002.0 })).toBe(1_500_000)
  expect(micros({ startTime: '2026-02-02 10:00:00.000250', endTime: '2026-02-02 10:00:01.500000' })).toBe(1_499_750)
  expect(micros({ startTime: 1770000000.5 })).toBeUndefined()
  // Clocks of two machines say nothing of a duration.
  expect(micros({ startTime: 1770000002, endTime: 1770000001 })).toBeUndefined()
})

describe('a time in any unit, as a number or as text', () => {
  test.each([
    ['s', 1770026400, '2026-02-02T10:00:00.000Z'],
    ['s', '1770026400.25', '2026-02-02T10:00:00.250Z'],
    ['ms', 1770026400250, '2026-02-02T10:00:00.250Z'],
    ['us', 1770026400250999, '2026-02-02T10:00:00.250Z'],
    ['ns', '1770026400250999999', '2026-02-02T10:00:00.250Z'],
    // Small enough to be seconds, if the unit were guessed.
    ['ms', 86_400_000, '1970-01-02T00:00:00.000Z'],
  ] as const)('%s %s', (unit, value, expected) => {
    const { time } = valuesOf({ fields: { timestamp: { path: 'at', unit } } }, { at: value })
    expect(new Date(time!.ms).toISOString()).toBe(expected)
  })
})

test('times without an offset are UTC where a format says so', () => {
  const naive = JSON.stringify({ timestamp: '2026-02-02 10:00:00.000000' })
  expect(valuesOf({ zone: 'UTC' }, naive).time).toMatchObject({ isNaive: false, ms: Date.UTC(2026, 1, 2, 10) })
  expect(valuesOf({}, naive).time).toMatchObject({ isNaive: true })
})

test('cents are hundredths of dollars, with all their digits', () => {
  const cents = { fields: { cost_usd: { path: 'amount', unit: 'cents' as const } } }
  expect(formatDecimal(valuesOf(cents, { amount: '123.45' }).cost!)).toBe('1.2345')
  expect(formatDecimal(valuesOf(cents, { amount: 7 }).cost!)).toBe('0.07')
})

test('the path before a model is taken off: always, or in an ARN', () => {
  const arn = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0'
  const strip = (how: 'arn' | 'path', model: string) =>
    valuesOf({ fields: { model: { path: 'model', strip: how } } }, { model }).texts.get('model')
  expect(strip('arn', arn)).toBe('us.anthropic.claude-sonnet-4-5-20250929-v1:0')
  expect(strip('arn', 'openai/gpt-4o')).toBe('openai/gpt-4o')
  expect(strip('path', 'models/gemini-2.5-pro')).toBe('gemini-2.5-pro')
})

describe('cached tokens', () => {
  const fields = {
    input_tokens: 'in',
    output_tokens: 'out',
    cache_read_tokens: 'read',
    cache_write_tokens: 'write',
    total_tokens: 'total',
  }
  const sums = (cache: 'inside' | 'beside' | 'infer', line: object) => {
    const values = valuesOf({ fields, cache }, line)
    const { input, cacheRead, cacheWrite } = tokensOf(values)
    return [input, cacheRead, cacheWrite, values.isUndecided === true]
  }

  test('inside the input, or beside it', () => {
    expect(sums('inside', { in: 1284, read: 1253 })).toEqual([1284, 1253, 0, false])
    expect(sums('beside', { in: 31, read: 3, write: 1253 })).toEqual([1287, 3, 1253, false])
  })

  test('beside where they are more than the input', () => {
    expect(sums('infer', { in: 31, write: 1253 })).toEqual([1284, 0, 1253, false])
  })

  test('beside or inside where the total says so', () => {
    expect(sums('infer', { in: 70, read: 30, out: 50, total: 150 })).toEqual([100, 30, 0, false])
    expect(sums('infer', { in: 100, read: 30, out: 50, total: 150 })).toEqual([100, 30, 0, false])
  })

  test('inside where nothing says it, which is counted', () => {
    expect(sums('infer', { in: 1284, write: 1253 })).toEqual([1284, 0, 1253, true])
    expect(sums('infer', { in: 1284 })).toEqual([1284, 0, 0, false])
  })
})

test('reasoning is inside the output, beside it, or beside it where it is more', () => {
  const fields = { output_tokens: 'out', reasoning_tokens: 'thought' }
  const sums = (reasoning: 'inside' | 'beside' | 'infer', line: object) => {
    const values = valuesOf({ fields, reasoning }, line)
    return [tokensOf(values).output, tokensOf(values).reasoning, values.isUndecided === true]
  }
  expect(sums('inside', { out: 50, thought: 40 })).toEqual([50, 40, false])
  expect(sums('beside', { out: 10, thought: 40 })).toEqual([50, 40, false])
  expect(sums('infer', { out: 10, thought: 40 })).toEqual([50, 40, false])
  expect(sums('infer', { out: 50, thought: 40 })).toEqual([50, 40, true])
})

test('rules set and unset fields of the lines of which all conditions are true', () => {
  const ours: FormatDescription = {
    fields: { cost_usd: 'spend', input_tokens: 'in' },
    when: [
      { if: ['cached=true,True'], set: { cost_usd: '0' } },
      { if: ['status=failure', 'spend=0'], unset: ['cost_usd', 'input_tokens'] },
    ],
  }
  expect(formatDecimal(valuesOf(ours, { cached: true, spend: 0.5 }).cost!)).toBe('0')
  const failed = valuesOf(ours, { status: 'failure', spend: 0.0, in: 0 })
  expect([failed.cost, failed.numbers.has('input_tokens')]).toEqual([undefined, false])
  expect(formatDecimal(valuesOf(ours, { status: 'failure', spend: 0.5 }).cost!)).toBe('0.5')
})

test('texts that mean nothing are absent, and the path of a file gives what a line does not', () => {
  const ours: FormatDescription = {
    fields: { client: 'team', user: ['end_user', 'user'] },
    absent: ['None'],
    path: '{client}/{user}/*.jsonl',
  }
  const values = valuesOf(
    ours,
    { end_user: 'None', user: 'anna', team: '' },
    new Map([
      ['client', 'diageo'],
      ['user', 'x'],
    ]),
  )
  expect([values.texts.get('user'), values.texts.get('client')]).toEqual(['anna', 'diageo'])
})

describe('a wrong format is an error that says where', () => {
  const problemsOf = (description: object) =>
    formatsSchema
      .safeParse({ ours: description })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

  test.each([
    [{ fields: { input_tokens: { path: 'a', unit: 's' } } }, 'ours.fields.input_tokens: input_tokens has no unit'],
    [
      { fields: { duration_ms: { path: 'a', unit: 'cents' } } },
      'ours.fields.duration_ms: the unit of duration_ms is one of ms, s, us, ns, min',
    ],
    [
      { fields: { timestamp: { path: 'a', unit: 'min' } } },
      'ours.fields.timestamp: the unit of timestamp is one of s, ms, us, ns',
    ],
    [{ fields: { client: { from: 'a', to: 'b' } } }, 'ours.fields.client: only a duration lies between two times'],
    [{ fields: { client: { sum: ['a', 'b'] } } }, 'ours.fields.client: client cannot be added up'],
    [
      { fields: { input_tokens: { path: 'a', strip: 'path' } } },
      'ours.fields.input_tokens: nothing can be taken off input_tokens, which is no text',
    ],
    [{ skip: ['type'] }, 'ours.skip.0: write path=a,b or path!=a,b'],
    [{ path: '*.jsonl' }, 'ours.path: name a field in braces, as in {client}/*.jsonl'],
  ])('%j', (description, expected) => {
    expect(problemsOf(description)).toEqual([expected])
  })
})
