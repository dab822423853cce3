// The rules, and what the last check left of each. Nothing is asked of the logs.
import type { AlertPlan, Rule } from '../../alert/alert-rules.ts'
import type { AlertState, GroupState } from '../../alert/alert-state.ts'
import { readAlertState } from '../../alert/alert-store.ts'
import { silenceOf } from '../../alert/silence.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import type { Instant } from '../../base/zone.ts'
import type { Scope } from '../../query/scope.ts'
import { alertDocument } from './check-answer.ts'
import { isSeen } from './seen-alerts.ts'

export interface ListedRule {
  readonly name: string
  readonly when: string
  readonly builtIn: boolean
  readonly severity: Rule['severity']
  /** Until when events were looked at, as an instant; null where no check has looked yet. */
  readonly checkedTo: string | null
  /** What is pending, fires or recovers; empty where all is well. */
  readonly alerts: readonly ListedAlert[]
}

export type ListedAlert = ReturnType<typeof alertDocument> & {
  /** Until when it is not told; null where it is. */
  readonly silencedUntil: string | null
}

/** Of who may not see everything, the rules that are about nothing else, and alerts about nothing else. */
export function listAlerts(
  { rules, silences }: Pick<AlertPlan, 'rules' | 'silences'>,
  root: string,
  now: Instant,
  scope?: Scope,
  state: AlertState = readAlertState(root),
): ListedRule[] {
  return rules.flatMap(rule => {
    const { name, when, isBuiltIn, severity } = rule
    const known = state.rules[name]
    const groups = (known?.groups ?? []).filter(({ phase }) => phase !== 'ok')
    const seen = groups.filter(({ labels }) => isSeen(scope, labels, rule.scope))
    if (seen.length === 0 && !isSeen(scope, {}, rule.scope)) return []
    const alertOf = (group: GroupState): ListedAlert => {
      const silence = silenceOf(silences, { rule: name, severity, labels: group.labels }, now)
      return {
        ...alertDocument(group),
        silencedUntil: silence === undefined ? null : formatInstantUtc(silence.until as Instant),
      }
    }
    return [
      {
        ...{ name, when: when.text, builtIn: isBuiltIn, severity },
        checkedTo: known === undefined ? null : formatInstantUtc(known.evaluatedTo as Instant),
        alerts: seen.map(alertOf),
      },
    ]
  })
}

/** An alert of any rule, by itself. */
export type OneAlert = { readonly rule: string; readonly severity: Rule['severity'] } & ListedAlert & {
    readonly when: string
  }

/** The alerts of all rules, what fires first, and of that the worst and the newest. */
export function alertsOf(rules: readonly ListedRule[]): OneAlert[] {
  const all = rules.flatMap(({ name, severity, when, alerts }) =>
    alerts.map(alert => ({ rule: name, severity, ...alert, when })),
  )
  return all.sort(
    (a, b) =>
      STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (a.since > b.since ? -1 : 1),
  )
}

const STATES: readonly GroupState['phase'][] = ['firing', 'recovering', 'pending', 'ok']
const SEVERITIES: readonly Rule['severity'][] = ['critical', 'high', 'medium', 'low']
