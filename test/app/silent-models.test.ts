// What events cost of which nobody knows what they used: the same in every report, and no invoice says that it was nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { REPORTS } from '../../src/report/catalogue.ts'
import { documentOf, makeFolder, reportOf } from '../support/logs.ts'

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
