// Gemini CLI: the chats of its sessions. A message is written again when its tokens are known, and when the answers of its tools
// are; setting the history repeats messages; messages that a rewind removes from a chat were billed all the same.
import { isObject, type JsonObject, valueAt } from '../scan/json-object.ts'
import type { RowsOf, Source, SourceRow } from './source.ts'

export const GEMINI_CLI: Source = {
  name: 'gemini-cli',
  help: 'chats of Gemini CLI',
  description: {
    fields: {
      timestamp: 'timestamp',
      id: 'id',
      client: 'project',
      session: 'session',
      model: 'model',
      input_tokens: 'tokens.input',
      cache_read_tokens: 'tokens.cached',
      output_tokens: 'tokens.output',
      thoughts_tokens: 'tokens.thoughts',
      tool_use_tokens: 'tokens.tool',
    },
    constants: { provider: 'google', feature: 'gemini-cli' },
    fileDate: 'none',
    keep: 'last',
  },
  signs: [
    ['sessionId', 'projectHash'],
    ['type=gemini', 'id', 'timestamp'],
    ['type=user,info,error,warning', 'id', 'timestamp', 'content', 'sessionId='],
    ['$set'],
    ['$rewindTo'],
  ],
  steps: { open: openChat },
}

function openChat(): RowsOf {
  let session: unknown
  let project: unknown
  return object => {
    session = object.sessionId ?? session
    project = object.projectHash ?? project
    const histories = [object.messages, valueAt(object, ['$set', 'messages'])].filter(Array.isArray)
    return [object, ...histories.flat()].filter(isObject).flatMap(message => rowOf(message, session, project))
  }
}

function rowOf(message: JsonObject, session: unknown, project: unknown): SourceRow[] {
  if (message.type !== 'gemini' || !isObject(message.tokens)) return []
  const { id, timestamp, model, tokens } = message
  const key = typeof id === 'string' && id !== '' ? id : undefined
  return [{ object: { id, timestamp, model, tokens, session, project }, key }]
}
