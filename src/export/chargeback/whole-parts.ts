// Rounding that adds up: whole units in parts whose sum is the whole, by the largest remainder.
import { addDecimals, type Decimal, makeDecimal, roundDecimal, ZERO } from '../../base/decimal.ts'

/** Units of the last of so many digits after the point. */
export function unitsOf({ units, scale }: Decimal, digits: number): bigint {
  return scale <= digits ? units * 10n ** BigInt(digits - scale) : floorDivide(units, 10n ** BigInt(scale - digits))
}

export function roundedUnits(amount: Decimal, digits: number): bigint {
  return unitsOf(roundDecimal(amount, digits), digits)
}

/** Amounts as whole units that add up to the rounded sum of all. What is whole already stays as it is. */
export function roundToSum(amounts: readonly Decimal[], digits: number): bigint[] {
  const whole = roundedUnits(amounts.reduce(addDecimals, ZERO), digits)
  const scale = amounts.reduce((most, amount) => Math.max(most, amount.scale), digits)
  const fine = amounts.map(amount => unitsOf(amount, scale))
  const size = 10n ** BigInt(scale - digits)
  return spread(
    whole,
    fine.map(units => floorDivide(units, size)),
    fine.map(units => units - floorDivide(units, size) * size),
  )
}

/** So many units in parts by weights, which are 0 or more and not all 0. */
export function splitUnits(whole: bigint, weights: readonly Decimal[]): bigint[] {
  if (whole < 0n) return splitUnits(-whole, weights).map(part => -part)
  const scale = weights.reduce((most, weight) => Math.max(most, weight.scale), 0)
  const fine = weights.map(weight => unitsOf(weight, scale))
  const all = fine.reduce((sum, weight) => sum + weight, 0n)
  const products = fine.map(weight => whole * weight)
  return spread(
    whole,
    products.map(product => product / all),
    products.map(product => product % all),
  )
}

export function decimalOfUnits(units: bigint, digits: number): Decimal {
  return makeDecimal(units, digits)
}

// What is left of the whole goes, a unit each, to those that lost most by rounding down; of equals to the first.
function spread(whole: bigint, parts: readonly bigint[], remainders: readonly bigint[]): bigint[] {
  const left = Number(whole - parts.reduce((sum, part) => sum + part, 0n))
  const order = [...parts.keys()].sort((a, b) => {
    const difference = remainders[b]! - remainders[a]!
    return difference > 0n ? 1 : difference < 0n ? -1 : a - b
  })
  const lucky = new Set(order.slice(0, left))
  return parts.map((part, at) => (lucky.has(at) ? part + 1n : part))
}

function floorDivide(units: bigint, size: bigint): bigint {
  const quotient = units / size
  return units % size < 0n ? quotient - 1n : quotient
}
