// What the events of a log add up to by the hour and by every field that reports group by: sums that machines can hand to each
// other instead of their logs, and from which most questions can still be answered.
import { USAGE_MEASURES } from '../query/measures.ts'
import type { GroupBy, Query } from '../query/query.ts'

/** Texts that the sums are made by, besides the rate class and the hour. */
export const HOURLY_FIELDS = [
  'event',
  'client',
  'user',
  'profile',
  'feature',
  'model',
  'provider',
  'service_tier',
  'country',
  'endpoint',
  'status',
  'status_code',
  'error_type',
  'error',
] as const

export const HOURLY: GroupBy = {
  name: 'hourly',
  keys: [...HOURLY_FIELDS, 'rate', 'hour'],
  sums: USAGE_MEASURES,
  hasDurations: true,
  hasExtent: true,
}

/** How the lines were understood that the sums are of. */
export type HourlyReading = Pick<Query, 'timezone' | 'logTimezone' | 'dedupe' | 'cuts'>

/** The question whose answer these sums are: of all events, or of those that count as usage. */
export function hourlyQuery(kinds: 'all' | 'usage', reading: HourlyReading): Query {
  const range = { from: null, to: null }
  const { timezone, logTimezone, dedupe, cuts } = reading
  return { range, timezone, logTimezone, kinds, conditions: [], dedupe, cuts, extras: [], groupBys: [HOURLY] }
}

export function isHourlyField(name: string): boolean {
  return HOURLY_FIELDS.some(field => field === name)
}
