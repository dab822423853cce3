// Helicone: its export of requests.
import type { Source } from './source.ts'

export const HELICONE: Source = {
  name: 'helicone',
  help: 'exported requests of Helicone',
  description: {
    fields: {
      timestamp: 'request_created_at',
      id: 'request_id',
      client: ['request_properties.client', 'request_properties.Client', 'request_properties.Helicone-Client'],
      user: ['request_user_id', 'user_id'],
      session: ['request_properties.Helicone-Session-Id', 'request_session_id'],
      model: ['response_model', 'model', 'request_model'],
      provider: 'provider',
      input_tokens: 'prompt_tokens',
      cache_read_tokens: 'prompt_cache_read_tokens',
      cache_write_tokens: 'prompt_cache_write_tokens',
      output_tokens: 'completion_tokens',
      total_tokens: 'total_tokens',
      cost_usd: ['costUSD', 'cost_usd', 'cost'],
      duration_ms: 'delay_ms',
      status_code: 'response_status',
    },
    zone: 'UTC',
    cache: 'infer',
  },
  signs: [
    ['request_created_at', 'request_id', 'delay_ms'],
    ['request_created_at', 'prompt_tokens', 'completion_tokens'],
  ],
}
