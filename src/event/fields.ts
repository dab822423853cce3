// The fields of an event: the one list from which the reader, the native format, the logger and the docs are made.

/**
 * How a field's value is read.
 * - `time`: an instant; text or a number.
 * - `text`: text; numbers and booleans count as text, a nested value is wrong.
 * - `error`: as text, but `false` means absent, and of an object its `message` is taken.
 * - `tokens`: a whole number of 0 or more.
 * - `entries`: as tokens; an array or object counts as the number of its entries.
 * - `duration`: milliseconds, 0 or more, kept to the microsecond.
 * - `cost`: an exact decimal of dollars, 0 or more.
 */
export type FieldKind = 'time' | 'text' | 'error' | 'tokens' | 'entries' | 'duration' | 'cost'

export interface Field<Name extends string = string, Kind extends FieldKind = FieldKind> {
  readonly name: Name
  readonly kind: Kind
  /** Other names of the native format, in the order in which they win. Each is also understood in camelCase. */
  readonly aliases: readonly string[]
  readonly help: string
}

function field<Name extends string, Kind extends FieldKind>(
  name: Name,
  kind: Kind,
  aliases: string,
  help: string,
): Field<Name, Kind> {
  return { name, kind, aliases: aliases === '' ? [] : aliases.split(' '), help }
}

export const FIELDS = [
  field('timestamp', 'time', 'time ts @timestamp created_at datetime startTime', 'the instant'),
  field('event', 'text', 'event_type type kind', 'kind of event; absent means analysis'),
  field('id', 'text', 'event_id interaction_id', 'unique id, for counting once'),
  field('client', 'text', 'client_id tenant organization team', 'who is billed'),
  field('user', 'text', 'user_email user_id email username', 'who did it'),
  field('profile', 'text', 'profile_id profile_name', 'the profile version that ran'),
  field('session', 'text', 'session_id', 'the session it is part of'),
  field('feature', 'text', 'feature_name activity activity_type analysis_type', 'what was used'),
  field('model', 'text', 'model_name llm_model', 'the language model'),
  field('provider', 'text', 'llm_provider custom_llm_provider', 'who serves the model'),
  field('service_tier', 'text', '', 'standard, batch, flex or priority; absent means standard'),
  field('checks', 'entries', 'checks_count num_checks total_checks', 'how many checks ran'),
  field('input_tokens', 'tokens', 'prompt_tokens', 'all input tokens, cached ones included'),
  field('cache_read_tokens', 'tokens', 'cached_tokens cached_input_tokens', 'part of input_tokens'),
  field('cache_write_tokens', 'tokens', '', 'part of input_tokens'),
  field('cache_write_1h_tokens', 'tokens', '', 'part of cache_write_tokens: kept for an hour'),
  field('cache_read_input_tokens', 'tokens', '', 'cache reads counted beside input_tokens; added to it on reading'),
  field(
    'cache_creation_input_tokens',
    'tokens',
    'cache_write_input_tokens',
    'cache writes counted beside input_tokens; added to it on reading',
  ),
  field('output_tokens', 'tokens', 'completion_tokens', 'all output tokens, reasoning included'),
  field('reasoning_tokens', 'tokens', '', 'part of output_tokens'),
  field('total_tokens', 'tokens', '', 'used only where neither side is given'),
  field('cost_usd', 'cost', 'cost spend total_cost costUSD', 'what was actually charged'),
  field('duration_ms', 'duration', 'latency_ms response_time_ms processing_time duration_seconds', 'how long it took'),
  field('status', 'text', 'success', 'ok or error'),
  field('status_code', 'text', 'http_status error_code', 'HTTP code'),
  field('error', 'error', 'error_message', 'what went wrong'),
  field('error_type', 'text', '', 'class of the error'),
  field('endpoint', 'text', 'path route', 'what was called'),
  field('method', 'text', 'http_method', 'HTTP method'),
  field('country', 'text', 'country_code', 'country of the caller'),
  field('ip', 'text', 'ip_address', 'address'),
  field('user_agent', 'text', '', 'program that called'),
] as const satisfies readonly Field[]

/** The fields that a reader knows: those of an event, and two that Gemini counts separately. */
export const READ_FIELDS = [
  ...FIELDS,
  field('thoughts_tokens', 'tokens', '', 'reasoning counted beside the output; added to it on reading'),
  field('tool_use_tokens', 'tokens', '', 'input of tools counted beside the prompt; added to it on reading'),
] as const satisfies readonly Field[]

/** The fields that a source format can name: the same, and one that only a format can fill. */
export const SOURCE_FIELDS = [
  ...READ_FIELDS,
  field('requests', 'tokens', '', 'how many requests the line sums up'),
] as const satisfies readonly Field[]

/** Names in the usage objects of providers, by field, in addition to the field's own names and aliases. */
export const USAGE_NAMES: Readonly<Record<string, string>> = {
  input_tokens: 'prompt_token_count',
  cache_read_tokens:
    'prompt_tokens_details.cached_tokens input_tokens_details.cached_tokens input_token_details.cached_tokens ' +
    'input_token_details.cache_read input_token_details.cache_read_tokens cached_content_token_count',
  cache_write_tokens:
    'prompt_tokens_details.cache_write_tokens prompt_tokens_details.cache_creation_tokens ' +
    'input_token_details.cache_creation input_token_details.cache_write_tokens',
  cache_write_1h_tokens: 'cache_creation.ephemeral_1h_input_tokens',
  output_tokens: 'candidates_token_count',
  reasoning_tokens:
    'completion_tokens_details.reasoning_tokens output_tokens_details.reasoning_tokens ' +
    'output_token_details.reasoning_tokens output_token_details.reasoning',
  total_tokens: 'total_token_count',
  thoughts_tokens: 'thoughts_token_count',
  tool_use_tokens: 'tool_use_prompt_token_count',
  service_tier: 'service_tier',
}

/** Where providers put their usage, in the order in which it wins; each also in camelCase. */
export const USAGE_PLACES = ['usage', 'response.usage', 'message.usage', 'usage_metadata', 'token_usage'] as const

/** Where a provider's answer names its model. */
export const MODEL_PLACES = ['modelVersion', 'response.model', 'message.model'] as const

/**
 * What the name of a number tells about other numbers.
 * - `caches_inside`: the input includes the cached tokens, even those under Anthropic's names.
 * - `tools_beside`: the same, and the input of tools is counted in addition to it.
 * - `thoughts_beside`: reasoning is counted in addition to the output.
 */
export const MARKS = ['caches_inside', 'tools_beside', 'thoughts_beside'] as const
export type Mark = (typeof MARKS)[number]

export function isMark(name: string): boolean {
  return MARKS.some(mark => mark === name)
}

export const MARK_OF_NAME: ReadonlyMap<string, Mark> = new Map([
  ['prompt_tokens', 'caches_inside'],
  ['prompt_token_count', 'tools_beside'],
  ['candidates_token_count', 'thoughts_beside'],
])

/** Native names whose numbers are seconds. */
export const SECONDS_NAMES: ReadonlySet<string> = new Set(['processing_time', 'duration_seconds'])

/** The kinds of events that the logger writes; any other word is legal. */
export const EVENT_KINDS = [
  'analysis',
  'request',
  'session_start',
  'session_end',
  'file_upload',
  'user_query',
  'agent_response',
  'activity',
  'feedback',
  'threat',
  'error',
  'custom',
] as const

export const FIELD_BY_NAME: ReadonlyMap<string, Field> = new Map(SOURCE_FIELDS.map(entry => [entry.name, entry]))
