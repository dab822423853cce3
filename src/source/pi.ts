// pi: its sessions. A session that was forked off another begins with copies of that session's rows.
import { isObject, type JsonObject, valueAt } from '../scan/json-object.ts'
import type { RowsOf, Source, SourceRow } from './source.ts'

export const PI: Source = {
  name: 'pi',
  help: 'sessions of pi',
  description: {
    fields: {
      timestamp: 'timestamp',
      id: 'id',
      client: 'cwd',
      session: 'session',
      model: 'message.model',
      provider: 'message.provider',
      input_tokens: 'message.usage.input',
      cache_read_input_tokens: 'message.usage.cacheRead',
      cache_creation_input_tokens: 'message.usage.cacheWrite',
      output_tokens: 'message.usage.output',
      cost_usd: 'message.usage.cost.total',
    },
    constants: { feature: 'pi' },
    fileDate: 'none',
    keep: 'first',
  },
  signs: [
    ['type=session', 'id', 'cwd'],
    ['type=message', 'id', 'message.role'],
    ['type=title,model_change,thinking_level_change,compaction,custom', 'id', 'timestamp'],
  ],
  steps: { open: openSession, lineMarks: ['"usage"', '"cwd"'] },
}

function openSession(): RowsOf {
  let session: unknown
  let cwd: unknown
  return object => {
    if (object.type === 'session') {
      session = object.id ?? session
      cwd = object.cwd ?? cwd
    }
    return rowOf(object, session, cwd)
  }
}

function rowOf(object: JsonObject, session: unknown, cwd: unknown): SourceRow[] {
  const { message, id, timestamp } = object
  if (object.type !== 'message' || !isObject(message) || message.role !== 'assistant') return []
  if (!isObject(valueAt(message, ['usage']))) return []
  // Ids are short, so two sessions may have the same one.
  const key = typeof id === 'string' && id !== '' ? `${id} ${String(timestamp)}` : undefined
  return [{ object: { id, timestamp, message, session, cwd }, key }]
}
