// Lines that repeat an id with other tokens or another cost are told of, and nothing is said of those that say the same.
import { expect, test } from 'vitest'
import { checkLogs } from '../../../src/app/log/check-logs.ts'
import { findDifferingDuplicates } from '../../../src/app/report/find-differing-duplicates.ts'
import { findLogs } from '../../../src/log/find-logs.ts'
import { REPORTS } from '../../../src/report/catalogue.ts'
import { fingerprint } from '../../../src/scan/fingerprint.ts'
import { documentOf, makeFolder, reportOf, requestOf } from '../../support/logs.ts'

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
    fields: [
      { field: 'output_tokens', file: 'app.jsonl', line: 3, value: '40', ...first('app.jsonl', 2, '1'), lines: 2 },
    ],
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
    fields: [{ field: 'output_tokens', file: 'b.jsonl', line: 1, value: '2', ...first('a.jsonl', 1, '1'), lines: 1 }],
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

test('a check of the logs says it', async () => {
  const files = { 'app.jsonl': lineOf({ output_tokens: 1 }) + lineOf({ output_tokens: 2 }) }
  expect((await checkLogs(requestOf(makeFolder(files)))).ledger.differing?.lines).toBe(1)
})

test('nothing is said where tokens and cost are the same, however they are written', async () => {
  const usage = { input_tokens: 10, output_tokens: 3, cost_usd: 0.5 }
  const other = lineOf({ ...usage, client: 'other' }).replace(':0.5', `:0.5${'0'.repeat(30)}`)
  expect(await differingOf({ 'app.jsonl': lineOf(usage) + other })).toBeUndefined()
  expect(await differingOf({ 'app.jsonl': lineOf({ input_tokens: 'x' }) + lineOf(usage) })).toBeUndefined()
})

function searchOf(folder: string, dedupe: 'file' | 'all') {
  const request = requestOf(folder)
  const { files } = findLogs(request.places, request.cwd)
  const engine = { run: () => Promise.reject(new Error('read again')) }
  return { ...request, files, query: { timezone: 'UTC', logTimezone: 'UTC', dedupe }, engine, duplicates: 1 }
}

test('lines that repeat an id that the log was pruned of have nothing to differ from', async () => {
  const search = searchOf(
    makeFolder({ 'a.jsonl': lineOf({ output_tokens: 1 }) + lineOf({ output_tokens: 2 }) }),
    'file',
  )
  const words = new Uint32Array(4)
  fingerprint(Buffer.from(EVENT.id), 0, EVENT.id.length, words, 0)
  const counted = new Map([[search.files[0]!.path, { words, key: '' }]])
  expect(await findDifferingDuplicates({ ...search, counted })).toBeUndefined()
  expect(await findDifferingDuplicates(search)).toMatchObject({ lines: 1 })
})

test('so many lines are read and no more', async () => {
  const others = Array.from({ length: 30_000 }, (_, id) => lineOf({ id: `other-${id}` })).join('')
  const long = searchOf(makeFolder({ 'a.jsonl': lineOf({ output_tokens: 1 }) + others + lineOf({}) }), 'file')
  expect(await findDifferingDuplicates({ ...long, mostLines: 1 })).toBeUndefined()
  expect(await findDifferingDuplicates(long)).toBeUndefined()
  expect(await findDifferingDuplicates({ ...long, mostLines: 40_000 })).toMatchObject({ lines: 1 })
  const two = { 'a.jsonl': lineOf({ output_tokens: 1 }), 'b.jsonl': lineOf({ output_tokens: 2 }) }
  expect(await findDifferingDuplicates({ ...searchOf(makeFolder(two), 'all'), mostLines: 1 })).toBeUndefined()
})

test('nothing is read where nothing is repeated', async () => {
  const search = searchOf(makeFolder({ 'a.jsonl': lineOf({}), 'b.jsonl': lineOf({}) }), 'file')
  expect(await findDifferingDuplicates({ ...search, duplicates: 0 })).toBeUndefined()
  await expect(findDifferingDuplicates(search)).rejects.toThrow('read again')
})
