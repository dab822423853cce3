// Sessions from sums. A session without an id is a user's events with short pauses. The time is cut into stretches as long as
// the shortest pause that ends a session: events of one stretch are then always of one session, and sessions go on over
// neighbouring stretches where the pause between the last event of one and the first of the next is short. So the order of
// events does not matter, and what is kept is a row for each user and stretch, not one for each event.
import { GroupCost } from '../pricing/group-cost.ts'
import { USAGE_MEASURES } from '../query/measures.ts'
import type { GroupBy, Range } from '../query/query.ts'
import type { Groups as TallyGroups } from '../tally/groups.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { forEachPricedRow } from './group.ts'
import { compareKeys } from './order.ts'
import type { Question } from './report-definition.ts'
import { joinIds, joinUsers, SessionPieces } from './session-pieces.ts'
import type { BasisOf } from './usage-groups.ts'
import { RATE_KEYS } from './usage-query.ts'

export interface Session {
  /** Null for one that was found by its pauses. */
  readonly id: string | null
  /** Of its first event that has one. */
  user: KeyValue
  client: KeyValue
  /** The instant of that event, of the user and of the client. */
  userAt: number
  clientAt: number
  first: number
  last: number
  /** Whether it has a session_end. */
  isCompleted: boolean
  events: number
  /** Events of the kinds analysis and request. */
  requests: number
  /** Events of the kind user_query. */
  queries: number
  errors: number
  cost: GroupCost | null
}

/** With `isPriced` also what happens in the sessions; else only when and whose they are. */
export function sessionQuestion(idleMs: number, isPriced: boolean): Question {
  const keys = ['session', 'user', 'client', `every:${idleMs}`]
  const by: GroupBy = isPriced
    ? {
        name: 'sessions',
        keys: [...keys, 'event', ...RATE_KEYS],
        sums: USAGE_MEASURES,
        hasDurations: false,
        hasExtent: true,
      }
    : { name: 'sessions', keys, sums: [], hasDurations: false, hasExtent: true }
  return { name: 'sessions', kinds: 'all', extras: [], groupBys: [by], isWide: true }
}

/** All sessions of a table of `sessionQuestion`, in no order; events with neither session nor user are in none. */
export function buildSessions(table: TallyGroups, idleMs: number, basisOf?: BasisOf): Session[] {
  const pieces = new SessionPieces(table)
  const ofSlot = new Array<Session | undefined>(table.size)
  const sessions = [...joinIds(pieces, ofSlot), ...joinUsers(pieces, idleMs, ofSlot)]
  if (basisOf !== undefined && table.by.keys.includes('rate')) {
    forEachPricedRow(table, basisOf, (slot, row) => {
      const session = ofSlot[slot]
      if (session === undefined) return
      session.cost ??= new GroupCost()
      session.cost.add(row.basis, row.sums, 0, row.loggedRest)
    })
  }
  return sessions
}

/** The longest first; of those as long, the first. */
export function compareSessions(a: Session, b: Session): number {
  const order = b.last - b.first - (a.last - a.first) || a.first - b.first
  return order || compareKeys(a.user, b.user) || compareKeys(a.id, b.id)
}

/** Sessions count in the range in which they start. */
export function sessionsOfRange(sessions: readonly Session[], { from, to }: Range): Session[] {
  return sessions.filter(({ first }) => (from === null || first >= from) && (to === null || first < to))
}
