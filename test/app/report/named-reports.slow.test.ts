// Files that are named by client and period: each has what its client used, whatever the client is called.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askIn } from '../../support/ask.ts'
import { makeFolder } from '../../support/logs.ts'

const CLIENTS = ['diageo', 'Diageo', 'a*', '!b', '../evil', '"q", r', 'no-client', null]
const LOG = CLIENTS.map((client, at) =>
  JSON.stringify({ timestamp: '2026-01-10T09:00:00Z', client, model: 'gpt-4o', input_tokens: 100 + at }),
).join('\n')

test('every client has a file of its own with its own usage, and none is left out', async () => {
  const folder = makeFolder({ 'a.jsonl': LOG })

  const words = ['--period', '2026-01', '--group-by', 'client', '--columns', 'client,input_tokens']
  const { code, stderr } = await askIn(folder, [...words, '-o', 'out/{client}-{period}.csv'])

  const files = readdirSync(join(folder, 'out'))
  const tokens = files.map(name =>
    readFileSync(join(folder, 'out', name), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .join(),
  )
  expect([code, stderr]).toEqual(['0', ''])
  expect(files.every(name => name.endsWith('-2026-01.csv'))).toBe(true)
  expect(files).toContain('diageo-2026-01.csv')
  expect(new Set(files.map(name => name.toLowerCase())).size).toBe(CLIENTS.length)
  expect(tokens.map(text => Number(text.split(',').at(-1))).sort()).toEqual(CLIENTS.map((_, at) => 100 + at))
  expect(existsSync(join(folder, 'evil-2026-01.csv'))).toBe(false)
})

test.each([
  [['--period', '2026-01'], '2026-01'],
  [['--period', 'last-month'], '2026-01'],
  [['--period', '2026-01-10'], '2026-01-10'],
  [['--start-date', '2026-01-05', '--end-date', '2026-01-20'], '2026-01-05_2026-01-20'],
  [[], '2026-01-10'],
])('the period of %j is %s', async (range, name) => {
  const folder = makeFolder({ 'a.jsonl': LOG })

  await askIn(folder, [...range, '-o', 'usage-{period}.json', '-q'])

  expect(readdirSync(folder)).toContain(`usage-${name}.json`)
})

test('where nothing matches, no file is written', async () => {
  const folder = makeFolder({ 'a.jsonl': LOG })

  const { stderr, code } = await askIn(folder, ['--period', '2025-01', '-o', '{client}.csv', '--fail-on-empty'])

  expect(stderr).toContain('No file was written: nothing matched.')
  expect(code).toBe('3')
  expect(readdirSync(folder).filter(name => name.endsWith('.csv'))).toEqual([])
})

test.each([
  [['export', 'focus'], '.csv', 'EffectiveCost'],
  [['export', 'events'], '.csv', 'timestamp'],
])('%j makes a file for each client too', async (words, ending, column) => {
  const folder = makeFolder({ 'a.jsonl': LOG })

  const { code, stderr } = await askIn(folder, [
    ...words,
    '--period',
    '2026-01',
    '-o',
    `out/{client}-{period}${ending}`,
  ])

  const files = readdirSync(join(folder, 'out'))
  const texts = files.map(name => readFileSync(join(folder, 'out', name), 'utf8'))
  expect([code, stderr]).toEqual(['0', ''])
  expect(files).toHaveLength(CLIENTS.length)
  expect(files).toContain(`diageo-2026-01${ending}`)
  expect(texts.every(text => text.includes(column))).toBe(true)
  expect(texts.filter(text => text.includes('../evil'))).toHaveLength(1)
})
