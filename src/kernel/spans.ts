// Answers a kernel's questions about time: what day, hour or time class an instant is in, and how long that lasts.
import { DAY_MS, type Day, type Instant, parseZone, UTC, type Zone } from '../base/zone.ts'
import { pauseOfKey, type Query, TIME_UNITS } from '../query/query.ts'
import { timeClassOf, timeClassOfStretch, timeClassSpan } from '../query/rate-cuts.ts'
import { KeyDictionary } from '../tally/key-table.ts'
import { TimeKeyFinder } from '../tally/time-keys.ts'
import { OFFSET_BASE, UNIT_DAY, UNIT_NAIVE, UNIT_TIME_CLASS } from './protocol.ts'

const HOUR_MS = 3_600_000
const CELL_MS = 6 * HOUR_MS
/** Beyond every instant of an event. */
const FOREVER_MS = 9e15

/** The kernel's units by key: the units of time, and the stretches that name the runs of a query. */
export function unitsOf(query: Query): ReadonlyMap<string, number> {
  const runs = new Set(query.groupBys.flatMap(by => by.keys).filter(key => pauseOfKey(key) !== undefined))
  const names = [...TIME_UNITS.map((unit, index) => [unit, index] as const)]
  return new Map([...names, ...[...runs].map((key, index) => [key, UNIT_TIME_CLASS + 1 + index] as const)])
}

export interface KernelSpan {
  readonly from: number
  readonly to: number
  readonly code: number
  /** The same for all parts of a day, where the unit is the time class. */
  readonly coarseCode: number
}

export class KernelSpans {
  /** Keys of the units, and time classes, by code. */
  readonly dictionaries = Array.from({ length: UNIT_NAIVE }, () => new KeyDictionary())
  readonly units: ReadonlyMap<string, number>
  private readonly stretchMs = new Map<number, number>()
  private readonly query: Query
  private readonly logZone: Zone
  private readonly zone: Zone
  private readonly finders: readonly TimeKeyFinder[]

  constructor(query: Query) {
    this.query = query
    this.units = unitsOf(query)
    for (const [key, unit] of this.units) {
      const ms = pauseOfKey(key)
      if (ms !== undefined) this.stretchMs.set(unit, ms)
    }
    this.logZone = parseZone(query.logTimezone) ?? UTC
    this.zone = parseZone(query.timezone) ?? UTC
    this.finders = TIME_UNITS.map(unit => new TimeKeyFinder(unit, this.zone))
  }

  find(unit: number, ms: number): KernelSpan {
    if (unit === UNIT_NAIVE) return this.naiveSpan(ms)
    if (unit === UNIT_DAY) return this.daySpan(ms)
    const dictionary = this.dictionaries[unit]!
    if (unit === UNIT_TIME_CLASS) {
      const { from, to } = timeClassSpan(this.query.cuts, ms)
      const timeClass = timeClassOf(this.query.cuts, ms)
      const code = dictionary.codeOf(timeClass)
      const coarseCode = dictionary.codeOf(timeClassOfStretch(this.query.cuts, timeClass))
      return { from: Math.ceil(Math.max(from, -FOREVER_MS)), to: Math.ceil(Math.min(to, FOREVER_MS)), code, coarseCode }
    }
    const stretchMs = this.stretchMs.get(unit)
    if (stretchMs !== undefined) {
      const key = Math.floor(ms / stretchMs)
      const code = dictionary.codeOf(key)
      return { from: key * stretchMs, to: (key + 1) * stretchMs, code, coarseCode: code }
    }
    const finder = this.finders[unit]!
    const code = dictionary.codeOf(finder.keyOf(ms))
    const { from, to } = finder.span
    return from < to ? { from, to, code, coarseCode: code } : { from: ms, to: ms + 1, code, coarseCode: code }
  }

  // Of a day that starts in UTC at `ms`: how much earlier it starts in the query's zone.
  private daySpan(ms: number): KernelSpan {
    const code = ms - this.zone.startOfDay((ms / DAY_MS) as Day) + OFFSET_BASE
    return { from: ms, to: ms + DAY_MS, code, coarseCode: code }
  }

  // Of a local time: its offset, and the hour around it where the offset does not change for more than a day on both sides.
  private naiveSpan(ms: number): KernelSpan {
    const offset = ms - this.logZone.instantOfLocal(ms)
    const code = offset + OFFSET_BASE
    const from = Math.floor(ms / HOUR_MS) * HOUR_MS
    const first = Math.floor((from - DAY_MS) / CELL_MS) * CELL_MS
    for (let at = first; at <= from + HOUR_MS + DAY_MS + CELL_MS; at += CELL_MS) {
      if (this.logZone.offsetMsAt(at as Instant) !== offset) return { from: ms, to: ms + 1, code, coarseCode: code }
    }
    return { from, to: from + HOUR_MS, code, coarseCode: code }
  }
}
