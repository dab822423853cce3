// Saved pages of the usage and cost APIs of providers: rows that sum up many requests.
import { expect, test } from 'vitest'
import { readSource } from './read-source.ts'

const openai = (results: object[], hasMore = false) => ({
  object: 'page',
  data: [{ object: 'bucket', start_time: 1769990400, end_time: 1770076800, results }],
  has_more: hasMore,
  next_page: hasMore ? 'page_2' : null,
})
const completions = {
  object: 'organization.usage.completions.result',
  ...{ input_tokens: 500_000, output_tokens: 1000, input_cached_tokens: 200_000, num_model_requests: 25 },
  ...{ project_id: 'proj_diageo', user_id: null, api_key_id: null, model: 'gpt-4o-2024-08-06', batch: false },
}

test('openai: a row is n requests, its cached tokens are inside, and its size says nothing of one request', async () => {
  const { summary, byClient, ledger } = await readSource({
    'usage.json': [JSON.stringify(openai([completions]), null, 2)],
  })
  expect(summary).toMatchObject({ analyses: 25, inputTokens: 500_000, cacheReadTokens: 200_000, outputTokens: 1000 })
  // 300,000 at $2.50 a million, 200,000 at $1.25, 1,000 at $10.
  expect(summary.costUsd).toBe(1.01)
  expect(byClient[0].client).toBe('proj_diageo')
  expect(ledger).toMatchObject({ read: 1, used: 1, lines: { read: 1, events: 1 } })
})

test('openai: batch is not sold at the standard price', async () => {
  const { summary } = await readSource({ 'usage.jsonl': [openai([{ ...completions, batch: true }])] })
  expect(summary).toMatchObject({ costUsd: null, unpricedAnalyses: 25 })
})

test('openai: costs are dollars and no requests', async () => {
  const cost = {
    object: 'organization.costs.result',
    amount: { value: 0.06, currency: 'usd' },
    line_item: 'gpt-4o',
    project_id: 'proj_diageo',
  }
  const { summary } = await readSource({ 'costs.json': [openai([cost])] })
  expect(summary).toMatchObject({ analyses: 0, costUsd: 0.06 })
})

test('a last page that is missing is warned of', async () => {
  const first = await readSource({ 'usage.json': [openai([completions], true)] })
  expect(first.ledger.warnings).toEqual([expect.stringContaining('more pages follow')])
  const both = await readSource({ 'a.json': [openai([completions], true)], 'b.json': [openai([completions])] })
  expect(both.ledger.warnings).toBeUndefined()
})

test('sums beside logs of requests are warned of', async () => {
  const own = { timestamp: '2026-02-02T10:00:00Z', model: 'gpt-4o', input_tokens: 5 }
  const { ledger } = await readSource({ 'usage.json': [openai([completions])], '2026-02-02.jsonl': [own] })
  expect(ledger.warnings).toEqual([expect.stringContaining('counted twice')])
})

const anthropic = (results: object[]) => ({
  data: [{ starting_at: '2026-02-02T00:00:00Z', ending_at: '2026-02-03T00:00:00Z', results }],
  has_more: false,
  next_page: null,
})

test('anthropic: the input is uncached, caches are beside it', async () => {
  const result = {
    ...{ uncached_input_tokens: 1000, cache_read_input_tokens: 200, output_tokens: 500, service_tier: 'standard' },
    cache_creation: { ephemeral_1h_input_tokens: 30, ephemeral_5m_input_tokens: 70 },
    ...{ api_key_id: 'k', workspace_id: 'wrkspc_diageo', model: 'claude-sonnet-4-20250514', context_window: '0-200k' },
  }
  const { summary, byClient } = await readSource({ 'usage.json': [anthropic([result])] })
  expect(summary).toMatchObject({ inputTokens: 1300, cacheReadTokens: 200, cacheWriteTokens: 100, outputTokens: 500 })
  expect(byClient[0].client).toBe('wrkspc_diageo')
})

test('anthropic: costs are cents as text', async () => {
  const cost = {
    currency: 'USD',
    amount: '123.45',
    workspace_id: 'wrkspc_diageo',
    description: 'Claude Sonnet 4 Usage',
    cost_type: 'tokens',
  }
  const { summary } = await readSource({ 'cost.json': [anthropic([cost])] })
  expect(summary).toMatchObject({ analyses: 0, costUsd: 1.2345 })
})
