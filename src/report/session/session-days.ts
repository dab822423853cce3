// Sessions added up by the day on which they start.
import type { Zone } from '../../base/zone.ts'
import { GroupCost } from '../../pricing/group-cost.ts'
import { bucketOf, Sketch } from '../../tally/sketch.ts'
import { addExact } from '../../tally/sum-column.ts'
import { TimeKeyFinder } from '../../tally/time-keys.ts'
import { type Group, Groups } from '../group/group.ts'
import type { Answers } from '../model/report-definition.ts'
import { US_PER_MS } from '../table/shown-quantile.ts'
import type { Sessions } from './session-columns.ts'
import { buildSessions } from './sessions.ts'

const SUMS = ['sessions', 'completed', 'events', 'requests', 'analyses', 'queries', 'errors'] as const

interface Day {
  /** From 1, in the order in which they come. */
  readonly number: number
  readonly sums: { [sum in (typeof SUMS)[number]]: number }
  lengthMs: number | bigint
  longestMs: number
  first: number
  last: number
  /** How many lengths are in each bucket of a sketch. */
  readonly lengths: Uint32Array
  readonly cost: GroupCost
  /** Codes; one may be there twice where sessions are in no order. */
  readonly users: number[]
}

/** Beyond those of every length of time. */
const BUCKETS = 4096

/** What the sessions of an answer count as, by the day on which they start. */
export function sessionDays(answers: Answers, zone: Zone): Groups {
  const sessions = buildSessions(answers.byName.get('sessions')!)
  const finder = new TimeKeyFinder('day', zone)
  const days = new Map<number, Day>()
  const ofSession = new Array<Day | undefined>(sessions.size)
  /** By code of the user, the number of the day that it was seen on last. */
  const seen = new Int32Array(sessions.users.valueCount)
  let [day, key] = [emptyDay(0), Number.NaN]
  for (const session of sessions.startedIn(answers.range)) {
    const next = finder.keyOf(sessions.firsts[session]!)
    // Sessions are mostly in the order of their days.
    if (next !== key) {
      day = days.get(next) ?? emptyDay(days.size + 1)
      days.set(next, day)
      key = next
    }
    ofSession[session] = day
    addSession(day, sessions, session)
    const user = sessions.users.codes[session]!
    if (user !== 0 && seen[user] !== day.number) day.users.push(user)
    seen[user] = day.number
  }
  sessions.addCosts(session => ofSession[session]?.cost)
  const groups = new Groups()
  for (const [key, day] of days) fillGroup(groups.of([key]), day, sessions)
  return groups
}

function emptyDay(number: number): Day {
  const sums = { sessions: 0, completed: 0, events: 0, requests: 0, analyses: 0, queries: 0, errors: 0 }
  const extent = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }
  const lengths = new Uint32Array(BUCKETS)
  return { number, sums, lengthMs: 0, longestMs: 0, ...extent, lengths, cost: new GroupCost(), users: [] }
}

function addSession(day: Day, sessions: Sessions, session: number): void {
  const { sums } = day
  const lengthMs = sessions.lengthOf(session)
  sums.sessions++
  sums.completed += sessions.isCompleted[session]!
  sums.events += sessions.events[session]!
  sums.requests += sessions.requests[session]!
  sums.analyses += sessions.analyses[session]!
  sums.queries += sessions.queries[session]!
  sums.errors += sessions.errors[session]!
  day.lengthMs = addExact(day.lengthMs, lengthMs)
  day.longestMs = Math.max(day.longestMs, lengthMs)
  day.lengths[bucketOf(lengthMs * US_PER_MS)]!++
  day.first = Math.min(day.first, sessions.firsts[session]!)
  day.last = Math.max(day.last, sessions.lasts[session]!)
}

function fillGroup(group: Group, day: Day, { users }: Sessions): void {
  for (const sum of SUMS) group.add(sum, day.sums[sum])
  group.add('lengthMs', day.lengthMs)
  const lengths = new Sketch()
  for (const [bucket, count] of day.lengths.entries()) {
    if (count > 0) lengths.addBucket(bucket, count, day.longestMs * US_PER_MS)
  }
  group.mergeSketch(lengths)
  group.cost.merge(day.cost)
  group.extend(day.first, day.last)
  for (const code of day.users) group.relate('user', users.nameOf(code))
}
