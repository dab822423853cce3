// Logs of applications, written by pino or by Python's logging: each line is a message with a level, and some contain the usage
// of a provider's answer, at any depth. Messages without usage are not events, and `name` and `msg` are not fields of one.
import { isObject, type JsonObject } from '../scan/json-object.ts'
import type { Source, SourceRow } from './source.ts'

/** Names that say who and what, as in the native format; nothing else in a message is read as a field. */
const FACTS = [
  ...[
    'client',
    'client_id',
    'tenant',
    'organization',
    'team',
    'user',
    'user_id',
    'user_email',
    'session',
    'session_id',
  ],
  ...['feature', 'profile', 'profile_id', 'provider', 'model', 'model_name', 'cost', 'cost_usd', 'total_cost'],
  ...['duration_ms', 'latency_ms', 'response_time_ms', 'duration_seconds', 'service_tier', 'status_code', 'endpoint'],
]
const ENVELOPES = ['msg', 'message']
const USAGE_KEYS = ['usage', 'token_usage', 'tokenUsage', 'usage_metadata', 'usageMetadata']
const TOKEN_KEY = /tokens?(?:_count)?$|TokenCount$|Tokens$/
const MOST_LEVELS = 4
const ERROR_LEVEL = 50
const ERROR_WORDS = new Set(['ERROR', 'CRITICAL', 'FATAL'])

const description: Source['description'] = {
  extends: 'native',
  fields: { timestamp: 'timestamp' },
  keep: 'first',
  fileDate: 'none',
}
const lineMarks = ['oken']
// A log whose lines name their event, or have tokens at the top level, is a native log with levels.
const NOT_NATIVE = ['event=', 'event_type=', 'type=', 'input_tokens=', 'prompt_tokens=', 'inputTokens=']

export const PINO: Source = {
  name: 'pino',
  help: 'application logs of pino, with the usage of answers',
  description,
  signs: [['level', 'time', 'pid', 'hostname', ...NOT_NATIVE]],
  steps: { open: () => object => rowsOf(object, object.time), lineMarks },
}

export const PYTHON_LOGGING: Source = {
  name: 'python-logging',
  help: "application logs of Python's logging as JSON, with the usage of answers",
  description,
  signs: [
    ['levelname', 'message', ...NOT_NATIVE],
    ['levelname', 'name', ...NOT_NATIVE],
    ['asctime', 'message', ...NOT_NATIVE],
  ],
  steps: { open: () => object => rowsOf(object, object.asctime ?? object.timestamp ?? object.created), lineMarks },
}

function rowsOf(line: JsonObject, time: unknown): SourceRow[] {
  const envelope = ENVELOPES.map(name => openText(line[name])).find(isObject)
  const object = envelope === undefined ? line : { ...line, ...envelope }
  const found = findUsage(object, [object], 0)
  if (found === undefined) return []
  // Each field is taken from the nearest object that has it.
  const facts = Object.assign({}, ...found.around.map(each => pick(each, FACTS))) as JsonObject
  const { level, levelname } = line
  const isError =
    (typeof level === 'number' && level >= ERROR_LEVEL) || ERROR_WORDS.has(String(levelname ?? level).toUpperCase())
  const status = isError ? 'error' : undefined
  return [{ object: { ...facts, status, timestamp: time ?? object.timestamp, usage: found.usage } }]
}

function findUsage(
  object: JsonObject,
  around: readonly JsonObject[],
  level: number,
): { usage: JsonObject; around: readonly JsonObject[] } | undefined {
  for (const key of USAGE_KEYS) {
    const usage = object[key]
    if (isObject(usage) && Object.entries(usage).some(([name, value]) => TOKEN_KEY.test(name) && isNumber(value)))
      return { usage, around }
  }
  if (level === 0 && Object.entries(object).some(([name, value]) => TOKEN_KEY.test(name) && isNumber(value))) {
    const usage = Object.fromEntries(
      Object.entries(object).filter(([name, value]) => TOKEN_KEY.test(name) && isNumber(value)),
    )
    return { usage, around }
  }
  if (level === MOST_LEVELS) return undefined
  for (const inner of Object.values(object)) {
    const found = isObject(inner) ? findUsage(inner, [...around, inner], level + 1) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.filter(name => Object.hasOwn(object, name) && !isObject(object[name])).map(name => [name, object[name]]),
  )
}

function openText(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{')) return undefined
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}
