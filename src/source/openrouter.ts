// OpenRouter: its activity, a row for each day, model and endpoint.
import { isObject, type JsonObject } from '../scan/json-object.ts'
import type { Source, SourceRow } from './source.ts'

export const OPENROUTER: Source = {
  name: 'openrouter',
  help: 'saved activity of OpenRouter',
  description: {
    fields: {
      timestamp: 'date',
      user: ['api_key_id', 'user_id'],
      model: ['model_permaslug', 'model'],
      input_tokens: 'prompt_tokens',
      output_tokens: 'completion_tokens',
      reasoning_tokens: 'reasoning_tokens',
      cost_usd: 'usage',
      requests: 'requests',
    },
    constants: { provider: 'openrouter' },
    fileDate: 'none',
  },
  signs: [
    ['model_permaslug', 'usage', 'requests'],
    ['data.0.model_permaslug', 'data.0.usage', 'data.0.requests'],
  ],
  isOfSums: true,
  steps: { open: () => rowsOf },
}

function rowsOf(object: JsonObject): SourceRow[] {
  const entries = Array.isArray(object.data) ? object.data : [object]
  return entries.filter(isObject).map(entry => ({ object: entry }))
}
