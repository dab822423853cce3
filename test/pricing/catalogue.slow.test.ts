// The built-in catalogue against the package that it is made of: the same models for the same names, the same costs.
import { calcPrice, findProvider as providerOfPackage } from '@pydantic/genai-prices'
import { describe, expect, test } from 'vitest'
import { decimalToNumber } from '../../src/base/decimal.ts'
import { DAY_MS } from '../../src/base/zone.ts'
import { cutsOfPrices } from '../../src/pricing/book-cuts.ts'
import { type CatalogueMatch, findProvider, loadCatalogueCuts, matchModel } from '../../src/pricing/catalogue.ts'
import { piecesOfRule } from '../../src/pricing/match-rule.ts'
import { namesOfCatalogue, openPriceBook } from '../../src/pricing/open-price-book.ts'
import { costOf, makeSums } from '../../src/pricing/rate.ts'

const book = await openPriceBook('/nowhere')
const catalogue = book.catalogue()
const AUTUMN = Date.parse('2026-09-15T12:00:00Z')
const SIZES = [999, 128_000, 128_001, 199_999, 200_000, 200_001, 271_999, 272_000, 272_001, 512_000, 512_001]
const FIRST_DEEPSEEK_WINDOWS = Date.parse('2026-08-17T00:00:00Z')

/** Every model by a name that means it; not every id does (fireworks/… are asked for as accounts/fireworks/…). */
const EVERY_MODEL = catalogue.providers.flatMap(provider =>
  provider.models.map(model => ({
    provider: provider.id,
    id: model.id,
    model: [model.id, ...textsOf(model.match)].find(
      name => (matchModel(catalogue, name, provider.id) as Partial<CatalogueMatch>).model === model,
    ),
  })),
)
const MODELS = EVERY_MODEL.flatMap(({ provider, model }) => (model === undefined ? [] : [{ provider, model }]))

function textsOf(rule: unknown): string[] {
  return typeof rule === 'string' ? [rule] : Object.values(rule ?? {}).flatMap(textsOf)
}

function usageOf(inputTokens: number) {
  return {
    inputTokens,
    cacheReadTokens: Math.floor(inputTokens / 10),
    cacheWriteTokens: Math.floor(inputTokens / 7),
    cacheWrite1hTokens: Math.floor(inputTokens / 21),
    outputTokens: 1234,
    reasoningTokens: 200,
  }
}

function costInPackage(model: string, provider: string | null, inputTokens: number, instant: number) {
  const usage = usageOf(inputTokens)
  return calcPrice(
    {
      input_tokens: usage.inputTokens,
      cache_read_tokens: usage.cacheReadTokens,
      cache_write_tokens: usage.cacheWriteTokens,
      cache_write_1h_tokens: usage.cacheWrite1hTokens,
      output_tokens: usage.outputTokens,
      output_reasoning_tokens: usage.reasoningTokens,
    },
    model,
    { ...(provider === null ? {} : { providerId: provider }), timestamp: new Date(instant) },
  )
}

function ourCost(model: string, provider: string | null, inputTokens: number, instant: number): number | undefined {
  const found = book.find({ model, provider, instant, dayMs: instant % DAY_MS, inputTokens, serviceTier: 'standard' })
  const rate = found.period === undefined ? undefined : found.resolved.rate
  return rate === undefined
    ? undefined
    : decimalToNumber(costOf(rate, makeSums({ ...usageOf(inputTokens), analyses: 1 })))
}

/** What differs by more than the noise of doubles; models that are not billed by tokens cost nothing in the package. */
function costDifference(model: string, provider: string | null, inputTokens: number, instant: number): string[] {
  const theirs = costInPackage(model, provider, inputTokens, instant)?.total_price
  const ours = ourCost(model, provider, inputTokens, instant)
  const isSame = Math.abs((ours ?? 0) - (theirs ?? 0)) <= 1e-9 * Math.max(1, theirs ?? 0)
  return isSame ? [] : [`${provider}/${model} of ${inputTokens} at ${instant}: ${ours}, not ${theirs}`]
}

// The package reads neither prefixes nor names of Bedrock where no provider is named, and does not know who passes on the
// prices of others.
function isReadOtherwise(model: string, provider: string | null, isKnown: boolean): boolean {
  if (!model.includes('/')) return !isKnown && provider === null && /^ ?(global\.)?[a-z0-9]+\./i.test(model)
  return isKnown ? provider === null && model.startsWith('x') : provider === null || provider === 'openrouter'
}

function matchDifference(model: string, provider: string | null): string[] {
  const match = matchModel(catalogue, model, provider) as Partial<CatalogueMatch>
  const theirs = costInPackage(model, provider, 999, AUTUMN)
  const ours = `${match.provider?.id} ${match.model?.id}`
  const expected = `${theirs?.provider.id} ${theirs?.model.id}`
  return ours === expected || isReadOtherwise(model, provider, theirs !== null && theirs !== undefined)
    ? []
    : [`${provider}/${model}: ${ours}, not ${expected}`]
}

describe('names', () => {
  test('every model and every name it lists is the same model as in the package, with and without its provider', () => {
    const differences = MODELS.flatMap(({ provider, model }) => [
      ...matchDifference(model, provider),
      ...matchDifference(model, null),
      ...matchDifference(`${provider}/${model}`, 'litellm'),
    ])
    const listed = namesOfCatalogue(catalogue).flatMap(name => matchDifference(name, null))

    expect([...differences, ...listed]).toEqual([])
    expect(MODELS.length).toBe(EVERY_MODEL.length)
  })

  test('a name behind the prefix of its provider, or of OpenRouter, is the same model as with that provider', () => {
    const named = (model: string, provider: string | null) => {
      const match = matchModel(catalogue, model, provider) as Partial<CatalogueMatch>
      return `${match.owner?.id} ${match.model?.id}`
    }
    const different = MODELS.flatMap(({ provider, model }) => {
      const expected = named(model, provider)
      return [named(`${provider}/${model}`, null), named(`openrouter/${provider}/${model}`, null)].flatMap(found =>
        found === expected || found.startsWith('openrouter ')
          ? []
          : [`${provider}/${model}: ${found}, not ${expected}`],
      )
    })

    expect(different).toEqual([])
  })

  test.each([
    ['openai/gpt-4o', 'openai/gpt-4o'],
    ['azure/gpt-4o', 'openai/gpt-4o'],
    ['azure_ai/grok-4', 'x-ai/grok-4-0709'],
    ['gemini/gemini-2.5-pro', 'google/gemini-2.5-pro'],
    ['vertex_ai/claude-sonnet-4-5@20250929', 'google/claude-sonnet-4-5'],
    ['bedrock/anthropic.claude-3-5-haiku-20241022-v1:0', 'aws/regional.anthropic.claude-3-5-haiku-20241022-v1:0'],
    ['us.anthropic.claude-3-5-haiku-20241022-v1:0', 'aws/regional.anthropic.claude-3-5-haiku-20241022-v1:0'],
    ['bedrock/us.amazon.nova-lite-v1:0', 'aws/amazon.nova-lite-v1:0'],
    ['amazon.nova-lite-v1:0', 'aws/amazon.nova-lite-v1:0'],
    ['openrouter/anthropic/claude-sonnet-4.5', 'openrouter/anthropic/claude-sonnet-4.5'],
    ['openrouter/anthropic/claude-sonnet-4-5', 'anthropic/claude-sonnet-4-5'],
    ['litellm_proxy/openai/gpt-4o', 'openai/gpt-4o'],
    ['xai/grok-4', 'x-ai/grok-4-0709'],
    ['together_ai/Austism/chronos-hermes-13b', 'together/Austism/chronos-hermes-13b'],
    ['mistral/mistral-large-latest', 'mistral/mistral-large'],
  ])('%s is %s', (name, entry) => {
    const match = matchModel(catalogue, name, null) as Partial<CatalogueMatch>
    expect(`${match.owner?.id}/${match.model?.id}`).toBe(entry)
  })

  test.each([
    ['acme/gpt-4o', null],
    ['acme/gemini-2.0-flash-lite', null],
    ['my-openai-proxy/gpt-4o', null],
    ['openai/', null],
    ['/gpt-4o', null],
    ['openai/acme/gpt-4o', null],
    ['azure/gpt-4o', 'anthropic'],
    ['us.acme.claude-3-5-haiku-20241022-v1:0', null],
    ['groq/claude-sonnet-4-5', null],
  ])('%s of %s is nobody knows whose', (name, provider) => {
    expect(matchModel(catalogue, name, provider).model).toBeUndefined()
  })

  test('names that only look like those of models are decided as the package decides', () => {
    const some = MODELS.filter((_, index) => index % 4 === 0)
    const differences = some.flatMap(({ provider, model }) =>
      [
        `${model}-foo`,
        `x${model}`,
        model.toUpperCase(),
        ` ${model} `,
        `${model}-20250131`,
        `${model}-20250231`,
        model.slice(0, -1),
      ].flatMap(name => [...matchDifference(name, provider), ...matchDifference(name, null)]),
    )

    expect(differences).toEqual([])
  })

  test.each([
    'azure_openai',
    'Bedrock',
    'vertex_ai',
    'huggingface/together',
    'litellm',
    'our-gateway',
    'xai',
    ' OpenAI ',
  ])('the provider "%s" is who it is in the package', name => {
    expect(findProvider(catalogue, name)?.id).toBe(providerOfPackage({ providerId: name })?.id)
  })

  test('gpt-4o-foo is no model, and claude-sonnet-4-5-foo is one because the catalogue says how its names begin', () => {
    const unknown = matchModel(catalogue, 'gpt-4o-foo', null)
    const known = matchModel(catalogue, 'claude-sonnet-4-5-foo', null)

    expect(unknown).toEqual({ reason: 'openai has no model of this name in the built-in catalogue' })
    expect(known).toMatchObject({
      model: { id: 'claude-sonnet-4-5' },
      steps: [
        'no provider named; the name contains "claude", so it is anthropic',
        'the name starts with "claude-sonnet-4-5", so it is anthropic/claude-sonnet-4-5',
      ],
    })
  })
})

describe('costs', () => {
  test('every model costs what it costs in the package, at every context tier', () => {
    const differences = MODELS.flatMap(({ provider, model }) =>
      SIZES.flatMap(size => costDifference(model, provider, size, AUTUMN)),
    )

    expect(differences).toEqual([])
  })

  test('every model costs what it costs in the package, before and after every price change and window', () => {
    const dated = catalogue.providers.flatMap(provider =>
      provider.models
        .filter(model => model.prices.length > 1 || model.prices[0]?.hours !== undefined)
        .map(model => ({ provider: provider.id, model: model.id })),
    )
    const changes = book.cuts.instants.flatMap(instant => [instant - 1, instant, instant + 1])
    const times = book.cuts.dailyCuts.flatMap(dayMs => [
      AUTUMN - (AUTUMN % DAY_MS) + dayMs - 1,
      AUTUMN - (AUTUMN % DAY_MS) + dayMs,
    ])
    const isOurs = (model: string, instant: number) =>
      model.startsWith('deepseek-v4') && instant < FIRST_DEEPSEEK_WINDOWS
    const differences = dated.flatMap(({ provider, model }) =>
      [...changes, ...times]
        .filter(instant => !isOurs(model, instant))
        .flatMap(instant => SIZES.flatMap(size => costDifference(model, provider, size, instant))),
    )

    expect(differences).toEqual([])
    expect(dated.length).toBeGreaterThan(15)
  })

  test('daily windows begin with the dated price that they belong to, which the package cannot say', () => {
    const before = Date.parse('2026-08-16T02:00:00Z')

    expect(ourCost('deepseek-v4-flash', 'deepseek', 1000, before)).toBeCloseTo(0.0004718, 8)
    expect(costInPackage('deepseek-v4-flash', 'deepseek', 1000, before)?.total_price).toBeCloseTo(0.00202628, 8)
  })

  test('models that are not billed by tokens, or of which no price is known, have no price: they are not free', () => {
    const unpriced = MODELS.filter(({ provider, model }) => ourCost(model, provider, 999, AUTUMN) === undefined)

    expect(unpriced.map(({ provider, model }) => `${provider}/${model}`)).toEqual([
      'cerebras/qwen-3-coder-480b',
      'google/gemma-3',
      'google/gemma-3n',
      'groq/whisper-large-v3',
      'groq/whisper-large-v3-turbo',
      'huggingface_together/ServiceNow-AI/Apriel-1.6-15b-Thinker',
      'mistral/mistral-ocr-2503',
      'mistral/mistral-ocr-2505',
      'mistral/mistral-ocr-2512',
      'mistral/mistral-ocr-4-0',
      'mistral/mistral-ocr-4-1',
      'mistral/mistral-ocr-latest',
      'mistral/voxtral-mini-2602',
      'openai/gpt-transcribe',
      'openai/moderation',
      'openai/whisper-1',
      'openrouter/gemini-2.5-pro-exp-03-25',
      'openrouter/google/gemini-flash-1.5-8b-exp',
      'openrouter/google/lyria-3-clip-preview',
      'openrouter/google/lyria-3-pro-preview',
      'x-ai/grok-voice-latest',
      'x-ai/grok-voice-think-fast-1.0',
      'x-ai/grok-voice-think-fast-2.0',
    ])
  })
})

test('the cuts that the build keeps beside the catalogue are those of its prices', () => {
  const { version, hash, ...cuts } = loadCatalogueCuts()

  expect(cuts).toEqual(
    cutsOfPrices(
      catalogue.providers.flatMap(provider =>
        provider.models.map(model => ({
          pieces: piecesOfRule(model.match ?? { equals: model.id }),
          periods: model.prices,
        })),
      ),
    ),
  )
  expect([version, hash]).toEqual([catalogue.version, catalogue.hash])
})
