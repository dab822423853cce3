// The rows of a session table put together to sessions. There may be as many rows as events, so none becomes an object.
import type { Groups as TallyGroups } from '../tally/groups.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { compareKeys } from './order.ts'
import type { Session } from './sessions.ts'

const [SESSION, USER, CLIENT, STRETCH, EVENT] = [0, 1, 2, 3, 4] as const

/** A slot of the table is a piece of a session. */
export class SessionPieces {
  readonly size: number
  private readonly table: TallyGroups
  private readonly values: readonly (readonly KeyValue[])[]
  private readonly hasCounts: boolean
  private readonly analysesAt: number
  private readonly errorsAt: number

  constructor(table: TallyGroups) {
    this.table = table
    this.size = table.size
    this.values = table.tables
      .slice(0, EVENT + 1)
      .map(keys => Array.from({ length: keys.size }, (_, code) => keys.valueOf(code)))
    this.hasCounts = table.by.sums.length > 0
    this.analysesAt = table.by.sums.indexOf('analyses')
    this.errorsAt = table.by.sums.indexOf('errors')
  }

  idOf(slot: number): string | null {
    return this.valueOf(slot, SESSION) as string | null
  }

  userOf(slot: number): KeyValue {
    return this.valueOf(slot, USER)
  }

  stretchOf(slot: number): number {
    return this.valueOf(slot, STRETCH) as number
  }

  firstOf(slot: number): number {
    return this.table.firsts[slot]!
  }

  /** Adds a piece to the session that it belongs to. */
  addTo(session: Session, slot: number): void {
    const [first, last] = [this.table.firsts[slot]!, this.table.lasts[slot]!]
    takeOwner(session, this.valueOf(slot, USER), first, 'user', 'userAt')
    takeOwner(session, this.valueOf(slot, CLIENT), first, 'client', 'clientAt')
    session.first = Math.min(session.first, first)
    session.last = Math.max(session.last, last)
    if (!this.hasCounts) return
    const event = this.valueOf(slot, EVENT)
    const events = Number(this.table.sums[this.analysesAt]!.get(slot))
    session.events += events
    session.errors += Number(this.table.sums[this.errorsAt]!.get(slot))
    if (event === 'analysis' || event === 'request') session.requests += events
    else if (event === 'user_query') session.queries += events
    else if (event === 'session_end') session.isCompleted = true
  }

  private valueOf(slot: number, key: number): KeyValue {
    return this.values[key]![this.table.keys[key]![slot]!]!
  }
}

/** Sessions that have an id. `ofSlot` is told whose the slots are. */
export function joinIds(pieces: SessionPieces, ofSlot: (Session | undefined)[]): Iterable<Session> {
  const byId = new Map<string, Session>()
  for (let slot = 0; slot < pieces.size; slot++) {
    const id = pieces.idOf(slot)
    if (id === null) continue
    const session = byId.get(id) ?? emptySession(id)
    byId.set(id, session)
    pieces.addTo(session, slot)
    ofSlot[slot] = session
  }
  return byId.values()
}

/** Sessions of users, that end with a pause of `idleMs`. `ofSlot` is told whose the slots are. */
export function joinUsers(pieces: SessionPieces, idleMs: number, ofSlot: (Session | undefined)[]): Session[] {
  const sessions: Session[] = []
  for (const slots of slotsByUser(pieces).values()) {
    let open: Session | undefined
    for (let at = 0; at < slots.length; ) {
      const end = endOfStretch(pieces, slots, at)
      let first = Number.POSITIVE_INFINITY
      for (let next = at; next < end; next++) first = Math.min(first, pieces.firstOf(slots[next]!))
      if (open === undefined || first - open.last >= idleMs) {
        open = emptySession(null)
        sessions.push(open)
      }
      for (; at < end; at++) {
        pieces.addTo(open, slots[at]!)
        ofSlot[slots[at]!] = open
      }
    }
  }
  return sessions
}

// Of events without a session, in order of time.
function slotsByUser(pieces: SessionPieces): Map<KeyValue, number[]> {
  const byUser = new Map<KeyValue, number[]>()
  for (let slot = 0; slot < pieces.size; slot++) {
    const user = pieces.userOf(slot)
    if (user === null || pieces.idOf(slot) !== null) continue
    const slots = byUser.get(user)
    if (slots === undefined) byUser.set(user, [slot])
    else slots.push(slot)
  }
  for (const slots of byUser.values()) slots.sort((a, b) => pieces.stretchOf(a) - pieces.stretchOf(b))
  return byUser
}

function endOfStretch(pieces: SessionPieces, slots: readonly number[], start: number): number {
  const stretch = pieces.stretchOf(slots[start]!)
  let end = start + 1
  while (end < slots.length && pieces.stretchOf(slots[end]!) === stretch) end++
  return end
}

function emptySession(id: string | null): Session {
  const owners = { user: null, client: null, userAt: 0, clientAt: 0 }
  const counts = { isCompleted: false, events: 0, requests: 0, queries: 0, errors: 0, cost: null }
  return { id, ...owners, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY, ...counts }
}

// Of two that begin together the first by name is whose session it is, so that no order of rows matters.
function takeOwner(
  session: Session,
  value: KeyValue,
  first: number,
  key: 'user' | 'client',
  at: 'userAt' | 'clientAt',
): void {
  if (value === null) return
  const order = session[key] === null ? 1 : session[at] - first || compareKeys(session[key], value)
  if (order <= 0) return
  session[key] = value
  session[at] = first
}
