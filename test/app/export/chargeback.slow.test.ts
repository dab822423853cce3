// Statements of real logs: what is kept, what a rerun writes, and the notes of late lines and corrected prices.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askIn } from '../../support/ask.ts'
import { makeFolder } from '../../support/logs.ts'

const price = (input: string) => JSON.stringify({ prices: [{ model: 'house-model', input, output: '8' }] })
const event = (fields: object) =>
  `${JSON.stringify({ timestamp: '2026-01-10T09:00:00Z', model: 'house-model', profile: 'brand_check', ...fields })}\n`
const LOG = [
  event({ id: 'a1', client: 'diageo', input_tokens: 900_000, output_tokens: 777 }),
  event({ id: 'a2', client: 'unilever', input_tokens: 333_333 }),
  event({ id: 'a3', input_tokens: 100_001 }),
].join('')
const RULES = JSON.stringify({
  clients: { '*': { tax: '19', markup: '7.5' }, unilever: { currency: 'EUR' } },
  shared: [{ name: 'platform', client: null, split: 'requests' }],
  currencies: { EUR: [{ from: '2026-01-01', perUsd: '0.92' }] },
})

interface Shown {
  readonly number: string
  readonly client: string
  readonly corrects?: string
  readonly total: number
  readonly lines: readonly { readonly amount: number; readonly kind: string; readonly shared?: string }[]
}

function workspace(): string {
  const folder = makeFolder({ 'prices.json': price('2'), 'chargeback.json': RULES })
  mkdirSync(join(folder, 'logs'))
  writeFileSync(join(folder, 'logs/2026-01-10.jsonl'), LOG)
  return folder
}

const MONTH = ['export', 'chargeback', '--root', '.', '--logs', 'logs', '--period', '2026-01']

async function statementsOf(folder: string, ...more: string[]): Promise<Shown[]> {
  const { stdout, stderr } = await askIn(folder, [...MONTH, '--json', ...more])
  expect(stderr).not.toContain('error')
  return (JSON.parse(stdout) as { statements: Shown[] }).statements
}

function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(join(folder, 'reports/chargeback')).sort()
  return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, 'reports/chargeback', name), 'utf8')]))
}

const cents = (amount: number) => Math.round(amount * 100)
const totals = (all: readonly Shown[]) => {
  const sums = new Map<string, number>()
  for (const { client, total } of all) sums.set(client, (sums.get(client) ?? 0) + cents(total))
  return Object.fromEntries(sums)
}

test('a rerun writes the same bytes, also where prices and logs have changed', async () => {
  const folder = workspace()
  await statementsOf(folder)
  const first = filesOf(folder)
  writeFileSync(join(folder, 'prices.json'), price('3'))
  writeFileSync(join(folder, 'logs/late.jsonl'), event({ id: 'b1', client: 'diageo', input_tokens: 5_000_000 }))
  rmSync(join(folder, 'reports'), { recursive: true })

  await statementsOf(folder)

  expect(filesOf(folder)).toEqual(first)
  expect(Object.keys(first)).toEqual([
    '2026-01-diageo.csv',
    '2026-01-diageo.html',
    '2026-01-diageo.json',
    '2026-01-unilever.csv',
    '2026-01-unilever.html',
    '2026-01-unilever.json',
  ])
})

test.each([
  ['a late line', { 'logs/late.jsonl': event({ id: 'b1', client: 'diageo', input_tokens: 5_000_000 }) }],
  ['a corrected price', { 'prices.json': price('1.75') }],
  ['a client that is new', { 'logs/late.jsonl': event({ id: 'b1', client: 'loreal', input_tokens: 5_000_000 }) }],
  ['a client that is gone', { 'logs/2026-01-10.jsonl': LOG.split('\n').slice(1).join('\n') }],
])('after %s, statements and notes are what new statements are', async (_, changed) => {
  const folder = workspace()
  await statementsOf(folder)
  for (const [name, text] of Object.entries(changed)) writeFileSync(join(folder, name), text)
  const fresh = workspace()
  for (const [name, text] of Object.entries(changed)) writeFileSync(join(fresh, name), text)

  const corrected = await statementsOf(folder, '--corrections')
  const again = await statementsOf(folder, '--corrections')

  const expected = totals(await statementsOf(fresh))
  const withoutNothing = Object.fromEntries(Object.entries(totals(corrected)).filter(([, total]) => total !== 0))
  expect(withoutNothing).toEqual(expected)
  expect(corrected.some(({ corrects }) => corrects !== undefined)).toBe(true)
  expect(again).toEqual(corrected)
})

test('nothing is made where a check says no', async () => {
  const folder = workspace()
  writeFileSync(join(folder, 'logs/odd.jsonl'), event({ client: 'diageo', model: 'mystery', input_tokens: 5 }))

  const { code, stderr } = await askIn(folder, [...MONTH, '--strict-pricing'])

  expect(code).toBe('3')
  expect(stderr).toContain('check failed: 1 analysis has no price')
  expect(readdirSync(folder)).not.toContain('reports')
  expect(readdirSync(folder)).not.toContain('.usagebook')
})

test('clients whose names are no names of files, or differ by case alone, have files of their own', async () => {
  const folder = workspace()
  const names = ['../evil', 'Diageo', 'DIAGEO', 'no-client', 'a/b', '漢字']
  writeFileSync(join(folder, 'logs/odd.jsonl'), names.map(client => event({ client, input_tokens: 9 })).join(''))

  const all = await statementsOf(folder)

  const numbers = all.map(({ number }) => number)
  expect(new Set(numbers.map(number => number.toLowerCase())).size).toBe(8)
  expect(numbers.every(number => /^2026-01-[a-z0-9._-]+$/.test(number))).toBe(true)
})
