// What somebody may see of alerts and budgets who may not see everything: what is about their own clients alone. Whatever sums
// over clients would tell of the others.
import type { AlertPlan, ScopeTest, Silence } from '../../alert/alert-rules.ts'
import type { Labels } from '../../alert/group.ts'
import { hasWildcard } from '../../base/wildcard.ts'
import { rulesOfScope, type Scope } from '../../query/scope.ts'

type Named = Pick<ScopeTest, 'field' | 'values'>

/** Whether events with these labels, and within this scope of a rule or budget, are all such as may be seen. */
export function isSeen(scope: Scope | undefined, labels: Labels, within: readonly Named[] = []): boolean {
  const rules = scope === undefined ? undefined : rulesOfScope(scope)
  return (rules ?? []).every(({ column, values }) => {
    const named = namesOf(
      labels[column] === undefined ? within.find(({ field }) => field === column)?.values : [labels[column]],
    )
    return named?.every(name => values.includes(name)) === true
  })
}

/** A silence says whom it is about by its patterns. */
export function isSeenSilence(scope: Scope | undefined, { match }: Pick<Silence, 'match'>): boolean {
  return isSeen(scope, match)
}

/** The rules, budgets and silences that are about nothing else. */
export function seenPlan(plan: AlertPlan, scope: Scope | undefined): AlertPlan {
  return {
    ...plan,
    rules: plan.rules.filter(rule => isSeen(scope, {}, rule.scope)),
    budgets: plan.budgets.filter(budget => isSeen(scope, {}, budget.scope)),
    silences: plan.silences.filter(silence => isSeenSilence(scope, silence)),
  }
}

// Undefined where they could be any.
function namesOf(values: readonly string[] | undefined): readonly string[] | undefined {
  return values === undefined || values.some(value => hasWildcard(value) || value.startsWith('!')) ? undefined : values
}
