// Which alerts are not told for a while.
import { fitsWildcard } from '../base/wildcard.ts'
import type { Silence } from './alert-rules.ts'
import type { Labels } from './group.ts'

/** The silence that an alert falls under at an instant. */
export function silenceOf(
  silences: readonly Silence[],
  alert: { readonly rule: string; readonly severity: string; readonly labels: Labels },
  at: number,
): Silence | undefined {
  const own: Readonly<Record<string, string>> = { ...alert.labels, rule: alert.rule, severity: alert.severity }
  return silences.find(
    ({ match, until }) =>
      at < until &&
      Object.entries(match).every(([name, pattern]) => Object.hasOwn(own, name) && fitsWildcard(pattern, own[name]!)),
  )
}
