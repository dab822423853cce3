// OpenTelemetry: spans of models in OTLP/JSON, and the events of Claude Code.
import { describe, expect, test } from 'vitest'
import { eventsOf, readInAllWays, readSource, sumsOf } from './read-source.ts'

type Value = string | number
const attributes = (values: Record<string, Value>) =>
  Object.entries(values).map(([key, value]) => ({
    key,
    // Whole numbers are text in OTLP.
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : Number.isInteger(value)
          ? { intValue: String(value) }
          : { doubleValue: value },
  }))

function span(id: string, parent: string | null, values: Record<string, Value>, more: object = {}) {
  return {
    ...{ traceId: 't', spanId: id, parentSpanId: parent ?? '', name: 'chat' },
    ...{ startTimeUnixNano: '1770026400000000000', endTimeUnixNano: '1770026401500000000', status: {} },
    attributes: attributes(values),
    ...more,
  }
}

const line = (...spans: object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: attributes({ 'service.name': 'brand-check', 'service.namespace': 'diageo' }) },
      scopeSpans: [{ spans }],
    },
  ],
})
const usage = (input: number, output: number, more: Record<string, Value> = {}) => ({
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
  'gen_ai.provider.name': 'openai',
  ...more,
})

describe('a span that wraps others', () => {
  const wrapper = span('a', null, usage(113, 11))
  const inner = [
    span('b', 'a', usage(56, 5)),
    span('tool', 'a', { 'gen_ai.tool.name': 'search' }),
    span('c', 'tool', usage(57, 6)),
  ]

  test('does not count: what is below it does', async () => {
    expect(sumsOf(await readSource({ 'traces.jsonl': [line(wrapper, ...inner)] }))).toMatchObject({
      analyses: 2,
      inputTokens: 113,
      outputTokens: 11,
      duplicate: 1,
    })
  })

  test('is known also where the spans are in other lines and other files', async () => {
    const files = {
      'traces-2026-02-02T10-00-00.000.json': [line(inner[0]!), line(inner[2]!)],
      'traces.json': [line(wrapper), line(inner[1]!)],
    }
    expect(sumsOf(await readSource(files))).toMatchObject({ analyses: 2, inputTokens: 113, outputTokens: 11 })
  })

  test('of another trace is none of it', async () => {
    const other = span('b', 'a', usage(56, 5), { traceId: 'u' })
    expect(sumsOf(await readSource({ 'traces.jsonl': [line(wrapper), line(other)] }))).toMatchObject({
      analyses: 2,
      inputTokens: 169,
    })
  })
})

test('an export that is tried again counts once', async () => {
  const batch = line(span('a', null, usage(56, 5)), span('b', null, usage(57, 6)))
  expect(sumsOf(await readSource({ 'traces.jsonl': [batch, batch] }))).toMatchObject({
    analyses: 2,
    inputTokens: 113,
    duplicate: 2,
  })
})

test('nanoseconds and numbers as text, errors, sessions and durations', async () => {
  const failed = span('a', null, usage(56, 5, { 'gen_ai.conversation.id': 's1', 'error.type': 'timeout' }), {
    status: { code: 2, message: 'too slow' },
  })
  const { events } = await eventsOf({ 'traces.jsonl': [line(failed)] })
  expect(events).toMatchObject([
    {
      client: 'diageo',
      session: 's1',
      model: 'gpt-4o-2024-08-06',
      status: 'error',
      error: 'too slow',
      duration_ms: 1500,
    },
  ])
  expect(events[0]!.timestamp).toBe('2026-02-02T10:00:00+00:00')
})

test('old names, old scopes, and emitters that leave caches out of the input', async () => {
  const old = {
    'gen_ai.usage.prompt_tokens': 10,
    'gen_ai.usage.completion_tokens': 4,
    'gen_ai.system': 'openai',
    'gen_ai.request.model': 'gpt-4o',
  }
  const beside = usage(5, 1, { 'gen_ai.usage.cache_read.input_tokens': 100 })
  const lines = [
    { resourceSpans: [{ instrumentationLibrarySpans: [{ spans: [span('a', null, old)] }] }] },
    line(span('b', null, beside)),
  ]
  expect((await readSource({ 'traces.jsonl': lines })).summary).toMatchObject({
    analyses: 2,
    inputTokens: 10 + 105,
    cacheReadTokens: 100,
    outputTokens: 5,
  })
})

test('events of Claude Code have their user and cost; metrics restate them', async () => {
  const record = {
    timeUnixNano: '1770026400000000000',
    body: { stringValue: 'claude_code.api_request' },
    attributes: attributes({
      ...{
        'event.name': 'api_request',
        model: 'claude-sonnet-4-5-20250929',
        input_tokens: '12',
        output_tokens: '300',
        cache_read_tokens: '15000',
      },
      ...{
        cache_creation_tokens: '0',
        cost_usd: '0.0123',
        duration_ms: '2300',
        'user.email': 'anna@diageo.com',
        'session.id': 's',
        'organization.id': 'org',
      },
    }),
  }
  const logs = {
    resourceLogs: [
      {
        resource: { attributes: [] },
        scopeLogs: [
          { logRecords: [record, { ...record, body: { stringValue: 'claude_code.user_prompt' }, attributes: [] }] },
        ],
      },
    ],
  }
  const metrics = {
    resourceMetrics: [
      { scopeMetrics: [{ metrics: [{ name: 'claude_code.token.usage', sum: { dataPoints: [{ asInt: '300' }] } }] }] },
    ],
  }
  const { summary, byUser, ledger } = await readSource({ 'otel.jsonl': [logs, metrics, logs] })
  expect(summary).toMatchObject({
    analyses: 1,
    inputTokens: 15_012,
    outputTokens: 300,
    costUsd: 0.0123,
    meanDurationMs: 2300,
  })
  expect(byUser[0].user).toBe('anna@diageo.com')
  expect(ledger).toMatchObject({ used: 1, duplicate: 1, lines: { read: 3, events: 2, other: 1 } })
})

test('all ways of reading say the same', async () => {
  const spans = [span('a', null, usage(113, 11)), span('b', 'a', usage(56, 5)), span('c', 'a', usage(57, 6))]
  const answers = await readInAllWays({
    'a.jsonl': [line(spans[1]!), line(spans[2]!)],
    'b.jsonl': [line(spans[0]!), line(...spans), '{"resourceSpans":['],
  })
  expect(answers.length).toBe(1)
  expect(JSON.parse(answers[0]!).summary).toMatchObject({ analyses: 2, inputTokens: 113 })
})
