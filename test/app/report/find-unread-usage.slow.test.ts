// Usage that was logged under names nobody knows: it is named, and nothing is said where all is understood.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { REPORTS } from '../../../src/report/catalogue.ts'
import { documentOf, makeFolder, reportOf } from '../../support/logs.ts'

const EVENT = { timestamp: '2026-02-02T09:00:00Z', client: 'diageo', user: 'anna', model: 'gpt-4o' }

function linesOf(count: number, more: object): string {
  return `${JSON.stringify({ ...EVENT, ...more })}\n`.repeat(count)
}

type Options = Parameters<typeof reportOf>[1]

async function unreadOf(files: Parameters<typeof makeFolder>[0], options: Options = {}) {
  return documentOf(await reportOf(makeFolder(files), options)).ledger.unread
}

async function warningsOf(files: Parameters<typeof makeFolder>[0], options: Options = {}) {
  const { notes } = await reportOf(makeFolder(files), options)
  return notes.filter(({ text }) => /^(None|\d+) of/.test(text)).map(({ text }) => text)
}

describe('where no analysis carries usage', () => {
  test('the fields that look like usage are named', async () => {
    expect(await unreadOf({ 'app.jsonl': linesOf(200, { tokensIn: 120, meta: { tokensOut: 80 } }) })).toEqual({
      analyses: 200,
      of: 200,
      files: [],
      models: [],
      fields: [
        { field: 'tokensIn', file: 'app.jsonl', line: 1, example: '120', lines: 100 },
        { field: 'meta.tokensOut', file: 'app.jsonl', line: 1, example: '80', lines: 100 },
      ],
    })
  })

  test('the report says so in plain words', async () => {
    expect(await warningsOf({ 'app.jsonl': linesOf(200, { tokensIn: 120, tokensOut: 80 }) })).toEqual([
      'None of 200 analyses carries tokens, a cost or checks. These fields look like usage and were not read: tokensIn (120), tokensOut (80), in app.jsonl:1.',
    ])
    expect(await warningsOf({ 'app.jsonl': linesOf(200, {}) })).toEqual([
      'None of 200 analyses carries tokens, a cost or checks, so their cost is unknown.',
    ])
  })

  test('the line is counted in the file, blank and rejected lines included', async () => {
    const unread = await unreadOf({ 'app.jsonl': `\n{"broken"\n${linesOf(30, {})}${linesOf(1, { tokensIn: 120 })}` })
    expect(unread.fields).toEqual([{ field: 'tokensIn', file: 'app.jsonl', line: 33, example: '120', lines: 1 }])
  })

  test('packed logs are looked at too', async () => {
    const unread = await unreadOf({ 'app.jsonl.gz': gzipSync(linesOf(50, { tokensIn: 120 })) })
    expect(unread.fields).toMatchObject([{ field: 'tokensIn', file: 'app.jsonl.gz', lines: 50 }])
  })

  test('standard input says it without naming fields', async () => {
    const options = {
      places: [{ path: '-', format: null }],
      openStdin: () => Readable.from([Buffer.from(linesOf(20, { tokensIn: 120 }))]),
    }
    expect(await unreadOf({}, options)).toEqual({ analyses: 20, of: 20, files: [], models: [], fields: [] })
  })

  test('every report with costs says the same', async () => {
    const files = { 'app.jsonl': linesOf(20, { tokensIn: 120 }) }
    for (const { name, load } of REPORTS) {
      const report = await load()
      if (!report.hasCost) continue
      expect([name, (await unreadOf(files, { report }))?.analyses]).toEqual([name, 20])
    }
  })

  test('a group of fields says the same', async () => {
    const groupBy = [{ name: 'client', column: 'client' }]
    expect(await unreadOf({ 'app.jsonl': linesOf(20, { tokensIn: 120 }) }, { groupBy })).toMatchObject({ analyses: 20 })
  })
})

describe('where some analyses carry usage', () => {
  const UNDERSTOOD = linesOf(100, { input_tokens: 1000 })

  test('a log that is not understood is named', async () => {
    const files = { 'new.jsonl': UNDERSTOOD, 'old.jsonl': linesOf(80, { tokensIn: 120 }) }
    expect(await unreadOf(files)).toEqual({
      analyses: 80,
      of: 180,
      files: ['old.jsonl'],
      models: [],
      fields: [{ field: 'tokensIn', file: 'old.jsonl', line: 1, example: '120', lines: 80 }],
    })
    expect(await warningsOf(files)).toEqual([
      '80 of 180 analyses carry no tokens, cost or checks: all in old.jsonl. This field looks like usage and was not read: tokensIn (120), in old.jsonl:1.',
    ])
  })

  test('a model that is not understood is named, wherever it stands', async () => {
    const other = linesOf(40, { model: 'gpt-5-mini', tokensIn: 120 })
    const unread = await unreadOf({ 'app.jsonl': UNDERSTOOD + other })
    expect(unread).toMatchObject({ analyses: 40, of: 140, files: [], models: ['gpt-5-mini'] })
    expect(unread.fields).toEqual([{ field: 'tokensIn', file: 'app.jsonl', line: 101, example: '120', lines: 40 }])
  })

  test('the few lines of a model are found behind as many others as there are', async () => {
    const many = linesOf(20_000, { input_tokens: 1000 })
    const other = linesOf(2, { model: 'acme/gpt-5', tokensIn: 120 }).replaceAll('acme/', 'acme\\/')
    const unread = await unreadOf({ 'a.jsonl': many, 'b.jsonl': many + other })
    expect(unread).toMatchObject({ analyses: 2, models: ['acme/gpt-5'] })
    expect(unread.fields).toEqual([{ field: 'tokensIn', file: 'b.jsonl', line: 20_001, example: '120', lines: 2 }])
  })

  test('events of a log and of a model are counted once', async () => {
    const other = linesOf(40, { model: 'gpt-5-mini', tokensIn: 120 })
    const unread = await unreadOf({ 'new.jsonl': UNDERSTOOD, 'old.jsonl': other })
    expect(unread).toMatchObject({ analyses: 40, files: ['old.jsonl'], models: [] })
  })

  test('a log that carries usage after thousands of lines is understood', async () => {
    const late = linesOf(3000, { status: 'error' }) + UNDERSTOOD
    expect(await unreadOf({ 'a.jsonl': late, 'b.jsonl': UNDERSTOOD })).toBeUndefined()
  })

  test('analyses that failed need no usage', async () => {
    const failed = linesOf(5, { status: 'error' })
    expect(await unreadOf({ 'a.jsonl': UNDERSTOOD + failed })).toBeUndefined()
    expect(await unreadOf({ 'a.jsonl': UNDERSTOOD, 'b.jsonl': failed })).toBeUndefined()
    expect(await unreadOf({ 'a.jsonl': failed })).toBeUndefined()
  })

  test('events that the filters leave out do not count', async () => {
    const unread = await unreadOf(
      {
        '2026-02-02.jsonl': UNDERSTOOD,
        '2026-02-05.jsonl': linesOf(9, { timestamp: '2026-02-05T09:00:00Z', tokensIn: 120 }),
      },
      { days: { period: '2026-02-02' } },
    )
    expect(unread).toBeUndefined()
  })
})

describe('nothing is said', () => {
  test('of requests, feedback and the like', async () => {
    expect(await unreadOf({ 'a.jsonl': linesOf(20, { event: 'request', tokensIn: 1 }) })).toBeUndefined()
    expect(
      await unreadOf({ 'a.jsonl': linesOf(20, { event: 'feedback', rating: 4 }) + linesOf(1, { input_tokens: 9 }) }),
    ).toBeUndefined()
  })

  test('of analyses that carry a cost, checks or tokens of 0', async () => {
    for (const usage of [{ cost_usd: 0 }, { checks: 3 }, { input_tokens: 0 }, { total_tokens: 9 }])
      expect(await unreadOf({ 'a.jsonl': linesOf(20, { ...usage, tokensIn: 1 }) })).toBeUndefined()
  })

  test('of analyses that have a price each', async () => {
    const folder = makeFolder({ 'a.jsonl': linesOf(20, { model: 'house' }) })
    const prices = { prices: [{ model: 'house', perAnalysis: '0.02' }] }
    writeFileSync(join(folder, 'prices.json'), JSON.stringify(prices))
    expect(documentOf(await reportOf(folder)).ledger.unread).toBeUndefined()
  })

  test('of the logs of the examples', async () => {
    const places = [{ path: join(import.meta.dirname, '..', '..', '..', 'usage_logs'), format: null }]
    expect(await unreadOf({}, { places })).toBeUndefined()
  })
})
