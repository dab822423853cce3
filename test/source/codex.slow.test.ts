// Codex: running totals, what repeats them, and sessions that begin with the rows of another.
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { eventsOf, readInAllWays, readSource, sumsOf, textOf } from './read-source.ts'

type Counts = readonly [input: number, cached: number, output: number, reasoning: number]

const usageOf = ([input, cached, output, reasoning]: Counts) => ({
  input_tokens: input,
  cached_input_tokens: cached,
  output_tokens: output,
  reasoning_output_tokens: reasoning,
  total_tokens: input + output,
})
const add = (a: Counts, b: Counts): Counts => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]
const at = (time: string, day = '02') => `2026-02-${day}T${time}Z`

function meta(id: string, time = '10:00:00.000', more: object = {}) {
  const payload = {
    id,
    timestamp: at(time),
    cwd: '/home/anna/brand-check',
    originator: 'codex_cli_rs',
    model_provider: 'openai',
    ...more,
  }
  return { timestamp: at(time), type: 'session_meta', payload }
}

function turn(time: string, model = 'gpt-5-codex', more: object = {}) {
  return { timestamp: at(time), type: 'turn_context', payload: { cwd: '/home/anna/brand-check', model, ...more } }
}

function count(time: string, total: Counts, last: Counts | null, day = '02') {
  const info = {
    total_token_usage: usageOf(total),
    ...(last === null ? {} : { last_token_usage: usageOf(last) }),
    model_context_window: 272_000,
  }
  return { timestamp: at(time, day), type: 'event_msg', payload: { type: 'token_count', info, rate_limits: {} } }
}

const FIRST: Counts = [1000, 250, 125, 75]
const SECOND: Counts = [2000, 1500, 60, 20]
const THIRD: Counts = [500, 400, 10, 0]
const SAID = {
  timestamp: at('10:00:01.000'),
  type: 'response_item',
  payload: { type: 'message', role: 'user', content: [] },
}
const FILE = 'sessions/2026/02/02/rollout-2026-02-02T10-00-00-aaaa.jsonl'

const SESSION = [
  meta('aaaa'),
  SAID,
  turn('10:00:02.000'),
  { timestamp: at('10:00:03.000'), type: 'event_msg', payload: { type: 'token_count', info: null, rate_limits: {} } },
  count('10:00:09.000', FIRST, FIRST),
  count('10:00:10.000', FIRST, FIRST),
  count('10:00:20.000', add(FIRST, SECOND), SECOND),
]

test('what the last request added counts once, however often its total is told', async () => {
  const { summary, ledger, byModel, byClient } = await readSource({ [FILE]: SESSION })
  expect(summary).toMatchObject({
    analyses: 2,
    inputTokens: 3000,
    cacheReadTokens: 1750,
    outputTokens: 185,
    totalTokens: 3185,
  })
  expect(ledger).toMatchObject({ read: 3, used: 2, duplicate: 1, lines: { read: 7, events: 3, other: 4, rejected: 0 } })
  expect(byModel[0]).toMatchObject({ model: 'gpt-5-codex', provider: 'openai' })
  expect(byClient[0].client).toBe('/home/anna/brand-check')
})

test('totals without increments are differences of each other', async () => {
  const rows = [
    meta('aaaa'),
    turn('10:00:02.000'),
    count('10:00:09.000', FIRST, null),
    count('10:00:20.000', add(FIRST, SECOND), null),
  ]
  expect(sumsOf(await readSource({ [FILE]: rows }))).toMatchObject({
    analyses: 2,
    inputTokens: 3000,
    outputTokens: 185,
  })
})

test('a total that falls back begins anew, one that is a little lower is the same estimated again', async () => {
  const rows = [
    meta('aaaa'),
    turn('10:00:02.000'),
    count('10:00:09.000', [100_000, 0, 1000, 0], null),
    count('10:00:20.000', [99_500, 0, 990, 0], null),
    count('10:00:30.000', [1200, 0, 30, 0], null),
  ]
  expect(sumsOf(await readSource({ [FILE]: rows }))).toMatchObject({
    analyses: 2,
    inputTokens: 101_200,
    outputTokens: 1030,
  })
})

test('a full context is no event', async () => {
  const full = {
    total_tokens: 272_000,
    input_tokens: 0,
    cached_input_tokens: 0,
    output_tokens: 0,
    reasoning_output_tokens: 0,
  }
  const row = {
    timestamp: at('10:00:21.000'),
    type: 'event_msg',
    payload: { type: 'token_count', info: { total_token_usage: full, last_token_usage: full } },
  }
  expect(sumsOf(await readSource({ [FILE]: [...SESSION, row] }))).toMatchObject({ analyses: 2, inputTokens: 3000 })
})

test('the model is that of the latest turn, the tier that of the latest settings', async () => {
  const settings = {
    timestamp: at('10:01:00.000'),
    type: 'event_msg',
    payload: { type: 'thread_settings_applied', thread_settings: { service_tier: 'flex' } },
  }
  const rows = [
    ...SESSION,
    turn('10:01:00.000', 'gpt-5-mini'),
    settings,
    count('10:01:09.000', add(add(FIRST, SECOND), THIRD), THIRD),
  ]
  const { byModel } = await readSource({ [FILE]: rows })
  expect(byModel.map((row: { model: string; inputTokens: number }) => [row.model, row.inputTokens]).sort()).toEqual([
    ['gpt-5-codex', 3000],
    ['gpt-5-mini', 500],
  ])
  const { events } = await eventsOf({ [FILE]: rows })
  expect(events.map(event => event.service_tier)).toEqual([undefined, undefined, 'flex'])
})

describe('a session that was forked off another', () => {
  const childFile = 'sessions/2026/02/03/rollout-2026-02-03T09-00-00-bbbb.jsonl'
  const total = add(FIRST, SECOND)
  const own = [turn('12:00:00.000'), count('12:00:09.000', add(total, THIRD), THIRD)]
  // With new times, some milliseconds apart, over several seconds; the first of its own comes after a second or more.
  const replayed = [
    meta('aaaa', '11:00:00.010'),
    turn('11:00:00.020'),
    count('11:00:00.500', FIRST, FIRST),
    count('11:00:01.300', FIRST, FIRST),
    count('11:00:02.100', total, SECOND),
  ]
  const forked = [meta('bbbb', '11:00:00.000', { forked_from_id: 'aaaa' }), ...replayed, ...own]
  const spawned = [
    meta('bbbb', '11:00:00.000', { source: { subagent: { thread_spawn: { parent_thread_id: 'aaaa', depth: 1 } } } }),
    ...replayed,
    ...own,
  ]

  test.each([
    ['forked', forked],
    ['of a subagent', spawned],
  ])('%s counts only its own requests where the parent is there', async (_, child) => {
    const document = await readSource({ [FILE]: SESSION, [childFile]: child })
    expect(sumsOf(document)).toMatchObject({ analyses: 3, inputTokens: 3500, outputTokens: 195, duplicate: 1 + 3 })
    const { events } = await eventsOf({ [FILE]: SESSION, [childFile]: child })
    expect(events.map(event => event.session)).toEqual(['aaaa', 'aaaa', 'bbbb'])
  })

  test('counts only its own requests where the parent is gone', async () => {
    expect(sumsOf(await readSource({ [childFile]: forked }))).toMatchObject({
      analyses: 1,
      inputTokens: 500,
      duplicate: 3,
    })
  })

  test('counts only its own requests where the rows of the parent kept their times', async () => {
    const kept = [forked[0]!, SESSION[0]!, ...SESSION.slice(2), ...own]
    expect(sumsOf(await readSource({ [childFile]: kept }))).toMatchObject({ analyses: 1, inputTokens: 500 })
  })

  test('that has done nothing itself counts nothing', async () => {
    expect(sumsOf(await readSource({ [FILE]: SESSION, [childFile]: forked.slice(0, 6) }))).toMatchObject({
      analyses: 2,
    })
  })

  test('that begins with nothing counts its first request', async () => {
    const empty = [
      meta('bbbb', '11:00:00.000', { forked_from_id: 'aaaa' }),
      turn('11:00:00.100'),
      count('11:00:08.000', THIRD, THIRD),
    ]
    expect(sumsOf(await readSource({ [childFile]: empty }))).toMatchObject({ analyses: 1, inputTokens: 500 })
    expect(sumsOf(await readSource({ [FILE]: SESSION, [childFile]: empty }))).toMatchObject({
      analyses: 3,
      inputTokens: 3500,
    })
  })
})

test('equal totals of unrelated sessions are two', async () => {
  const other = [meta('cccc'), ...SESSION.slice(1)]
  expect(
    sumsOf(await readSource({ [FILE]: SESSION, 'sessions/2026/02/02/rollout-2026-02-02T10-00-00-cccc.jsonl': other })),
  ).toMatchObject({ analyses: 4 })
})

test('the same session in the archive, or packed beside the plain file, counts once', async () => {
  const twins = {
    [FILE]: SESSION,
    'archived_sessions/rollout-2026-02-02T10-00-00-aaaa.jsonl': SESSION,
    'more/rollout-2026-02-02T10-00-00-aaaa.jsonl.gz': gzipSync(textOf(SESSION)),
  }
  expect(sumsOf(await readSource(twins))).toMatchObject({ analyses: 2, inputTokens: 3000 })
})

test('a packed twin that cannot be read is of no matter, a packed log that cannot is named', async () => {
  const broken = Buffer.from('no zstd')
  const { ledger } = await readSource({ [FILE]: SESSION, [`${FILE}.zst`]: broken })
  expect([ledger.complete, ledger.files]).toEqual([true, 1])
  const alone = await readSource({ [`${FILE}.zst`]: broken })
  expect(alone.ledger).toMatchObject({
    complete: false,
    failures: [{ message: expect.stringMatching(/damaged|unpacked/) }],
  })
})

test('a rollout that is named after its start holds events of later days', async () => {
  const late = [...SESSION, count('09:00:00.000', add(add(FIRST, SECOND), THIRD), THIRD, '09')]
  const file = 'sessions/2026/02/01/rollout-2026-02-01T10-00-00-aaaa.jsonl'
  const { summary } = await readSource({ [file]: late }, { days: { startDate: '2026-02-09', endDate: '2026-02-09' } })
  expect(summary).toMatchObject({ analyses: 1, inputTokens: 500 })
})

test('no model is unpriced', async () => {
  const { summary } = await readSource({ [FILE]: SESSION.filter(row => row.type !== 'turn_context') })
  expect(summary).toMatchObject({ analyses: 2, unpricedAnalyses: 2 })
})

test('all ways of reading, and files in any order, say the same', async () => {
  const child = [
    meta('bbbb', '11:00:00.000', { forked_from_id: 'aaaa' }),
    ...SESSION.slice(2),
    turn('12:00:00.000'),
    count('12:00:09.000', add(add(FIRST, SECOND), THIRD), THIRD),
  ]
  const answers = await readInAllWays({
    'a.jsonl': child,
    'b.jsonl': [...SESSION, 'no JSON at all'],
    'c.jsonl': SESSION,
  })
  expect(answers.length).toBe(1)
  const { summary } = JSON.parse(answers[0]!)
  expect(summary).toMatchObject({ analyses: 3, inputTokens: 3500 })
  const turned = await readSource({ 'c.jsonl': child, 'a.jsonl': [...SESSION, 'no JSON at all'], 'b.jsonl': SESSION })
  expect(turned.summary).toEqual(summary)
})
