// Days: whatever the zone, the file that an event lies in, and whether its time has an offset.
import { describe, expect, test } from 'vitest'
import { formatDecimal } from '../../src/base/decimal.ts'
import { documentOf, makeFolder, reportOf } from '../support/logs.ts'

const HOUR_MS = 3_600_000

// One analysis every 20 minutes from 27 February to 11 March, in the UTC day's file, each fourth in a neighbour's.
function logsAroundMarch(write: (ms: number) => string): Record<string, string> {
  const files: Record<string, string[]> = {}
  const from = Date.UTC(2026, 1, 27)
  for (let index = 0; index < 12 * 72; index++) {
    const ms = from + index * 20 * 60_000
    const shift = index % 4 === 0 ? ((index % 8) - 4) / 4 : 0
    const day = new Date(ms + shift * 24 * HOUR_MS).toISOString().slice(0, 10)
    const event = { timestamp: write(ms), client: 'diageo', model: 'gpt-4o-mini', input_tokens: 1000 + index }
    files[day] = [...(files[day] ?? []), JSON.stringify(event)]
  }
  return Object.fromEntries(Object.entries(files).map(([day, lines]) => [`${day}.jsonl`, `${lines.join('\n')}\n`]))
}

const withOffset = (ms: number) => new Date(ms).toISOString()
const naive = (ms: number) => new Date(ms).toISOString().slice(0, 19)

describe.each([
  ['UTC', '2026-03-01', '2026-03-02', '2026-03-03'],
  ['America/New_York', '2026-03-07', '2026-03-08', '2026-03-09'],
  ['Asia/Kathmandu', '2026-03-01', '2026-03-02', '2026-03-03'],
])('in %s', (timezone, ...days) => {
  test.each([
    ['times with an offset', withOffset],
    ['times without one', naive],
  ])('three daily reports add up to the report of the three days, with %s', async (_, write) => {
    const folder = makeFolder(logsAroundMarch(write))
    const whole = documentOf(await reportOf(folder, { timezone, days: { startDate: days[0]!, endDate: days[2]! } }))
    const daily = await Promise.all(
      days.map(day => reportOf(folder, { timezone, days: { startDate: day, endDate: day } }).then(documentOf)),
    )
    const sum = (key: string) => daily.reduce((total, document) => total + document.summary[key], 0)
    expect(sum('analyses')).toBe(whole.summary.analyses)
    expect(sum('inputTokens')).toBe(whole.summary.inputTokens)
    expect(whole.byDate.map((row: { date: string }) => row.date)).toEqual(days)
    expect(daily.map(document => document.summary.analyses)).toEqual(
      whole.byDate.map((row: { analyses: number }) => row.analyses),
    )
  })
})

test('the day on which New York puts its clocks forward has 23 hours', async () => {
  const folder = makeFolder(logsAroundMarch(withOffset))
  const report = await reportOf(folder, { timezone: 'America/New_York', days: { period: '2026-03-08' } })
  expect(report.ledger.used).toBe(23 * 3)
})

test('an event without a time counts on the day of its file, in any zone', async () => {
  const folder = makeFolder({ '2026-03-01.jsonl': '{"client":"diageo"}\n', 'app.jsonl': '{"client":"diageo"}\n' })
  const report = await reportOf(folder, { timezone: 'Pacific/Kiritimati' })
  expect(documentOf(report).byDate.map((row: { date: string }) => row.date)).toEqual(['2026-03-01'])
  expect(report.ledger.rejectedBy).toEqual({ 'no-timestamp': 1 })
})

test('the cost of three days in Kathmandu is that of their tokens, counted by hand', async () => {
  const folder = makeFolder(logsAroundMarch(withOffset))
  const report = await reportOf(folder, {
    timezone: 'Asia/Kathmandu',
    days: { startDate: '2026-03-01', endDate: '2026-03-03' },
  })
  const costAt = report.sections[0]!.columns.findIndex(column => column.key === 'cost_usd')
  expect(formatDecimal([...report.sections[0]!.rows][0]![costAt] as never)).toBe('0.0399978')
})
