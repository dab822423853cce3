// Assigns each row of a session table to its session.
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import { orderOf } from './order-of-numbers.ts'

/** Where the keys of a session table stand. */
export const [SESSION, USER, CLIENT, EVENT] = [0, 1, 2, 3] as const

export interface SessionRows {
  /** The rows in the order of their first events. */
  readonly order: Uint32Array
  /** By row; NONE where it is in no session. Sessions are numbered in the order of their first events. */
  readonly ofRow: Int32Array
  /** How many sessions there are. */
  readonly count: number
}

export const NONE = -1

/** Rows with an id are a session by that; the others are a user's, and a pause of `idleMs` ends a session. */
export function assignRows(table: TallyGroups, idleMs: number): SessionRows {
  const { firsts, lasts, size } = table
  const [ids, users] = [table.keys[SESSION]!, table.keys[USER]!]
  const order = orderOf(firsts, size)
  const ofRow = new Int32Array(size).fill(NONE)
  const ofId = new Int32Array(table.tables[SESSION]!.size).fill(NONE)
  const ofUser = new Int32Array(table.tables[USER]!.size).fill(NONE)
  /** By user, the last event of the session at hand. */
  const ends = new Float64Array(ofUser.length)
  let count = 0
  for (const row of order) {
    const id = ids[row]!
    const user = users[row]!
    if (id !== 0) {
      if (ofId[id] === NONE) ofId[id] = count++
      ofRow[row] = ofId[id]!
    } else if (user !== 0) {
      const goesOn = ofUser[user] !== NONE && firsts[row]! - ends[user]! < idleMs
      if (!goesOn) ofUser[user] = count++
      ends[user] = goesOn ? Math.max(ends[user]!, lasts[row]!) : lasts[row]!
      ofRow[row] = ofUser[user]!
    }
  }
  return { order, ofRow, count }
}
