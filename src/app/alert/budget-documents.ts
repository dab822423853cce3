// Budgets for a program or a page: what is used, and where asked for, what will be.
import type { JsonObject } from '../../base/json.ts'
import { pageOf, usageView } from './alert-view.ts'
import type { AlertAsking } from './ask-cost.ts'
import { type BudgetStanding, standingDocument, standingsOf } from './budgets.ts'
import { type BudgetForecast, forecastBudget } from './forecast-budget.ts'
import { seenPlan } from './seen-alerts.ts'
import { planOfAsking } from './workspace-asking.ts'

export interface BudgetQuestion {
  /** All where it is absent. */
  readonly name?: string | undefined
  readonly withForecast: boolean
}

/** Of who may not see everything, only budgets that are about nothing else. */
export async function budgetDocuments(question: BudgetQuestion, asking: AlertAsking): Promise<JsonObject> {
  const plan = seenPlan(planOfAsking(asking), asking.scope)
  const standings = await standingsOf(plan, asking, question.name)
  const budgets: JsonObject[] = []
  for (const standing of standings) budgets.push(await documentOf(standing, question, asking))
  return { budgets, isComplete: standings.every(({ failures }) => failures.length === 0) }
}

async function documentOf(
  standing: BudgetStanding,
  { name, withForecast }: BudgetQuestion,
  asking: AlertAsking,
): Promise<JsonObject> {
  const { budget, period } = standing
  const forecast = withForecast ? forecastDocument(await forecastBudget(budget, asking, false, standing)) : {}
  const days = name === undefined ? {} : { days: dayDocuments(standing) }
  const page = pageOf(usageView(period.name, budget.scope, budget.timezone))
  return { ...standingDocument(standing), ...forecast, ...days, page } as unknown as JsonObject
}

export function forecastDocument({ forecast, isOver }: BudgetForecast) {
  return { forecast, isForecastOver: isOver }
}

/** The days that have something. */
export function dayDocuments({ days }: BudgetStanding) {
  return spentDays(days).map(({ day, cost, unpriced }) => ({ day, costUsd: cost, unpricedAnalyses: unpriced }))
}

export function spentDays(days: BudgetStanding['days']): BudgetStanding['days'] {
  return days.filter(({ cost, unpriced }) => cost.units !== 0n || unpriced > 0)
}
