// Logged costs as whole numbers of 10^-12 dollars, if they can be written that way.
import type { Decimal } from '../base/decimal.ts'
import { COST_SCALE } from './reader.ts'

/** Undefined where a cost has more digits, or is too large for an exact double. */
export function costUnitsOf(cost: Decimal): number | undefined {
  if (cost.scale > COST_SCALE) return undefined
  const units = Number(cost.units * 10n ** BigInt(COST_SCALE - cost.scale))
  return Number.isSafeInteger(units) ? units : undefined
}
