// A question to the logs as plain data: what counts, what is added up, and by which keys. It can be sent to a thread, used as
// the key of a cache, or turned into SQL.
import type { Path } from '../event/field-source.ts'
import type { Condition } from './condition.ts'
import type { Pricing } from './event-price.ts'
import type { UsageMeasure } from './measures.ts'
import type { RateCuts } from './rate-cuts.ts'
import type { ScopeRule } from './scope.ts'

/** From the first instant to the last but one: `from` counts, `to` does not. Null is open. */
export interface Range {
  readonly from: number | null
  readonly to: number | null
}

/** A column that is no field of the event: any place in the line, as text or as a number. */
export interface ExtraColumn {
  readonly name: string
  /** Null for the id of the event, wherever its format has it, as text. */
  readonly path: Path | null
  /** A number is kept as the integer nearest to value x scale; what is no number is absent. */
  readonly kind: 'text' | 'number'
  readonly scale: number
}

export const TIME_UNITS = ['hour', 'day', 'week', 'month'] as const
export type TimeUnit = (typeof TIME_UNITS)[number]

/**
 * What rows are grouped by: a text field of the event, an extra text column, a unit of time, `rate`, the numeric part of the
 * rate class, or, as the last key, a run (`run:MS`): events that all other keys have in common and that follow each other
 * with pauses of less than MS milliseconds. A run is named by the stretch of time (whole milliseconds since 1970 divided by
 * MS) of the event that it was begun with. Where events lie in another order than that of time, and where logs are read in
 * parts, one run may be in several rows; rows of one name are always of one run.
 */
export type KeyName = string

/** Among the kinds of a query: an event that carries usage, whatever its kind. No kind of event is called that. */
export const USAGE_EVENTS = '+usage'

export interface GroupBy {
  /** Unique in the query. */
  readonly name: string
  readonly keys: readonly KeyName[]
  /** Names of usage measures, of cost measures, or of extra number columns. */
  readonly sums: readonly (UsageMeasure | string)[]
  /** Whether a sketch of the durations is kept for each group. */
  readonly hasDurations: boolean
  /** An extra number column that the sketch is of instead; what is absent is in no sketch. */
  readonly sketchOf?: string
  /** Whether the first and the last instant of each group are kept. */
  readonly hasExtent: boolean
}

export interface Query {
  readonly range: Range
  /** IANA zone in which days are cut. */
  readonly timezone: string
  /** IANA zone of times without an offset. */
  readonly logTimezone: string
  /** Which events are counted; the rest is `other` in the ledger. Of a list, USAGE_EVENTS stands for all usage events. */
  readonly kinds: 'usage' | 'all' | readonly string[]
  /** Lines that break one of these count nowhere, not even in the ledger. */
  readonly scope?: readonly ScopeRule[] | undefined
  /** All must hold. */
  readonly conditions: readonly Condition[]
  readonly dedupe: 'off' | 'file' | 'all'
  readonly cuts: RateCuts
  /** Where some group-by adds up costs: what they are had from. */
  readonly pricing?: Pricing
  readonly extras: readonly ExtraColumn[]
  readonly groupBys: readonly GroupBy[]
}

export function isTimeUnit(name: string): name is TimeUnit {
  return (TIME_UNITS as readonly string[]).includes(name)
}

/** The milliseconds of a key `run:MS`, or undefined for any other key. */
export function pauseOfKey(name: string): number | undefined {
  const match = /^run:([1-9]\d{0,12})$/.exec(name)
  return match === null ? undefined : Number(match[1])
}
