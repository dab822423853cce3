// Logs of applications: messages with a level, of which some carry the usage of an answer.
import { expect, test } from 'vitest'
import { eventsOf, readSource } from './read-source.ts'

const pino = (more: object) => ({
  level: 30,
  time: 1770026400000,
  pid: 1,
  hostname: 'web-1',
  name: 'api',
  msg: 'answered',
  ...more,
})

test('pino: usage at any depth is an event, other messages are none', async () => {
  const lines = [
    pino({ msg: 'listening' }),
    pino({
      client: 'diageo',
      res: {
        model: 'gpt-4o',
        usage: { prompt_tokens: 100, completion_tokens: 20, prompt_tokens_details: { cached_tokens: 30 } },
      },
    }),
    pino({ level: 50, msg: 'failed', model: 'gpt-4o', usage: { prompt_tokens: 5, completion_tokens: 0 } }),
  ]
  const { summary, ledger } = await readSource({ 'app.jsonl': lines })
  expect(summary).toMatchObject({ analyses: 2, errors: 1, inputTokens: 105, cacheReadTokens: 30, outputTokens: 20 })
  expect(ledger).toMatchObject({ used: 2, rejected: 0, lines: { read: 3, events: 2, other: 1 } })
  const { events } = await eventsOf({ 'app.jsonl': lines })
  expect(events).toMatchObject([
    { client: 'diageo', model: 'gpt-4o', timestamp: '2026-02-02T10:00:00+00:00' },
    { status: 'error' },
  ])
  expect(events[0]!.event).toBe('analysis')
})

test('pino: a native log that is written by pino stays native', async () => {
  const { sources, summary } = await readSource({
    'app.jsonl': [pino({ event: 'analysis', client: 'diageo', model: 'gpt-4o', input_tokens: 5 })],
  })
  expect([sources, summary.inputTokens]).toEqual([undefined, 5])
})

test('python-logging: a message may be JSON itself, and times have a comma', async () => {
  const lines = [
    { asctime: '2026-02-02 10:00:00,123', levelname: 'INFO', name: 'app', message: 'started' },
    {
      ...{ asctime: '2026-02-02 10:00:01,500', levelname: 'INFO', name: 'app' },
      message: JSON.stringify({
        user: 'anna',
        model: 'claude-sonnet-4-20250514',
        usage: { input_tokens: 10, cache_read_input_tokens: 90, output_tokens: 7 },
      }),
    },
    {
      asctime: '2026-02-02 10:00:02,000',
      levelname: 'ERROR',
      name: 'app',
      message: 'failed',
      llm: { model: 'gpt-4o', usage: { prompt_tokens: 3, completion_tokens: 0 } },
    },
  ]
  const { summary, byUser } = await readSource({ 'app.jsonl': lines })
  expect(summary).toMatchObject({ analyses: 2, errors: 1, inputTokens: 103, outputTokens: 7 })
  expect(byUser.map((row: { user: string | null }) => row.user)).toContain('anna')
})
