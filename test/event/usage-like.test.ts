import { describe, expect, test } from 'vitest'
import { NATIVE_FORMAT } from '../../src/event/source-format.ts'
import { usageLikeFinder } from '../../src/event/usage-like.ts'

const fieldsOf = (line: object) => usageLikeFinder(NATIVE_FORMAT)(line as never).map(({ field }) => field)

describe('what looks like usage in a line', () => {
  test('are numbers under such names, whatever their spelling', () => {
    expect(fieldsOf({ tokensIn: 120, tok_out: 80, LLM_COST: 0.01, 'price.usd': 1, creditsUsed: 3 })).toEqual([
      'tokensIn',
      'tok_out',
      'LLM_COST',
      'price\\.usd',
      'creditsUsed',
    ])
  })

  test('are numbers written as text', () => {
    expect(fieldsOf({ tokens_in: '120', costEur: '0.02', tokens: 'many', spend_note: '' })).toEqual([
      'tokens_in',
      'costEur',
    ])
  })

  test('are numbers inside objects of such names, and such names inside other objects', () => {
    expect(
      fieldsOf({
        usage: { cost: 0.5 },
        response_metadata: { token_usage: { prompt: 12 } },
        meta: { tokensIn: 120, retries: 2 },
      }),
    ).toEqual(['usage.cost', 'response_metadata.token_usage.prompt', 'meta.tokensIn'])
  })

  test('is nothing that the format reads', () => {
    expect(fieldsOf({ input_tokens: 1, outputTokens: 2, cost: 3, usage: { prompt_tokens: 4 }, spend: '5' })).toEqual([])
  })

  test('is no limit, secret, name or text', () => {
    expect(
      fieldsOf({
        max_tokens: 4096,
        maxOutputTokens: 4096,
        tokensRemaining: 9,
        access_token: '123456',
        cost_center: 4711,
        price_id: 17,
        usage: 'chat',
        cost_note: true,
        duration: 12,
        tokens: [1, 2],
      }),
    ).toEqual([])
  })
})
