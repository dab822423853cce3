// Claude Code: the conversations of its sessions, where each assistant row has the usage of a message of the API.
//
// A message is written several times while it streams; its first rows have a placeholder for the output, and rows are copied
// when a session is resumed. What a subagent does is in its own file, and in progress rows of its parent's file. A side
// conversation that begins with the parent's messages has them under other request ids.
import { isObject, type JsonObject, valueAt } from '../scan/json-object.ts'
import type { HeldLog, Source, SourceRow } from './source.ts'

/** Calls inside a request that the request's own counts do not include. */
const INNER_CALLS = new Set(['advisor_message', 'compaction'])

export const CLAUDE_CODE: Source = {
  name: 'claude-code',
  help: 'sessions of Claude Code',
  description: {
    fields: {
      timestamp: 'timestamp',
      client: 'cwd',
      session: 'sessionId',
      model: 'message.model',
      service_tier: 'message.usage.service_tier',
      input_tokens: 'message.usage.input_tokens',
      cache_read_input_tokens: 'message.usage.cache_read_input_tokens',
      cache_creation_input_tokens: [
        'message.usage.cache_creation_input_tokens',
        {
          sum: [
            'message.usage.cache_creation.ephemeral_5m_input_tokens',
            'message.usage.cache_creation.ephemeral_1h_input_tokens',
          ],
        },
      ],
      cache_write_1h_tokens: 'message.usage.cache_creation.ephemeral_1h_input_tokens',
      output_tokens: 'message.usage.output_tokens',
      cost_usd: 'costUSD',
    },
    constants: { provider: 'anthropic', feature: 'claude-code' },
    when: [{ if: ['message.usage.speed=fast'], set: { service_tier: 'fast' } }],
    id: ['message.id', 'requestId'],
    fileDate: 'none',
    keep: 'most-output',
  },
  signs: [
    ['type=user,assistant,system,attachment,progress', 'sessionId', 'uuid'],
    ['type=summary', 'leafUuid'],
    ['type=file-history-snapshot', 'messageId'],
    ['type=queue-operation', 'sessionId'],
    ['type=assistant', 'message.usage', 'sessionId'],
  ],
  steps: { open: () => rowsOf, lineMarks: ['"usage"'], settle: dropReplays, isAtFirstTime: true },
}

function rowsOf(object: JsonObject): SourceRow[] {
  if (object.type === 'progress') {
    const told = valueAt(object, ['data', 'message'])
    const { cwd, sessionId, timestamp } = object
    return isObject(told) ? callsOf({ timestamp, cwd, sessionId, ...told, isSidechain: true }, false) : []
  }
  return object.type === 'assistant' || object.type === undefined ? callsOf(object, true) : []
}

function callsOf(object: JsonObject, isOwn: boolean): SourceRow[] {
  const { message, requestId, isSidechain } = object
  const usage = isObject(message) ? message.usage : undefined
  // What Claude Code says itself, such as that the API failed, is written as a message without a real model.
  if (!isObject(message) || !isObject(usage) || message.model === '<synthetic>') return []
  const id = typeof message.id === 'string' && message.id !== '' ? message.id : undefined
  const isSide = isSidechain === true
  const key = id === undefined ? undefined : isSide ? id : `${id} ${textOr(requestId)}`
  const note = { message: id, isSide }
  const rows: SourceRow[] = [{ object, key, note }]
  const inner = Array.isArray(usage.iterations) ? usage.iterations : []
  for (const [index, call] of inner.entries()) {
    if (!isObject(call) || !INNER_CALLS.has(String(call.type))) continue
    const { timestamp, cwd, sessionId } = object
    const model = call.model ?? message.model
    const told = { timestamp, cwd, sessionId, requestId, message: { id: `${id}:${index}`, model, usage: call } }
    rows.push({ object: told, key: key === undefined ? undefined : `${key} ${index}`, note })
  }
  return isOwn || id !== undefined ? rows : []
}

// A message that is in its own conversation does not count again in a side conversation that repeats it.
function dropReplays(logs: readonly HeldLog[]): undefined {
  const own = new Set<unknown>()
  for (const { rows } of logs) for (const { note } of rows) if (note?.isSide === false) own.add(note.message)
  for (const { rows } of logs) {
    for (const row of rows) {
      if (row.note?.isSide === true && row.note.message !== undefined && own.has(row.note.message))
        row.isDuplicate = true
    }
  }
  return undefined
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
