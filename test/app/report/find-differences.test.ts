// Lines that repeat an id with other tokens or another cost are told of, and nothing is said of those that say the same.
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { runDoctor } from '../../../src/app/doctor/run-doctor.ts'
import { listEvents } from '../../../src/app/event/list-events.ts'
import { checkLogs } from '../../../src/app/log/check-logs.ts'
import { findDifferences } from '../../../src/app/report/find-differences.ts'
import { UTC } from '../../../src/base/zone.ts'
import { LocalEngine } from '../../../src/engine/local/local-engine.ts'
import { NATIVE_FORMAT } from '../../../src/event/source-format.ts'
import { findLogs } from '../../../src/log/find-logs.ts'
import { REPORTS } from '../../../src/report/catalogue.ts'
import { fingerprint } from '../../../src/scan/fingerprint.ts'
import { USAGE_QUERY } from '../../engine/cache-corpus.ts'
import { documentOf, makeFolder, NOW, reportOf, requestOf } from '../../support/logs.ts'

const EVENT = { id: 'a', timestamp: '2026-02-02T09:00:00Z', client: 'diageo', user: 'anna', model: 'gpt-4o' }

const lineOf = (more: object) => `${JSON.stringify({ ...EVENT, ...more })}\n`

type Options = Parameters<typeof reportOf>[1]

async function differingOf(files: Parameters<typeof makeFolder>[0], options: Options = {}) {
  return documentOf(await reportOf(makeFolder(files), options)).ledger.differing
}

const first = (file: string, line: number, firstValue: string) => ({ firstFile: file, firstLine: line, firstValue })

test('a streamed call whose tokens grow', async () => {
  const files = { 'app.jsonl': `\n${[1, 40, 900].map(tokens => lineOf({ output_tokens: tokens })).join('')}` }
  expect(await differingOf(files)).toEqual({
    lines: 2,
    file: 'app.jsonl',
    line: 3,
    fields: [{ field: 'output_tokens', file: 'app.jsonl', line: 3, value: '40', ...first('app.jsonl', 2, '1') }],
  })
  const { notes } = await reportOf(makeFolder(files))
  expect(notes).toContainEqual({
    kind: 'warning',
    text: '2 lines that repeat an id differ from the line that counts: output_tokens is 40 in app.jsonl:3, and 1 in app.jsonl:2, which counts.',
    hint: 'If they are different calls, give each an id of its own or use --dedupe off. If they are updates of one call, log only the last.',
  })
})

test('a cost of thirty digits that differs in the last', async () => {
  const costs = ['0.123456789012345678901234567891', '0.123456789012345678901234567892']
  const lines = costs.map(cost => lineOf({ cost_usd: 7 }).replace('"cost_usd":7', `"cost_usd":${cost}`))
  expect(await differingOf({ 'app.jsonl': lines.join('') })).toMatchObject({
    lines: 1,
    fields: [{ field: 'cost_usd', value: costs[1], firstValue: costs[0] }],
  })
})

test('a cost that only one of the two lines has, and the other fields that differ', async () => {
  const files = { 'app.jsonl': lineOf({ input_tokens: 5 }) + lineOf({ input_tokens: 6, cost_usd: 0.5 }) }
  expect((await differingOf(files)).fields).toMatchObject([
    { field: 'input_tokens', value: '6', firstValue: '5' },
    { field: 'cost_usd', value: '0.5', firstValue: 'none' },
  ])
  expect((await reportOf(makeFolder(files))).notes.map(({ text }) => text)).toContain(
    '1 line that repeats an id differs from the line that counts: input_tokens is 6 in app.jsonl:2, and 5 in app.jsonl:1, which counts. cost_usd differs too.',
  )
})

test('files that repeat each other: with --dedupe all alone', async () => {
  const files = { 'a.jsonl': lineOf({ output_tokens: 1 }), 'b.jsonl': lineOf({ output_tokens: 2 }) }
  expect(await differingOf(files)).toBeUndefined()
  expect(await differingOf(files, { dedupe: 'off' })).toBeUndefined()
  expect(await differingOf(files, { dedupe: 'all' })).toEqual({
    lines: 1,
    file: 'b.jsonl',
    line: 1,
    fields: [{ field: 'output_tokens', file: 'b.jsonl', line: 1, value: '2', ...first('a.jsonl', 1, '1') }],
  })
})

test('the one file of many that has duplicates', async () => {
  const files = {
    'a.jsonl': lineOf({ output_tokens: 7 }),
    'b.jsonl': lineOf({ output_tokens: 1 }) + lineOf({ output_tokens: 2 }),
    'c.jsonl': lineOf({ output_tokens: 8 }),
  }
  expect(await differingOf(files)).toMatchObject({ lines: 1, fields: [{ file: 'b.jsonl', line: 2, firstValue: '1' }] })
})

test('every report says it, with costs or without', async () => {
  const files = { 'app.jsonl': lineOf({ output_tokens: 1 }) + lineOf({ output_tokens: 2 }) }
  for (const { name, load } of REPORTS) {
    const report = await load()
    expect([name, (await differingOf(files, { report }))?.lines]).toEqual([name, 1])
  }
})

test('a check of the logs, a page of events and the doctor say it', async () => {
  const folder = makeFolder({ 'app.jsonl': lineOf({ output_tokens: 1 }) + lineOf({ output_tokens: 2 }) })
  const request = requestOf(folder)
  const said = { differing: 1, differences: [{ field: 'output_tokens', value: '2', firstValue: '1' }] }
  expect((await checkLogs({ logs: request.logs, zone: UTC }, {})).ledger).toMatchObject(said)
  expect((await listEvents({ ...request, page: { limit: 9, offset: 0, order: 'newest' } }, {})).ledger).toMatchObject(
    said,
  )
  const home = { root: folder, hostName: 'here', processId: 1, now: () => NOW, note: () => undefined }
  const asked = { ...request, home, configFile: undefined, configProblem: undefined, cacheFolder: undefined }
  expect(await runDoctor(asked)).toContainEqual(
    expect.objectContaining({ name: 'repeated ids', message: expect.stringContaining('output_tokens is 2 in') }),
  )
})

test('nothing is said where tokens and cost are the same, however they are written', async () => {
  const usage = { input_tokens: 10, output_tokens: 3, cost_usd: 0.5 }
  const other = lineOf({ ...usage, client: 'other' }).replace(':0.5', `:0.5${'0'.repeat(30)}`)
  expect(await differingOf({ 'app.jsonl': lineOf(usage) + other })).toBeUndefined()
  expect(await differingOf({ 'app.jsonl': lineOf({ input_tokens: 'x' }) + lineOf(usage) })).toBeUndefined()
})

test('every line counts, however many there are and wherever they stand', async () => {
  const some = (from: number) =>
    Array.from({ length: 8000 }, (_, index) => lineOf({ id: `call-${from + index}`, output_tokens: index })).join('')
  const files = { 'a.jsonl': some(0) + some(0) + some(4000) }
  expect(await differingOf(files)).toMatchObject({
    lines: 4000,
    fields: [{ line: 16_001, value: '0', firstLine: 4001, firstValue: '4000' }],
  })
})

test('the first line that differs, of a line whose id is joined and written with escapes', async () => {
  const { buildFormat } = await import('../../../src/event/build-format.ts')
  const format = buildFormat('agent', { extends: 'native', id: ['message.id', 'request'] })
  const line = (id: string, tokens: number) =>
    `{"timestamp":"2026-02-02T09:00:00Z","message":{"id":"${id}"},"request":"a/b","output_tokens":${tokens}}\n`
  const files = { 'a.jsonl': line('msg_1', 1) + line('msg_2', 1) + line('msg_\\u0032', 1) + line('msg_2', 3) }
  expect(await differingOf(files, { formatOf: () => format })).toMatchObject({
    lines: 1,
    fields: [{ line: 4, value: '3', firstLine: 2, firstValue: '1' }],
  })
  const escaped = { 'a.jsonl': line('msg_\\u0032', 1) + line('msg_2', 3) }
  expect(await differingOf(escaped, { formatOf: () => format })).toEqual({
    lines: 1,
    file: 'a.jsonl',
    line: 2,
    fields: [],
  })
})

test('a packed log', async () => {
  const files = { 'a.jsonl.gz': gzipSync(lineOf({ output_tokens: 1 }) + lineOf({ output_tokens: 2 })) }
  expect(await differingOf(files)).toMatchObject({ lines: 1, fields: [{ line: 2, value: '2', firstValue: '1' }] })
})

test('a pipe is read once: how many differ, and where the first is, but not in what', async () => {
  const places = [{ path: '-', format: null }]
  const openStdin = () => Readable.from([Buffer.from(lineOf({ output_tokens: 1 }) + lineOf({ output_tokens: 2 }))])
  const { notes, document } = await reportOf(makeFolder(), { places, openStdin })
  expect((document as { ledger: { differing: unknown } }).ledger.differing).toEqual({
    lines: 1,
    file: 'standard input',
    line: 2,
    fields: [],
  })
  expect(notes.map(({ text }) => text)).toContain(
    '1 line that repeats an id differs from the line that counts, the first in standard input:2.',
  )
})

test('lines outside the range and the filters are compared as well, if their file is looked at', async () => {
  const files = { '2026-02-02.jsonl': lineOf({ output_tokens: 1 }) + lineOf({ output_tokens: 2 }) }
  const client = { kind: 'patterns', accept: ['mars'], refuse: [], match: 'wildcards' } as const
  expect(await differingOf(files, { conditions: [{ column: 'client', test: client }] })).toMatchObject({ lines: 1 })
  expect(await differingOf(files, { days: { startDate: '2026-02-03', endDate: '2026-02-03' } })).toMatchObject({
    lines: 1,
  })
  expect(await differingOf(files, { days: { startDate: '2026-03-03', endDate: '2026-03-03' } })).toBeUndefined()
})

test('lines that repeat an id that the log was pruned of have nothing to differ from', async () => {
  const folder = makeFolder({ 'a.jsonl': [1, 2, 3].map(tokens => lineOf({ output_tokens: tokens })).join('') })
  const { places, cwd, openStdin } = requestOf(folder).logs
  const { files } = findLogs(places, cwd)
  const words = new Uint32Array(4)
  fingerprint(Buffer.from(EVENT.id), 0, EVENT.id.length, words, 0)
  const counted = new Map([[files[0]!.path, { words, key: '' }]])
  const request = { query: USAGE_QUERY, files, formatOf: () => NATIVE_FORMAT, openStdin, hooks: {} }
  for (const reader of ['kernel', 'reference'] as const) {
    const engine = new LocalEngine({ reader })
    expect((await engine.run(request)).ledger).toMatchObject({ duplicate: 2, differing: 2 })
    expect((await engine.run({ ...request, counted })).ledger).toMatchObject({ duplicate: 3, differing: 0 })
  }
})

test('so many bytes are looked through for an example and no more', async () => {
  const other = lineOf({ id: 'other' }).repeat(100)
  const folder = makeFolder({ 'a.jsonl': lineOf({ output_tokens: 1 }) + other + lineOf({ output_tokens: 2 }) })
  const { places, cwd, formatOf } = requestOf(folder).logs
  const { files } = findLogs(places, cwd)
  const query = { timezone: 'UTC', logTimezone: 'UTC', dedupe: 'file' } as const
  const search = { ledger: { differingAt: [{ file: 'a.jsonl', line: 102 }] }, files, query, formatOf }
  expect(await findDifferences(search)).toMatchObject([{ field: 'output_tokens', firstLine: 1 }])
  expect(await findDifferences({ ...search, mostBytes: 1000 })).toBeUndefined()
})
