// What a budget's period will have cost by its end, going by the days before: an estimate, never a sum.
import type { Budget } from '../../alert/alert-rules.ts'
import { type Backtest, backtest, type Forecast, forecastOf } from '../../alert/forecast.ts'
import { compareDecimals, type Decimal, decimalOfNumber, decimalToNumber, roundDecimal } from '../../base/decimal.ts'
import type { Day } from '../../base/zone.ts'
import type { Failure } from '../../query/ledger.ts'
import type { AlertAsking } from './ask-cost.ts'
import { type BudgetStanding, standingAt } from './budgets.ts'
import { askDays, costsOf } from './daily-costs.ts'

export interface ForecastAmounts {
  readonly value: Decimal
  /** Four of five times, what comes lies between these. */
  readonly low: Decimal
  readonly high: Decimal
}

export interface BudgetForecast {
  readonly standing: BudgetStanding
  /** Null where there are too few days to go by. */
  readonly forecast: ForecastAmounts | null
  /** Whether the limit will be reached. */
  readonly isOver: boolean
  /** How wrong forecasts of as many days were. */
  readonly backtest: (Backtest & { readonly days: number }) | undefined
  readonly failures: readonly Failure[]
}

/** As many days before are gone by, so that each weekday has its errors of a year. */
const HISTORY_DAYS = 68 * 7
const DIGITS = 6

export async function forecastBudget(
  budget: Budget,
  asking: AlertAsking,
  isTested = false,
  given?: BudgetStanding,
): Promise<BudgetForecast> {
  const now = asking.host.now()
  const standing = given ?? (await standingAt(budget, now, asking))
  const { zone, period, used } = standing
  const today = zone.dayOf(now)
  const yesterday = (today - 1) as Day
  const question = { scope: budget.scope, zone, from: (today - HISTORY_DAYS) as Day, last: yesterday }
  const { first, rows, failures } = await askDays(asking, question)
  const costs = first === undefined ? [] : costsOf(rows, first, yesterday)
  const daysToCome = period.end - today
  const spent = costsOf(rows, period.first, yesterday).reduce((sum, cost) => sum + cost, 0)
  const made = forecastOf({ costs }, daysToCome, spent)
  const forecast = made === null ? null : amountsOf(made, used)
  return {
    standing,
    forecast,
    isOver: compareDecimals(forecast?.value ?? used, budget.limit) >= 0,
    backtest: isTested ? { days: daysToCome, ...backtest({ costs }, daysToCome) } : undefined,
    failures: [...standing.failures, ...failures],
  }
}

// Today's cost so far may already be more than a usual day's.
function amountsOf({ value, low, high }: Forecast, used: Decimal): ForecastAmounts {
  const atLeastUsed = (amount: number) => {
    const decimal = roundDecimal(decimalOfNumber(Math.max(amount, decimalToNumber(used)))!, DIGITS)
    return compareDecimals(decimal, used) < 0 ? used : decimal
  }
  return { value: atLeastUsed(value), low: atLeastUsed(low), high: atLeastUsed(high) }
}
