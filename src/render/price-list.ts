// The price list as a table for people, and as CSV and JSON for machines.
import { stringify } from 'csv-stringify/sync'
import { type Decimal, formatDecimal } from '../base/decimal.ts'
import { formatJson, type JsonObject } from '../base/json.ts'
import { largestOf } from '../base/lists.ts'
import { spreadsheetText, visibleText } from '../base/safe-text.ts'
import { textWidth } from '../base/text-width.ts'
import type { PriceList, PriceRow } from '../report/price/price-list.ts'
import { layOutList } from './list-table.ts'

type RateName = keyof PriceRow['rates']

const SHOWN: readonly (readonly [RateName, string])[] = [
  ['input', 'Input'],
  ['cacheRead', 'Cache read'],
  ['cacheWrite', 'Cache write'],
  ['output', 'Output'],
]
const ALL: readonly RateName[] = [
  'input',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'output',
  'reasoning',
  'perAnalysis',
  'perCheck',
]
/** The least room that names get. */
const LEAST_NAME_WIDTH = 20

/** `width`: columns of the terminal; undefined where nothing is wrapped. */
export async function renderPriceListText(list: PriceList, width: number | undefined): Promise<string> {
  if (list.rows.length === 0) return ''
  const cells = list.rows.map(row => SHOWN.map(([name]) => textOf(row.rates[name])))
  const figures = SHOWN.map(([, title], column) =>
    largestOf(
      cells.map(row => row[column]!.length),
      title.length,
    ),
  )
  const room = width === undefined ? undefined : width - figures.reduce((sum, figure) => sum + figure + 2, 0)
  const nameWidth = room === undefined ? Number.POSITIVE_INFINITY : Math.max(LEAST_NAME_WIDTH, room)
  const labels = list.rows.map((row, index) => labelsOf(row, list.rows[index - 1], nameWidth))
  const [header, ...figured] = await layOutList(
    [
      ['USD per million tokens', ...SHOWN.map(([, title]) => title)],
      ...labels.map((label, index) => [label.at(-1)!, ...cells[index]!]),
    ],
    ['left', 'right', 'right', 'right', 'right'],
  )
  const lines = labels.flatMap((label, index) => [...label.slice(0, -1), figured[index]!]).filter(line => line !== '')
  return `${[header, ...lines, '', `${countOf(list.rows)} in ${list.source}`].join('\n')}\n`
}

export function renderPriceListJson(list: PriceList): string {
  return `${formatJson(priceListDocument(list))}\n`
}

export function priceListDocument(list: PriceList): JsonObject {
  const prices = list.rows.map(({ rates, above, ...row }) => ({
    ...row,
    aboveInputTokens: above?.inputTokens ?? null,
    aboveInclusive: above?.inclusive ?? null,
    ...rates,
  }))
  return { schema: 'usagebook/price-list@1', prices: { source: list.source, hash: list.hash }, rows: prices }
}

export function renderPriceListCsv(list: PriceList): string {
  const header = [
    'source',
    'provider',
    'model',
    'also_fits',
    'from',
    'to',
    'hours',
    'service_tier',
    'above_input_tokens',
    'above_inclusive',
  ]
  const records = list.rows.map(row => [
    row.source,
    ...[row.provider, row.model, row.alsoFits].map(text => spreadsheetText(visibleText(text ?? ''))),
    row.from ?? '',
    row.to ?? '',
    row.hours ?? '',
    row.serviceTier,
    row.above === null ? '' : String(row.above.inputTokens),
    row.above === null ? '' : String(row.above.inclusive),
    ...ALL.map(name => textOf(row.rates[name])),
  ])
  const rates = ALL.map(name => name.replace(/[A-Z]|\d+/g, part => `_${part.toLowerCase()}`))
  return stringify([[...header, ...rates], ...records], { record_delimiter: '\n' })
}

/** The lines that name a row, its figures beside the last: what has no room beside them stands above. */
function labelsOf(row: PriceRow, before: PriceRow | undefined, width: number): string[] {
  const condition = conditionOf(row)
  const head = before !== undefined && headOf(before) === headOf(row) ? '' : visibleText(headOf(row))
  const whole = head === '' ? `  ${condition}` : condition === '' ? head : `${head} ${condition}`
  if (textWidth(whole) <= width) return [whole]
  const parts = head === '' || condition === '' ? [whole] : [head, `  ${condition}`]
  return textWidth(parts.at(-1)!) <= width ? parts : [...parts, '']
}

function headOf({ source, provider, model }: PriceRow): string {
  const name = provider === null ? model : `${provider}/${model}`
  return source === 'built-in' ? name : `${name} (${source})`
}

/** For what a price is, in words; '' for all requests. */
export function conditionOf(row: PriceRow): string {
  const parts = [
    row.from === null ? '' : `from ${shortInstant(row.from)}`,
    row.to === null ? '' : `to ${shortInstant(row.to)}`,
    row.hours === null ? '' : `${row.hours} UTC`,
    row.serviceTier === 'standard' ? '' : row.serviceTier,
    row.above === null
      ? ''
      : `${row.above.inclusive ? '>=' : '>'} ${row.above.inputTokens.toLocaleString('en-US')} input`,
    row.rates.perAnalysis === null ? '' : `$${textOf(row.rates.perAnalysis)} an analysis`,
    row.rates.perCheck === null ? '' : `$${textOf(row.rates.perCheck)} a check`,
    row.rates.input === null && row.unbilled.length > 0 ? `by ${row.unbilled.join(', ')}` : '',
  ]
  return parts.filter(part => part !== '').join(', ')
}

function shortInstant(text: string): string {
  return text.replace('T00:00:00Z', '')
}

function textOf(value: Decimal | null): string {
  return value === null ? '' : formatDecimal(value)
}

function countOf(rows: readonly PriceRow[]): string {
  const models = new Set(rows.map(headOf)).size
  const prices = `${rows.length.toLocaleString('en-US')} ${rows.length === 1 ? 'price' : 'prices'}`
  return `${prices} of ${models.toLocaleString('en-US')} ${models === 1 ? 'model' : 'models'}`
}
