// Replies with exact numbers in them, which JSON.stringify would write as objects.
import { formatJson } from '../../base/json.ts'
import type { Reply } from '../route.ts'
import { TYPES } from '../routes/forms.ts'

/** `value` is plain JSON except for decimals. */
export function exactJson(value: object, more: Omit<Reply, 'json' | 'bytes' | 'type'> = {}): Reply {
  return { ...more, bytes: `${formatJson(value as never, 0)}\n`, type: TYPES.json }
}
