// Events for a warehouse: what is read back from either form is what "events" lists, in groups by file.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { csvRecords } from '../../../src/export/focus/csv-records.ts'
import { askIn } from '../../support/ask.ts'
import { makeFolder } from '../../support/logs.ts'

const event = (day: string, fields: object) =>
  `${JSON.stringify({ timestamp: `2026-01-${day}T09:00:00.125Z`, ...fields })}\n`
const FILES = {
  '2026-01-10.jsonl': [
    event('10', { id: 'a1', client: 'diageo', model: 'gpt-4o', input_tokens: 1000, output_tokens: 7, region: 'eu' }),
    event('10', {
      id: 'a2',
      client: '=cmd()',
      user: 'ünï,"x"',
      cost_usd: '0.12345678901234567890',
      checks: ['logo', 'claim'],
    }),
    event('10', { id: 'a1', client: 'again' }),
    'not json\n',
  ].join(''),
  '2026-01-11.jsonl': event('11', {
    event: 'request',
    client: 'diageo',
    duration_ms: 12.5,
    status: 'error',
    error: 'boom',
  }),
}

const WORDS = ['export', 'events', '--period', '2026-01', '-q']

test('a Parquet file holds every event with its fields and its cost, a row group a file', async () => {
  const folder = makeFolder(FILES)

  const { code, stderr } = await askIn(folder, [...WORDS, '-o', 'events.parquet'])

  const file = await asyncBufferFromFile(join(folder, 'events.parquet'))
  const rows = await parquetReadObjects({ file })
  const { row_groups: groups } = await parquetMetadataAsync(file)
  expect([code, stderr]).toEqual(['0', ''])
  expect(groups.map(group => Number(group.num_rows))).toEqual([2, 1])
  expect(rows.map(({ timestamp, client, event: kind, status }) => [timestamp, client, kind, status])).toEqual([
    [new Date('2026-01-10T09:00:00.125Z'), 'diageo', 'analysis', 'ok'],
    [new Date('2026-01-10T09:00:00.125Z'), '=cmd()', 'analysis', 'ok'],
    [new Date('2026-01-11T09:00:00.125Z'), 'diageo', 'request', 'error'],
  ])
  expect(rows[0]).toMatchObject({
    id: 'a1',
    input_tokens: 1000n,
    extra: '{"region":"eu"}',
    estimated_cost_usd: 0.00257,
  })
  expect(rows[1]).toMatchObject({ user: 'ünï,"x"', cost_usd: 0.12345678901234568, estimated_cost_usd: null })
  expect(rows[2]).toMatchObject({ duration_ms: 12.5, error: 'boom', input_tokens: null })
})

test('a CSV file has the same events with all digits', async () => {
  const folder = makeFolder(FILES)

  await askIn(folder, [...WORDS, '-o', 'events.csv'])

  const chunks = (async function* () {
    yield readFileSync(join(folder, 'events.csv'), 'utf8')
  })()
  const records: (string | null)[][] = []
  for await (const { cells } of csvRecords(chunks)) records.push(cells)
  const rows = records.slice(1).map(cells => Object.fromEntries(cells.map((cell, at) => [records[0]![at]!, cell])))
  expect(rows).toHaveLength(3)
  expect(rows[0]).toMatchObject({ timestamp: '2026-01-10T09:00:00.125+00:00', input_tokens: '1000', user: null })
  expect(rows[1]).toMatchObject({ client: '=cmd()', user: 'ünï,"x"', cost_usd: '0.12345678901234567890' })
})

test('nothing is written where a check says no, or the ending is another', async () => {
  const folder = makeFolder(FILES)

  const strict = await askIn(folder, [...WORDS, '--strict', '-o', 'events.csv'])
  const other = await askIn(folder, [...WORDS, '--format', 'parquet', '-o', 'events.csv'])

  expect(strict.code).toBe('3')
  expect(existsSync(join(folder, 'events.csv'))).toBe(false)
  expect(other.code).toBe('2')
  expect(other.stderr).toContain('Use a name that ends in .parquet.')
})
