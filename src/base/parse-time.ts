// The time of an event from text or a number, as the log formats write it.
import { dayOfDate } from './calendar.ts'
import { DAY_MS, type Day, type Instant, type Zone } from './instant.ts'

/** Milliseconds since 1970: of the instant, or, where `isNaive`, of the wall clock read as if it were UTC. */
export interface ParsedTime {
  ms: number
  isNaive: boolean
  /** Whether it is a calendar day without a time, which is naive too; `ms` is its start in UTC. */
  isDay: boolean
}

/** The zones that say what a time means which has no offset. */
export interface TimeZones {
  /** The one that a report cuts days in: a day without a time is that day there. */
  readonly zone: Zone
  /** The one of wall clocks in the logs. */
  readonly logZone: Zone
}

export function instantOfTime({ ms, isNaive, isDay }: ParsedTime, { zone, logZone }: TimeZones): Instant {
  if (isDay) return zone.startOfDay((ms / DAY_MS) as Day)
  return isNaive ? logZone.instantOfLocal(ms) : (ms as Instant)
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([Zz]|[+-]\d{2}(?::?\d{2})?))?)?$/
const DIGITS = /^\d+(\.\d+)?$/
const FIRST_MILLISECONDS = 1e11
/** The first instant of the year 10000. */
const END_OF_TIME_MS = 253_402_300_800_000

/** A time as text: ISO 8601, or epoch digits. Undefined if it is none, or names a time that does not exist. */
export function parseTimeText(text: string): ParsedTime | undefined {
  const match = ISO.exec(text)
  if (match === null) return DIGITS.test(text) ? parseEpoch(Number(text)) : undefined
  const day = dayOfDate(Number(match[1]), Number(match[2]), Number(match[3]))
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)]
  // Second 60 is a leap second: the first instant of the next minute stands for it.
  if (day === undefined || hour > 23 || minute > 59 || second > 60) return undefined
  const fractionMs = match[7] === undefined ? 0 : Number(match[7].padEnd(3, '0').slice(0, 3))
  const localMs = day * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000 + fractionMs
  if (match[8] === undefined) return { ms: localMs, isNaive: true, isDay: match[4] === undefined }
  const offsetMs = parseOffset(match[8])
  return offsetMs === undefined ? undefined : { ms: localMs - offsetMs, isNaive: false, isDay: false }
}

/** Epoch seconds (below 10^11) or milliseconds; fractions below a millisecond are cut. */
export function parseEpoch(value: number): ParsedTime | undefined {
  if (!(value >= 0)) return undefined
  const ms = value < FIRST_MILLISECONDS ? Math.floor(Math.round(value * 1e6) / 1e3) : Math.floor(value)
  return ms < END_OF_TIME_MS ? { ms, isNaive: false, isDay: false } : undefined
}

function parseOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(3).replace(':', '') || 0)
  if (hours > 23 || minutes > 59) return undefined
  return (text[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
