// Anthropic: saved pages of its usage and cost reports. A row sums up all requests of a period, and does not say how many.
import { isObject, type JsonObject } from '../scan/json-object.ts'
import { pagesWarning } from './pages.ts'
import type { Source, SourceRow } from './source.ts'

export const ANTHROPIC_USAGE: Source = {
  name: 'anthropic-usage',
  help: 'saved pages of the usage and cost reports of Anthropic',
  description: {
    fields: {
      timestamp: 'starting_at',
      client: 'workspace_id',
      user: ['api_key_id', 'account_id'],
      feature: ['description', 'cost_type'],
      model: 'model',
      service_tier: 'service_tier',
      input_tokens: 'uncached_input_tokens',
      cache_read_input_tokens: 'cache_read_input_tokens',
      cache_creation_input_tokens: {
        sum: ['cache_creation.ephemeral_5m_input_tokens', 'cache_creation.ephemeral_1h_input_tokens'],
      },
      cache_write_1h_tokens: 'cache_creation.ephemeral_1h_input_tokens',
      output_tokens: 'output_tokens',
      cost_usd: { path: 'amount', unit: 'cents' },
      requests: 'requests',
    },
    constants: { provider: 'anthropic' },
    when: [{ if: ['requests='], set: { requests: '0' } }],
    fileDate: 'none',
  },
  signs: [
    ['data.0.starting_at', 'data.0.results', 'has_more'],
    ['data', 'has_more', 'next_page'],
    ['starting_at', 'ending_at', 'results'],
  ],
  isOfSums: true,
  steps: { open: () => rowsOf, settle: pagesWarning },
}

function rowsOf(object: JsonObject): SourceRow[] {
  const buckets = (Array.isArray(object.data) ? object.data : [object]).filter(isObject)
  const rows = buckets.flatMap(({ starting_at, results }) =>
    (Array.isArray(results) ? results : []).filter(isObject).map(result => ({ object: { ...result, starting_at } })),
  )
  return object.has_more === undefined
    ? rows
    : [...rows, { object: undefined, note: { hasMore: object.has_more === true } }]
}
