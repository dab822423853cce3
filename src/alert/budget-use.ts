// What of a budget is used, and which of its warnings are due.
import { compareDecimals, type Decimal, multiplyDecimals, parseDecimal } from '../base/decimal.ts'
import type { Budget } from './alert-rules.ts'
import type { Severity } from './alert-schema.ts'

/** What the report says that a period cost so far. */
export interface BudgetUse {
  readonly used: Decimal
  /** Usage without a known price: what is used is at least this. */
  readonly unpriced: number
}

export type BudgetState = 'ok' | 'warning' | 'over'

/** The warnings that a use has reached; a warning is reached at its percentage. */
export function reachedWarnings({ used }: BudgetUse, { limit, warnAt }: Pick<Budget, 'limit' | 'warnAt'>): number[] {
  return warnAt.filter(percent => isAt(used, limit, percent))
}

/** Over it, at some warning, or neither. */
export function stateOf(use: BudgetUse, budget: Pick<Budget, 'limit' | 'warnAt'>): BudgetState {
  if (isAt(use.used, budget.limit, 100)) return 'over'
  return reachedWarnings(use, budget).length > 0 ? 'warning' : 'ok'
}

/** In tenths of a percent, rounded down: what has not reached the limit is never shown as 100 %. */
export function tenthsUsed(used: Decimal, limit: Decimal): bigint {
  const scale = Math.max(used.scale, limit.scale)
  const at = ({ units, scale: own }: Decimal) => units * 10n ** BigInt(scale - own)
  return (at(used) * 1000n) / at(limit)
}

/** `82.4 %` */
export function percentText(used: Decimal, limit: Decimal): string {
  const tenths = tenthsUsed(used, limit)
  return `${tenths / 10n}.${tenths % 10n} %`
}

export function severityAt(percent: number, { severity }: Pick<Budget, 'severity'>): Severity {
  return severity ?? (percent >= 100 ? 'high' : 'medium')
}

function isAt(used: Decimal, limit: Decimal, percent: number): boolean {
  const hundredfold = multiplyDecimals(used, HUNDRED)
  return compareDecimals(hundredfold, multiplyDecimals(limit, parseDecimal(String(percent))!)) >= 0
}

const HUNDRED = parseDecimal('100')!
