// When a letter that could not be delivered is tried again, and when it is given up.
import { DAY_MS, type Instant } from '../base/zone.ts'

const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 3_600_000
export const GIVEN_UP_AFTER_MS = 3 * DAY_MS

/** After so many tries, from 1; twice as long each time, up to an hour. `random` spreads those of many letters. */
export function nextTry(now: Instant, tries: number, random: () => number): Instant {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1))
  return Math.round(now + waitMs * (0.5 + random())) as Instant
}

export function isGivenUp(now: Instant, firstAt: Instant): boolean {
  return now - firstAt >= GIVEN_UP_AFTER_MS
}
