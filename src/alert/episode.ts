// From a signal to episodes: ok, pending, firing, recovering, and back. Time is event time. What an alert becomes is the same
// whether its signal is seen at once or in a thousand pieces.
import type { Rule } from './alert-rules.ts'
import type { Change } from './signal.ts'

export type Phase = 'ok' | 'pending' | 'firing' | 'recovering'

export interface AlertStanding {
  readonly phase: Phase
  /** When the phase began. */
  readonly since: number
  /** When the condition began to hold that it fires for. */
  readonly began: number
  /** When it fired; null before that. It names the episode. */
  readonly firedAt: number | null
}

export interface Transition {
  readonly at: number
  readonly to: Phase
  /** Of the episode that begins, goes on or ends. */
  readonly began: number
  readonly firedAt: number | null
}

export interface Advance {
  readonly standing: AlertStanding
  readonly transitions: readonly Transition[]
}

export function quietSince(since: number): AlertStanding {
  return { phase: 'ok', since, began: since, firedAt: null }
}

/**
 * What becomes of an alert by the instant `to`, given the changes of its signal until then. `isShown` says whether there is any
 * event in a stretch of time, both ends included. An alert may fire without one, but it ends only where events since show that
 * logs are still written.
 */
export function advance(
  before: AlertStanding,
  changes: readonly Change[],
  { forMs, keepFiringMs }: Pick<Rule, 'forMs' | 'keepFiringMs'>,
  { to, isShown }: { readonly to: number; readonly isShown: (from: number, to: number) => boolean },
): Advance {
  let standing = before
  const transitions: Transition[] = []
  const become = (phase: Phase, at: number, more: Partial<AlertStanding> = {}) => {
    standing = { ...standing, phase, since: at, ...more }
    transitions.push({ at, to: phase, began: standing.began, firedAt: standing.firedAt })
  }
  // What is due without a change of the signal.
  const settle = (until: number) => {
    if (standing.phase === 'pending' && standing.since + forMs <= until) {
      const at = standing.since + forMs
      become('firing', at, { firedAt: at })
    }
    const end = standing.since + keepFiringMs
    if (standing.phase === 'recovering' && end <= until && isShown(standing.since, until)) {
      become('ok', end)
      standing = { ...standing, firedAt: null }
    }
  }
  for (const { at, holds } of changes) {
    settle(at)
    if (holds && standing.phase === 'ok') {
      become('pending', at, { began: at })
      settle(at)
    } else if (holds && standing.phase === 'recovering') become('firing', at)
    else if (!holds && standing.phase === 'pending') become('ok', at)
    else if (!holds && standing.phase === 'firing') {
      become('recovering', at)
      settle(at)
    }
  }
  settle(to)
  return { standing, transitions }
}

/** The reminder that is due last: its number, from 1, and when it was due; undefined where none is. */
export function reminderDue(
  { phase, firedAt }: Pick<AlertStanding, 'phase' | 'firedAt'>,
  { repeatMs }: Pick<Rule, 'repeatMs'>,
  now: number,
): { readonly number: number; readonly at: number } | undefined {
  if (phase !== 'firing' || firedAt === null || repeatMs === null) return undefined
  const number = Math.floor((now - firedAt) / repeatMs)
  return number < 1 ? undefined : { number, at: firedAt + number * repeatMs }
}
