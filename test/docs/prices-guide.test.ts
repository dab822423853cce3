// The guide to prices: its examples are files that usagebook takes, and the invoice in it adds up.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseSettings } from '../../src/app/workspace/configuration.ts'
import { addDecimals, formatDecimal, parseDecimal, ZERO } from '../../src/base/decimal.ts'
import { entrySchema } from '../../src/pricing/price-file-schema.ts'
import { bookOf, costText } from '../pricing/event-cost.ts'

const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'prices.md'), 'utf8')
const blocks = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({ kind, text: text! }))
const [prices, currencies] = blocks.filter(block => block.kind === 'json').map(block => block.text)
const invoice = blocks
  .find(block => block.kind === 'csv')!
  .text.trim()
  .split('\n')
  .map(line => line.split(','))
const columns = invoice[0]!
const cell = (row: readonly string[], column: string) => row[columns.indexOf(column)]!

test('the prices.json of the guide is a price book with the prices that it shows', async () => {
  const book = await bookOf(JSON.parse(prices!))
  const long = { tokens: { inputTokens: 1_000_000, outputTokens: 1_000_000 } }
  const costs = [
    costText(book, long),
    costText(book, { ...long, serviceTier: 'batch' }),
    costText(book, { ...long, model: 'night-owl' }),
    costText(book, { ...long, model: 'night-owl', at: '2026-02-02T22:00:00Z' }),
    costText(book, { model: 'house-model-7b', tokens: { checks: 12 } }),
    costText(book, { ...long, model: 'our-gpt' }),
    costText(book, { ...long, model: 'our-azure-gpt', provider: 'our-gateway' }),
  ]
  expect(costs).toEqual(['1.5', '0.375', '10', '5', '0.068', '12.5', '12.5'])
})

test('the currencies of the guide are a configuration', () => {
  expect(parseSettings(currencies!, 'usagebook.config.json').currencies?.EUR?.length).toBe(2)
})

test('the row of the invoice that is checked by hand is the sum that is shown for it', () => {
  const row = invoice.find(([model]) => model === 'gpt-4o')!
  const command = /^usagebook price explain gpt-4o .*$/m.exec(guide)![0]
  const total = /^plain input[\s\S]*?^total +(\S+)$/m.exec(guide)![1]

  expect(command).toContain(
    `--input ${cell(row, 'input_tokens')} --cache-read ${cell(row, 'cache_read_tokens')} --output ${cell(row, 'output_tokens')}`,
  )
  expect(total).toBe(cell(row, 'cost_usd'))
})

test('the lines of every sum in the guide add up to its total', () => {
  const sums = [...guide.matchAll(/^Sum .*\n([\s\S]*?)^total +(\S+)$/gm)]
  const added = sums.map(([, lines]) =>
    lines!
      .trim()
      .split('\n')
      .map(line => parseDecimal(line.split(/ +/).at(-1)!)!)
      .reduce(addDecimals, ZERO),
  )
  expect(added.map(formatDecimal)).toEqual(sums.map(([, , total]) => total))
  expect(sums.length).toBe(2)
})

test('every key of an entry is in the guide', () => {
  const written = new Set([...guide.matchAll(/`(\w+)`/g)].map(match => match[1]))
  const keys = Object.keys((entrySchema.in as unknown as { out: { shape: object } }).out.shape)
  expect(keys.filter(key => !written.has(key))).toEqual([])
  expect(keys.length).toBeGreaterThan(15)
})
