// A statement as JSON, and back again from the one that was kept.
import { type Decimal, decimalOfNumber, parseDecimal } from '../../base/decimal.ts'
import { formatJson, type JsonObject, NumberLiteral } from '../../base/json.ts'
import { parseLiterals } from '../../base/number-literals.ts'
import type { Statement, StatementLine, StatementSource } from './statement.ts'

export const STATEMENT_SCHEMA = 'usagebook/statement@1'

/** The text of a statement's file: the same for the same logs, prices and rules. */
export function statementText(statement: Statement, source: StatementSource): string {
  const { lines, currency, corrects, ...rest } = statement
  const { number, kind, client, name, costCentre, contact, net, tax, total, unpricedAnalyses } = rest
  return `${formatJson({
    schema: STATEMENT_SCHEMA,
    number,
    corrects,
    kind,
    client,
    name,
    costCentre,
    contact,
    period: source.period,
    filters: source.filters,
    currency: { code: currency.code, perUsd: currency.perUsd, from: currency.from },
    prices: { ...source.prices },
    lines: lines.map(lineObject),
    net,
    tax,
    total,
    unpricedAnalyses,
    ledger: source.ledger,
  })}\n`
}

function lineObject(line: StatementLine): JsonObject {
  const { kind, name, profile, model, shared, requests, tokens, unitPrice, costUsd, amount } = line
  return { kind, name, profile, model, shared, requests, tokens, unitPrice, costUsd, amount }
}

export interface KeptStatement {
  readonly text: string
  readonly statement: Statement
  readonly source: StatementSource
}

/** A statement from the text that was kept of it. */
export function readKept(text: string): KeptStatement {
  const { period, filters, prices, ledger } = JSON.parse(text) as StatementSource
  return { text, statement: parseStatement(text), source: { period, filters, prices, ledger } }
}

function parseStatement(text: string): Statement {
  const read = exactNumbers(parseLiterals(text)) as unknown as Statement & { readonly lines: StatementLine[] }
  const lines = read.lines.map(line => ({
    ...line,
    ...(line.requests === undefined ? {} : { requests: Number(integerOf(line.requests as unknown as Decimal)) }),
    ...(line.tokens === undefined ? {} : { tokens: integerOf(line.tokens as unknown as Decimal) }),
  }))
  return { ...read, lines, unpricedAnalyses: Number(integerOf(read.unpricedAnalyses as unknown as Decimal)) }
}

function integerOf({ units }: Decimal): bigint {
  return units
}

// Every number as a decimal with all its digits.
function exactNumbers(value: unknown): unknown {
  if (value instanceof NumberLiteral) return parseDecimal(value.text)!
  if (typeof value === 'number') return decimalOfNumber(value)!
  if (Array.isArray(value)) return value.map(exactNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, exactNumbers(inner)]))
}
