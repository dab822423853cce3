// Finished texts that are kept: found again only for the very same question about the very same logs.
import { appendFileSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Page, PagePlace } from '../../../src/app/report/kept-page.ts'
import { openReport } from '../../../src/app/report/run-report.ts'
import { UTC } from '../../../src/base/zone.ts'
import { parsePatterns } from '../../../src/query/condition.ts'
import { parseRange } from '../../../src/query/range.ts'
import { type Asked, makeFolder, NOW, requestOf } from '../../support/logs.ts'

const LOG = '2026-03-01.jsonl'
const PAGE = {
  text: ['as it was written\n'],
  notes: [{ kind: 'warning', text: '1 line was rejected' }],
  unpricedAnalyses: 2,
  ledger: { read: 3, used: 2, rejected: 1, failures: [] },
} satisfies Page
const PRICE = { model: 'house-model', input: '1', from: '2026-01-01' }

let folder: string
let cache: string

beforeEach(() => {
  const line = (id: number) =>
    `{"timestamp":"2026-03-01T0${id}:00:00Z","client":"diageo","model":"gpt-4o","id":"${id}"}\n`
  folder = makeFolder({ [LOG]: line(1) + line(2) })
  cache = makeFolder()
})

async function placeOf(more: Asked = {}, options: object = { width: 80 }, program = 'a', stamp?: string) {
  // So long after the log was written that a later change would show in its times.
  const engine = {
    cache: { root: cache, folder: cache, logs: [folder] },
    toolVersion: '1',
    machineNow: () => Date.now() + 10_000,
  }
  const request = requestOf(folder, { engine, ...more })
  return PagePlace.find(request, await openReport(request, {}), { options, program, stamp })
}

async function found(more?: Asked, options?: object, program?: string, stamp?: string): Promise<Page | undefined> {
  const page = (await placeOf(more, options, program, stamp))?.read()
  return page && { ...page, text: [Array.from(page.text, piece => Buffer.from(piece).toString()).join('')] }
}

describe('a page that is kept', () => {
  beforeEach(async () => {
    const bytes = [...(await placeOf())!.keep(PAGE)]
    expect(Buffer.concat(bytes).toString()).toEqual(PAGE.text.join(''))
  })

  test('is found for the same question, as it was', async () => {
    expect(await found()).toEqual(PAGE)
  })

  test('is found by another run at another time', async () => {
    expect(await found({ now: (NOW + 1) as typeof NOW })).toEqual(PAGE)
  })

  test.each<[string, Asked]>([
    ['a scope', { scope: [{ column: 'client', values: ['diageo'] }] }],
    ['a range', { range: parseRange({ period: '2026-03' }, UTC, NOW) }],
    ['a filter', { conditions: [{ column: 'client', test: parsePatterns(['diageo']) }] }],
    ['the number of rows', { top: 1 }],
    ['the order', { sort: 'analyses' }],
    ['sections', { sections: ['clients'] }],
    ['costs', { cost: null }],
    ['one table', { groupBy: [{ name: 'client', column: 'client' }] }],
    ['groups of activity', { by: ['user'] }],
    ['the pause between sessions', { idleMs: 60_000 }],
    ['versions as one', { joinsVersions: true }],
    ['a zone of times without an offset', { logTimezone: 'Asia/Tokyo' }],
    ['filters as they are shown', { asGiven: { client: ['diageo', 'mars'] } }],
    ['how ids count', { dedupe: 'off' }],
    ['a range to compare with', { compareWith: parseRange({ period: '2026-02' }, UTC, NOW) }],
  ])('is not found for another question: %s', async (_, more) => {
    expect(await found(more)).toBeUndefined()
  })

  test('is not found for another width or another program', async () => {
    expect(await found({}, { width: 100 })).toBeUndefined()
    expect(await found({}, { width: 80 }, 'b')).toBeUndefined()
  })

  test('is not found once a log has grown, was rewritten at its size, or has another beside it', async () => {
    const before = readFileSync(join(folder, LOG), 'utf8')
    appendFileSync(join(folder, LOG), '\n')
    expect(await found()).toBeUndefined()
    writeFileSync(join(folder, LOG), before.replace('"1"', '"7"'))
    utimesSync(join(folder, LOG), new Date(0), new Date(0))
    expect(await found()).toBeUndefined()
    Array.from((await placeOf())!.keep(PAGE))
    writeFileSync(join(folder, '2026-03-02.jsonl'), '')
    expect(await found()).toBeUndefined()
  })

  test('is found, for a range, whatever happens to logs of other days', async () => {
    const range = parseRange({ period: '2026-03-01' }, UTC, NOW)
    Array.from((await placeOf({ range }))!.keep(PAGE))
    writeFileSync(join(folder, '2026-03-09.jsonl'), '{}\n')
    expect(await found({ range })).toEqual(PAGE)
    expect(await found()).toBeUndefined()
  })

  test('is not found once there are other prices', async () => {
    writeFileSync(join(folder, 'prices.json'), JSON.stringify({ prices: [PRICE] }))
    expect(await found()).toBeUndefined()
  })

  test('is not found once its file is damaged', async () => {
    const file = join(cache, readdirSync(cache).find(name => name.endsWith('.page'))!)
    const bytes = readFileSync(file)
    bytes[bytes.length - 20]! ^= 1
    writeFileSync(file, bytes)
    expect(await found()).toBeUndefined()
  })
})

test('a page that says when it was made says it anew, where it stands first and nowhere else', async () => {
  const text = ['{"sch\u00e9ma":1,"at":"10:00","title":"10:00 ', 'in the morning"}\n']
  Array.from((await placeOf({}, {}, 'a', '10:00'))!.keep({ ...PAGE, text }))
  const later = text.join('').replace('10:00', '2026-03-09T11:59:59.5Z')
  expect(await found({}, {}, 'a', '2026-03-09T11:59:59.5Z')).toEqual({ ...PAGE, text: [later] })
})

test('a page that does not say when it was made, though it should, is not kept', async () => {
  Array.from((await placeOf({}, {}, 'a', '10:00'))!.keep(PAGE))
  expect(await found({}, {}, 'a', '10:00')).toBeUndefined()
})

test('a page of a log whose sums are stored is kept again once the log has grown by a line, for as long as it stays so', async () => {
  const engine = {
    cache: { root: cache, folder: cache, logs: [folder] },
    toolVersion: '1',
    machineNow: () => Date.now() + 10_000,
    tuning: { leastCacheBytes: 0 },
  }
  const grow = (id: string) =>
    appendFileSync(join(folder, LOG), `{"timestamp":"2026-03-01T09:00:00Z","client":"mars","id":"${id}"}\n`)
  await placeOf({ engine })
  for (const id of ['3', '4']) {
    grow(id)
    expect(await found({ engine })).toBeUndefined()
    Array.from((await placeOf({ engine }))!.keep(PAGE))
    expect(await found({ engine })).toEqual(PAGE)
  }
  utimesSync(join(folder, LOG), new Date(0), new Date(0))
  expect(await found({ engine })).toBeUndefined()
})

describe('a page is not kept', () => {
  test('where the log may still be written to in the same instant', async () => {
    const engine = {
      cache: { root: cache, folder: cache, logs: [folder] },
      toolVersion: '1',
      machineNow: () => Date.now(),
    }
    expect(await placeOf({ engine })).toBeUndefined()
  })

  test('where the clock decides the rate of a currency', async () => {
    expect(await placeOf({ currency: 'EUR', currencies: {} })).toBeUndefined()
  })

  test('where a log cannot be read', async () => {
    const failures = [{ file: LOG, message: 'is no log', hint: 'Look at it.' }]
    Array.from((await placeOf())!.keep({ ...PAGE, ledger: { ...PAGE.ledger, failures } }))
    expect(await found()).toBeUndefined()
  })

  test('where a log changed while it was made', async () => {
    const place = (await placeOf())!
    const before = readFileSync(join(folder, LOG), 'utf8')
    appendFileSync(join(folder, LOG), '\n')
    Array.from(place.keep(PAGE))
    expect(place.read()).toBeUndefined()
    writeFileSync(join(folder, LOG), before)
    Array.from(place.keep(PAGE))
    expect(place.read()).toBeUndefined()
  })

  test('where nothing is used', async () => {
    Array.from((await placeOf())!.keep({ ...PAGE, ledger: { ...PAGE.ledger, used: 0 } }))
    expect(await found()).toBeUndefined()
  })
})
