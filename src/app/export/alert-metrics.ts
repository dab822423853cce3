// What a monitor is told of budgets and alerts: how much of each budget is used, and how many alerts of each rule fire.
import { divideDecimals } from '../../base/decimal.ts'
import type { Labels, MetricFamily, Sample } from '../../export/metrics/metric.ts'
import type { AlertAsking } from '../alert/ask-cost.ts'
import { standingsOf } from '../alert/budgets.ts'
import { type ListedRule, listAlerts } from '../alert/list-alerts.ts'
import { seenPlan } from '../alert/seen-alerts.ts'
import { planOfAsking } from '../alert/workspace-asking.ts'

const BUDGET_DIGITS = 6

export interface AlertMetricsRequest extends AlertAsking {
  /** Whether users may be a label. */
  readonly byUser: boolean
}

/** Of who may see only some clients, what is about these alone. */
export async function alertFamilies(request: AlertMetricsRequest): Promise<MetricFamily[]> {
  const { host, workspace, scope } = request
  const plan = planOfAsking(request)
  const rules = listAlerts(plan, workspace.root, host.now(), scope)
  const standings = await standingsOf(seenPlan(plan, scope), request)
  const budgets = standings.map(({ budget, used }) => ({
    labels: [['budget', budget.name]] as const,
    value: divideDecimals(used, budget.limit, BUDGET_DIGITS),
  }))
  return [
    gauge('usagebook_budget_used_ratio', 'What is used of a budget; 1 is all of it.', budgets),
    gauge(
      'usagebook_alert_firing',
      'How many alerts of a rule fire by the last check; 0 where none does.',
      rules.flatMap(rule => firingSamples(rule, request.byUser)),
    ),
  ]
}

function gauge(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name, help, type: 'gauge', samples }
}

// By the fields that the rule has groups by. Users are many, and are a label only where somebody asked for them.
function firingSamples({ name, severity, alerts }: ListedRule, byUser: boolean): Sample[] {
  const own: Labels = [
    ['rule', name],
    ['severity', severity],
  ]
  const counts = new Map<string, bigint>()
  for (const { state, labels } of alerts) {
    if (state !== 'firing') continue
    const shown = Object.entries(labels).filter(([field]) => byUser || field !== 'user')
    const key = JSON.stringify(shown)
    counts.set(key, (counts.get(key) ?? 0n) + 1n)
  }
  if (counts.size === 0) return [{ labels: own, value: 0n }]
  return [...counts].map(([key, value]) => ({ labels: [...own, ...(JSON.parse(key) as Labels)], value }))
}
