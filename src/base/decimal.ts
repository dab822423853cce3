// Exact decimals: a BigInt of units at a power of ten. Enough for money: parse, add, multiply, compare, print, round.

/** The number `units / 10^scale`. Values made here are normal: no trailing zero in the units unless scale is 0. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

export const ZERO: Decimal = { units: 0n, scale: 0 }

const DECIMAL_TEXT = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

/** The decimal that a text writes ("12", "-0.50", "1.5e-7"), or undefined. Digits are taken as they stand. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL_TEXT.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', exponentText] = match
  if (whole === '' && fraction === '') return undefined
  const exponent = exponentText === undefined ? 0 : Number(exponentText)
  const units = BigInt(whole + fraction)
  return makeDecimal(sign === '-' ? -units : units, fraction.length - exponent)
}

/** The decimal that a text of digits writes, with its last zeros: 7.10 is printed as 7.10. Undefined for any other text. */
export function decimalAsWritten(text: string): Decimal | undefined {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return undefined
  const [whole = '', fraction = ''] = text.split('.')
  return { units: BigInt(whole + fraction), scale: fraction.length }
}

/** The decimal with the shortest text that reads back as this double: 0.1 is one tenth. NaN and infinities: undefined. */
export function decimalOfNumber(value: number): Decimal | undefined {
  return Number.isFinite(value) ? parseDecimal(String(value)) : undefined
}

export function decimalOfInteger(value: number | bigint): Decimal {
  return { units: BigInt(value), scale: 0 }
}

/** `units / 10^scale` in normal form; a negative scale multiplies. */
export function makeDecimal(units: bigint, scale: number): Decimal {
  if (units === 0n) return ZERO
  if (scale < 0) return { units: units * 10n ** BigInt(-scale), scale: 0 }
  let normalUnits = units
  let normalScale = scale
  while (normalScale > 0 && normalUnits % 10n === 0n) {
    normalUnits /= 10n
    normalScale--
  }
  return { units: normalUnits, scale: normalScale }
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.units === 0n) return b
  if (b.units === 0n) return a
  if (a.scale === b.scale) return makeDecimal(a.units + b.units, a.scale)
  const scale = Math.max(a.scale, b.scale)
  return makeDecimal(unitsAt(a, scale) + unitsAt(b, scale), scale)
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, negateDecimal(b))
}

export function negateDecimal(a: Decimal): Decimal {
  return { units: -a.units, scale: a.scale }
}

export function absoluteDecimal(a: Decimal): Decimal {
  return a.units < 0n ? negateDecimal(a) : a
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return makeDecimal(a.units * b.units, a.scale + b.scale)
}

/** Below zero where a < b, zero where they are the same number, above zero where a > b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const left = unitsAt(a, scale)
  const right = unitsAt(b, scale)
  return left < right ? -1 : left > right ? 1 : 0
}

/** a / b rounded half away from zero to `digits` fraction digits. b must not be zero. */
export function divideDecimals(a: Decimal, b: Decimal, digits: number): Decimal {
  const scale = Math.max(a.scale, b.scale)
  const numerator = unitsAt(a, scale) * 10n ** BigInt(digits)
  return makeDecimal(divideRounded(numerator, unitsAt(b, scale)), digits)
}

/** Rounded half away from zero to `digits` fraction digits. */
export function roundDecimal(a: Decimal, digits: number): Decimal {
  if (a.scale <= digits) return a
  return makeDecimal(divideRounded(a.units, 10n ** BigInt(a.scale - digits)), digits)
}

/** All digits and no exponent: "0.315", "-12", "0". */
export function formatDecimal(a: Decimal): string {
  return formatUnits(a.units, a.scale)
}

/** Rounded to exactly `digits` fraction digits: "0.32", "12.00". */
export function formatDecimalFixed(a: Decimal, digits: number): string {
  const rounded = roundDecimal(a, digits)
  return formatUnits(unitsAt(rounded, digits), digits)
}

/** The nearest double; for ratios and charts, never for a printed amount. */
export function decimalToNumber(a: Decimal): number {
  return Number(formatDecimal(a))
}

function unitsAt(a: Decimal, scale: number): bigint {
  return a.scale === scale ? a.units : a.units * 10n ** BigInt(scale - a.scale)
}

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n
  const top = numerator < 0n ? -numerator : numerator
  const bottom = denominator < 0n ? -denominator : denominator
  const quotient = (2n * top + bottom) / (2n * bottom)
  return isNegative ? -quotient : quotient
}

function formatUnits(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`
  return `${units < 0n ? '-' : ''}${whole}${fraction}`
}
