// Statements as values: what a client used, its part of what is shared, what its rules add, and the total.
import type { Decimal } from '../../base/decimal.ts'
import type { JsonValue } from '../../base/json.ts'

export type LineKind = 'usage' | 'shared' | 'markup' | 'discount' | 'fixed' | 'minimum' | 'tax'

export interface StatementLine {
  readonly kind: LineKind
  readonly name: string
  /** Of usage. */
  readonly profile?: string | null
  readonly model?: string | null
  /** The name of the shared cost that it is a part of. */
  readonly shared?: string
  /** Requests; of a shared cost those of its source. */
  readonly requests?: number
  readonly tokens?: bigint
  /** What one request costs, rounded. */
  readonly unitPrice?: Decimal
  /** Dollars, with all digits. */
  readonly costUsd?: Decimal
  /** In the currency of the statement, rounded to its smallest coin. */
  readonly amount: Decimal
}

export interface StatementCurrency {
  readonly code: string
  readonly perUsd: Decimal
  readonly from: string | null
}

/** What a statement was made from. */
export interface StatementSource {
  readonly period: JsonValue
  readonly filters: JsonValue
  readonly prices: { readonly source: string; readonly hash: string; readonly mode: string }
  readonly ledger: JsonValue
}

export interface Statement {
  readonly number: string
  /** Of a note: the number of the statement that it belongs to. */
  readonly corrects?: string
  readonly kind: 'statement' | 'credit-note' | 'debit-note'
  readonly client: string | null
  readonly name: string
  readonly costCentre: string | null
  readonly contact: string | null
  readonly currency: StatementCurrency
  readonly lines: readonly StatementLine[]
  /** What the lines add up to without tax. */
  readonly net: Decimal
  readonly tax: Decimal
  readonly total: Decimal
  readonly unpricedAnalyses: number
}
