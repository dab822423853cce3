// Exact numbers of the oracle: a whole number over a power of ten. Shares nothing with the program that it judges.

export interface Exact {
  readonly top: bigint
  /** Digits after the point. */
  readonly digits: number
}

export const NOTHING: Exact = { top: 0n, digits: 0 }

/** The number that a text is, `12`, `-0.50`, `1.5e-7`; undefined for any other. */
export function readNumber(text: string): Exact | undefined {
  const parts = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text)
  if (parts === null) return undefined
  const [, sign, before = '', after = '', power = '0'] = parts
  const top = BigInt(before + after) * (sign === '-' ? -1n : 1n)
  const digits = after.length - Number(power)
  return digits < 0 ? { top: top * 10n ** BigInt(-digits), digits: 0 } : { top, digits }
}

export function whole(value: number | bigint): Exact {
  return { top: BigInt(value), digits: 0 }
}

function level(a: Exact, b: Exact): [bigint, bigint, number] {
  const digits = Math.max(a.digits, b.digits)
  return [a.top * 10n ** BigInt(digits - a.digits), b.top * 10n ** BigInt(digits - b.digits), digits]
}

export function plus(a: Exact, b: Exact): Exact {
  const [left, right, digits] = level(a, b)
  return { top: left + right, digits }
}

export function times(a: Exact, b: Exact): Exact {
  return { top: a.top * b.top, digits: a.digits + b.digits }
}

/** Below, at or above zero as a is below, at or above b. */
export function against(a: Exact, b: Exact): number {
  const [left, right] = level(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

/** To so many digits after the point, half away from zero. */
export function rounded(a: Exact, digits: number): Exact {
  if (a.digits <= digits) return a
  return { top: quotient(a.top, 10n ** BigInt(a.digits - digits)), digits }
}

/** a / b to so many digits after the point, half away from zero. */
export function divided(a: Exact, b: Exact, digits: number): Exact {
  const [left, right] = level(a, b)
  return { top: quotient(left * 10n ** BigInt(digits), right), digits }
}

function quotient(top: bigint, bottom: bigint): bigint {
  const sign = top < 0n !== bottom < 0n ? -1n : 1n
  const [a, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom]
  return sign * ((2n * a + b) / (2n * b))
}

/** The shortest text of digits. */
export function write(a: Exact): string {
  const text = (a.top < 0n ? -a.top : a.top).toString().padStart(a.digits + 1, '0')
  const cut = text.length - a.digits
  const fraction = text.slice(cut).replace(/0+$/, '')
  return `${a.top < 0n ? '-' : ''}${text.slice(0, cut)}${fraction === '' ? '' : `.${fraction}`}`
}
