// Shares of a whole and changes since the range before, rounded as every report shows them.
import { type Decimal, decimalToNumber, divideDecimals } from '../../base/decimal.ts'

/** A part of a whole to four digits after the point; null where there is no whole. */
export function ratio(part: number | bigint, whole: number | bigint): number | null {
  return Number(whole) === 0 ? null : roundTo(Number(part) / Number(whole), 4)
}

/** A part of a whole amount of money, as `ratio`. */
export function moneyRatio(part: Decimal, whole: Decimal): number | null {
  return whole.units === 0n ? null : decimalToNumber(divideDecimals(part, whole, 4))
}

/** The change as a part of what was before; null where that was nothing. */
export function changeOf(now: number | bigint, before: number | bigint): number | null {
  return Number(before) === 0 ? null : roundTo((Number(now) - Number(before)) / Number(before), 4)
}

/** A change of an amount of money; null where one of the two is unknown. */
export function costChangeOf(now: Decimal | null, before: Decimal | null): number | null {
  if (now === null || before === null || before.units === 0n) return null
  return changeOf(decimalToNumber(now), decimalToNumber(before))
}

export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits
  // Halves go away from nought on both sides of it, and what is left of a small negative number is 0 and not -0.
  const size = Math.round(Math.abs(value) * factor) / factor
  return value < 0 && size > 0 ? -size : size
}
