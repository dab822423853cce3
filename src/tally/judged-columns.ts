// The fields by which events are judged.
import { MARKS } from '../event/fields.ts'

/** Fields that the judge needs as columns, whatever the query asks for. */
export const JUDGED_COLUMNS = [
  'event',
  'status',
  'status_code',
  'error',
  'checks',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cache_write_1h_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'total_tokens',
  'thoughts_tokens',
  'tool_use_tokens',
  'duration_ms',
  ...MARKS,
] as const

/** What makes an event a usage event whatever its kind, as a cost does. */
export const USAGE_COLUMNS = [
  'checks',
  'input_tokens',
  'output_tokens',
  'total_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'thoughts_tokens',
  'tool_use_tokens',
] as const
