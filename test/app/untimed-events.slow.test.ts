// Days without a time: an event that says only its day, or nothing in a file of a day, is of that calendar day in every zone
// and costs what it costs as of the day's start in UTC.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listEvents } from '../../src/app/event/list-events.ts'
import { UNCACHED } from '../../src/app/workspace/open-engine.ts'
import { formatJson } from '../../src/base/json.ts'
import { parseZone } from '../../src/base/zone.ts'
import { report as sessionsReport } from '../../src/report/session/sessions-report.ts'
import { documentOf, makeFolder, reportBy, reportOf, requestOf } from '../support/logs.ts'
import { runInProcess } from '../support/run-in-process.ts'
import { WAYS, type Way } from '../support/ways.ts'

const ZONES = ['Pacific/Kiritimati', 'America/New_York', 'UTC', 'Asia/Kathmandu']
const LOG_ZONES = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles']
const PLAIN: Way = { reader: 'reference', threads: 1, blockBytes: 4099, cache: 'none' }

// The first dollar price ends as the day begins; the other model is cheap around midnight in UTC.
const PRICES = {
  prices: [
    { model: 'dated', to: '2026-03-05', input: '1', output: '0' },
    { model: 'dated', from: '2026-03-05', input: '2', output: '0' },
    { model: 'nightly', input: '8', output: '0', offPeak: [{ from: '23:00', to: '01:00', input: '5' }] },
  ],
}
const MILLION = { input_tokens: 1_000_000, output_tokens: 0 }
const lines = (...events: object[]) => events.map(event => `${JSON.stringify({ ...event, ...MILLION })}\n`).join('')

const LOGS = {
  'app.jsonl': lines(
    { client: 'day', model: 'dated', timestamp: '2026-03-05' },
    { client: 'day', model: 'nightly', timestamp: '2026-03-05' },
    { client: 'day', model: 'dated', timestamp: '2026-03-04' },
    { client: 'instant', model: 'dated', timestamp: '2026-03-05T10:30:00Z' },
    { client: 'instant', model: 'nightly', timestamp: '2026-03-05T10:30:00Z' },
  ),
  '2026-03-05.jsonl': lines(
    { client: 'file', model: 'dated' },
    { client: 'file', model: 'nightly' },
    { client: 'instant', model: 'nightly', timestamp: '2026-03-05T23:30:00Z' },
  ),
  'prices.json': JSON.stringify(PRICES),
}
const COSTS = { day: 2 + 5 + 1, file: 2 + 5, instant: 2 + 8 + 5 }

interface Row {
  readonly client: string
  readonly date: string
  readonly costUsd: number
  readonly analyses: number
}

/** Costs by client. */
function costsOf(document: { byClient: Row[] }): object {
  return Object.fromEntries(document.byClient.map(({ client, costUsd }) => [client, costUsd]).sort())
}

const BY_DAY = { filters: {}, days: { startDate: '2026-03-05', endDate: '2026-03-05' } }

describe.each(ZONES)('in %s', timezone => {
  test.each(LOG_ZONES)('the day is the one that is written, with logs in %s', async logTimezone => {
    const { 'app.jsonl': app, 'prices.json': prices } = LOGS
    const day = lines({ client: 'file', model: 'dated' })
    const folder = makeFolder({ 'app.jsonl': app.split('\n').slice(0, 3).join('\n'), 'prices.json': prices })
    writeFileSync(join(folder, '2026-03-05.jsonl'), day)
    const days = documentOf(await reportOf(folder, { timezone, logTimezone })).byDate
    expect(days.map(({ date, analyses, costUsd }: Row) => [date, analyses, costUsd])).toEqual([
      ['2026-03-04', 1, 1],
      ['2026-03-05', 3, 2 + 5 + 2],
    ])
    const ofDay = documentOf(await reportOf(folder, { timezone, logTimezone, ...BY_DAY }))
    expect([ofDay.summary.analyses, ofDay.summary.costUsd]).toEqual([3, 9])
  })

  test.each(WAYS.filter(way => way.blockBytes === 4099 && way.threads < 4))(
    'the costs are those as of its start in UTC: $reader, $threads threads, blocks of $blockBytes, cache $cache',
    async way => {
      const folder = makeFolder(LOGS)
      const logTimezone = 'Asia/Tokyo'
      expect(costsOf(documentOf(await reportBy(way, folder, { timezone, logTimezone })))).toEqual(COSTS)
    },
  )

  test('single events say the day, and give the same report when they are read again', async () => {
    const folder = makeFolder(LOGS)
    const request = { ...requestOf(folder, { timezone }), engine: UNCACHED }
    const { events } = await listEvents({ ...request, page: { limit: 25, offset: 0, order: 'oldest' } }, {})
    const written = events.map(({ object }) => String(object.timestamp).slice(0, 10))
    expect(events.filter(({ object }) => object.client !== 'instant').map(({ object }) => object.timestamp)).toEqual([
      '2026-03-04',
      ...Array.from({ length: 4 }, () => '2026-03-05'),
    ])
    expect(written[0]).toBe('2026-03-04')
    const again = makeFolder({
      'again.jsonl': events.map(({ object }) => `${formatJson(object, 0)}\n`).join(''),
      'prices.json': LOGS['prices.json'],
    })
    for (const zone of ZONES) expect(costsOf(documentOf(await reportOf(again, { timezone: zone })))).toEqual(COSTS)
  })

  test('sessions begin with the day, and cost the same', async () => {
    const folder = makeFolder({
      'app.jsonl': lines({ client: 'day', user: 'mia', model: 'nightly', timestamp: '2026-03-05' }),
      'prices.json': LOGS['prices.json'],
    })
    const { byDay, summary } = documentOf(await reportOf(folder, { timezone, report: sessionsReport }))
    expect(byDay.map(({ day }: { day: string }) => day)).toEqual(['2026-03-05'])
    expect(summary.meanCostUsd).toBe(5)
  })

  test('what a prune removed has the same days and costs in every zone', async () => {
    const folder = makeFolder({ 'prices.json': LOGS['prices.json'], 'usagebook.config.json': '{}' })
    const dir = join(folder, 'usage_logs')
    mkdirSync(dir)
    writeFileSync(join(dir, '2026-03-04_2026-03-05.jsonl'), LOGS['app.jsonl'])
    writeFileSync(join(dir, '2026-03-05.jsonl'), LOGS['2026-03-05.jsonl'])
    const environment = { PATH: process.env.PATH, USAGEBOOK_NOW: '2026-04-10T08:00:00Z', TZ: timezone, NO_COLOR: '1' }
    const run = (...words: string[]) => runInProcess(words, folder, environment, undefined)
    const report = async (zone: string) =>
      JSON.parse((await run('report', '--timezone', zone, '--format', 'json')).stdout)
    const before = await Promise.all(ZONES.map(report))
    expect(await run('log', 'prune', '--older-than', '7d', '--yes', '--timezone', timezone)).toMatchObject({
      code: '0',
    })
    for (const [index, zone] of ZONES.entries()) {
      const after = await report(zone)
      expect(after.ledger.read).toBe(0)
      expect(costsOf(after)).toEqual(COSTS)
      expect(after.byDate).toEqual(before[index].byDate)
    }
  })
})

test('a price that is added later is heeded by what is in the cache', async () => {
  const folder = makeFolder({ ...LOGS, 'prices.json': JSON.stringify({ prices: [PRICES.prices[0]!] }) })
  const way: Way = { ...PLAIN, reader: 'kernel', cache: 'cold' }
  for (const timezone of ZONES) await reportBy(way, folder, { timezone })
  writeFileSync(join(folder, 'prices.json'), LOGS['prices.json'])
  for (const timezone of ZONES) expect(costsOf(documentOf(await reportBy(way, folder, { timezone })))).toEqual(COSTS)
})

test('of the days of a file of several, none is that of an event without a time', async () => {
  const folder = makeFolder({ '2026-03-01_2026-03-07.jsonl': lines({ client: 'file' }, { timestamp: '2026-03-05' }) })
  const { ledger } = await reportOf(folder, { timezone: parseZone('Asia/Kathmandu')!.name })
  expect([ledger.used, ledger.rejectedBy]).toEqual([1, { 'no-timestamp': 1 }])
})
