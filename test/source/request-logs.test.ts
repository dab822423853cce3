// Logs with a line for each request: what gateways and observers of models write.
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { eventsOf, readSource, textOf } from './read-source.ts'

describe('litellm', () => {
  const payload = (more: object = {}) => ({
    id: 'chatcmpl-1',
    trace_id: 't1',
    call_type: 'acompletion',
    startTime: 1770026400.5,
    endTime: 1770026402.0,
    completionStartTime: 1770026401.0,
    response_time: 0.5,
    model: 'gpt-4o',
    custom_llm_provider: 'openai',
    prompt_tokens: 10,
    completion_tokens: 20,
    total_tokens: 30,
    response_cost: 0.00005,
    status: 'success',
    cache_hit: null,
    end_user: 'anna@diageo.com',
    metadata: { user_api_key_team_alias: 'diageo', usage_object: { prompt_tokens: 10 } },
    ...more,
  })
  const FILE = 'litellm/2026-02-02.jsonl'

  test('a payload says who, what, how long and what it cost', async () => {
    const { events } = await eventsOf({ [FILE]: [payload()] })
    expect(events).toMatchObject([
      {
        ...{
          client: 'diageo',
          user: 'anna@diageo.com',
          session: 't1',
          model: 'gpt-4o',
          provider: 'openai',
          status: 'ok',
        },
        ...{ input_tokens: 10, output_tokens: 20, timestamp: '2026-02-02T10:00:00.500+00:00' },
      },
    ])
    const { summary } = await readSource({ [FILE]: [payload()] })
    expect(summary).toMatchObject({ costUsd: 0.00005, costSource: 'logged', meanDurationMs: 1500 })
  })

  test('cached tokens are beside or inside by version; what cannot be told is counted', async () => {
    const metadata = { usage_object: { cache_creation_input_tokens: 1253 } }
    const beside = await readSource({ [FILE]: [payload({ prompt_tokens: 31, metadata })] })
    expect(beside.summary).toMatchObject({ inputTokens: 1284, cacheWriteTokens: 1253 })
    expect(beside.ledger.undecided).toBeUndefined()
    const inside = await readSource({ [FILE]: [payload({ prompt_tokens: 1284, metadata })] })
    expect(inside.summary).toMatchObject({ inputTokens: 1284, cacheWriteTokens: 1253 })
    expect(inside.ledger.undecided).toBe(1)
  })

  test('a row of the spend logs has its metadata as text, times in UTC and "None" for nothing', async () => {
    const row = {
      ...{
        request_id: 'r1',
        call_type: 'acompletion',
        api_key: 'k',
        spend: 0.25,
        startTime: '2026-02-02T10:00:00.000000',
      },
      ...{
        endTime: '2026-02-02T10:00:01.500000',
        model: 'gpt-4o',
        prompt_tokens: 31,
        completion_tokens: 5,
        cache_hit: 'None',
      },
      ...{ end_user: 'None', custom_llm_provider: 'anthropic', user: 'boris' },
      metadata: JSON.stringify({
        user_api_key_team_alias: 'unilever',
        usage_object: { cache_creation_input_tokens: 1253 },
      }),
    }
    const { events } = await eventsOf({ [FILE]: [row] })
    expect(events).toMatchObject([{ client: 'unilever', user: 'boris', input_tokens: 1284 }])
    const { summary } = await readSource(
      { [FILE]: [row] },
      { timezone: 'America/New_York', days: { startDate: '2026-02-02T10:00:00Z' } },
    )
    expect(summary).toMatchObject({ analyses: 1, costUsd: 0.25, meanDurationMs: 1500 })
  })

  test('what the proxy had kept costs nothing, a failure without a price is unpriced', async () => {
    const hit = await readSource({ [FILE]: [payload({ cache_hit: true, response_cost: 0.5 })] })
    expect(hit.summary).toMatchObject({ costUsd: 0, costSource: 'logged' })
    const failed = await readSource({
      [FILE]: [
        payload({ status: 'failure', response_cost: 0, prompt_tokens: 0, completion_tokens: 0 }),
        payload({ id: '2' }),
      ],
    })
    expect(failed.summary).toMatchObject({ analyses: 2, errors: 1, unpricedAnalyses: 1 })
  })

  test('payloads lie one to a file too', async () => {
    const files = {
      's3/2026-02-02/a.json': [payload()],
      's3/2026-02-02/b.json': [JSON.stringify(payload({ id: '2' }), null, 2)],
    }
    expect((await readSource(files)).summary).toMatchObject({ analyses: 2, inputTokens: 20 })
  })
})

describe('bedrock', () => {
  const record = {
    ...{
      schemaType: 'ModelInvocationLog',
      schemaVersion: '1.0',
      timestamp: '2026-02-02T10:00:00Z',
      accountId: '123456789012',
    },
    ...{ region: 'us-east-1', requestId: 'r', operation: 'Converse' },
    identity: { arn: 'arn:aws:sts::123456789012:assumed-role/app/anna' },
    modelId: 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0',
    input: {
      inputContentType: 'application/json',
      inputTokenCount: 3,
      cacheReadInputTokenCount: 0,
      cacheWriteInputTokenCount: 25037,
    },
    output: { outputContentType: 'application/json', outputTokenCount: 13 },
  }

  test('caches are beside the input, and the model stands behind the path of its ARN', async () => {
    const name = 'AWSLogs/123/BedrockModelInvocationLogs/us-east-1/2026/02/02/10/20260202T100000Z_ab.json.gz'
    const body = 'AWSLogs/123/BedrockModelInvocationLogs/us-east-1/2026/02/02/10/data/r_input.json.gz'
    const files = { [name]: gzipSync(textOf([record])), [body]: gzipSync('{"messages":[{"role":"user"}]}') }
    const { summary, byModel, ledger, byUser } = await readSource(files)
    expect(summary).toMatchObject({ analyses: 1, inputTokens: 25_040, cacheWriteTokens: 25_037, outputTokens: 13 })
    expect(byModel[0].model).toBe('us.anthropic.claude-sonnet-4-20250514-v1:0')
    expect(byUser[0].user).toBe('anna')
    expect(summary.unpricedAnalyses).toBe(0)
    expect(ledger).toMatchObject({ files: 1, rejected: 0 })
  })
})

describe('langfuse', () => {
  const observation = (more: object = {}) => ({
    ...{
      id: 'o',
      trace_id: 't',
      type: 'GENERATION',
      start_time: '2026-02-02 10:00:00.000000',
      provided_model_name: 'gpt-4o',
    },
    usage_details: { input: 70, input_cached_tokens: 30, output: 50, total: 150 },
    ...{
      total_cost: 0.01,
      latency: 1.5,
      level: 'DEFAULT',
      user_id: 'anna',
      session_id: 's',
      prompt_name: 'brand',
      prompt_version: 2,
    },
    ...more,
  })
  const FILE = 'observations_v2/20260203.jsonl'

  test('keys of usage are disjoint where their total says so, and latency is seconds', async () => {
    const { summary, byProfile } = await readSource({ [FILE]: [observation()] })
    expect(summary).toMatchObject({
      analyses: 1,
      inputTokens: 100,
      cacheReadTokens: 30,
      outputTokens: 50,
      costUsd: 0.01,
      meanDurationMs: 1500,
    })
    expect(byProfile[0].profile).toBe('brand_v2')
  })

  test('keys that are inside each other are not added', async () => {
    const { summary, ledger } = await readSource({
      [FILE]: [
        observation({
          usage_details: { input: 100, input_cached_tokens: 30, output: 50, output_reasoning_tokens: 40, total: 150 },
        }),
      ],
    })
    expect([summary.inputTokens, summary.outputTokens, ledger.undecided]).toEqual([100, 50, undefined])
  })

  test('spans are no events, times are UTC, and the newest of an export counts', async () => {
    const span = { ...observation(), id: 's1', type: 'SPAN', usage_details: {} }
    const older = observation({ updated_at: '2026-02-02 10:00:01', usage_details: { input: 1, output: 1, total: 2 } })
    const newer = observation({ updated_at: '2026-02-02 11:00:00' })
    const files = { 'observations_v2/a.jsonl': [span, newer], 'observations_v2/b.jsonl': [older] }
    const { summary, ledger, period } = await readSource(files, { timezone: 'Asia/Tokyo' })
    expect(summary).toMatchObject({ analyses: 1, inputTokens: 100 })
    expect(ledger).toMatchObject({ read: 2, used: 1, duplicate: 1, lines: { read: 3, events: 2, other: 1 } })
    expect(period.start).toContain('2026-02-02')
  })

  test('a level of ERROR is an error', async () => {
    const { summary } = await readSource({
      [FILE]: [
        observation({ level: 'ERROR', status_message: 'overloaded' }),
        observation({ id: 'p', status_message: 'fine' }),
      ],
    })
    expect(summary.errors).toBe(1)
  })
})

test('helicone: requests with their delay, cost and caches', async () => {
  const row = {
    ...{
      request_id: 'r',
      request_created_at: '2026-02-02 10:00:00.000',
      request_user_id: 'anna',
      response_model: 'gpt-4o',
    },
    ...{
      prompt_tokens: 100,
      completion_tokens: 20,
      prompt_cache_read_tokens: 200,
      delay_ms: 1500,
      costUSD: 0.002,
      response_status: 200,
    },
  }
  const { summary, byUser } = await readSource({ 'helicone.jsonl': [row] })
  expect(summary).toMatchObject({
    analyses: 1,
    inputTokens: 300,
    cacheReadTokens: 200,
    outputTokens: 20,
    costUsd: 0.002,
    meanDurationMs: 1500,
  })
  expect(byUser[0].user).toBe('anna')
})

test('openrouter: a row stands for many requests, and costs dollars', async () => {
  const row = {
    ...{
      date: '2026-02-02',
      model: 'openai/gpt-4o',
      model_permaslug: 'openai/gpt-4o',
      endpoint_id: 'e',
      provider_name: 'OpenAI',
    },
    ...{
      usage: 0.25,
      byok_usage_inference: 0,
      requests: 17,
      prompt_tokens: 900_000,
      completion_tokens: 5000,
      reasoning_tokens: 100,
    },
  }
  const page = JSON.stringify({ data: [row, { ...row, model_permaslug: 'openai/gpt-5', requests: 3 }] }, null, 2)
  const { summary } = await readSource({ 'activity.json': [page] })
  expect(summary).toMatchObject({ analyses: 20, inputTokens: 1_800_000, outputTokens: 10_000, costUsd: 0.5 })
})
