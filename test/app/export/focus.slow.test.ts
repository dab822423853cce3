// The FOCUS files of real logs: their cost is that of the report, their cells keep to the rules, and broken files are told.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDecimals, formatDecimal, parseDecimal, ZERO } from '../../../src/base/decimal.ts'
import { csvRecords } from '../../../src/export/focus/csv-records.ts'
import { FOCUS_VERSIONS, focusColumns } from '../../../src/export/focus/focus-columns.ts'
import { logLines } from '../../support/arbitrary-logs.ts'
import { askIn } from '../../support/ask.ts'
import { makeFolder } from '../../support/logs.ts'
import { triesOf } from '../../support/tries.ts'

async function tableOf(text: string): Promise<{ names: string[]; rows: Record<string, string | null>[] }> {
  const chunks = (async function* () {
    for (let at = 0; at < text.length; at += 97) yield text.slice(at, at + 97)
  })()
  const records: (string | null)[][] = []
  for await (const { cells } of csvRecords(chunks)) records.push(cells)
  const names = records[0]!.map(cell => cell!)
  return { names, rows: records.slice(1).map(cells => Object.fromEntries(cells.map((cell, at) => [names[at]!, cell]))) }
}

const event = (fields: object) => `${JSON.stringify({ timestamp: '2026-01-10T09:00:00Z', ...fields })}\n`
const LOG = [
  event({
    client: '4711',
    profile: 'brand_check',
    model: 'gpt-4o',
    provider: 'openai',
    input_tokens: 123_457,
    output_tokens: 89,
    cache_read_tokens: 1000,
  }),
  event({ client: 'diageo', model: 'gpt-4o', user: 'a,"b"', input_tokens: 7, output_tokens: 1 }),
  event({ model: 'house-model', cost_usd: '0.1234567890123456789', input_tokens: 5 }),
  event({ client: 'diageo', model: 'mystery', input_tokens: 5 }),
].join('')

test.each(FOCUS_VERSIONS)('a file of version %s keeps to its own rules', async version => {
  const folder = makeFolder({ 'a.jsonl': LOG })
  const words = ['export', 'focus', '--period', '2026-01', '--focus-version', version, '--tag', 'user']

  const made = await askIn(folder, [...words, '-o', 'focus.csv', '-q'])
  const checked = await askIn(folder, ['export', 'focus', '--check', 'focus.csv', '--focus-version', version])

  expect(made).toMatchObject({ code: '0', stderr: '' })
  expect(checked.stdout).toBe(`FOCUS ${version}: 7 rows, the file keeps to the rules.\n`)
  expect(checked.code).toBe('0')
})

test.each([
  ['1.2', 57, 'AllocatedMethodId'],
  ['1.3', 65, 'InvoiceDetailId'],
  ['1.4', 65, 'PublisherName'],
] as const)('version %s has %i columns, and %s is not one of them', async (version, count, other) => {
  const names = focusColumns(version).map(({ name }) => name)
  const folder = makeFolder({ 'a.csv': `${[...names, other].join(',')}\n` })

  const { stdout } = await askIn(folder, ['export', 'focus', '--check', 'a.csv', '--focus-version', version, '--json'])

  const { problems } = JSON.parse(stdout) as { problems: { rule: string }[] }
  expect(names).toHaveLength(count)
  expect(problems.map(({ rule }) => rule)).toEqual([`${other}.Version`])
})

test('the providers of 1.2 are replaced in 1.3 and gone in 1.4', async () => {
  const folder = makeFolder({ 'a.jsonl': LOG })
  const namesOf = async (version: string) => {
    const { stdout } = await askIn(folder, ['export', 'focus', '--period', '2026-01', '--focus-version', version, '-q'])
    return (await tableOf(stdout)).names.filter(name => /Provider|Publisher/.test(name))
  }

  expect(await namesOf('1.2')).toEqual(['ProviderName', 'PublisherName', 'x_ModelProvider'])
  expect(await namesOf('1.3')).toEqual([
    'HostProviderName',
    'ProviderName',
    'PublisherName',
    'ServiceProviderName',
    'x_ModelProvider',
  ])
  expect(await namesOf('1.4')).toEqual(['HostProviderName', 'ServiceProviderName', 'x_ModelProvider'])
})

test('costs have all digits, ids are no numbers, nothing is empty and whole numbers have a point', async () => {
  const folder = makeFolder({ 'a.jsonl': LOG })
  const { stdout } = await askIn(folder, ['export', 'focus', '--period', '2026-01', '--tag', 'user', '-q'])
  const { rows } = await tableOf(stdout)

  const logged = rows.find(row => row.x_CostSource === 'logged')!
  const input = rows.find(row => row.SubAccountId === 'client/4711' && row.x_TokenMeter === 'input')!
  expect(logged).toMatchObject({ EffectiveCost: '0.1234567890123456789', SubAccountId: null, ConsumedUnit: 'Requests' })
  expect(input).toMatchObject({
    SubAccountName: 'Client 4711',
    ConsumedQuantity: '122457.0',
    PricingQuantity: '0.122457',
    PricingUnit: '1000000 Tokens',
    BillingPeriodStart: '2026-01-01T00:00:00Z',
    BillingPeriodEnd: '2026-02-01T00:00:00Z',
    ChargePeriodStart: '2026-01-10T00:00:00Z',
    Tags: '{"profile":"brand_check"}',
  })
  expect(Number(input.ListUnitPrice) * Number(input.PricingQuantity)).toBe(Number(input.ListCost))
  expect(rows.map(row => row.Tags)).toContain('{"user":"a,\\"b\\""}')
})

test('a packed file has the same text, and the same bytes when it is made again', async () => {
  const folder = makeFolder({ 'a.jsonl': LOG })
  const words = ['export', 'focus', '--period', '2026-01', '-q']
  const { stdout } = await askIn(folder, words)

  await askIn(folder, [...words, '-o', 'a.csv.gz'])
  await askIn(folder, [...words, '-o', 'b.csv.gz'])

  const [first, second] = ['a.csv.gz', 'b.csv.gz'].map(name => readFileSync(join(folder, name)))
  expect(gunzipSync(first!).toString()).toBe(stdout)
  expect(first).toEqual(second)
  const checked = await askIn(folder, ['export', 'focus', '--check', 'a.csv.gz'])
  expect(checked.code).toBe('0')
})

const DAY = (day: string, fields: object) => event({ timestamp: `${day}T09:00:00Z`, model: 'house-model', ...fields })
const price = (input: string) => JSON.stringify({ prices: [{ model: 'house-model', input, output: '8' }] })

function houseWorkspace(input: string, lines: string): string {
  const folder = makeFolder({ 'prices.json': price(input) })
  mkdirSync(join(folder, 'logs'))
  writeFileSync(join(folder, 'logs/a.jsonl'), lines)
  return folder
}

async function exported(folder: string, ...words: string[]) {
  const { stdout, stderr, code } = await askIn(folder, ['export', 'focus', '--root', '.', '--logs', 'logs', ...words])
  return { ...(stdout === '' ? { rows: [] } : await tableOf(stdout)), stdout, stderr, code }
}

const costOf = (rows: readonly Record<string, string | null>[]) =>
  formatDecimal(rows.map(row => parseDecimal(row.EffectiveCost!)!).reduce(addDecimals, ZERO))

const JANUARY = DAY('2026-01-10', { client: 'diageo', input_tokens: 1000, output_tokens: 7 })
const LOGGED = DAY('2026-01-12', { client: 'diageo', cost_usd: '0.5' })
const LATE = DAY('2026-01-11', { client: 'unilever', input_tokens: 333 })

test.each([
  ['a late line', '2', [JANUARY, LOGGED, LATE]],
  ['a corrected price', '1.75', [JANUARY, LOGGED]],
  ['a corrected cost of the log', '2', [JANUARY, DAY('2026-01-12', { client: 'diageo', cost_usd: '0.125' })]],
  ['a line that is gone', '2', [LOGGED]],
])('after %s, a closed month and its corrections are what a new export is', async (_, input, lines) => {
  const folder = houseWorkspace('2', JANUARY + LOGGED)
  const closed = await exported(folder, '--period', '2026-01', '--close')
  writeFileSync(join(folder, 'prices.json'), price(input))
  writeFileSync(join(folder, 'logs/a.jsonl'), lines.join('') + DAY('2026-02-01', { client: 'diageo', input_tokens: 5 }))

  const again = await exported(folder, '--period', '2026-01')
  const february = await exported(folder, '--period', '2026-02', '--corrections', '-q')

  const fresh = await exported(houseWorkspace(input, lines.join('')), '--period', '2026-01', '-q')
  const corrections = february.rows.filter(row => row.ChargeClass === 'Correction')
  expect([again.stdout, again.code]).toEqual([closed.stdout, '0'])
  expect(again.stderr).toContain('note: this period is closed')
  expect(costOf([...closed.rows, ...corrections])).toBe(costOf(fresh.rows))
  expect(corrections.length).toBeGreaterThan(0)
  for (const row of corrections) {
    expect(row.BillingPeriodStart).toBe('2026-02-01T00:00:00Z')
    expect(row.ChargePeriodStart).toMatch(/^2026-01-1/)
  }
  expect(february.rows).toHaveLength(corrections.length + 1)
  writeFileSync(join(folder, 'focus.csv'), february.stdout)
  expect((await askIn(folder, ['export', 'focus', '--check', 'focus.csv'])).stdout).toContain('keeps to the rules')
})

test('what a closed month has corrected is corrected once', async () => {
  const folder = houseWorkspace('2', JANUARY)
  await exported(folder, '--period', '2025-12', '--close')
  await exported(folder, '--period', '2026-01-10', '--close')
  writeFileSync(join(folder, 'prices.json'), price('3'))

  const first = await exported(folder, '--period', '2026-01-11', '--close', '--corrections')
  const second = await exported(folder, '--period', '2026-01-12', '--corrections', '-q')

  expect(first.rows.map(row => row.ConsumedQuantity)).toEqual(['-1000.0', '1000.0'])
  expect(second.rows).toEqual([])
})

test('a closed month is whole days that are over, and its own for each way to cut it', async () => {
  const folder = houseWorkspace('2', JANUARY)
  await exported(folder, '--period', '2026-01', '--close')
  writeFileSync(join(folder, 'prices.json'), price('3'))

  const tagged = await exported(folder, '--period', '2026-01', '--tag', 'user', '-q')
  const running = await exported(folder, '--period', '2026-02', '--close')
  const hours = await exported(folder, '--last-hours', '3', '--corrections')

  expect(costOf(tagged.rows)).toBe('0.003056')
  expect([running.code, hours.code]).toEqual(['2', '2'])
  expect(hours.stderr).toContain('What is closed or corrected are whole days.')
})

const replaced = (column: string, value: string) => (names: readonly string[], cells: string[]) => {
  cells[names.indexOf(column)] = value
}
test.each([
  ['BilledCost.Null', replaced('BilledCost', '')],
  ['BilledCost.NumericFormat', replaced('BilledCost', '$5')],
  ['ChargeCategory.Allowed', replaced('ChargeCategory', 'Fun')],
  ['ListCost.Product', replaced('ListCost', '99.5')],
  ['BillingPeriodEnd.Month', replaced('BillingPeriodEnd', '2026-01-08T00:00:00Z')],
  ['ChargePeriodStart.DateTimeFormat', replaced('ChargePeriodStart', '2026-01-10 00:00:00')],
  ['BillingCurrency.CurrencyFormat', replaced('BillingCurrency', 'dollar')],
  ['SubAccountId.StringHandling', replaced('SubAccountId', '4711')],
  ['Tags.KeyValueFormat', replaced('Tags', '{"a":{}}')],
  ['ConsumedUnit.WithConsumedQuantity', replaced('ConsumedUnit', '')],
  ['SkuId.NullHandling', replaced('SkuId', 'N/A')],
  ['ListUnitPrice.Negative', replaced('ListUnitPrice', '-1.0')],
])('a file that breaks %s is told', async (rule, change) => {
  const folder = makeFolder({ 'a.jsonl': LOG })
  const { stdout } = await askIn(folder, ['export', 'focus', '--period', '2026-01', '-q'])
  const [header, first, ...rest] = stdout.trim().split('\n')
  const { names, rows } = await tableOf(`${header}\n${first}\n`)
  const cells = names.map(name => rows[0]![name] ?? '')
  change(names, cells)
  const quoted = cells.map(cell => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')
  writeFileSync(join(folder, 'broken.csv'), [header, quoted, ...rest].join('\r\n'))

  const { stdout: told, code } = await askIn(folder, ['export', 'focus', '--check', 'broken.csv'])

  expect(code).toBe('3')
  expect(told).toContain(`${rule}: `)
})

test('a column that is missing, and one that is not known, are told', async () => {
  const folder = makeFolder({ 'bad.csv': 'BilledCost,BilledCost,ProviderName,Mine,my_column\n1.0,1.0,x,y,z\n' })

  const { stdout, code } = await askIn(folder, ['export', 'focus', '--check', 'bad.csv', '--json'])

  const { problems } = JSON.parse(stdout) as { problems: { rule: string }[] }
  const rules = problems.map(({ rule }) => rule)
  expect(code).toBe('3')
  expect(rules).toContain('EffectiveCost.Presence')
  expect(rules).toContain('ColumnHandling.Unique')
  expect(rules).toContain('ColumnHandling.Custom')
  expect(rules).toContain('ColumnHandling.Name')
  expect(rules).toContain('ProviderName.Version')
})

test('the costs of any log add up to those of its report, and its file keeps to the rules', async () => {
  await fc.assert(
    fc.asyncProperty(logLines, async lines => {
      const folder = makeFolder({ '2026-03-01.jsonl': lines.map(line => `${line}\n`).join('') })
      const { stdout } = await askIn(folder, ['export', 'focus', '--no-cache', '-q', '--tag', 'user'])
      const report = (await askIn(folder, ['--json', '--no-cache'])).stdout
      const cost = /"costUsd": ([\d.]+),/.exec(report)?.[1] ?? '0'
      const { rows } = await tableOf(stdout)
      writeFileSync(join(folder, 'focus.csv'), stdout)
      const checked = await askIn(folder, ['export', 'focus', '--check', 'focus.csv'])

      const sum = rows.map(row => parseDecimal(row.EffectiveCost!)!).reduce(addDecimals, ZERO)
      expect(formatDecimal(sum)).toBe(formatDecimal(parseDecimal(cost)!))
      expect([checked.code, checked.stdout]).toEqual(['0', expect.stringContaining('keeps to the rules')])
    }),
    { numRuns: triesOf(10, 40, 1000) },
  )
}, 600_000)
