// `--group-by` by any field, asked as a person would ask.
import { describe, expect, test } from 'vitest'
import { askIn } from '../support/ask.ts'
import { makeFolder } from '../support/logs.ts'

const folderOf = (...lines: string[]) => makeFolder({ 'app.jsonl': `${lines.join('\n')}\n` })

async function tableOf(folder: string, words: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await askIn(folder, [...words, '--format', 'csv', '--no-cost', '-q'])
  return stderr === '' ? stdout.trim().split('\n') : [stderr]
}

async function rowsOf(folder: string, words: readonly string[]): Promise<unknown[]> {
  const { stdout } = await askIn(folder, [...words, '--format', 'json', '--no-cost', '-q'])
  return (JSON.parse(stdout) as { rows: unknown[] }).rows
}

describe('a field of numbers', () => {
  const folder = () =>
    folderOf(
      '{"timestamp":"2026-02-02T10:00:00Z","checks":10,"prompt_tokens":4,"processing_time":1.5}',
      '{"timestamp":"2026-02-02T10:00:00Z","num_checks":[1,2],"input_tokens":3,"cache_read_input_tokens":1,"duration_ms":1500}',
      '{"timestamp":"2026-02-02T10:00:00Z","latency_ms":250}',
    )

  test('is grouped by its value, and stands beside the measure of that name', async () => {
    const columns = ['--sort', 'group_checks', '--columns', 'group_checks,checks,analyses']
    expect(await tableOf(folder(), ['--group-by', 'checks', ...columns])).toEqual([
      'group_checks,checks,analyses',
      '2,2,1',
      '10,10,1',
      ',0,1',
    ])
    const rows = await rowsOf(folder(), ['--group-by', 'checks'])
    expect(rows).toContainEqual(expect.objectContaining({ groupChecks: '10', checks: 10 }))
  })

  test.each([
    ['prompt_tokens', ['4,2', ',1']],
    ['latency_ms', ['1500,2', '250,1']],
    ['duration_seconds', ['1.5,2', '0.25,1']],
    ['num_checks', ['10,1', '2,1', ',1']],
  ])('is found under each of its names: %s', async (name, rows) => {
    const table = await tableOf(folder(), ['--group-by', name, '--columns', `${name},analyses`])
    expect([table[0], ...table.slice(1).sort()]).toEqual([`${name},analyses`, ...rows.sort()])
  })
})

test('two fields of almost one name are two fields', async () => {
  const folder = folderOf('{"timestamp":"2026-02-02T10:00:00Z","foo_bar":"a","fooBar":"b"}')
  const words = ['--group-by', 'foo_bar,fooBar,foo_bar']
  expect(await tableOf(folder, [...words, '--columns', 'foo_bar,fooBar'])).toEqual(['foo_bar,fooBar', 'a,b'])
  expect(await rowsOf(folder, words)).toEqual([expect.objectContaining({ foo_bar: 'a', fooBar: 'b' })])
})

test('a field may be called as anything inside is', async () => {
  const folder = folderOf('{"timestamp":"2026-02-02T10:00:00Z","rate":"a","run:5":"b","$spans":"c"}')
  const names = 'rate,$spans,run:5'
  expect(await tableOf(folder, ['--group-by', names, '--columns', names])).toEqual([names, 'a,c,b'])
})

describe('time', () => {
  const at = (day: string, client: string, cost: number) =>
    JSON.stringify({ timestamp: `${day}T10:00:00Z`, client, cost_usd: cost })
  const folder = () =>
    folderOf(
      at('2026-01-05', 'diageo', 1),
      at('2026-01-08', 'unilever', 9),
      at('2026-01-19', 'unilever', 1),
      at('2026-01-12', 'diageo', 5),
      at('2026-01-06', 'unilever', 1),
    )

  test.each([
    ['day', ['--period', '2026-01'], 19, '2026-01-01,0', '2026-01-19,1'],
    ['day', [], 15, '2026-01-05,1', '2026-01-19,1'],
    ['week', [], 3, '2026-W02,3', '2026-W04,1'],
    ['month', ['--since', '2025-11-03'], 3, '2025-11,0', '2026-01,5'],
    [
      'hour',
      ['--since', '2026-01-19', '--until', '2026-01-19'],
      11,
      '2026-01-19T00:00:00+00:00,0',
      '2026-01-19T10:00:00+00:00,1',
    ],
  ])('by %s alone has a row for each, empty ones too (%j)', async (unit, range, count, first, last) => {
    const [, ...rows] = await tableOf(folder(), ['--group-by', unit, '--columns', `${unit},analyses`, ...range])
    expect([rows.length, rows[0], rows.at(-1)]).toEqual([count, first, last])
  })

  test('one event of the year 9026 makes no millions of rows', async () => {
    const far = folderOf(at('2026-01-05', 'diageo', 1), at('9026-01-05', 'diageo', 1))
    expect(await tableOf(far, ['--group-by', 'hour', '--columns', 'analyses'])).toEqual(['analyses', '1', '1'])
  })

  test('the rows of a client are in order of time, those of the dearest client first', async () => {
    const words = ['--group-by', 'client,day', '--columns', 'client,day,cost_usd', '--format', 'csv', '-q']
    const { stdout } = await askIn(folder(), words)
    expect(stdout.trim().split('\n').slice(1)).toEqual([
      'unilever,2026-01-06,1',
      'unilever,2026-01-08,9',
      'unilever,2026-01-19,1',
      'diageo,2026-01-05,1',
      'diageo,2026-01-12,5',
    ])
    const top = await askIn(folder(), [...words, '--top', '3'])
    expect(top.stdout.trim().split('\n').slice(1)).toEqual([
      'unilever,2026-01-08,9',
      'diageo,2026-01-05,1',
      'diageo,2026-01-12,5',
    ])
  })

  test('a day stands beside the day that is as far into the range before', async () => {
    const range = ['--period', '2026-W03', '--compare', '2026-W02']
    const words = ['--group-by', 'day', '--columns', 'day,analyses,previous_analyses', ...range]
    expect(await tableOf(folder(), words)).toEqual([
      'day,analyses,previous_analyses',
      '2026-01-12,1,1',
      '2026-01-13,0,1',
      '2026-01-15,0,1',
    ])
  })
})
