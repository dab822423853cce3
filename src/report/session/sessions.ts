// Sessions from sums. A session without an id is a user's events with short pauses. The logs are asked for runs of such events,
// each of one user, client and kind; runs that overlap, or are less than the pause that ends a session apart, are one session.
// So neither the order of events nor the number of runs matters, and only a few rows are kept for each session, not one
// for each event.
import { COST_MEASURES } from '../../query/measures.ts'
import { type GroupBy, pauseOfKey } from '../../query/query.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { Tally } from '../../tally/tally.ts'
import { ratesBy } from '../group/group-bys.ts'
import type { Question } from '../model/report-definition.ts'
import { Sessions } from './session-columns.ts'
import { assignRows } from './session-rows.ts'

/** What is wanted of sessions: only when and whose they are, also what happens in them, or also what that costs. */
export type SessionDetail = 'extents' | 'counts' | 'costs'

export function sessionQuestion(idleMs: number, detail: SessionDetail): Question {
  const keys = ['session', 'user', 'client', ...(detail === 'extents' ? [] : ['event']), `run:${idleMs}`]
  const counts = detail === 'extents' ? [] : ['analyses', 'errors']
  const sums = detail === 'costs' ? [...counts, ...COST_MEASURES] : counts
  const by: GroupBy = { name: 'sessions', keys, sums, hasDurations: false, hasExtent: true }
  // The report names the prices that it used by the rate classes that there are.
  const rates = detail === 'costs' ? [ratesBy('rates')] : []
  return { name: 'sessions', kinds: 'all', extras: [], groupBys: [by, ...rates], isWide: true }
}

/** When the events of each id were. */
export const ID_QUESTION: Question = {
  name: 'ids',
  kinds: 'all',
  extras: [],
  groupBys: [{ name: 'ids', keys: ['session'], sums: [], hasDurations: false, hasExtent: true }],
}

const BUILT = new WeakMap<TallyGroups, Sessions>()

/** All sessions of an answer to `sessionQuestion`; events with neither session nor user are in none. */
export function buildSessions({ tables }: Tally): Sessions {
  const table = tables.get('sessions')!
  const sessions = BUILT.get(table) ?? new Sessions(table, assignRows(table, pauseOfKey(table.by.keys.at(-1)!)!))
  BUILT.set(table, sessions)
  return sessions
}
