import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askReport, buildReport } from '../../../src/app/report/run-report.ts'
import { report as modelsReport } from '../../../src/report/models-report.ts'
import { report } from '../../../src/report/session/sessions-report.ts'
import { documentOf, makeFolder, reportOf, requestOf } from '../../support/logs.ts'
import { triesOf } from '../../support/tries.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 1, 1)
const HALF_HOUR_MS = 30 * MINUTE_MS

interface TestEvent {
  readonly at: number
  readonly user: string | null
  readonly session: string | null
  readonly event: string
}

function eventsOver(days: number): fc.Arbitrary<TestEvent[]> {
  return fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: days * 86_400 - 1 }).map(second => START + second * 1000),
      user: fc.constantFrom('anna@diageo.com', 'emil@unilever.com', null),
      session: fc.constantFrom('s-1', 's-2', null, null, null),
      event: fc.constantFrom('analysis', 'request', 'user_query', 'session_end', 'activity'),
    }),
    { maxLength: 120 },
  )
}

const events = eventsOver(3)

/** A file a day, its lines in the order that they are given in. */
function filesOf(list: readonly TestEvent[]): Record<string, string> {
  const files: Record<string, string> = {}
  for (const { at, ...rest } of list) {
    const timestamp = new Date(at).toISOString()
    const name = `${timestamp.slice(0, 10)}.jsonl`
    files[name] = `${files[name] ?? ''}${JSON.stringify({ timestamp, ...rest })}\n`
  }
  return files
}

/** The sessions of some events, found one event after the other: their length and how many events they have. */
function slowSessions(list: readonly TestEvent[], idleMs: number): { lengthMs: number; events: number }[] {
  const open = new Map<string, { first: number; last: number; events: number }>()
  const all: { first: number; last: number; events: number }[] = []
  const inSessions = list.filter(event => event.session !== null || event.user !== null)
  for (const event of inSessions.sort((a, b) => a.at - b.at)) {
    const key = event.session === null ? `user ${event.user}` : `id ${event.session}`
    const found = open.get(key)
    if (found !== undefined && (event.session !== null || event.at - found.last < idleMs)) {
      found.last = event.at
      found.events++
    } else {
      const session = { first: event.at, last: event.at, events: 1 }
      open.set(key, session)
      all.push(session)
    }
  }
  return all.map(({ first, last, events }) => ({ lengthMs: last - first, events }))
}

async function sessionsOf(list: readonly TestEvent[], idleMs: number, days = {}) {
  return documentOf(await reportOf(makeFolder(filesOf(list)), { report, idleMs, cost: null, days }))
}

function costOf(rows: readonly { costUsd: number | null }[] = []): number {
  return rows.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
}

function texts(all: readonly { lengthMs: number; events: number }[]): string[] {
  return all.map(({ lengthMs, events }) => `${lengthMs} ms, ${events} events`).sort()
}

describe('sessions', () => {
  test('are those that reading the events one by one finds, in whatever order they lie', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.integer({ min: 1, max: 240 }), async (list, minutes) => {
        const document = await sessionsOf(list, minutes * MINUTE_MS)
        expect(texts(document.sessions)).toEqual(texts(slowSessions(list, minutes * MINUTE_MS)))
      }),
      { numRuns: triesOf(10, 30, 400) },
    )
  })

  test('of two ranges that touch are those of both, each where it starts and whole, however far apart its events lie', async () => {
    await fc.assert(
      fc.asyncProperty(eventsOver(12), fc.integer({ min: 1, max: 11 }), async (list, day) => {
        const of = async (startDate: string, endDate: string) =>
          texts((await sessionsOf(list, HALF_HOUR_MS, { startDate, endDate })).sessions ?? [])
        const dayOf = (number: number) => `2026-02-${String(number).padStart(2, '0')}`
        const parts = [...(await of(dayOf(1), dayOf(day))), ...(await of(dayOf(day + 1), dayOf(12)))]
        expect(parts.sort()).toEqual(texts(slowSessions(list, HALF_HOUR_MS)))
      }),
      { numRuns: triesOf(10, 30, 400) },
    )
  })

  test('that go on for days are followed back to where they start', async () => {
    const steps = Array.from({ length: 6 * 24 * 6 }, (_, index) => ({
      at: START + index * 10 * MINUTE_MS,
      user: 'anna@diageo.com',
      session: null,
      event: 'analysis',
    }))
    const fifth = await sessionsOf(steps, HALF_HOUR_MS, { startDate: '2026-02-05', endDate: '2026-02-05' })
    const first = await sessionsOf(steps, HALF_HOUR_MS, { startDate: '2026-02-01', endDate: '2026-02-01' })
    expect(fifth.summary.sessions).toBe(0)
    expect(first.sessions).toMatchObject([{ events: 864, lengthMs: 6 * DAY_MS - 10 * MINUTE_MS }])
  })

  test('cost what their events cost', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.array(fc.nat(2000), { minLength: 5, maxLength: 5 }), async (list, tokens) => {
        const used = list.filter(({ user, session }) => user !== null || session !== null)
        const priced = used.map((event, index) => ({
          ...event,
          model: ['gpt-4o', 'claude-haiku-4-5', 'unknown-model', null][index % 4],
          output_tokens: tokens[index % 5],
          ...(index % 7 === 0 ? { cost_usd: 0.0000000000001 } : {}),
        }))
        const folder = makeFolder(filesOf(priced))
        const document = documentOf(await reportOf(folder, { report, idleMs: HALF_HOUR_MS }))
        const total = documentOf(await reportOf(folder, { report: modelsReport }))
        expect(costOf(document.sessions)).toBeCloseTo(costOf(total.byModel), 13)
      }),
      { numRuns: triesOf(7, 20, 400) },
    )
  })

  test('are completed by a session_end, and without one are not', async () => {
    const document = await sessionsOf(
      [
        { at: START, user: 'anna@diageo.com', session: 's-1', event: 'session_start' },
        { at: START + MINUTE_MS, user: 'anna@diageo.com', session: 's-1', event: 'session_end' },
        { at: START, user: 'ben@diageo.com', session: 's-2', event: 'session_start' },
      ],
      HALF_HOUR_MS,
    )
    expect(document.summary).toMatchObject({ sessions: 2, activeUsers: 2, completedShare: 0.5 })
  })

  test('end with a pause of just the idle time, and go on with one that is shorter', async () => {
    const at = (ms: number) => ({ at: START + ms, user: 'anna@diageo.com', session: null, event: 'analysis' })
    const apart = await sessionsOf([at(0), at(HALF_HOUR_MS)], HALF_HOUR_MS)
    const together = await sessionsOf([at(0), at(HALF_HOUR_MS - 1000)], HALF_HOUR_MS)
    expect([apart.summary.sessions, together.summary.sessions]).toEqual([2, 1])
  })
})

test('A user who never pauses has the whole log read for the day on which that began, and for no other day; the first files are those of the other questions.', async () => {
  const list = Array.from({ length: 20 * 96 }, (_, index) => ({
    at: START + index * 15 * MINUTE_MS,
    user: 'robot@diageo.com',
    session: null,
    event: 'request',
  }))
  const folder = makeFolder(filesOf(list))
  const filesAsked = async (day: string) => {
    const asked: number[] = []
    const days = { startDate: day, endDate: day }
    const request = requestOf(folder, { report, idleMs: HALF_HOUR_MS, days })
    const answered = await askReport(request, { onFiles: files => asked.push(files.length) })
    return {
      asked,
      sessions: documentOf(buildReport(request, answered)).summary.sessions,
    }
  }
  expect(await filesAsked('2026-02-05')).toEqual({ asked: [3, 5], sessions: 0 })
  expect(await filesAsked('2026-02-01')).toEqual({ asked: [2, 3, 6, 18, 20], sessions: 1 })
})

const AT_NOON = '{"timestamp":"2026-02-05T12:00:00Z","user":"anna@diageo.com","session":"s-1"}\n'

test('Standard input, which can be read once, gives the sessions that a file gives.', async () => {
  const days = { startDate: '2026-02-05', endDate: '2026-02-05' }
  const stdin = Readable.from([Buffer.from(AT_NOON.slice(0, 20)), Buffer.from(AT_NOON.slice(20))], {
    objectMode: false,
  })
  const piped = { report, days, places: [{ path: '-', format: null }], openStdin: () => stdin }
  const document = documentOf(await reportOf(makeFolder(), piped))
  expect(document.summary.sessions).toBe(1)
  expect(document.sessions).toMatchObject([{ session: 's-1', events: 1 }])
})

test('A log outside of the range that may hold the beginning of a session and cannot be read is told of.', async () => {
  const folder = makeFolder({ '2026-02-05.jsonl': AT_NOON, '2025-11-01.jsonl.gz': 'no gzip' })
  const days = { startDate: '2026-02-05', endDate: '2026-02-05' }
  const { ledger } = documentOf(await reportOf(folder, { report, days }))
  expect(ledger.failures).toHaveLength(1)
})
