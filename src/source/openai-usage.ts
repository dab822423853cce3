// OpenAI: saved pages of its usage and cost APIs. A row sums up many requests of a period.
import { isObject, type JsonObject } from '../scan/json-object.ts'
import { pagesWarning } from './pages.ts'
import type { Source, SourceRow } from './source.ts'

export const OPENAI_USAGE: Source = {
  name: 'openai-usage',
  help: 'saved pages of the usage and cost APIs of OpenAI',
  description: {
    fields: {
      timestamp: { path: 'start_time', unit: 's' },
      client: ['project_id', 'project_name'],
      user: ['user_id', 'api_key_id'],
      feature: ['line_item', 'feature'],
      model: 'model',
      input_tokens: 'input_tokens',
      cache_read_tokens: 'input_cached_tokens',
      output_tokens: 'output_tokens',
      cost_usd: 'amount.value',
      requests: 'num_model_requests',
    },
    constants: { provider: 'openai' },
    when: [
      { if: ['batch=true'], set: { service_tier: 'batch' } },
      { if: ['num_model_requests='], set: { requests: '0' } },
    ],
    fileDate: 'none',
  },
  signs: [
    ['object=page', 'data.0.object=bucket'],
    ['object=page', 'data', 'has_more'],
    ['object=bucket', 'results', 'start_time'],
  ],
  isOfSums: true,
  steps: { open: () => rowsOf, settle: pagesWarning },
}

function rowsOf(object: JsonObject): SourceRow[] {
  const buckets = (Array.isArray(object.data) ? object.data : [object]).filter(isObject)
  const rows = buckets.flatMap(({ start_time, end_time, results }) =>
    (Array.isArray(results) ? results : []).filter(isObject).map(result => ({
      object: { ...result, start_time, end_time, feature: featureOf(result.object) },
    })),
  )
  return object.has_more === undefined
    ? rows
    : [...rows, { object: undefined, note: { hasMore: object.has_more === true } }]
}

// "organization.usage.completions.result" is about completions.
function featureOf(name: unknown): string | undefined {
  return /^organization\.usage\.(\w+)\.result$/.exec(String(name))?.[1]
}
