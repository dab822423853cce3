// Points for tests of alerts: one event each, so many seconds after the beginning of a Monday.

import { type AlertPlan, planOf, type Rule } from '../../src/alert/alert-rules.ts'
import { type AlertFile, alertSchema } from '../../src/alert/alert-schema.ts'
import type { RuleState } from '../../src/alert/alert-state.ts'
import type { HourCounts } from '../../src/alert/down.ts'
import { evaluateRule, type GroupTransition, type Seen } from '../../src/alert/evaluate-rule.ts'
import type { Point } from '../../src/alert/window.ts'
import { parseDecimal } from '../../src/base/decimal.ts'
import { UTC } from '../../src/base/zone.ts'

export const MONDAY = Date.UTC(2026, 1, 2)
const HOUR_MS = 3_600_000

export interface Made {
  readonly at: number
  readonly user?: string
  readonly feature?: string
  readonly isError?: boolean
  readonly cost?: string
  readonly ms?: number
}

/** `at` in milliseconds since the Monday. */
export function point({ at, user = 'anna', feature = 'chat', isError = false, cost = '0', ms = 100 }: Made): Point {
  return {
    at: MONDAY + at,
    labels: { client: 'diageo', user, profile: null, model: null, provider: null, feature },
    events: 1,
    requests: 1,
    errors: isError ? 1 : 0,
    unpriced: 0,
    threats: 0,
    cost: parseDecimal(cost)!,
    durations: [[ms * 1000, 1]],
  }
}

export function plan(file: AlertFile): AlertPlan {
  return planOf(alertSchema.parse(file), UTC)
}

export function rule(written: NonNullable<AlertFile['rules']>[number]): Rule {
  return plan({ rules: [written] }).rules.find(({ name }) => name === written.name)!
}

export function hoursOf(points: readonly Point[]): Map<string, Map<number, HourCounts>> {
  const hours = new Map<string, Map<number, HourCounts>>()
  for (const { at, labels, requests, errors } of points) {
    const own = hours.get(labels.feature!) ?? new Map<number, HourCounts>()
    const hour = Math.floor(at / HOUR_MS)
    const before = own.get(hour) ?? { requests: 0, successes: 0 }
    own.set(hour, { requests: before.requests + requests, successes: before.successes + requests - errors })
    hours.set(labels.feature!, own)
  }
  return hours
}

/** What there is to see at an instant: nothing of what is still to come. */
export function seenAt(all: readonly Point[], now: number): Seen {
  const points = all.filter(({ at }) => at <= now)
  return { points, hours: hoursOf(points), lastEvent: points.at(-1)?.at ?? null, now }
}

/** The transitions of checks at these instants, one after the other, as text. */
export function transitionsOf(watched: Rule, points: readonly Point[], checks: readonly number[]): string[] {
  let state: RuleState | undefined
  const all: GroupTransition[] = []
  for (const now of checks) {
    const seen = seenAt(points, now)
    if (state === undefined && seen.lastEvent === null) continue
    const evaluation = evaluateRule(watched, state, seen)
    state = evaluation.state
    all.push(...evaluation.transitions)
  }
  return all
    .sort((a, b) => a.at - b.at)
    .map(({ at, to, labels }) => `${(at - MONDAY) / 1000} ${Object.values(labels).join()} ${to}`.replace('  ', ' '))
}
