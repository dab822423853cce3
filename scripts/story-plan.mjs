// Who and what is in the story of usage_logs/; make-story.mjs tells it day by day.

export const MODELS = {
  'gpt-4o': { provider: 'openai', baseMs: 1800, perTokenUs: 9000 },
  'gpt-4o-mini': { provider: 'openai', baseMs: 700, perTokenUs: 6000 },
  'claude-sonnet-4-5': { provider: 'anthropic', baseMs: 2100, perTokenUs: 13000 },
  'claude-haiku-4-5': { provider: 'anthropic', baseMs: 600, perTokenUs: 5000 },
  'gemini-2.5-flash': { provider: 'google', baseMs: 800, perTokenUs: 4000 },
}

// What a profile does: the versions with their first day, model and number of checks; tokens of prompt, input and output.
export const PROFILES = {
  brand_check: {
    feature: 'brand_review',
    versions: [
      { id: 'brand_check', from: '2026-01-12', model: 'gpt-4o', checks: 10 },
      { id: 'brand_check_v2', from: '2026-01-15', model: 'gpt-4o', checks: 12 },
      { id: 'brand_check_v3', from: '2026-01-27', model: 'gpt-4o-mini', checks: 14 },
    ],
    prompt: 1200,
    input: [700, 2600],
    output: [120, 520],
  },
  product_claims: {
    feature: 'claims_review',
    versions: [
      { id: 'product_claims', from: '2026-01-12', model: 'claude-sonnet-4-5', checks: 6 },
      { id: 'product_claims_v2', from: '2026-01-22', model: 'claude-sonnet-4-5', checks: 8 },
    ],
    prompt: 2400,
    input: [1500, 6000],
    output: [250, 900],
  },
  legal_review: {
    feature: 'contract_review',
    versions: [{ id: 'legal_review', from: '2026-01-12', model: 'claude-sonnet-4-5', checks: 20 }],
    prompt: 9000,
    input: [12_000, 64_000],
    output: [700, 2400],
  },
  tone_of_voice: {
    feature: 'copy_review',
    versions: [{ id: 'tone_of_voice', from: '2026-01-12', model: 'claude-haiku-4-5', checks: 4 }],
    prompt: 1500,
    input: [400, 1800],
    output: [90, 380],
  },
  packaging: {
    feature: 'packaging_review',
    versions: [{ id: 'packaging', from: '2026-01-12', model: 'gemini-2.5-flash', checks: 9 }],
    prompt: 800,
    input: [1800, 5200],
    output: [150, 600],
  },
}

// `perDay` analyses on a working day, one more every `growthDays` days; profiles with their weights.
export const CLIENTS = {
  diageo: {
    users: ['anna', 'ben', 'chloe', 'dora'],
    perDay: 16,
    country: 'GB',
    profiles: { brand_check: 6, tone_of_voice: 3, product_claims: 2, legal_review: 1 },
  },
  unilever: {
    users: ['emil', 'farah', 'greta'],
    perDay: 9,
    country: 'NL',
    profiles: { legal_review: 3, product_claims: 4, brand_check: 2 },
  },
  loreal: {
    users: ['hugo', 'ines', 'jules'],
    perDay: 5,
    growthDays: 2,
    country: 'FR',
    profiles: { product_claims: 3, tone_of_voice: 4, packaging: 2 },
  },
  nestle: {
    users: ['kira', 'luca'],
    perDay: 7,
    from: '2026-01-19',
    country: 'CH',
    profiles: { packaging: 5, brand_check: 2 },
  },
}

export const FAILURES = [
  { status_code: 429, error_type: 'RateLimitError', error: 'Rate limit reached, try again in 20 s' },
  { status_code: 504, error_type: 'TimeoutError', error: 'The model did not answer within 60 s' },
  { status_code: 400, error_type: 'BadRequestError', error: 'The image could not be decoded' },
]
export const OVERLOADED = { status_code: 529, error_type: 'OverloadedError', error: 'Overloaded' }
