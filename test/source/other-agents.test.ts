// Gemini CLI and pi: sessions in which messages are told more than once.
import { describe, expect, test } from 'vitest'
import { eventsOf, readSource, sumsOf } from './read-source.ts'

describe('gemini-cli', () => {
  const HEAD = {
    sessionId: 's1',
    projectHash: 'ab12',
    startTime: '2026-02-02T10:00:00.000Z',
    lastUpdated: '2026-02-02T10:00:00.000Z',
  }
  const message = (more: object = {}) => ({
    ...{ id: 'm1', timestamp: '2026-02-02T10:00:05.000Z', type: 'gemini', model: 'gemini-2.5-pro', content: 'Yes' },
    tokens: { input: 100, output: 10, cached: 30, thoughts: 40, tool: 0, total: 150 },
    ...more,
  })
  const USER = { id: 'u1', timestamp: '2026-02-02T10:00:01.000Z', type: 'user', content: 'Is it fine?' }
  const FILE = 'tmp/ab12/chats/session-2026-02-02T10-00-s1.jsonl'

  test('thoughts are beside the output, cached tokens inside the input', async () => {
    const { summary } = await readSource({ [FILE]: [HEAD, USER, message()] })
    expect(summary).toMatchObject({ analyses: 1, inputTokens: 100, cacheReadTokens: 30, outputTokens: 50 })
    const { events } = await eventsOf({ [FILE]: [HEAD, USER, message()] })
    expect(events).toMatchObject([{ reasoning_tokens: 40, session: 's1', client: 'ab12' }])
  })

  test('one message that is written three times, in a history and in the old file is one', async () => {
    const rows = [
      HEAD,
      USER,
      message({ tokens: null }),
      message(),
      message({ toolCalls: [{ id: 't' }] }),
      { $set: { messages: [USER, message()] } },
    ]
    const old = JSON.stringify({ ...HEAD, messages: [USER, message()] }, null, 2)
    const files = { [FILE]: rows, 'tmp/ab12/chats/session-2026-02-02T10-00-s1.json': [old] }
    expect(sumsOf(await readSource(files))).toMatchObject({ analyses: 1, inputTokens: 100, duplicate: 3 })
  })

  test('what a rewind took out of a chat was billed', async () => {
    const rows = [HEAD, USER, message(), { $rewindTo: 'u1' }, message({ id: 'm2' })]
    expect(sumsOf(await readSource({ [FILE]: rows }))).toMatchObject({ analyses: 2, inputTokens: 200 })
  })
})

describe('pi', () => {
  const TITLE = { type: 'title', id: 'x', timestamp: '2026-02-02T09:59:00.000Z', title: 'A check' }
  const HEAD = {
    type: 'session',
    version: 3,
    id: 's1',
    timestamp: '2026-02-02T10:00:00.000Z',
    cwd: '/home/anna/brand-check',
  }
  const message = (id: string, more: object = {}) => ({
    ...{ type: 'message', id, parentId: null, timestamp: '2026-02-02T10:00:05.000Z' },
    message: {
      ...{ role: 'assistant', provider: 'anthropic', model: 'claude-sonnet-4-5' },
      usage: { input: 5, output: 9, cacheRead: 100, cacheWrite: 0, cost: { total: 0.001 } },
      ...more,
    },
  })

  test('caches are beside the input, and the cost is told', async () => {
    const rows = [TITLE, HEAD, message('m1'), message('m2', { role: 'user', usage: undefined })]
    const { summary, byClient } = await readSource({ 'sessions/--home-anna--/s1.jsonl': rows })
    expect(summary).toMatchObject({
      analyses: 1,
      inputTokens: 105,
      cacheReadTokens: 100,
      outputTokens: 9,
      costUsd: 0.001,
    })
    expect(byClient[0].client).toBe('/home/anna/brand-check')
  })

  test('copies in a fork count once', async () => {
    const files = {
      'a.jsonl': [HEAD, message('m1'), message('m2')],
      'b.jsonl': [{ ...HEAD, id: 's2' }, message('m1'), message('m3')],
    }
    expect(sumsOf(await readSource(files))).toMatchObject({ analyses: 3, duplicate: 1 })
  })
})
