// Drafts a format for lines in an unknown one: where each field may be, judged by the names and values in them.

import { parseTimeText } from '../base/parse-time.ts'
import type { FormatDescription } from '../event/format-schema.ts'
import { formatPath } from '../event/source-format.ts'
import { isObject, type JsonObject } from '../scan/json-object.ts'

interface Guess {
  readonly field: string
  /** Matched against the last two keys of a path. */
  readonly name: RegExp
  readonly fits: (value: unknown) => boolean
}

const isNumber = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value))
const isText = (value: unknown) => typeof value === 'string' && value !== ''
const isTime = (value: unknown) =>
  (typeof value === 'number' && value > 1e9) || (typeof value === 'string' && parseTimeText(value) !== undefined)

/** The first guess that fits a path wins. */
const GUESSES: readonly Guess[] = [
  { field: 'timestamp', name: /(?:^|[._])(?:time|timestamp|ts|date|at|datetime|start_?time|created)$/i, fits: isTime },
  { field: 'cache_read_tokens', name: /cache.*(?:read|hit)|cached/i, fits: isNumber },
  { field: 'cache_write_tokens', name: /cache.*(?:write|creat)/i, fits: isNumber },
  { field: 'reasoning_tokens', name: /(?:reasoning|thought|thinking).*tok/i, fits: isNumber },
  { field: 'input_tokens', name: /(?:prompt|input|(?:^|[._])in)_?tok|tok\w*_?in(?:put)?$/i, fits: isNumber },
  { field: 'output_tokens', name: /(?:completion|output|(?:^|[._])out)_?tok|tok\w*_?out(?:put)?$/i, fits: isNumber },
  { field: 'cost_usd', name: /(?:^|[._])(?:cost|spend|price|usd|charge)|cost$|usd$/i, fits: isNumber },
  { field: 'model', name: /(?:^|[._])(?:llm_?)?model(?:_?(?:name|id))?$/i, fits: isText },
  { field: 'provider', name: /(?:^|[._])(?:llm_?)?(?:provider|vendor)$/i, fits: isText },
  { field: 'session', name: /session|conversation|thread/i, fits: isText },
  { field: 'client', name: /client|tenant|customer|organi[sz]ation|(?:^|[._])(?:org|team|project)/i, fits: isText },
  { field: 'user', name: /user|email|author/i, fits: isText },
  { field: 'duration_ms', name: /(?:duration|latency|elapsed|took|response_?time)/i, fits: isNumber },
  {
    field: 'status',
    name: /(?:^|[._])(?:status|success|outcome)$/i,
    fits: value => isText(value) || typeof value === 'boolean',
  },
  { field: 'id', name: /^(?:id|uuid|event_?id|call_?id)$/i, fits: isText },
]
const SECONDS = /(?:seconds|secs?|_s)$/i
const MOST_LEVELS = 4

/** The keys in the objects, most frequent first, and the field that each may be. */
export function draftFormat(objects: readonly JsonObject[]): {
  description: FormatDescription
  keys: readonly string[]
} {
  const seen = new Map<string, { count: number; value: unknown }>()
  for (const object of objects) collect(object, [], seen)
  const fields: NonNullable<FormatDescription['fields']> = {}
  for (const [path, { value }] of seen) {
    const name = path.split('.').slice(-2).join('.')
    const guess = GUESSES.find(each => fields[each.field] === undefined && each.name.test(name) && each.fits(value))
    if (guess === undefined) continue
    fields[guess.field] = guess.field === 'duration_ms' && SECONDS.test(name) ? { path, unit: 's' } : path
  }
  const keys = [...seen].sort((a, b) => b[1].count - a[1].count).map(([path]) => path)
  return { description: { fields }, keys }
}

function collect(
  value: JsonObject,
  path: readonly string[],
  seen: Map<string, { count: number; value: unknown }>,
): void {
  for (const [key, inner] of Object.entries(value)) {
    const whole = [...path, key]
    if (isObject(inner) && whole.length < MOST_LEVELS) collect(inner, whole, seen)
    else {
      const name = formatPath(whole)
      const known = seen.get(name)
      seen.set(name, { count: (known?.count ?? 0) + 1, value: known?.value ?? inner })
    }
  }
}
