// Sessions from sums. A session without an id is a user's events with short pauses. The time is cut into stretches as long as
// the shortest pause that ends a session: events of one stretch are then always of one session, and sessions go on over
// neighbouring stretches where the pause between the last event of one and the first of the next is short. So the order of
// events does not matter, and what is kept is a row for each user and stretch, not one for each event.
import { GroupCost } from '../pricing/group-cost.ts'
import { USAGE_MEASURES } from '../query/measures.ts'
import type { GroupBy, Range } from '../query/query.ts'
import type { Groups as TallyGroups } from '../tally/groups.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { pricedRows } from './group.ts'
import { compareKeys } from './order.ts'
import type { Question } from './report-definition.ts'
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

/** All sessions of a table of `sessionQuestion`, by their start; events with neither session nor user are in none. */
export function buildSessions(table: TallyGroups, idleMs: number, basisOf?: BasisOf): Session[] {
  const byId = new Map<string, Session>()
  const byUser = new Map<KeyValue, Map<number, Session>>()
  const rows = basisOf === undefined || !table.by.keys.includes('rate') ? null : pricedRows(table, basisOf)
  for (let slot = 0; slot < table.size; slot++) {
    const [id, user, client, stretch, event] = [0, 1, 2, 3, 4].map(key =>
      key < table.by.keys.length ? table.keyOf(slot, key) : null,
    )
    const piece = emptySession(id as string | null, user!, client!, table.firsts[slot]!, table.lasts[slot]!)
    if (table.by.sums.length > 0) addCounts(piece, table, slot, event!)
    const row = rows?.[slot]
    if (row !== undefined) {
      piece.cost = new GroupCost()
      piece.cost.add(row.basis, row.sums, 0, row.loggedRest)
    }
    if (id !== null) addPiece(byId, id as string, piece)
    else if (user !== null) {
      const stretches = byUser.get(user!) ?? new Map<number, Session>()
      byUser.set(user!, stretches)
      addPiece(stretches, stretch as number, piece)
    }
  }
  const found = [...byUser.values()].flatMap(stretches => joinStretches(stretches, idleMs))
  return [...byId.values(), ...found].sort(
    (a, b) => a.first - b.first || compareKeys(a.user, b.user) || compareKeys(a.id, b.id),
  )
}

/** Sessions count in the range in which they start. */
export function sessionsOfRange(sessions: readonly Session[], { from, to }: Range): Session[] {
  return sessions.filter(({ first }) => (from === null || first >= from) && (to === null || first < to))
}

/**
 * Whether some session that has events in `range` may go on outside of `window`, which is what was looked at: its first or
 * its last event is so near to the border of the window that another one may follow.
 */
export function isCutAt(window: Range, sessions: readonly Session[], range: Range, idleMs: number): boolean {
  return sessions.some(({ first, last }) => {
    const isTouched = (range.from === null || last >= range.from) && (range.to === null || first < range.to)
    if (!isTouched) return false
    const mayBeginBefore = window.from !== null && first - window.from < idleMs
    return mayBeginBefore || (window.to !== null && window.to - last <= idleMs)
  })
}

/** Milliseconds of all sessions together. */
export function totalLengthMs(sessions: readonly Session[]): number {
  return sessions.reduce((sum, { first, last }) => sum + last - first, 0)
}

function emptySession(id: string | null, user: KeyValue, client: KeyValue, first: number, last: number): Session {
  const counts = { isCompleted: false, events: 0, requests: 0, queries: 0, errors: 0, cost: null }
  return { id, user, client, userAt: first, clientAt: first, first, last, ...counts }
}

function addCounts(session: Session, table: TallyGroups, slot: number, event: KeyValue): void {
  const events = Number(table.sums[table.by.sums.indexOf('analyses')]!.get(slot))
  session.events = events
  session.errors = Number(table.sums[table.by.sums.indexOf('errors')]!.get(slot))
  session.requests = event === 'analysis' || event === 'request' ? events : 0
  session.queries = event === 'user_query' ? events : 0
  session.isCompleted = event === 'session_end'
}

function addPiece<Key>(sessions: Map<Key, Session>, key: Key, piece: Session): void {
  const session = sessions.get(key)
  if (session === undefined) sessions.set(key, piece)
  else mergeSession(session, piece)
}

// Of two that begin together the first by name is whose session it is, so that no order of rows matters.
function mergeSession(session: Session, piece: Session): void {
  takeOwner(session, piece, 'user', 'userAt')
  takeOwner(session, piece, 'client', 'clientAt')
  session.first = Math.min(session.first, piece.first)
  session.last = Math.max(session.last, piece.last)
  session.isCompleted ||= piece.isCompleted
  session.events += piece.events
  session.requests += piece.requests
  session.queries += piece.queries
  session.errors += piece.errors
  if (piece.cost === null) return
  if (session.cost === null) session.cost = piece.cost
  else session.cost.merge(piece.cost)
}

function takeOwner(session: Session, piece: Session, key: 'user' | 'client', at: 'userAt' | 'clientAt'): void {
  if (piece[key] === null) return
  const order = session[key] === null ? 1 : session[at] - piece[at] || compareKeys(session[key], piece[key])
  if (order <= 0) return
  session[key] = piece[key]
  session[at] = piece[at]
}

function joinStretches(stretches: ReadonlyMap<number, Session>, idleMs: number): Session[] {
  const joined: Session[] = []
  for (const [, piece] of [...stretches].sort(([a], [b]) => a - b)) {
    const open = joined.at(-1)
    if (open !== undefined && piece.first - open.last < idleMs) mergeSession(open, piece)
    else joined.push(piece)
  }
  return joined
}
