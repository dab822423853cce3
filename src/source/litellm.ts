// LiteLLM: rows of its spend logs, and the payloads that it passes to loggers, as lines or one per file.
import type { Source } from './source.ts'

const inMetadata = (...paths: string[]) => paths.map(path => ({ path: `metadata.${path}`, json: true }))

export const LITELLM: Source = {
  name: 'litellm',
  help: 'spend logs and logging payloads of LiteLLM',
  description: {
    fields: {
      timestamp: 'startTime',
      id: ['request_id', 'id'],
      client: [
        ...inMetadata('user_api_key_team_alias'),
        'team_alias',
        ...inMetadata('user_api_key_team_id'),
        'team_id',
      ],
      user: ['end_user', ...inMetadata('user_api_key_end_user_id', 'user_api_key_user_id'), 'user'],
      session: ['trace_id', 'session_id'],
      model: 'model',
      provider: 'custom_llm_provider',
      input_tokens: 'prompt_tokens',
      cache_read_tokens: inMetadata(
        'usage_object.cache_read_input_tokens',
        'usage_object.prompt_tokens_details.cached_tokens',
      ),
      cache_write_tokens: inMetadata(
        'usage_object.cache_creation_input_tokens',
        'usage_object.prompt_tokens_details.cache_creation_tokens',
      ),
      output_tokens: 'completion_tokens',
      reasoning_tokens: inMetadata('usage_object.completion_tokens_details.reasoning_tokens'),
      cost_usd: ['response_cost', 'spend'],
      // LiteLLM's own response time is the time to the first token if an answer streams.
      duration_ms: { from: 'startTime', to: 'endTime' },
      status: 'status',
      status_code: ['error_information.error_code', ...inMetadata('error_information.error_code')],
      error: ['error_str', ...inMetadata('error_information.error_message')],
      error_type: ['error_information.error_class', ...inMetadata('error_information.error_class')],
    },
    absent: ['None'],
    zone: 'UTC',
    cache: 'infer',
    // Daily sums have neither.
    skip: ['model='],
    when: [
      { if: ['cache_hit=true,True'], set: { cost_usd: '0' } },
      {
        // The cost of a failure is unknown; the model's price for these tokens would be wrong.
        if: ['status=failure', 'response_cost=,0', 'spend=,0'],
        set: { service_tier: 'failed' },
        unset: [
          'cost_usd',
          'input_tokens',
          'output_tokens',
          'cache_read_tokens',
          'cache_write_tokens',
          'reasoning_tokens',
        ],
      },
    ],
  },
  signs: [
    ['custom_llm_provider', 'response_cost', 'startTime'],
    ['call_type', 'response_cost', 'startTime'],
    ['call_type', 'spend', 'startTime'],
  ],
}
