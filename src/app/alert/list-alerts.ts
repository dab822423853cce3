// The rules, and what the last check left of each. Nothing is asked of the logs.
import type { AlertPlan } from '../../alert/alert-rules.ts'
import { readAlertState } from '../../alert/alert-store.ts'
import type { Labels } from '../../alert/group.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import type { Instant } from '../../base/zone.ts'
import { alertDocument } from './check-answer.ts'

export interface ListedRule {
  readonly name: string
  readonly when: string
  readonly builtIn: boolean
  readonly severity: string
  /** Until when events were looked at, as an instant; null where no check has looked yet. */
  readonly checkedTo: string | null
  /** What is pending, fires or recovers; empty where all is well. */
  readonly alerts: readonly ListedAlert[]
}

export interface ListedAlert {
  readonly labels: Labels
  readonly state: 'ok' | 'pending' | 'firing' | 'recovering'
  readonly since: string
}

export function listAlerts({ rules }: AlertPlan, root: string): ListedRule[] {
  const { rules: states } = readAlertState(root)
  return rules.map(({ name, when, isBuiltIn, severity }) => {
    const state = states[name]
    const groups = state?.groups.filter(({ phase }) => phase !== 'ok') ?? []
    return {
      ...{ name, when: when.text, builtIn: isBuiltIn, severity },
      checkedTo: state === undefined ? null : formatInstantUtc(state.evaluatedTo as Instant),
      alerts: groups.map(alertDocument),
    }
  })
}
