// Asks for more than the range, so that sessions that begin in it are complete, and those that began before it are recognised.
// A session id may come back after any length of time, so if there are ids, all logs are asked when they had events.
import { DAY_MS } from '../../base/zone.ts'
import { addFailures } from '../../query/ledger.ts'
import type { Range } from '../../query/query.ts'
import type { Question } from '../../report/model/report-definition.ts'
import { buildSessions, ID_QUESTION } from '../../report/session/sessions.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import type { Tally } from '../../tally/tally.ts'
import { type Asking, askOnce } from './ask-once.ts'

const EVER: Range = { from: null, to: null }

export interface WideAnswer {
  readonly tally: Tally
  /** What was read for it. */
  readonly around: Range
}

export async function askWide(asking: Asking, questions: readonly Question[], range: Range): Promise<WideAnswer> {
  const { tally, around } = await askAround(asking, questions, range)
  const ids = idsStartedIn(tally, range)
  if (ids.size === 0) return { tally, around }
  const everywhere = await askOnce(asking, [ID_QUESTION], EVER)
  const extents = extentsOf(ids, everywhere)
  const to = around.to === null ? null : lastOfThoseThatBegin(extents, range, around.to)
  const whole = to === around.to ? tally : await askOnce(asking, questions, { from: around.from, to })
  buildSessions(whole).takeFirsts(id => extents.get(id)?.first)
  addFailures(whole.ledger, everywhere.ledger.failures)
  return { tally: whole, around: { from: around.from, to } }
}

// A day on either side, and more behind the range for as long as a session without an id may go on there. Where one that is at
// hand at the beginning of the range began, nobody needs to know: it counts elsewhere.
async function askAround(asking: Asking, questions: readonly Question[], range: Range): Promise<WideAnswer> {
  const { idleMs } = asking
  const leastMs = Math.max(DAY_MS, 2 * idleMs)
  const from = range.from === null ? null : range.from - leastMs
  for (let marginMs = leastMs; ; marginMs *= 4) {
    const to = range.to === null ? null : range.to + marginMs
    const tally = await askOnce(asking, questions, { from, to })
    if (to === null || buildSessions(tally).lastOfUsers(range) < to - idleMs) return { tally, around: { from, to } }
  }
}

function idsStartedIn(tally: Tally, range: Range): ReadonlySet<KeyValue> {
  const sessions = buildSessions(tally)
  const ids = new Set(Array.from(sessions.startedIn(range), session => sessions.idOf(session)))
  ids.delete(null)
  return ids
}

interface Extent {
  readonly first: number
  readonly last: number
}

function extentsOf(ids: ReadonlySet<KeyValue>, everywhere: Tally): ReadonlyMap<KeyValue, Extent> {
  const table = everywhere.tables.get(ID_QUESTION.name)!
  const extents = new Map<KeyValue, Extent>()
  for (let slot = 0; slot < table.size; slot++) {
    const id = table.keyOf(slot, 0)
    if (ids.has(id)) extents.set(id, { first: table.firsts[slot]!, last: table.lasts[slot]! })
  }
  return extents
}

// Those that began before the range count elsewhere, and need not be whole.
function lastOfThoseThatBegin(extents: ReadonlyMap<KeyValue, Extent>, { from }: Range, to: number): number {
  let end = to
  for (const { first, last } of extents.values()) if (from === null || first >= from) end = Math.max(end, last + 1)
  return end
}
