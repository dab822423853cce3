import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cachedAnswer, isIn, logLine, makeLogs, plainAnswer, QUERIES, USAGE_QUERY } from './cache-corpus.ts'

const LATER = { now: () => Date.now() + 60_000 }

async function warmLogs(): Promise<string> {
  const folder = makeLogs()
  await cachedAnswer(folder, USAGE_QUERY, LATER)
  return folder
}

test('a warm run opens no log', async () => {
  const folder = await warmLogs()
  expect((await cachedAnswer(folder, USAGE_QUERY)).read).toEqual([])
})

test('a filter by client on warm logs opens no log', async () => {
  const folder = await warmLogs()
  const query = { ...USAGE_QUERY, conditions: [isIn('diageo')] }
  expect((await cachedAnswer(folder, query)).read).toEqual([])
})

test('a range of whole days on warm logs opens no log', async () => {
  const folder = makeLogs()
  const query = { ...USAGE_QUERY, logTimezone: 'UTC' }
  await cachedAnswer(folder, query)
  const range = { from: Date.parse('2026-01-30T00:00:00Z'), to: Date.parse('2026-01-31T00:00:00Z') }
  expect((await cachedAnswer(folder, { ...query, range })).read).toEqual([])
})

test('a range that cuts files opens these, and only once', async () => {
  const folder = await warmLogs()
  const query = QUERIES['from noon to noon']!
  expect((await cachedAnswer(folder, query)).read).toEqual(['2026-02-01.jsonl', '2026-02-03.jsonl'])
  expect((await cachedAnswer(folder, query)).read).toEqual([])
})

test('a price that changes makes the files within a day of it be read again, and no others', async () => {
  const folder = await warmLogs()
  const cuts = { inputBounds: [], dailyCuts: [], dailyModels: [], instants: [Date.parse('2026-01-30T12:00:00Z')] }
  const query = { ...USAGE_QUERY, cuts }
  const { answer, read } = await cachedAnswer(folder, query)
  expect(read).toEqual(['2026-01-30.jsonl', '2026-01-31.jsonl.gz'])
  expect(answer).toEqual(await plainAnswer(folder, query))
})

test('of a grown file only what was appended is read', async () => {
  const folder = await warmLogs()
  appendFileSync(join(folder, '2026-02-03.jsonl'), `${logLine('2026-02-03', 111)}\n`)
  const { answer, read } = await cachedAnswer(folder, USAGE_QUERY)
  expect(read).toEqual(['end of 2026-02-03.jsonl'])
  expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
})

test('an id of the old part is a duplicate in what was appended', async () => {
  const folder = await warmLogs()
  appendFileSync(join(folder, '2026-02-03.jsonl'), `${logLine('2026-02-03', 1)}\n`)
  expect((await cachedAnswer(folder, USAGE_QUERY)).answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
})

test('a line that is still being written counts as cut off, and as whole when it is', async () => {
  const folder = await warmLogs()
  const line = logLine('2026-02-03', 112)
  appendFileSync(join(folder, '2026-02-03.jsonl'), line.slice(0, 40))
  expect((await cachedAnswer(folder, USAGE_QUERY)).answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
  appendFileSync(join(folder, '2026-02-03.jsonl'), `${line.slice(40)}\n`)
  expect((await cachedAnswer(folder, USAGE_QUERY)).answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
})

test('a file that was rewritten in place with the same size and time is read again', async () => {
  const folder = makeLogs()
  const file = join(folder, '2026-02-02.jsonl')
  utimesSync(file, 1_770_000_000, 1_770_000_000)
  await cachedAnswer(folder, USAGE_QUERY)
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('anna@', 'emma@'))
  utimesSync(file, 1_770_000_000, 1_770_000_000)
  const { answer, read } = await cachedAnswer(folder, USAGE_QUERY)
  expect(read).toEqual(['2026-02-02.jsonl'])
  expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
})

test('a file that was replaced by another is read again', async () => {
  const folder = await warmLogs()
  const file = join(folder, '2026-02-02.jsonl')
  writeFileSync(`${file}.new`, readFileSync(file, 'utf8').replaceAll('anna@', 'emma@'))
  renameSync(`${file}.new`, file)
  expect((await cachedAnswer(folder, USAGE_QUERY)).read).toEqual(['2026-02-02.jsonl'])
})

test('a file whose old part changed while it grew is read whole', async () => {
  const folder = await warmLogs()
  const file = join(folder, '2026-02-03.jsonl')
  writeFileSync(file, `${logLine('2026-02-03', 77)}\n${readFileSync(file, 'utf8')}`)
  const { answer, read } = await cachedAnswer(folder, USAGE_QUERY)
  expect(read).toEqual(['2026-02-03.jsonl'])
  expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
})

test('a file that was edited in its middle before it grew is read whole', async () => {
  const folder = await warmLogs()
  const file = join(folder, '2026-02-03.jsonl')
  const text = readFileSync(file, 'utf8')
  const middle = text.indexOf('anna@', text.length / 2)
  writeFileSync(file, `${text.slice(0, middle)}emma@${text.slice(middle + 5)}${logLine('2026-02-03', 111)}\n`)
  const { answer, read } = await cachedAnswer(folder, USAGE_QUERY)
  expect(read).toEqual(['2026-02-03.jsonl'])
  expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
})

test('a file of today whose times changed and nothing else is not read again', async () => {
  const folder = await warmLogs()
  const file = join(folder, '2026-02-03.jsonl')
  utimesSync(file, 1_770_000_000, 1_770_000_000)
  expect((await cachedAnswer(folder, USAGE_QUERY, LATER)).read).toEqual([])
  expect((await cachedAnswer(folder, USAGE_QUERY, LATER)).read).toEqual([])
})

test('a file that had just changed when it was read is compared whole, until it has lain still', async () => {
  const folder = makeLogs()
  await cachedAnswer(folder, USAGE_QUERY)
  expect((await cachedAnswer(folder, USAGE_QUERY)).read).toEqual([])
  expect((await cachedAnswer(folder, USAGE_QUERY, LATER)).read).toEqual([])
})

test('a file that shrank is read whole', async () => {
  const folder = await warmLogs()
  writeFileSync(join(folder, '2026-02-03.jsonl'), `${logLine('2026-02-03', 77)}\n`)
  expect((await cachedAnswer(folder, USAGE_QUERY)).read).toEqual(['2026-02-03.jsonl'])
})

test('a file that is gone is not in the answer', async () => {
  const folder = await warmLogs()
  rmSync(join(folder, '2026-02-02.jsonl'))
  const { answer, read } = await cachedAnswer(folder, USAGE_QUERY)
  expect(read).toEqual([])
  expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
})

test('a copy of the logs does not take the answers of the original', async () => {
  const folder = await warmLogs()
  cpSync(folder, `${folder}-copy`, { recursive: true, preserveTimestamps: true })
  expect((await cachedAnswer(`${folder}-copy`, USAGE_QUERY)).read).toHaveLength(7)
})

test('another version of the tool reads the logs again', async () => {
  const folder = await warmLogs()
  expect((await cachedAnswer(folder, USAGE_QUERY, { toolVersion: '2' })).read).toHaveLength(7)
})

test('few logs are read rather than looked up', async () => {
  const folder = await warmLogs()
  expect((await cachedAnswer(folder, USAGE_QUERY, { leastBytes: 1e6 })).read).toHaveLength(7)
})

test('logs of two folders with the same names keep their problems in order', async () => {
  const folders = [makeLogs(), makeLogs()] as const
  const { answer } = await cachedAnswer(folders, USAGE_QUERY)
  expect(answer).toEqual(await plainAnswer(folders, USAGE_QUERY))
})
