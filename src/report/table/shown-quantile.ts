// Quantiles of a sketch as reports show them.
import type { Sketch } from '../../tally/sketch.ts'

export const US_PER_MS = 1000

/** More digits of what a sketch says would only pretend; the largest value is known and has all of them. */
const DIGITS = 4

/** The value, in units of so many of the sketch's, that a share of all is not above: never above the largest, which 1 gives. */
export function shownQuantile(sketch: Sketch, share: number, unit = 1): number | null {
  const value = sketch.quantile(share)
  if (value === null) return null
  const largest = sketch.largest / unit
  return value === sketch.largest ? largest : Math.min(Number((value / unit).toPrecision(DIGITS)), largest)
}
