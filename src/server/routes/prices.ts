// The price book, and how a request is priced.
import * as z from 'zod'
import { explainPriceOf, usageOfCounts } from '../../app/price/explain-price.ts'
import { listPrices } from '../../app/price/list-prices.ts'
import { listOfValues, parseUtcInstant, wholeNumber } from '../../app/request/parse-option.ts'
import type { Instant } from '../../base/zone.ts'
import { explanationDocument } from '../../render/price-explanation.ts'
import { priceListDocument } from '../../render/price-list.ts'
import type { PriceRequest } from '../../report/price/price-explanation.ts'
import { ProblemError } from '../problem.ts'
import { exactJson } from '../resources/exact-json.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { counts } from '../resources/profile-answers.ts'
import type { Route } from '../route.ts'

const READERS = ['admin', 'manager', 'viewer'] as const

const tokens = (help: string) => ({ value: 'N', help, parse: wholeNumber(0) })

const priceList = z.strictObject({
  schema: z.literal('usagebook/price-list@1'),
  prices: z.strictObject({ source: z.string(), hash: z.string() }),
  rows: z.array(z.looseObject({ source: z.string(), provider: z.string().nullable(), model: z.string() })),
  ...counts,
})
export const explanation = z.looseObject({
  schema: z.literal('usagebook/price-explanation@1'),
  model: z.string(),
  entry: z.string().nullable(),
  costUsd: z.number().nullable(),
})

export const PRICE_FILTERS = {
  model: { value: 'NAME', help: 'only these models: a,b, * as wildcard', parse: listOfValues, repeats: true },
  provider: { value: 'NAME', help: 'only these providers', parse: listOfValues, repeats: true },
} as const satisfies Route['parameters']

export const EXPLAIN_PARAMETERS = {
  model: { value: 'NAME', help: 'the model as the logs name it' },
  at: { value: 'DATE', help: 'day in UTC or instant of the request; default now', parse: parseUtcInstant },
  provider: { value: 'NAME', help: 'the provider as the logs name it' },
  serviceTier: { value: 'TIER', help: 'standard, batch, flex or priority' },
  input: tokens('all input tokens, cached ones included'),
  cacheRead: tokens('of them read from a cache'),
  cacheWrite: tokens('of them written to a cache'),
  cacheWrite1h: tokens('of the written ones, kept for an hour'),
  output: tokens('all output tokens, reasoning included'),
  reasoning: tokens('of them spent on reasoning'),
  checks: tokens('checks that ran'),
} as const satisfies Route['parameters']

export type PriceQuestion = Parameters<typeof usageOfCounts>[0] & {
  readonly model?: string
  readonly at?: Instant
  readonly provider?: string
  readonly serviceTier?: string
}

export const PRICE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/prices',
    roles: READERS,
    summary: 'the prices of models: prices.json, then the built-in book',
    group: 'Prices',
    parameters: { ...PRICE_FILTERS, ...PAGE },
    answer: priceList,
    async handle(call) {
      const { model = [], provider = [] } = call.options as { model?: readonly string[]; provider?: readonly string[] }
      const list = await listPrices(call.services.root, { models: model, providers: provider })
      const { items, counts, headers } = pageOf(call, list.rows)
      return exactJson({ ...priceListDocument({ ...list, rows: items }), ...counts }, { headers })
    },
  },
  {
    method: 'GET',
    path: '/api/v1/prices/explain',
    roles: READERS,
    summary: 'which price a model has and why, and what a request costs',
    group: 'Prices',
    parameters: EXPLAIN_PARAMETERS,
    answer: explanation,
    async handle({ options, services }) {
      const request = priceRequestOf(options as PriceQuestion, services.host.now())
      return exactJson(explanationDocument(await explainPriceOf(services.root, request)))
    },
  },
]

export function priceRequestOf(asked: PriceQuestion, now: Instant): PriceRequest {
  const { model, at = now, provider = null, serviceTier = null } = asked
  if (model === undefined) throw noModel()
  return { model, at, provider, serviceTier, ...usageOfCounts(asked) }
}

function noModel(): ProblemError {
  return new ProblemError({
    status: 400,
    code: 'model-needed',
    title: 'No model was given.',
    hint: 'Name it: ?model=gpt-4o.',
    extra: { parameter: 'model' },
  })
}
