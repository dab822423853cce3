// When the condition of a rule begins to hold and when it ends, in event time. It can change only when an event comes into the
// stretch of time that the rule looks at, or leaves it; so it is looked at then and at no other time, however often a check runs.
import { decimalToNumber } from '../base/decimal.ts'
import type { Rule } from './alert-rules.ts'
import { type Point, Window } from './window.ts'

/** From this instant on it holds, or does not. */
export interface Change {
  readonly at: number
  readonly holds: boolean
}

/**
 * The changes of one group's signal: the first says how it stands at `from`, the others are in (`from`, `to`]. At an instant
 * the rule looks at the events after that instant minus its length, and up to it. `points` are in order of time.
 *
 * Too much of something begins with an event, never because others leave: ten failures of a hundred do not become too many as
 * the ninety successes before them grow old. So `held` says whether it held before `from`; true where nobody knows.
 */
export function changesOf(points: readonly Point[], rule: Rule, from: number, to: number, held = true): Change[] {
  const beginsWithEvent = rule.when.operator.startsWith('>') && !rule.firesOnNoData
  const window = new Window()
  let [added, removed] = [0, 0]
  const moveTo = (at: number) => {
    while (added < points.length && points[added]!.at <= at) window.add(points[added++]!)
    while (removed < added && points[removed]!.at <= at - rule.overMs) window.remove(points[removed++]!)
    return window.fulfils(rule)
  }
  const changes: Change[] = [{ at: from, holds: moveTo(from) && (held || !beginsWithEvent) }]
  for (;;) {
    const comes = points[added]?.at ?? Number.POSITIVE_INFINITY
    const leaves = removed < added ? points[removed]!.at + rule.overMs : Number.POSITIVE_INFINITY
    const at = Math.min(comes, leaves)
    if (at > to) return changes
    const held = changes.at(-1)!.holds
    const holds = moveTo(at) && (held || comes === at || !beginsWithEvent)
    if (holds !== held) changes.push({ at, holds })
  }
}

/** Of a rule about silence: it begins so long after an event, and ends with the next. `wasSilent` says how it was before all points. */
export function silencesOf(
  points: readonly Point[],
  rule: Rule,
  from: number,
  to: number,
  wasSilent: boolean,
): Change[] {
  const limitMs = decimalToNumber(rule.when.limit) + (rule.when.operator === '>' ? 1 : 0)
  const changes: Change[] = [{ at: from, holds: wasSilent }]
  const change = (at: number, holds: boolean) => {
    if (at <= from) changes[0] = { at: from, holds }
    else if (at <= to && changes.at(-1)!.holds !== holds) changes.push({ at, holds })
  }
  points.forEach(({ at }, index) => {
    change(at, false)
    const next = points[index + 1]?.at ?? Number.POSITIVE_INFINITY
    if (at + limitMs < next) change(at + limitMs, true)
  })
  return changes
}

/** The sums of what a rule looks at, at an instant. */
export function windowAt(points: readonly Point[], overMs: number, at: number): { window: Window; points: Point[] } {
  const inside = points.filter(point => point.at > at - overMs && point.at <= at)
  const window = new Window()
  for (const point of inside) window.add(point)
  return { window, points: inside }
}
