// Claude Code: what its sessions hold, and each way in which they tell of one message more than once.
import { describe, expect, test } from 'vitest'
import { eventsOf, readInAllWays, readSource, sumsOf } from './read-source.ts'

const SONNET = 'claude-sonnet-4-5-20250929'

interface Row {
  id?: string | undefined
  request?: string | undefined
  output?: number
  at?: string
  session?: string
  cwd?: string
  isSidechain?: boolean
  model?: string
  usage?: object
  more?: object
}

function assistant({ id = 'msg_1', request = 'req_1', output = 260, at = '10:00:00', ...row }: Row = {}) {
  const { session = 's1', cwd = '/home/anna/brand-check', isSidechain = false, model = SONNET, usage, more } = row
  return {
    type: 'assistant',
    uuid: `${id}-${output}-${at}`,
    timestamp: `2026-02-02T${at}.000Z`,
    sessionId: session,
    cwd,
    requestId: request,
    isSidechain,
    message: {
      id,
      role: 'assistant',
      model,
      stop_reason: null,
      usage: {
        input_tokens: 2,
        output_tokens: output,
        cache_read_input_tokens: 100,
        cache_creation_input_tokens: 50,
        ...usage,
      },
    },
    ...more,
  }
}

const USER = {
  type: 'user',
  uuid: 'u',
  timestamp: '2026-02-02T09:59:00.000Z',
  sessionId: 's1',
  cwd: '/p',
  message: { role: 'user', content: 'Is "usage" here?' },
}
const SUMMARY = { type: 'summary', summary: 'A check of the brand', leafUuid: 'u' }
const FILE = 'projects/-home-anna-brand-check/5b1e.jsonl'

describe('a message that is written while it streams', () => {
  const rows = [
    assistant({ output: 1, at: '10:00:00' }),
    assistant({ output: 1, at: '10:00:01' }),
    assistant({ output: 260, at: '10:00:05' }),
  ]

  test('is one event, with the output of the row that has most of it', async () => {
    expect(sumsOf(await readSource({ [FILE]: [SUMMARY, USER, ...rows] }))).toEqual({
      ...{ analyses: 1, inputTokens: 152, cacheReadTokens: 100, cacheWriteTokens: 50, outputTokens: 260 },
      duplicate: 2,
    })
  })

  test('counts at the time of its first row', async () => {
    const { events } = await eventsOf({ [FILE]: rows })
    expect(events.map(event => event.timestamp)).toEqual(['2026-02-02T10:00:00+00:00'])
  })

  test('is one also where its rows are in several files, as after a session was resumed', async () => {
    const files = { 'projects/p/b.jsonl': [rows[0]!, rows[1]!], 'projects/p/a.jsonl': [rows[2]!] }
    const { events, ledger } = await eventsOf(files)
    expect(events).toMatchObject([{ output_tokens: 260, timestamp: '2026-02-02T10:00:00+00:00' }])
    expect(ledger.duplicate).toBe(2)
  })

  test('counts the row with most output whole, and not the most of each number', async () => {
    const fallback = [
      assistant({ output: 10, model: 'claude-opus-4-1', usage: { cache_creation_input_tokens: 9000 } }),
      assistant({ output: 200, usage: { cache_creation_input_tokens: 40 } }),
    ]
    const { summary, byModel } = await readSource({ [FILE]: fallback })
    expect([summary.cacheWriteTokens, summary.outputTokens]).toEqual([40, 200])
    expect(byModel.map((row: { model: string }) => row.model)).toEqual([SONNET])
  })
})

test('gateways give no request id: the message tells them apart', async () => {
  const rows = [
    assistant({ request: undefined, output: 1 }),
    assistant({ request: undefined }),
    assistant({ id: 'msg_2', request: undefined, output: 40 }),
  ]
  expect(sumsOf(await readSource({ [FILE]: rows }))).toMatchObject({ analyses: 2, outputTokens: 300, duplicate: 1 })
})

test('one message under two requests of its own conversation is two', async () => {
  const rows = [assistant({ request: 'req_1' }), assistant({ request: 'req_2', output: 40 })]
  expect(sumsOf(await readSource({ [FILE]: rows }))).toMatchObject({ analyses: 2, outputTokens: 300, duplicate: 0 })
})

test('a side conversation that repeats its parent under new request ids does not count, its own messages do', async () => {
  const rows = [
    assistant(),
    assistant({ request: 'req_side', isSidechain: true, output: 900, at: '10:01:00' }),
    assistant({ id: 'msg_side', request: 'req_side2', isSidechain: true, output: 40, at: '10:02:00' }),
  ]
  expect(sumsOf(await readSource({ [FILE]: rows }))).toMatchObject({ analyses: 2, outputTokens: 300, duplicate: 1 })
})

test('progress rows tell what a subagent does that has its own file, or none', async () => {
  const progress = (id: string, output: number) => ({
    type: 'progress',
    sessionId: 's1',
    uuid: 'p',
    cwd: '/p',
    timestamp: '2026-02-02T10:03:00.000Z',
    data: {
      type: 'agent_progress',
      message: {
        type: 'assistant',
        timestamp: '2026-02-02T10:02:59.000Z',
        requestId: 'req_a',
        message: assistant({ id, output }).message,
      },
    },
  })
  const files = {
    [FILE]: [assistant(), progress('msg_agent', 1), progress('msg_lost', 70)],
    'projects/p/5b1e/subagents/agent-1.jsonl': [
      assistant({ id: 'msg_agent', request: 'req_a', isSidechain: true, output: 30 }),
    ],
  }
  expect(sumsOf(await readSource(files))).toMatchObject({ analyses: 3, outputTokens: 260 + 70 + 30, duplicate: 1 })
})

test('what no model said, and rows without usage, are no events', async () => {
  const said = assistant({ model: '<synthetic>', usage: { input_tokens: 0, output_tokens: 0 } })
  const { ledger } = await readSource({ [FILE]: [SUMMARY, USER, said, assistant(), '{"type":"user","sessionId":"s1"'] })
  expect(ledger).toMatchObject({ read: 2, used: 1, other: 0, rejected: 1 })
  expect(ledger.lines).toEqual({ read: 5, events: 1, other: 3, rejected: 1 })
})

test('calls of an advisor and of a compaction are events of their own model, also where their row is told again', async () => {
  const usage = {
    iterations: [
      { type: 'message', input_tokens: 2, output_tokens: 260 },
      {
        type: 'advisor_message',
        model: 'claude-opus-4-1-20250805',
        input_tokens: 1000,
        output_tokens: 80,
        cache_read_input_tokens: 0,
      },
      { type: 'compaction', input_tokens: 180_000, output_tokens: 3500 },
    ],
  }
  const { summary, byModel, ledger } = await readSource({ [FILE]: [assistant({ usage }), assistant({ usage })] })
  expect(summary).toMatchObject({ analyses: 3, outputTokens: 260 + 80 + 3500 })
  expect(ledger).toMatchObject({ used: 3, duplicate: 3 })
  const byName = new Map(byModel.map((row: { model: string }) => [row.model, row]))
  expect(byName.get('claude-opus-4-1-20250805')).toMatchObject({ inputTokens: 1000, outputTokens: 80 })
})

test('caches kept for an hour and for five minutes have their own prices', async () => {
  const written = (five: number, hour: number) =>
    assistant({
      id: `msg_${five}_${hour}`,
      output: 0,
      usage: {
        input_tokens: 0,
        cache_read_input_tokens: 0,
        cache_creation_input_tokens: five + hour,
        cache_creation: { ephemeral_5m_input_tokens: five, ephemeral_1h_input_tokens: hour },
      },
    })
  const five = await readSource({ [FILE]: [written(100_000, 0)] })
  const hour = await readSource({ [FILE]: [written(0, 100_000)] })
  // $3.75 and $6 a million.
  expect([five.summary.costUsd, hour.summary.costUsd]).toEqual([0.375, 0.6])
})

test('old logs give the cost, which stands', async () => {
  const { summary } = await readSource({ [FILE]: [assistant({ more: { costUSD: 0.123456 } })] })
  expect([summary.costUsd, summary.costSource]).toEqual([0.123456, 'logged'])
})

test('fast mode is no standard price', async () => {
  const { unpriced, summary } = await readSource({ [FILE]: [assistant({ usage: { speed: 'fast' } })] })
  expect([summary.unpricedAnalyses, unpriced.length]).toEqual([1, 1])
})

test('projects are working folders, and a file may hold several sessions', async () => {
  const rows = [assistant(), assistant({ id: 'msg_2', session: 's2', cwd: '/home/anna/spelling' })]
  const { byClient } = await readSource({ [FILE]: rows })
  expect(byClient.map((row: { client: string }) => row.client).sort()).toEqual([
    '/home/anna/brand-check',
    '/home/anna/spelling',
  ])
  const { events } = await eventsOf({ [FILE]: rows })
  expect(events.map(event => event.session)).toEqual(['s1', 's2'])
})

test('a file that is named after a day holds events of any', async () => {
  const files = { 'projects/p/2026-01-01.jsonl': [assistant()] }
  const { ledger } = await readSource(files, { days: { startDate: '2026-02-02', endDate: '2026-02-02' } })
  expect(ledger.used).toBe(1)
})

test('what was recognised is told', async () => {
  const document = await readSource({
    [FILE]: [assistant()],
    'native/2026-02-02.jsonl': [{ timestamp: '2026-02-02T10:00:00Z', input_tokens: 5 }],
  })
  expect(document.sources).toMatchObject([{ format: 'claude-code', files: 1 }])
  expect(document.summary.inputTokens).toBe(157)
  expect(document.ledger).toMatchObject({ files: 2, read: 2, used: 2, lines: { read: 1, events: 1 } })
})

test('all ways of reading, and files in any order, say the same', async () => {
  const rows = [
    SUMMARY,
    USER,
    assistant({ output: 1 }),
    assistant({ output: 1, at: '10:00:01' }),
    assistant({ at: '10:00:05' }),
    assistant({ request: 'req_side', isSidechain: true, at: '10:01:00' }),
    assistant({ id: 'msg_2', at: '11:00:00', output: 40 }),
    'no JSON at all',
  ]
  const turned = [rows[7]!, rows[6]!, rows[4]!, rows[5]!, rows[2]!, rows[3]!, rows[0]!, rows[1]!]
  const answers = await readInAllWays({ 'projects/p/a.jsonl': rows, 'projects/p/b.jsonl': rows.slice(2) })
  expect(answers.length).toBe(1)
  const whole = JSON.parse(answers[0]!)
  expect(sumsOf(whole)).toMatchObject({ analyses: 2, outputTokens: 300, duplicate: 8 })
  const other = await readSource({
    'projects/p/a.jsonl': turned.slice(3),
    'projects/p/b.jsonl': [...turned.slice(0, 3), ...rows],
  })
  expect(other.summary).toEqual(whole.summary)
})
