// Asks for more than a range, so that the sessions that begin in it are whole and those that began before it are known as such.
import { DAY_MS } from '../base/zone.ts'
import type { Range } from '../query/query.ts'
import type { Question } from '../report/report-definition.ts'
import { buildSessions, ID_QUESTION } from '../report/sessions.ts'
import type { KeyValue } from '../tally/key-table.ts'
import type { Tally } from '../tally/tally.ts'
import { type Asking, askOnce } from './ask-once.ts'

const EVER: Range = { from: null, to: null }

export async function askWide(asking: Asking, questions: readonly Question[], range: Range): Promise<Tally> {
  const { tally, around } = await askAround(asking, questions, range)
  const ids = idsStartedIn(tally, range)
  if (ids.size === 0) return tally
  const everywhere = await askOnce(asking, [ID_QUESTION], EVER)
  const reach = reachOfIds(ids, everywhere, around)
  const whole = reach === around ? tally : await askOnce(asking, questions, reach)
  return withOrigin(whole, everywhere)
}

// A day on either side, and more behind the range for as long as a session without an id may go on there. Where one that is at
// hand at the beginning of the range began, nobody needs to know: it counts elsewhere.
async function askAround(
  asking: Asking,
  questions: readonly Question[],
  range: Range,
): Promise<{ readonly tally: Tally; readonly around: Range }> {
  const { idleMs } = asking
  const leastMs = Math.max(DAY_MS, 2 * idleMs)
  const from = range.from === null ? null : range.from - leastMs
  for (let marginMs = leastMs; ; marginMs *= 4) {
    const to = range.to === null ? null : range.to + marginMs
    const tally = await askOnce(asking, questions, { from, to })
    if (to === null || buildSessions(tally.tables.get('sessions')!).lastOf(range) < to - idleMs)
      return { tally, around: { from, to } }
  }
}

function idsStartedIn(tally: Tally, range: Range): ReadonlySet<KeyValue> {
  const sessions = buildSessions(tally.tables.get('sessions')!)
  const ids = new Set(Array.from(sessions.startedIn(range), session => sessions.idOf(session)))
  ids.delete(null)
  return ids
}

// What is around the range and, if one of the ids has events beyond that, also those: an id may come back after any time.
function reachOfIds(ids: ReadonlySet<KeyValue>, everywhere: Tally, around: Range): Range {
  const table = everywhere.tables.get(ID_QUESTION.name)!
  let { from, to } = around
  for (let slot = 0; slot < table.size; slot++) {
    if (!ids.has(table.keyOf(slot, 0))) continue
    if (from !== null) from = Math.min(from, table.firsts[slot]!)
    if (to !== null) to = Math.max(to, table.lasts[slot]! + 1)
  }
  return from === around.from && to === around.to ? around : { from, to }
}

// An answer that also depends on what was asked beside it.
function withOrigin(tally: Tally, beside: Tally): Tally {
  const { origin, ...rest } = tally
  if (origin === undefined || beside.origin === undefined) return rest
  return { ...rest, origin: JSON.stringify([origin, beside.origin]) }
}
