// Budgets as they stand: what the current period has used of each, and what it allows.
import type { AlertPlan, Budget } from '../../alert/alert-rules.ts'
import { type BudgetPeriod, periodAt } from '../../alert/budget-period.ts'
import { type BudgetState, type BudgetUse, stateOf, tenthsUsed } from '../../alert/budget-use.ts'
import { formatDecimal, subtractDecimals } from '../../base/decimal.ts'
import { NumberLiteral } from '../../base/json.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import type { Failure } from '../../query/ledger.ts'
import { zoneOf } from '../request/log-request.ts'
import { type AlertAsking, askCost, type CostRow } from './ask-cost.ts'
import { refuseUnknownNames } from './read-plan.ts'

export interface BudgetStanding extends BudgetUse {
  readonly budget: Budget
  readonly zone: Zone
  readonly period: BudgetPeriod
  readonly state: BudgetState
  readonly days: readonly CostRow[]
  readonly failures: readonly Failure[]
}

export function zoneOfBudget({ timezone }: Budget, { options, host }: AlertAsking): Zone {
  return zoneOf(timezone ?? options.timezone ?? host.timezone(), 'timezone')
}

/** How a budget stands in the period that an instant is in. */
export async function standingAt(budget: Budget, instant: Instant, asking: AlertAsking): Promise<BudgetStanding> {
  const zone = zoneOfBudget(budget, asking)
  return await standingIn(budget, periodAt(instant, budget.per, zone), asking)
}

export async function standingIn(budget: Budget, period: BudgetPeriod, asking: AlertAsking): Promise<BudgetStanding> {
  const zone = zoneOfBudget(budget, asking)
  const { total, unpriced, rows, failures } = await askCost(asking, {
    scope: budget.scope,
    timezone: zone.name,
    range: { period: period.name },
  })
  const use = { used: total, unpriced }
  return { budget, zone, period, ...use, state: stateOf(use, budget), days: rows, failures }
}

/** All budgets, or one by its name. */
export async function standingsOf(plan: AlertPlan, asking: AlertAsking, name?: string): Promise<BudgetStanding[]> {
  if (name !== undefined) refuseUnknownNames([name], { ...plan, rules: [] })
  const wanted = plan.budgets.filter(budget => name === undefined || budget.name === name)
  const standings: BudgetStanding[] = []
  for (const budget of wanted) standings.push(await standingAt(budget, asking.host.now(), asking))
  return standings
}

/** A budget for a program. */
export function standingDocument({ budget, zone, period, used, unpriced, state }: BudgetStanding) {
  const scope = Object.fromEntries(budget.scope.map(({ field, values }) => [field, values]))
  return {
    name: budget.name,
    scope,
    per: budget.per,
    period: period.name,
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    timezone: zone.name,
    usedUsd: used,
    isAtLeast: unpriced > 0,
    unpricedAnalyses: unpriced,
    limitUsd: budget.limit,
    leftUsd: subtractDecimals(budget.limit, used),
    usedPercent: new NumberLiteral(percentOf(tenthsUsed(used, budget.limit))),
    state,
    warnAt: budget.warnAt,
    hard: budget.isHard,
    /** Whether an application that asks must refuse what comes next. */
    refuse: budget.isHard && state === 'over',
  }
}

function percentOf(tenths: bigint): string {
  return formatDecimal({ units: tenths, scale: 1 })
}
