import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listEvents } from '../../../src/app/event/list-events.ts'
import type { EventsRequest } from '../../../src/app/request/requests.ts'
import { formatJson } from '../../../src/base/json.ts'
import { parseZone } from '../../../src/base/zone.ts'
import { type Asked, makeFolder, requestOf } from '../../support/logs.ts'

function pageOf(folder: string, page: Partial<EventsRequest['page']> = {}, more: Asked = {}): EventsRequest {
  return { ...requestOf(folder, more), page: { limit: 25, offset: 0, order: 'newest', ...page } }
}

const minutes = fc.array(fc.integer({ min: 0, max: 3 * 1440 - 1 }), { minLength: 1, maxLength: 50 })

test('pages put together are all events, the newest first', async () => {
  await fc.assert(
    fc.asyncProperty(
      minutes,
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom('UTC', 'Asia/Kolkata'),
      async (list, limit, zoneName) => {
        const files: Record<string, string> = {}
        for (const [index, minute] of list.entries()) {
          const timestamp = new Date(Date.UTC(2026, 1, 1) + minute * 60_000).toISOString()
          const name = `${timestamp.slice(0, 10)}.jsonl`
          files[name] = `${files[name] ?? ''}${JSON.stringify({ timestamp, id: `an-${index}` })}\n`
        }
        const folder = makeFolder(files)
        const zone = parseZone(zoneName)!
        const seen: number[] = []
        const ids = new Set<unknown>()
        for (let offset = 0; offset < list.length; offset += limit) {
          const { events, total } = await listEvents(pageOf(folder, { limit, offset }, { zone }), {})
          expect(total).toBe(list.length)
          for (const { instant, object } of events) {
            seen.push((instant - Date.UTC(2026, 1, 1)) / 60_000)
            ids.add(object.id)
          }
        }
        expect(seen).toEqual([...list].sort((a, b) => b - a))
        expect(ids.size).toBe(list.length)
      },
    ),
    { numRuns: 20 },
  )
})

test('an event has its fields under their own names, and what else the line says', async () => {
  const folder = makeFolder({
    '2026-02-02.jsonl': `${JSON.stringify({
      ts: '2026-02-02T10:00:00+01:00',
      tenant: 'diageo',
      processing_time: 1.5,
      cost: 0.1,
      region: 'eu',
    })}\n`,
  })
  const { events } = await listEvents(pageOf(folder), {})
  expect(events[0]!.object).toEqual({
    timestamp: '2026-02-02T09:00:00+00:00',
    event: 'analysis',
    client: 'diageo',
    duration_ms: 1500,
    cost_usd: { units: 1n, scale: 1 },
    region: 'eu',
    status: 'ok',
  })
})

test('standard input is listed too, though it cannot be read twice', async () => {
  const lines = ['2026-02-02T10:00:00Z', '2026-02-02T12:00:00Z', '2026-02-02T11:00:00Z'].map(
    timestamp => `${JSON.stringify({ timestamp })}\n`,
  )
  const stdin = Readable.from([Buffer.from(lines.join(''))])
  const request = pageOf(
    '.',
    { limit: 1, offset: 1 },
    { places: [{ path: '-', format: null }], openStdin: () => stdin },
  )
  const { events, total } = await listEvents(request, {})
  expect([total, events.map(({ object }) => object.timestamp)]).toEqual([3, ['2026-02-02T11:00:00+00:00']])
})

test('pages tile the total also where events are dated outside the day of their file', async () => {
  const line = (timestamp: string, id: string) => `${JSON.stringify({ timestamp, id })}\n`
  const folder = makeFolder({
    '2026-02-01.jsonl': line('2026-02-01T10:00:00Z', 'a') + line('2026-03-20T10:00:00Z', 'late'),
    '2026-03-20.jsonl': line('2026-03-20T10:30:00Z', 'b') + line('2026-02-01T10:30:00Z', 'early'),
  })
  const pages = await Promise.all([0, 1, 2, 3].map(offset => listEvents(pageOf(folder, { limit: 1, offset }), {})))
  expect(pages.map(({ total, events }) => [total, events.map(({ object }) => object.id)])).toEqual([
    [4, ['b']],
    [4, ['late']],
    [4, ['early']],
    [4, ['a']],
  ])
})

async function eventOf(line: string): Promise<string> {
  const folder = makeFolder({ '2026-02-02.jsonl': `${line}\n` })
  const { events } = await listEvents(pageOf(folder), {})
  return formatJson(events[0]!.object, 0).replace(/^\{"timestamp":"[^"]*","event":"analysis",/, '{')
}

test.each([
  ['{"order":9007199254740993,"client":7.10}', '{"client":7.10,"status":"ok","order":9007199254740993}'],
  ['{"client":"007.10","user":true}', '{"client":"007.10","user":true,"status":"ok"}'],
  ['{"cost":"7.10"}', '{"cost_usd":7.10,"status":"ok"}'],
  ['{"cost_usd":0.123456789012345678901234567890}', '{"cost_usd":0.123456789012345678901234567890,"status":"ok"}'],
  ['{"cost_usd":1.5e-7}', '{"cost_usd":0.00000015,"status":"ok"}'],
  ['{"processing_time":0.12345678901234567890}', '{"duration_ms":123.4567890123456789,"status":"ok"}'],
  ['{"weights":[1e400,{"a":1.0}]}', '{"status":"ok","weights":[1e400,{"a":1.0}]}'],
  [
    '{"status_code":503,"error":{"message":"no","code":1.0}}',
    '{"status_code":503,"error":{"message":"no","code":1.0},"status":"error"}',
  ],
])('an event keeps the digits of its line: %s', async (line, event) => {
  expect(await eventOf(line)).toBe(event)
})

test.each([
  [
    '{"input_tokens":6,"cache_read_input_tokens":3,"cache_creation_input_tokens":1,"output_tokens":2}',
    '{"input_tokens":10,"cache_read_tokens":3,"cache_write_tokens":1,"output_tokens":2,"total_tokens":12,"status":"ok"}',
  ],
  ['{"total_tokens":9}', '{"total_tokens":9,"status":"ok"}'],
  ['{"prompt_tokens":4,"total_tokens":9}', '{"input_tokens":4,"total_tokens":4,"status":"ok"}'],
  ['{"checks":["a","b"],"num_checks":7}', '{"checks":["a","b"],"status":"ok","num_checks":7}'],
  ['{"error":false,"success":true}', '{"status":"ok","error":false}'],
])('an event has the sums that reports use: %s', async (line, event) => {
  expect(await eventOf(line)).toBe(event)
})
