// A statement as CSV: a row a line, and in each row what it belongs to, so that files can be put together.
import { stringify } from 'csv-stringify/sync'
import { formatDecimal } from '../../base/decimal.ts'
import { spreadsheetText, visibleText } from '../../base/safe-text.ts'
import type { Statement, StatementSource } from './statement.ts'

const COLUMNS = [
  'number',
  'corrects',
  'client',
  'cost_centre',
  'kind',
  'name',
  'profile',
  'model',
  'shared',
  'requests',
  'tokens',
  'unit_price',
  'cost_usd',
  'amount',
  'currency',
  'per_usd',
  'rate_from',
  'price_source',
  'price_hash',
  'ledger',
]

export function statementCsv(statement: Statement, { prices, ledger }: StatementSource): string {
  const { number, corrects = '', client, costCentre, currency, lines } = statement
  const text = (value: string | null | undefined) => spreadsheetText(visibleText(value ?? ''))
  const { read, used, rejected } = ledger as { readonly [count: string]: number | null }
  const counts = `read ${read ?? '?'}, used ${used}, rejected ${rejected}`
  const rows = lines.map(line => [
    number,
    corrects,
    text(client),
    text(costCentre),
    line.kind,
    text(line.name),
    text(line.profile),
    text(line.model),
    text(line.shared),
    line.requests === undefined ? '' : String(line.requests),
    line.tokens === undefined ? '' : String(line.tokens),
    line.unitPrice === undefined ? '' : formatDecimal(line.unitPrice),
    line.costUsd === undefined ? '' : formatDecimal(line.costUsd),
    formatDecimal(line.amount),
    currency.code,
    formatDecimal(currency.perUsd),
    currency.from ?? '',
    prices.source,
    prices.hash,
    counts,
  ])
  return stringify([COLUMNS, ...rows], { record_delimiter: '\n' })
}
