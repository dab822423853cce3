// Which periods of a job are due. A period is one time of its cron line; it is due from then on, and is run once.
import type { Instant } from '../base/zone.ts'
import type { CronLine } from './cron-line.ts'

export interface DuePeriods {
  /** To be run, in order: the newest, at most as many as are caught up. */
  readonly periods: readonly Instant[]
  /** Older ones that are not caught up: from the first of them until before the first that is. */
  readonly missed: { readonly from: Instant; readonly until: Instant } | undefined
}

const FIRST_LOOK_MS = 3_600_000
const FARTHER = 4

/** Of the times after one instant up to another. The work does not grow with the number of those that are missed. */
export function duePeriods(line: CronLine, after: Instant, to: Instant, most: number): DuePeriods {
  const first = line.nextAfter(after)
  if (first === undefined || first > to) return { periods: [], missed: undefined }
  for (let lookMs = FIRST_LOOK_MS; ; lookMs *= FARTHER) {
    const from = Math.max(after, to - lookMs) as Instant
    const found = periodsBetween(line, from, to)
    if (found.length < most && from > after) continue
    const periods = found.slice(-most)
    const missed = periods[0]! > first ? { from: first, until: periods[0]! } : undefined
    return { periods, missed }
  }
}

function periodsBetween(line: CronLine, after: Instant, to: Instant): Instant[] {
  const periods: Instant[] = []
  for (let next = line.nextAfter(after); next !== undefined && next <= to; next = line.nextAfter(next)) {
    periods.push(next)
  }
  return periods
}
