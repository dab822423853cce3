// What events cost of which nobody knows what they used: the same in every report, and no invoice says that it was nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { REPORTS } from '../../src/report/catalogue.ts'
import { documentOf, makeFolder, reportOf } from '../support/logs.ts'
import { runInProcess } from '../support/run-in-process.ts'

const NOT_UNDERSTOOD = Array.from({ length: 20 }, (_, index) => ({
  timestamp: `2026-02-02T09:${String(index + 10)}:00Z`,
  model: 'gpt-4o',
  tokensSpent: 500,
}))
const UNDERSTOOD = { timestamp: '2026-02-03T09:00:00Z', model: 'gpt-4o', input_tokens: 1_000_000 }
const FAILED = { timestamp: '2026-02-02T10:00:00Z', model: 'gpt-4o', status: 'error' }

function folderOf(events: readonly object[], prices?: object): string {
  const lines = events.map(event => `${JSON.stringify({ client: 'diageo', user: 'anna', ...event })}\n`)
  const folder = makeFolder({ 'app.jsonl': lines.join('') })
  if (prices !== undefined) writeFileSync(join(folder, 'prices.json'), JSON.stringify(prices))
  return folder
}

type Options = Parameters<typeof reportOf>[1]

async function summaryOf(events: readonly object[], prices?: object, options: Options = {}) {
  const { costUsd, costSource, unpricedAnalyses } = documentOf(
    await reportOf(folderOf(events, prices), options),
  ).summary
  return [costUsd, costSource, unpricedAnalyses]
}

async function load(name: string) {
  return await REPORTS.find(report => report.name === name)!.load()
}

describe('a model of which no event carries usage', () => {
  test('has no cost, and the report says why', async () => {
    const { summary, byModel, unpriced } = documentOf(await reportOf(folderOf(NOT_UNDERSTOOD)))
    expect([summary.costUsd, summary.costSource, summary.unpricedAnalyses]).toEqual([null, 'none', 20])
    expect([byModel[0].costUsd, byModel[0].unpricedAnalyses]).toEqual([null, 20])
    expect(unpriced).toEqual([
      { model: 'gpt-4o', analyses: 20, totalTokens: 0, reasons: ['no event of it carries tokens, checks or a cost'] },
    ])
  })

  test('costs nothing where other events of it do, as a failed call does', async () => {
    expect(await summaryOf([...NOT_UNDERSTOOD, UNDERSTOOD])).toEqual([2.5, 'estimated', 0])
    expect(await summaryOf([FAILED, UNDERSTOOD])).toEqual([2.5, 'estimated', 0])
  })

  test('carries usage also where it says that it used nothing, or logs a cost', async () => {
    expect(await summaryOf([{ ...FAILED, input_tokens: 0 }])).toEqual([0, 'estimated', 0])
    expect(await summaryOf([{ ...FAILED, cost_usd: 0.5 }, FAILED])).toEqual([0.5, 'mixed', 0])
  })

  test('is no matter of other models', async () => {
    const other = { ...UNDERSTOOD, model: 'gpt-4o-mini' }
    expect(await summaryOf([...NOT_UNDERSTOOD, other])).toEqual([0.15, 'estimated', 20])
  })

  test('has the price of an analysis where there is one, and is free where everything of it is', async () => {
    expect(await summaryOf(NOT_UNDERSTOOD, { prices: [{ model: 'gpt-4o', perAnalysis: '0.02' }] })).toEqual([
      0.4,
      'estimated',
      0,
    ])
    expect(await summaryOf(NOT_UNDERSTOOD, { prices: [{ model: 'gpt-4o', input: '0' }] })).toEqual([0, 'estimated', 0])
  })

  test('has none in the range that is compared with, whatever the other range says', async () => {
    const folder = folderOf([...NOT_UNDERSTOOD, UNDERSTOOD])
    const days = (day: string) => ({ startDate: day, endDate: day })
    const range = documentOf(await reportOf(folder, { days: days('2026-02-02') })).summary
    const later = await reportOf(folder, { days: { ...days('2026-02-03') } })
    expect([range.costUsd, documentOf(later).summary.costUsd]).toEqual([null, 2.5])
  })
})

describe('every report', () => {
  const events = [
    ...NOT_UNDERSTOOD,
    { ...UNDERSTOOD, model: 'gpt-4o-mini' },
    { ...FAILED, model: 'gpt-4o-mini' },
    { ...UNDERSTOOD, event: 'request', model: 'gpt-4.1' },
    { ...FAILED, event: 'request', model: 'gpt-4.1' },
    { ...FAILED, event: 'request', model: 'gpt-4.1-mini' },
  ]

  test.each(['clients', 'models', 'trends', 'sessions', 'countries'])('%s counts the same as unpriced', async name => {
    const folder = folderOf(events)
    for (const days of [undefined, { startDate: '2026-02-01', endDate: '2026-02-05' }]) {
      const report = await reportOf(folder, { report: await load(name), ...(days && { days }) })
      expect(report.unpricedAnalyses).toBe(20)
    }
  })

  test('a session of such events has no cost, whatever the range and the cache', async () => {
    const folder = folderOf(events)
    const report = await load('sessions')
    const cache = { root: folder, folder: join(folder, '.cache'), logs: [] }
    const engine = { cache, toolVersion: '0', machineNow: () => Date.now() + 60_000, tuning: { leastCacheBytes: 0 } }
    const of = async (options: Options) => {
      const { sessions } = documentOf(await reportOf(folder, { report, ...options }))
      return sessions.map(({ costUsd, unpricedAnalyses }: Record<string, unknown>) => [costUsd, unpricedAnalyses])
    }
    const days = { startDate: '2026-02-01', endDate: '2026-02-05' }
    const expected = [
      [null, 20],
      [0, 0],
      [2.15, 0],
    ]
    const [first, ...others] = [await of({}), await of({ days }), await of({ engine }), await of({ engine })]

    expect(first).toEqual(expected)
    expect(others).toEqual([expected, expected, expected])
  })

  test('reads a stream that cannot be read twice', async () => {
    const text = NOT_UNDERSTOOD.map(event => `${JSON.stringify({ user: 'anna', ...event })}\n`).join('')
    const places = [{ path: '-', format: null }]
    const openStdin = () => Readable.from([Buffer.from(text)])
    const { sessions } = documentOf(await reportOf(makeFolder(), { report: await load('sessions'), places, openStdin }))
    expect(sessions.map(({ costUsd }: { costUsd: unknown }) => costUsd)).toEqual([null])
  })
})

describe('a log of which no event carries usage, although its model has usage in others', () => {
  const linesOf = (events: readonly object[]) =>
    events.map(event => `${JSON.stringify({ user: 'anna', ...event })}\n`).join('')
  const FILES = {
    '2026-02-02.jsonl': linesOf(NOT_UNDERSTOOD.map(event => ({ client: 'diageo', ...event }))),
    '2026-02-03.jsonl': linesOf([{ client: 'unilever', ...UNDERSTOOD }]),
  }
  const PRUNE = ['log', 'prune', '--yes', '--older-than', '8d']

  async function ask(folder: string, ...words: string[]): Promise<string> {
    const environment = { USAGEBOOK_NOW: '2026-02-11T08:00:00Z', USAGEBOOK_NO_CACHE: '1' }
    const folders = ['--root', folder, '--logs', folder]
    return (await runInProcess([...words, '-q', ...folders], folder, environment, undefined)).stdout
  }

  test('has no cost, and the sum is told as a part in every form', async () => {
    const folder = makeFolder(FILES)
    const words = ['report', '--section', 'clients']
    const { byClient } = JSON.parse(await ask(folder, ...words, '--json'))
    const rows = byClient.map((row: Record<string, unknown>) => [row.client, row.costUsd, row.unpricedAnalyses])
    expect(rows).toEqual([
      ['unilever', 2.5, 0],
      ['diageo', null, 20],
    ])
    const columns = ['--columns', 'client,cost_usd,unpriced_analyses']
    expect(await ask(folder, ...words, '--csv', ...columns)).toBe(
      'client,cost_usd,unpriced_analyses\nunilever,2.5,0\ndiageo,,20\n',
    )
    expect(await ask(folder, 'report')).toContain('≥$2.50 cost')
    expect(await ask(folder, 'report', '--format', 'md')).toContain('**≥$2.50** cost')
    expect(await ask(folder, 'report', '--format', 'html')).toContain('at least this')
  })

  test.each(['usage', 'clients', 'models', 'trends', 'sessions', 'countries'])('%s counts the same', async name => {
    const report = await reportOf(makeFolder(FILES), { report: await load(name) })
    expect(report.unpricedAnalyses).toBe(20)
  })

  test('stays so through a prune, of the whole log or of a part of it', async () => {
    for (const age of ['8d', '7d']) {
      const folder = makeFolder(FILES)
      const sums = async () => {
        const { ledger: _ledger, ...document } = JSON.parse(await ask(folder, 'report', '--json'))
        return document
      }
      const before = await sums()
      await ask(folder, ...PRUNE.slice(0, -1), age)
      expect(await sums()).toEqual(before)
      expect(before.summary).toMatchObject({ costUsd: 2.5, unpricedAnalyses: 20 })
    }
  })

  test('is understood where what was pruned from it carries usage', async () => {
    const mixed = linesOf([
      { ...UNDERSTOOD, timestamp: '2026-02-02T01:00:00Z' },
      { ...FAILED, timestamp: '2026-02-03T01:00:00Z', status: 'ok' },
    ])
    const folder = makeFolder({
      '2026-02-02.jsonl': mixed,
      '2026-02-03.jsonl': FILES['2026-02-03.jsonl'],
    })
    const before = JSON.parse(await ask(folder, 'report', '--json')).summary
    await ask(folder, ...PRUNE)
    expect(JSON.parse(await ask(folder, 'report', '--json')).summary).toEqual(before)
    expect(before).toMatchObject({ costUsd: 5, unpricedAnalyses: 0 })
  })

  test('stands beside a range that is compared with, each judged by its own logs', async () => {
    const folder = makeFolder(FILES)
    const { summary } = JSON.parse(
      await ask(folder, 'report', '--json', '--period', '2026-02-03', '--compare', 'previous'),
    )
    expect([summary.costUsd, summary.previous.costUsd]).toEqual([2.5, null])
  })
})
