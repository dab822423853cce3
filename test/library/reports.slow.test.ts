// What a program is given of reports is what the command line writes as JSON.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ReportCall } from '../../src/index.ts'
import { REPORTS } from '../../src/report/catalogue.ts'
import { flagsOf, openStory, printedJson, storyWorkspace } from '../support/library.ts'

const root = storyWorkspace
type Name = NonNullable<ReportCall['name']>
const names = REPORTS.map(report => report.name as Name)

const calls: readonly ReportCall[] = [
  ...names.map(name => ({ name })),
  ...names.map(name => ({ name, lastDays: 7, client: ['diageo', 'nestle'], top: 2 })),
  ...names.map(name => ({ name, period: '2026-01', compare: 'previous', timezone: 'America/New_York' })),
  ...names.filter(name => name !== 'trends').map(name => ({ name, startDate: '2026-01-20', compare: 'last-week' })),
  { groupBy: 'client' },
  { groupBy: ['day', 'user'], sort: 'user', family: true },
  { groupBy: ['client', 'month'], compare: 'previous', lastDays: 3 },
  { section: ['summary', 'models'], cost: 'estimated' },
  { section: 'clients', cost: 'logged', sort: 'cost' },
  { noCost: true, user: '!anna@diageo.com' },
  { where: ['latency_ms>2000', 'client=diageo'] },
  { where: 'latency_ms>2000', status: 'error' },
  { profile: 'brand_check', family: true },
  { dedupe: 'off' },
  { dedupe: 'all', timezone: 'Asia/Kolkata', logTimezone: 'Europe/Berlin' },
  { lastHours: 36, top: 0 },
  { startDate: '2026-01-20', endDate: '2026-01-24' },
  { event: ['page_view', 'login'] },
  { name: 'activity', by: ['client', 'user'] },
  { name: 'sessions', idle: '5m' },
  { logs: ['usage_logs/2026-01-2*.jsonl', 'usage_logs/2026-01-12.jsonl'] },
]

describe('a report', () => {
  it.each(calls.map(call => [JSON.stringify(call), call] as const))(
    'is what --format json writes: %s',
    async (_, call) => {
      const folder = root()
      const { name = 'usage', ...options } = call
      const workspace = await openStory(folder)
      expect(await workspace.report(call)).toEqual(await printedJson(folder, ['report', name, ...flagsOf(options)]))
    },
  )

  it('takes dates as dates', async () => {
    const workspace = await openStory(root())
    const given = await workspace.report({ startDate: new Date('2026-01-20T10:00:00Z') })
    expect(given).toEqual(await workspace.report({ startDate: '2026-01-20T10:00:00Z' }))
    expect(given.period.start).toBe('2026-01-20T10:00:00+00:00')
  })

  it('is told with the clock of the machine where no other is given', async () => {
    const { openWorkspace } = await import('../../src/index.ts')
    const workspace = await openWorkspace(root())
    const before = Date.now()
    const { generatedAt } = await workspace.report({ period: '2026-01' })
    expect(Date.parse(generatedAt)).toBeGreaterThanOrEqual(before - 1000)
    expect(Date.parse(generatedAt)).toBeLessThanOrEqual(Date.now())
  })
})

describe('the dashboard', () => {
  it.each([{}, { range: '7d' as const }, { range: '3m' as const, idle: '5m', client: 'diageo' }, { lastDays: 3 }])(
    'is what the command writes: %j',
    async options => {
      const folder = root()
      const workspace = await openStory(folder)
      expect(await workspace.dashboard(options)).toEqual(await printedJson(folder, ['dashboard', ...flagsOf(options)]))
    },
  )
})

describe('a check of the logs', () => {
  it.each([{}, { timezone: 'Asia/Tokyo' }, { logTimezone: 'Asia/Tokyo' }, { logs: 'usage_logs/2026-01-2*.jsonl' }])(
    'is what the command writes: %j',
    async options => {
      const folder = root()
      const lines = ['{"ts":"2026-01-23T10:00:00","event":"analysis","client":"acme"}', 'not a line', '']
      writeFileSync(join(folder, 'usage_logs/2026-01-23.jsonl'), lines.join('\n'))
      const workspace = await openStory(folder)
      expect(await workspace.check(options)).toEqual(await printedJson(folder, ['log', 'check', ...flagsOf(options)]))
    },
  )

  it('cuts the days of files in UTC, as the logger does, wherever reports cut theirs', async () => {
    const folder = root()
    writeFileSync(
      join(folder, 'usagebook.config.json'),
      '{"timezone": "Asia/Tokyo", "logTimezone": "America/New_York"}',
    )
    const workspace = await openStory(folder, { configuration: true })
    expect(await workspace.check()).toEqual(await printedJson(folder, ['log', 'check']))
  })
})

describe('the explanation of a price', () => {
  it.each([
    ['claude-sonnet-4-5', {}],
    ['claude-sonnet-4-5', { at: '2025-12-01', provider: 'anthropic' }],
    ['gpt-4o', { serviceTier: 'batch' }],
    ['nobody-knows-it', {}],
  ])('is what the command writes: %s %j', async (model, call) => {
    const folder = root()
    const workspace = await openStory(folder)
    const words = ['price', 'explain', model, ...flagsOf(call)]
    expect(await workspace.prices.explain(model, call)).toEqual(await printedJson(folder, words))
  })

  it('adds up a request', async () => {
    const folder = root()
    const workspace = await openStory(folder)
    const usage = { input: 250_000, cacheRead: 100_000, cacheWrite: 20_000, cacheWrite1h: 10_000, output: 1000 }
    const words = ['price', 'explain', 'claude-sonnet-4-5', ...flagsOf(usage)]
    expect(await workspace.prices.explain('claude-sonnet-4-5', { usage })).toEqual(await printedJson(folder, words))
  })
})
