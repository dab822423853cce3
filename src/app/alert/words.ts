// Numbers of alerts and budgets as people read them.
import { type BudgetPeriod, duringPeriod } from '../../alert/budget-period.ts'
import { type BudgetUse, percentText } from '../../alert/budget-use.ts'
import type { Decimal } from '../../base/decimal.ts'
import { formatMoney } from '../../base/money-text.ts'
import { moneyDigitsOf } from '../../render/cell/format-cell.ts'
import type { BudgetStanding } from './budgets.ts'

/** `$412.10`, with the digits that all of a column have. */
export function dollars(amount: Decimal, column: readonly Decimal[] = [amount]): string {
  return formatMoney(amount, { currency: 'USD', moneyDigits: moneyDigitsOf(column) })
}

/** `at least $412.10` where something has no price. */
export function usedText({ used, unpriced }: BudgetUse): string {
  return unpriced > 0 ? `at least ${dollars(used)}` : dollars(used)
}

/** `$412.10 of $500.00 (82.4 %)` */
export function useText(standing: Pick<BudgetStanding, 'used' | 'unpriced' | 'budget'>): string {
  const { limit } = standing.budget
  return `${usedText(standing)} of ${dollars(limit)} (${percentText(standing.used, limit)})`
}

export function periodText(period: BudgetPeriod, { budget }: Pick<BudgetStanding, 'budget'>): string {
  return duringPeriod(period, budget.per)
}
