// The units in which a field may be given.
import type { EpochUnit } from './field-source.ts'

/** What one of a unit is in milliseconds. */
export const DURATION_FACTORS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  us: 0.001,
  ns: 0.000001,
  min: 60_000,
}

export const EPOCH_UNITS = ['s', 'ms', 'us', 'ns'] as const satisfies readonly EpochUnit[]

/** How many digits behind the point of a second each counts by. */
export const DIGITS_OF_EPOCH: Readonly<Record<EpochUnit, number>> = { s: 0, ms: 3, us: 6, ns: 9 }
