// Whether a day's cost is out of the ordinary: far over the median of the last same weekdays, measured by how far days usually
// are from theirs.
import { median } from './forecast.ts'

export interface Unusual {
  readonly isUnusual: boolean
  /** What was to be expected; null where there are too few days before. */
  readonly expected: number | null
  /** At or below this it would not have been; null as above. */
  readonly bound: number | null
}

const WEEK = 7
const SAME_WEEKDAYS = 8
const RESIDUALS = 56
const DEVIATIONS = 3.5
// What makes a median of deviations comparable to a standard deviation.
const MAD_SCALE = 1.4826
const LEAST_RISE = 1.25

/** Judges a day by those before it. `floor`: a day that costs less is never unusual. */
export function judgeDay(costs: readonly number[], day: number, floor: number): Unusual {
  const expected = expectedOf(costs, day)
  if (expected === null) return { isUnusual: false, expected, bound: null }
  const residuals: number[] = []
  for (let at = day - 1; at >= 0 && residuals.length < RESIDUALS; at--) {
    const own = expectedOf(costs, at)
    if (own !== null) residuals.push(costs[at]! - own)
  }
  if (residuals.length < WEEK) return { isUnusual: false, expected, bound: null }
  const middle = median(residuals)
  const mad = median(residuals.map(residual => Math.abs(residual - middle)))
  const bound = Math.max(expected + middle + DEVIATIONS * MAD_SCALE * mad, expected * LEAST_RISE, floor)
  return { isUnusual: costs[day]! > bound, expected, bound }
}

function expectedOf(costs: readonly number[], day: number): number | null {
  const same: number[] = []
  for (let at = day - WEEK; at >= 0 && same.length < SAME_WEEKDAYS; at -= WEEK) same.push(costs[at]!)
  return same.length < 2 ? null : median(same)
}
