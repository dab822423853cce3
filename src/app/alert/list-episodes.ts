// What fired and when it was over, from the transitions of the last checks, the newest first.
import type { AlertPlan } from '../../alert/alert-rules.ts'
import type { TransitionLine } from '../../alert/alert-state.ts'
import { readLastTransitions } from '../../alert/alert-store.ts'
import { keyOfLabels, type Labels } from '../../alert/group.ts'
import type { Scope } from '../../query/scope.ts'
import { isSeen } from './seen-alerts.ts'

export interface ListedEpisode {
  /** When it fired, or the period of a budget, or the day. */
  readonly episode: string
  readonly rule: string
  readonly labels: Labels
  /** `80 %` or `forecast` of a budget, `unusual` of a day; null of a rule. */
  readonly mark: string | null
  readonly firedAt: string
  /** Null while it goes on, and of what has no end. */
  readonly endedAt: string | null
}

/** So many transitions are looked at. */
const MOST_LINES = 5000

export function listEpisodes(
  { rules, budgets }: Pick<AlertPlan, 'rules' | 'budgets'>,
  root: string,
  scope?: Scope,
): ListedEpisode[] {
  const within = new Map([...rules, ...budgets].map(({ name, scope: own }) => [name, own]))
  const episodes = new Map<string, ListedEpisode>()
  for (const line of readLastTransitions(root, MOST_LINES)) {
    if (isSeen(scope, line.labels, within.get(line.rule))) addLine(episodes, line)
  }
  return [...episodes.values()].sort((a, b) => (a.firedAt > b.firedAt ? -1 : a.firedAt < b.firedAt ? 1 : 0))
}

const PHASES = ['ok', 'pending', 'firing', 'recovering']

function addLine(episodes: Map<string, ListedEpisode>, { rule, labels, to, since, episode }: TransitionLine): void {
  if (episode === null) return
  const mark = PHASES.includes(to) ? null : to
  const key = JSON.stringify([rule, keyOfLabels(labels), episode, mark])
  const known = episodes.get(key)
  if (mark !== null || (to === 'firing' && known === undefined))
    episodes.set(key, { episode, rule, labels, mark, firedAt: since, endedAt: null })
  else if (to === 'ok' && known !== undefined) episodes.set(key, { ...known, endedAt: since })
}
