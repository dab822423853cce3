import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseEditedJson } from '../../src/base/edited-json.ts'
import { isLitellmMap, parseLitellmMap } from '../../src/pricing/litellm.ts'

const text = readFileSync('fixtures/litellm-map.json', 'utf8')
const map = parseLitellmMap(parseEditedJson(text, 'litellm-map.json').literalValue() as Record<string, unknown>)
const entryOf = (model: string) => map.entries.find(entry => entry.model === model)

function parseModel(json: string) {
  const value = parseEditedJson(`{"house-7b": ${json}}`, 'map.json').literalValue() as Record<string, unknown>
  return parseLitellmMap(value)
}

test('prices a token become prices a million, digit by digit', () => {
  expect(entryOf('gpt-4o-mini')).toEqual({
    model: 'gpt-4o-mini',
    provider: 'openai',
    input: '0.15',
    cacheRead: '0.075',
    output: '0.6',
    batch: { input: '0.075', output: '0.3' },
    priority: { input: '0.25', cacheRead: '0.125', output: '1' },
  })
  expect(entryOf('gpt-5-mini')?.flex).toEqual({ input: '0.125', cacheRead: '0.0125', output: '1' })
})

test('cache writes, the hour and long requests are taken over', () => {
  expect(entryOf('claude-sonnet-4-5')).toEqual({
    model: 'claude-sonnet-4-5',
    provider: 'anthropic',
    input: '3',
    cacheRead: '0.3',
    cacheWrite: '3.75',
    cacheWrite1h: '6',
    output: '15',
    above: [
      { inputTokens: 200_000, input: '6', cacheRead: '0.6', cacheWrite: '7.5', cacheWrite1h: '12', output: '22.5' },
    ],
  })
})

test('long requests of a service tier belong to it', () => {
  expect(entryOf('gemini-1.5-pro-house')).toEqual({
    model: 'gemini-1.5-pro-house',
    provider: 'gemini',
    input: '1.25',
    output: '5.123456789',
    above: [{ inputTokens: 128_000, input: '2.5', output: '10' }],
    priority: { input: '4.5', above: [{ inputTokens: 272_000, input: '9' }] },
  })
})

test('tiered pricing is a base and tiers above it', () => {
  expect(entryOf('qwen-plus-house')).toEqual({
    model: 'qwen-plus-house',
    provider: 'dashscope',
    input: '0.4',
    output: '1.2',
    reasoning: '4',
    above: [{ inputTokens: 256_000, input: '1.2', output: '3.6', reasoning: '12' }],
  })
})

test('what is not about tokens is named with the reason, and sample_spec is no model', () => {
  expect(map.skipped).toEqual([
    { model: 'dashscope/qwen-gap', reason: 'the ranges of its tiers do not join' },
    { model: 'dall-e-3', reason: 'mode image_generation' },
    { model: 'whisper-1', reason: 'mode audio_transcription' },
    { model: 'omni-moderation-latest', reason: 'no price of input tokens' },
    { model: 'groq/house-refund', reason: 'input_cost_per_token is not a price' },
  ])
  expect(map.entries.map(entry => entry.model)).not.toContain('sample_spec')
})

test('prices that no usage log can be billed by are counted', () => {
  expect([...map.unbilled]).toEqual([
    ['search_context_cost_per_query', 1],
    ['input_cost_per_audio_per_second', 1],
  ])
})

describe('values', () => {
  test('digits that a double would lose are kept', () => {
    expect(parseModel('{"input_cost_per_token": 1.00000000000000000001e-06}').entries[0]?.input).toBe(
      '1.00000000000000000001',
    )
  })

  test('a price a request is a price an analysis', () => {
    expect(parseModel('{"input_cost_per_token": 1e-06, "input_cost_per_request": 0.005}').entries[0]?.perAnalysis).toBe(
      '0.005',
    )
  })

  test.each([
    ['5', 'it is not an object'],
    ['{"input_cost_per_token": "cheap"}', 'input_cost_per_token is not a price'],
    ['{"tiered_pricing": {}}', 'tiered_pricing is not a list'],
    ['{"tiered_pricing": [{"range": [0, 10], "input_cost_per_token": "x"}]}', 'input_cost_per_token is not a price'],
    ['{"tiered_pricing": [{"range": [5, 10], "input_cost_per_token": 1}]}', 'the ranges of its tiers do not join'],
    ['{"output_cost_per_token": 1e-06}', 'no price of input tokens'],
  ])('the model %s is skipped', (json, reason) => {
    expect(parseModel(json).skipped).toEqual([{ model: 'house-7b', reason }])
  })
})

test('a map is told from another file by the keys of its models', () => {
  expect([{ a: { litellm_provider: 'groq' } }, { prices: [] }, [], null].map(isLitellmMap)).toEqual([
    true,
    false,
    false,
    false,
  ])
})
