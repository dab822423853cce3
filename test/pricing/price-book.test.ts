import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openPriceBook, parsePriceBook } from '../../src/pricing/open-price-book.ts'
import { bookOf, classOf, costText } from './event-cost.ts'

const builtIn = await openPriceBook('/nowhere')
const MILLION = { inputTokens: 1_000_000 }

describe('the built-in book', () => {
  test('a request of 100,000 tokens is billed at the base rates', () => {
    const event = { model: 'claude-sonnet-4-5', tokens: { inputTokens: 100_000, outputTokens: 1000 } }
    expect(costText(builtIn, event)).toBe('0.315')
  })

  test('all tokens of a request beyond the bound are billed at the rates of its tier', () => {
    const event = { model: 'claude-sonnet-4-5', tokens: { inputTokens: 250_000, outputTokens: 1000 } }
    expect(costText(builtIn, event)).toBe('1.5225')
  })

  test('cached tokens count for the tier and have its rate of their own', () => {
    const tokens = { inputTokens: 250_000, cacheReadTokens: 100_000, outputTokens: 1000 }
    expect(costText(builtIn, { model: 'claude-sonnet-4-5', tokens })).toBe('0.9825')
  })

  test('a billion events of one token cost what a billion tokens cost', () => {
    expect(costText(builtIn, { times: 1_000_000_000, tokens: { inputTokens: 1 } })).toBe('150')
  })

  test('200,000 tokens are not yet more than 200,000, and 200,001 are', () => {
    const costs = [200_000, 200_001].map(inputTokens =>
      costText(builtIn, { model: 'claude-sonnet-4-5', tokens: { inputTokens } }),
    )
    expect(costs).toEqual(['0.6', '1.200006'])
  })

  test('where the provider says "200,000 or more", 200,000 are in the tier', () => {
    const costs = [199_999, 200_000].map(inputTokens =>
      costText(builtIn, { model: 'grok-4.3', tokens: { inputTokens } }),
    )
    expect(costs).toEqual(['0.24999875', '0.5'])
  })

  test('cache writes for an hour cost more than those for five minutes', () => {
    const model = 'claude-sonnet-4-5'
    const short = { model, tokens: { inputTokens: 1000, cacheWriteTokens: 1000 } }
    const long = { model, tokens: { inputTokens: 1000, cacheWriteTokens: 1000, cacheWrite1hTokens: 1000 } }
    const both = { model, tokens: { inputTokens: 1000, cacheWriteTokens: 1000, cacheWrite1hTokens: 400 } }
    expect([short, long, both].map(event => costText(builtIn, event))).toEqual(['0.00375', '0.006', '0.00465'])
  })

  test('reasoning tokens are output tokens and are not added again', () => {
    const tokens = { outputTokens: 1_000_000, reasoningTokens: 900_000 }
    expect(costText(builtIn, { model: 'gpt-4o', tokens })).toBe('10')
  })

  test('a price change counts from its own instant, in the middle of a month', () => {
    const events = ['2025-06-09T23:59:59.999Z', '2025-06-10T00:00:00Z'].map(at => ({
      at,
      model: 'o3',
      tokens: MILLION,
    }))
    expect(events.map(event => costText(builtIn, event))).toEqual(['10', '2'])
  })

  test('an off-peak window has its own price at every day', () => {
    const at = ['2026-02-02T00:29:59.999Z', '2026-02-02T00:30:00Z', '2026-02-02T16:29:59.999Z', '2026-02-02T16:30:00Z']
    const costs = at.map(instant =>
      costText(builtIn, { at: instant, model: 'deepseek-chat', provider: 'deepseek', tokens: MILLION }),
    )
    expect(costs).toEqual(['0.135', '0.27', '0.27', '0.135'])
  })

  test('a name that only looks like a known one has no price', () => {
    expect(costText(builtIn, { model: 'gpt-4o-foo', tokens: MILLION })).toBe('unpriced')
  })

  test('a provider that nobody knows has no prices, whatever the model', () => {
    expect(costText(builtIn, { provider: 'our-gateway', tokens: MILLION })).toBe('unpriced')
  })

  test('an event without a model has no price', () => {
    expect(costText(builtIn, { model: null, tokens: MILLION })).toBe('unpriced')
  })

  test('a model that is free costs 0, which is a price', () => {
    const event = { model: 'mistral-nemo:free', provider: 'mistral', tokens: MILLION }
    expect(costText(builtIn, event)).toBe('0')
  })

  test('a service tier that the book has no price for is not priced as the standard one', () => {
    const costs = ['batch', 'scale', 'standard', 'default', null].map(serviceTier =>
      costText(builtIn, { serviceTier, tokens: MILLION }),
    )
    expect(costs).toEqual(['unpriced', 'unpriced', '0.15', '0.15', '0.15'])
  })
})

describe('prices.json over it', () => {
  test('an entry is asked before the built-in book, and that is asked where no entry is in force', async () => {
    const book = await bookOf({
      prices: [{ model: 'gpt-4o-mini', from: '2026-02-01', to: '2026-03-01', input: '7', output: 8 }],
    })
    const costs = [
      '2026-01-31T23:59:59.999Z',
      '2026-02-01T00:00:00Z',
      '2026-02-28T23:59:59.999Z',
      '2026-03-01T00:00:00Z',
    ]
    expect(costs.map(at => costText(book, { at, tokens: MILLION }))).toEqual(['0.15', '7', '7', '0.15'])
  })

  test('a price may change in the middle of a day and of an hour', async () => {
    const change = '2026-02-02T14:00:00+01:30'
    const book = await bookOf({
      prices: [
        { model: 'house-model', to: change, input: '1' },
        { model: 'house-model', from: change, input: '2' },
      ],
    })
    const events = ['2026-02-02T12:29:59.999Z', '2026-02-02T12:30:00Z'].map(at => ({
      at,
      model: 'house-model',
      tokens: MILLION,
    }))
    expect([costText(book, ...events), ...events.map(event => costText(book, event))]).toEqual(['3', '1', '2'])
  })

  test('a class without a rate of its own takes the input rate', async () => {
    const book = await bookOf({ prices: [{ model: 'house-model', input: '3', output: '15' }] })
    const tokens = {
      inputTokens: 1_000_000,
      cacheReadTokens: 300_000,
      cacheWriteTokens: 300_000,
      cacheWrite1hTokens: 100_000,
    }
    expect(costText(book, { model: 'house-model', tokens })).toBe('3')
  })

  test('a rate that a tier lacks is the base rate, and an inclusive bound begins at its own number', async () => {
    const book = await bookOf({
      prices: [
        {
          model: 'house-model',
          input: '1',
          cacheRead: '0.1',
          output: '5',
          above: [
            { inputTokens: 1000, input: '2' },
            { inputTokens: 5000, inclusive: true, input: '4', output: '20' },
          ],
        },
      ],
    })
    const costs = [1000, 1001, 4999, 5000].map(inputTokens =>
      costText(book, { model: 'house-model', tokens: { inputTokens, cacheReadTokens: 1000, outputTokens: 1000 } }),
    )
    expect(costs).toEqual(['0.0051', '0.005102', '0.013098', '0.0361'])
  })

  test('batch, flex and priority have rates of their own, and the rest from the price itself', async () => {
    const book = await bookOf({
      prices: [
        {
          model: 'gpt-4o-mini',
          provider: 'openai',
          input: '0.15',
          cacheRead: '0.075',
          output: '0.60',
          batch: { input: '0.075', output: '0.30' },
          priority: { input: '0.25', cacheRead: '0.125', output: '1' },
        },
      ],
    })
    const tokens = { inputTokens: 2_000_000, cacheReadTokens: 1_000_000, outputTokens: 1_000_000 }
    const costs = ['standard', 'BATCH', 'priority', 'flex'].map(serviceTier => costText(book, { serviceTier, tokens }))
    expect(costs).toEqual(['0.825', '0.45', '1.375', 'unpriced'])
  })

  test('hours of the day may have rates of their own, over midnight too', async () => {
    const book = await bookOf({
      prices: [{ model: 'house-model', input: '2', offPeak: [{ from: '22:00', to: '06:15', input: '1' }] }],
    })
    const at = ['2026-02-02T21:59:59Z', '2026-02-02T22:00:00Z', '2026-02-03T06:14:59Z', '2026-02-03T06:15:00Z']
    expect(at.map(instant => costText(book, { at: instant, model: 'house-model', tokens: MILLION }))).toEqual([
      '2',
      '1',
      '1',
      '2',
    ])
  })

  test('analyses and checks have prices where no tokens are logged', async () => {
    const book = await bookOf({ prices: [{ model: 'house-model-*', perAnalysis: '0.02', perCheck: '0.004' }] })
    expect(costText(book, { model: 'house-model-7b', times: 3, tokens: { checks: 12 } })).toBe('0.204')
  })

  test('a * is any text only where an entry writes it, and covers events without a model where it stands alone', async () => {
    const book = await bookOf({
      prices: [
        { model: 'house-*', input: '1' },
        { model: 'plain', input: '2' },
      ],
    })
    const every = await bookOf({ prices: [{ model: '*', perAnalysis: '0.01' }] })
    const costs = ['house-7b', 'HOUSE-7B', 'house', 'plain', 'plain-7b'].map(model =>
      costText(book, { model, tokens: MILLION }),
    )
    expect(costs).toEqual(['1', '1', 'unpriced', '2', 'unpriced'])
    expect(costText(every, { model: null })).toBe('0.01')
  })

  test('an exact name comes before a pattern, and a longer pattern before a shorter one', async () => {
    const book = await bookOf({
      prices: [
        { model: '*', input: '1' },
        { model: 'house-*', input: '2' },
        { model: 'house-big-*', input: '3' },
        { model: 'house-big-7b', input: '4' },
      ],
    })
    const costs = ['claude', 'house-7b', 'house-big-1b', 'house-big-7b'].map(model =>
      costText(book, { model, tokens: MILLION }),
    )
    expect(costs).toEqual(['1', '2', '3', '4'])
  })

  test('an alias is priced as what it stands for, through other aliases too', async () => {
    const book = await bookOf({
      aliases: { 'our-gpt': 'gpt-4o', chat: 'our-gpt', 'azure-chat': { model: 'gpt-4o', provider: 'azure' } },
    })
    const costs = ['our-gpt', 'Our-GPT', 'chat'].map(model => costText(book, { model, tokens: MILLION }))
    expect(costs).toEqual(['2.5', '2.5', '2.5'])
    expect(costText(book, { model: 'azure-chat', provider: 'our-gateway', tokens: MILLION })).toBe('2.5')
  })

  test('an entry of a provider prices its events, those of its other names, and those that name none', async () => {
    const book = await bookOf({ prices: [{ model: 'gpt-4o-mini', provider: 'openai', input: '9' }] })
    const costs = ['openai', 'OpenAI', 'azure', null].map(provider => costText(book, { provider, tokens: MILLION }))
    expect([...costs, costText(book, { provider: 'text-completion-openai', tokens: MILLION })]).toEqual([
      '9',
      '9',
      '0.15',
      '9',
      '9',
    ])
  })

  test('an entry for the provider comes before one for any', async () => {
    const book = await bookOf({
      prices: [
        { model: 'house-7b', input: '1' },
        { model: 'house-7b', provider: 'groq', input: '2' },
      ],
    })
    const costs = ['groq', 'novita'].map(provider => costText(book, { model: 'house-7b', provider, tokens: MILLION }))
    expect(costs).toEqual(['2', '1'])
  })

  test('a model of the form provider/model is found under the provider', async () => {
    const book = await bookOf({ prices: [{ model: 'house-7b', provider: 'groq', input: '9' }] })
    const costs = [null, 'litellm', 'groq', 'azure'].map(provider =>
      costText(book, { model: 'groq/house-7b', provider, tokens: MILLION }),
    )
    expect(costs).toEqual(['9', '9', '9', 'unpriced'])
  })

  test('a price for any provider comes before one for a provider where the event names none', async () => {
    const book = await bookOf({
      prices: [
        { model: 'gpt-4o', provider: 'openai', input: '2' },
        { model: 'gpt-4o', input: '1' },
      ],
    })
    const costs = [null, 'openai', 'groq'].map(provider =>
      costText(book, { model: 'gpt-4o', provider, tokens: MILLION }),
    )
    expect([...costs, costText(book, { model: 'openai/gpt-4o', tokens: MILLION })]).toEqual(['1', '2', '1', '2'])
  })

  test('a gateway before the name is its provider, and an entry with the whole name comes first', async () => {
    const book = await bookOf({
      prices: [
        { model: 'house-7b', input: '1' },
        { model: 'house-7b', provider: 'bedrock', input: '2' },
        { model: 'azure/house-7b', input: '3' },
        { model: 'anthropic.house-7b', provider: 'bedrock', input: '4' },
        { model: '*', perAnalysis: '9' },
      ],
    })
    const names = [
      'openai/house-7b',
      'bedrock/house-7b',
      'azure/house-7b',
      'openrouter/azure/house-7b',
      'us.anthropic.house-7b',
      'bedrock/us.anthropic.house-7b',
      'acme/house-7b',
    ]
    expect(names.map(model => costText(book, { model, tokens: MILLION }))).toEqual(['1', '2', '3', '3', '4', '4', '9'])
  })

  test('a provider that only prices.json knows is one before a name, too', async () => {
    const book = await bookOf({ prices: [{ model: 'house-7b', provider: 'Our-Cluster', input: '5' }] })
    const costs = ['our-cluster/house-7b', 'other-cluster/house-7b'].map(model =>
      costText(book, { model, tokens: MILLION }),
    )
    expect(costs).toEqual(['5', 'unpriced'])
  })

  test('an event without a model has the off-peak price of its hour, the tier of its size and the price of its day', async () => {
    const book = await bookOf({
      prices: [
        {
          model: '*',
          to: '2026-03-01',
          input: '5',
          offPeak: [{ from: '00:00', to: '06:00', input: '1' }],
          above: [{ inputTokens: 1_500_000, input: '7' }],
          batch: { input: '3' },
        },
        { model: '*', from: '2026-03-01', input: '6' },
      ],
    })
    const of = (more: object) => costText(book, { model: null, tokens: MILLION, ...more })
    expect([
      of({ at: '2026-02-02T12:00:00Z' }),
      of({ at: '2026-02-02T05:59:59.999Z' }),
      of({ at: '2026-02-02T12:00:00Z', tokens: { inputTokens: 2_000_000 } }),
      of({ at: '2026-02-02T12:00:00Z', serviceTier: 'batch' }),
      of({ at: '2026-03-01T01:00:00Z' }),
    ]).toEqual(['5', '1', '14', '3', '6'])
  })

  test('of a price of another time it is said from when and until when it is', async () => {
    const book = await bookOf({
      prices: [
        { model: 'house-7b', from: '2026-03-01', to: '2026-04-01', input: '1' },
        { model: 'house-7b', from: '2026-05-01T12:00:00Z', input: '1' },
      ],
    })
    const whyAt = (at: string) => {
      const instant = Date.parse(at)
      const traits = { instant, dayMs: 0, inputTokens: 0, serviceTier: 'standard' }
      const found = book.find({ model: 'house-7b', provider: null, ...traits })
      return found.period === undefined ? found.reason : found.entry
    }
    expect(['2026-02-28', '2026-03-01', '2026-04-01', '2026-05-02'].map(whyAt)).toEqual([
      'it has a price from 2026-03-01 on',
      'prices.json line 1',
      'it has a price from 2026-05-01T12:00:00Z on, and had one until 2026-04-01',
      'prices.json line 1',
    ])
  })

  test('two providers with different prices for one model are told apart by the event, or not at all', async () => {
    const book = await bookOf({
      prices: [
        { model: 'house-7b', provider: 'groq', input: '1' },
        { model: 'house-7b', provider: 'novita', input: '2' },
      ],
    })
    const costs = ['groq', 'novita', null].map(provider =>
      costText(book, { model: 'house-7b', provider, tokens: MILLION }),
    )
    const why = book.find({
      model: 'house-7b',
      provider: null,
      instant: 0,
      dayMs: 0,
      inputTokens: 0,
      serviceTier: 'standard',
    })
    expect(costs).toEqual(['1', '2', 'unpriced'])
    expect(why).toMatchObject({ reason: expect.stringContaining('of groq (line 1) and novita (line 1)') })
  })

  test('prices are the decimals that they are written as, also as numbers', async () => {
    const book = await parsePriceBook(
      '{"prices":[{"model":"house-7b","input":0.10000000000000000001,"output":15e-2}]}',
      'prices.json',
    )
    const tokens = { inputTokens: 1_000_000, outputTokens: 1_000_000 }
    expect(costText(book, { model: 'house-7b', tokens })).toBe('0.25000000000000000001')
  })
})

describe('what a report names', () => {
  const january = { at: '2026-01-10T00:00:00Z', tokens: MILLION }
  const first = { model: 'gpt-4o-mini', from: '2026-01-01', input: '0.15', output: '0.60' }

  test('a later price, another model and a new tier change neither the prices of a range nor their name', async () => {
    const book = await bookOf({ prices: [{ ...first, to: '2026-02-01' }] })
    const later = await bookOf({
      prices: [
        {
          model: 'other',
          input: '3',
          above: [
            { inputTokens: 7, input: '2' },
            { inputTokens: 9, input: '1' },
          ],
          offPeak: [{ from: '01:00', to: '02:00', input: '1' }],
        },
        { ...first, to: '2026-02-01' },
        { ...first, from: '2026-02-01', input: '0.30' },
      ],
    })
    const names = [book, later].map(each => each.pricesUsed([classOf(each, january)]))
    expect(names[0]).toEqual(names[1])
    expect([costText(book, january), costText(later, january)]).toEqual(['0.15', '0.15'])
    expect(book.hash).not.toBe(later.hash)
  })

  test('a first prices.json for a later day does not change it either', async () => {
    const later = await bookOf({ prices: [{ ...first, from: '2026-03-01' }] })
    const names = [builtIn, later].map(each => each.pricesUsed([classOf(each, january)]))
    expect(names[0]).toEqual(names[1])
    expect(names[0]?.source).toBe('built-in (genai-prices 0.1.8)')
  })

  test('another price in the range changes it', async () => {
    const book = await bookOf({ prices: [first] })
    const other = await bookOf({ prices: [{ ...first, input: '0.16' }] })
    const names = [book, other].map(each => each.pricesUsed([classOf(each, january)]))
    expect(names[0]?.hash).not.toBe(names[1]?.hash)
    expect(names[0]?.source).toBe('prices.json')
  })

  test('it does not depend on the order of the classes', async () => {
    const events = [january, { ...january, model: 'gpt-4o' }, { ...january, model: 'gpt-4o-foo' }].map(event =>
      classOf(builtIn, event),
    )
    expect(builtIn.pricesUsed(events)).toEqual(builtIn.pricesUsed(events.toReversed()))
  })
})

describe('opening', () => {
  test('reads prices.json of the workspace', async () => {
    const root = mkdtempSync(join(tmpdir(), 'prices-'))
    writeFileSync(join(root, 'prices.json'), '{"prices":[{"model":"house-7b","input":"1"}]}')
    const book = await openPriceBook(root)
    expect(book.source).toBe('prices.json, built-in (genai-prices 0.1.8)')
    expect(costText(book, { model: 'house-7b', tokens: MILLION })).toBe('1')
  })

  test('a prices.json that cannot be read is an error', async () => {
    const root = mkdtempSync(join(tmpdir(), 'prices-'))
    mkdirSync(join(root, 'prices.json'))
    await expect(openPriceBook(root)).rejects.toMatchObject({ code: 'prices-unreadable', kind: 'input' })
  })

  test('a prices.json that is a link to nothing is an error, not a workspace without prices', async () => {
    const root = mkdtempSync(join(tmpdir(), 'prices-'))
    symlinkSync(join(root, 'shared-prices.json'), join(root, 'prices.json'))
    await expect(openPriceBook(root)).rejects.toMatchObject({ code: 'prices-unreadable', kind: 'input' })
  })
})
