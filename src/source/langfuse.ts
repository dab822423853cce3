// Langfuse: its export of observations. Spans are not model calls; an observation that is exported again replaces the first.
import type { JsonObject } from '../scan/json-object.ts'
import type { Source, SourceRow } from './source.ts'

const usage = (...names: string[]) => names.map(name => ({ path: `usage_details.${name}`, json: true }))

export const LANGFUSE: Source = {
  name: 'langfuse',
  help: 'exported observations of Langfuse',
  description: {
    fields: {
      timestamp: ['start_time', 'startTime'],
      id: 'id',
      client: ['project_id', 'projectId'],
      user: ['user_id', 'userId'],
      session: ['session_id', 'sessionId'],
      profile: 'profile',
      feature: ['trace_name', 'traceName', 'name'],
      model: ['provided_model_name', 'model', 'internal_model_id'],
      input_tokens: usage('input'),
      cache_read_tokens: usage('input_cached_tokens', 'input_cache_read', 'cache_read_input_tokens', 'input_cached'),
      cache_write_tokens: usage('input_cache_creation', 'cache_creation_input_tokens', 'input_cache_write'),
      output_tokens: usage('output'),
      reasoning_tokens: usage('output_reasoning_tokens', 'output_reasoning'),
      total_tokens: usage('total'),
      cost_usd: ['total_cost', 'totalCost', 'calculated_total_cost', { path: 'cost_details.total', json: true }],
      duration_ms: [
        { path: 'latency', unit: 's' },
        { from: 'start_time', to: 'end_time' },
      ],
      status: 'status',
      error: 'status_message',
    },
    zone: 'UTC',
    cache: 'infer',
    reasoning: 'infer',
    when: [
      { if: ['level=ERROR'], set: { status: 'error' } },
      { if: ['level!=ERROR'], unset: ['error'] },
    ],
    fileDate: 'none',
    keep: 'last',
  },
  signs: [
    ['type=GENERATION,SPAN,EVENT,EMBEDDING,AGENT,TOOL,CHAIN,RETRIEVER,EVALUATOR,GUARDRAIL', 'start_time', 'trace_id'],
    ['type=GENERATION', 'usage_details', 'start_time'],
    ['type=GENERATION', 'usageDetails'],
  ],
  steps: { open: () => rowsOf, lineMarks: ['GENERATION', 'EMBEDDING'] },
}

function rowsOf(object: JsonObject): SourceRow[] {
  if (object.type !== 'GENERATION' && object.type !== 'EMBEDDING') return []
  const { id, prompt_name: prompt, prompt_version: version, updated_at: updated, usageDetails } = object
  const profile = prompt === undefined || prompt === null ? undefined : nameOf(String(prompt), version)
  const row = { ...object, profile, usage_details: object.usage_details ?? usageDetails }
  const key = typeof id === 'string' && id !== '' ? id : undefined
  return [{ object: row, key, version: typeof updated === 'string' ? updated : undefined }]
}

// Named like the versions of profiles.
function nameOf(prompt: string, version: unknown): string {
  return version === undefined || version === null ? prompt : `${prompt}_v${String(version)}`
}
