// Looks at one rule from where the last check ended: how its alerts stand now, and what became of them on the way.
import { decimalToNumber } from '../base/decimal.ts'
import type { Rule } from './alert-rules.ts'
import type { GroupState, RuleState } from './alert-state.ts'
import { DOWN_HISTORY_MS, DOWN_LOOKBACK_MS, downChanges, type HourCounts } from './down.ts'
import { advance, quietSince, type Transition } from './episode.ts'
import { groupPoints, keyOfLabels, type Labels } from './group.ts'
import { type Change, changesOf, silencesOf } from './signal.ts'
import type { Point } from './window.ts'

/** What there is to look at. */
export interface Seen {
  /** Of all events that rules look at, in order of time, none after `now`. */
  readonly points: readonly Point[]
  /** Hours by feature, for rules about features that are down. */
  readonly hours: ReadonlyMap<string, ReadonlyMap<number, HourCounts>>
  readonly lastEvent: number | null
  readonly now: number
}

export interface GroupTransition extends Transition {
  readonly labels: Labels
}

export interface RuleEvaluation {
  readonly state: RuleState
  readonly transitions: readonly GroupTransition[]
}

/** Events that the last check saw, and that are no longer there. */
export interface Vanished {
  readonly before: number
  readonly now: number
}

/** A rule that was never looked at is looked at from so long before the last event. */
export const FIRST_LOOK_MS = 7 * 86_400_000

/** How long before an instant events still count for what a rule says at it. */
export function lookbackMs({ when, overMs }: Pick<Rule, 'when' | 'overMs'>): number {
  if (when.metric === 'silent') return decimalToNumber(when.limit) + 1
  return when.metric === 'down' ? Math.max(overMs, DOWN_LOOKBACK_MS) : overMs
}

/** How long before an instant hours still count. */
export function historyMs({ when }: Pick<Rule, 'when'>): number {
  return when.metric === 'down' ? DOWN_HISTORY_MS + DOWN_LOOKBACK_MS : 0
}

/** Where the evaluation of a rule begins. */
export function startOf(state: RuleState | undefined, { lastEvent, now }: Pick<Seen, 'lastEvent' | 'now'>): number {
  if (state !== undefined) return Math.min(state.evaluatedTo, now)
  return (lastEvent ?? now) - FIRST_LOOK_MS
}

/** Whether events are gone that the last check saw: then nothing that is said of the time since would be true. */
export function vanishedOf(state: RuleState | undefined, { points, lastEvent }: Seen): Vanished | undefined {
  if (state === undefined || state.lastEvent === null) return undefined
  const { from, events: before } = state.seen
  const now = countBetween(points, from, state.evaluatedTo)
  if (now < before) return { before, now }
  return lastEvent === null || lastEvent < state.lastEvent ? { before: before + 1, now } : undefined
}

export function evaluateRule(rule: Rule, before: RuleState | undefined, seen: Seen): RuleEvaluation {
  const { points, lastEvent, now } = seen
  // Before the first event of all there is nothing to say.
  const from = Math.max(startOf(before, seen), before === undefined ? (points[0]?.at ?? now) : Number.NEGATIVE_INFINITY)
  const groups = groupPoints(points, rule)
  const known = new Map((before?.groups ?? []).map(group => [keyOfLabels(group.labels), group]))
  const instants = points.map(({ at }) => at)
  const isShown = (since: number, until: number) =>
    (before?.lastEvent ?? Number.NEGATIVE_INFINITY) >= since || hasBetween(instants, since, until)
  // Lines that were written late are judged where the last check ended.
  const hasLate =
    before === undefined || countBetween(points, before.seen.from, before.evaluatedTo) > before.seen.events
  const transitions: GroupTransition[] = []
  const standing: GroupState[] = []
  for (const key of new Set([...groups.keys(), ...known.keys()])) {
    const state = known.get(key)
    const { labels, points: own } = groups.get(key) ?? { labels: state!.labels, points: [] }
    const start = state ?? quietSince(from)
    const held = start.phase === 'pending' || start.phase === 'firing'
    const changes = signalOf(rule, own, held, {
      hasLate,
      ...{ instants, from, to: now, seen, labels },
    })
    const moved = advance(start, changes, rule, { to: now, isShown })
    for (const transition of moved.transitions) transitions.push({ labels, ...transition })
    const { told = null, reminded = 0 } = state ?? {}
    const isNew = moved.standing.firedAt !== state?.firedAt
    const next = { labels, ...moved.standing, told: isNew ? null : told, reminded: isNew ? 0 : reminded }
    if (next.phase !== 'ok') standing.push(next)
  }
  const lookFrom = now - lookbackMs(rule)
  return {
    state: {
      evaluatedTo: now,
      lastEvent,
      seen: { from: lookFrom, events: countBetween(points, lookFrom, now) },
      groups: standing,
    },
    transitions: transitions.sort((a, b) => a.at - b.at),
  }
}

interface SignalOf {
  readonly hasLate: boolean
  readonly instants: readonly number[]
  readonly from: number
  readonly to: number
  readonly seen: Seen
  readonly labels: Labels
}

function signalOf(
  rule: Rule,
  points: readonly Point[],
  held: boolean,
  { instants, from, to, seen, labels, hasLate }: SignalOf,
): Change[] {
  if (rule.when.metric === 'silent') {
    const isSilentBefore = held || (points.length === 0 && rule.by.length === 0 && seen.lastEvent !== null)
    return silencesOf(points, rule, from, to, isSilentBefore)
  }
  if (rule.when.metric !== 'down') return changesOf(points, rule, from, to, held || hasLate)
  const hours = seen.hours.get(labels.feature ?? '') ?? new Map<number, HourCounts>()
  return downChanges({ points, hours, wasDown: held, hasLate }, rule, instants, { from, to })
}

function hasBetween(instants: readonly number[], from: number, to: number): boolean {
  let [low, high] = [0, instants.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (instants[middle]! < from) low = middle + 1
    else high = middle
  }
  return low < instants.length && instants[low]! <= to
}

function countBetween(points: readonly Point[], from: number, to: number): number {
  let events = 0
  for (const { at, events: own } of points) if (at > from && at <= to) events += own
  return events
}
