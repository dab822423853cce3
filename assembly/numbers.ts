// Numbers of JSON from their digits, without rounding where integers hold them.

/** Set by `readNumber`: the number is mantissa / 10^scale; `isExact` is false where the mantissa has more than 18 digits. */
export let mantissa: u64 = 0
export let scale: i32 = 0
export let isExact: bool = false
export let isNegative: bool = false

const POWERS: usize = memory.data(23 * 8, 16)
const WHOLE_POWERS: usize = memory.data(19 * 8, 16)

export function initNumbers(): void {
  let whole: u64 = 1
  // Powers of ten up to 10^22 are exact doubles.
  let power: f64 = 1
  for (let index = 0; index < 23; index++) {
    store<f64>(POWERS + (index << 3), power)
    power *= 10
    if (index < 19) {
      store<u64>(WHOLE_POWERS + (index << 3), whole)
      whole *= 10
    }
  }
}

@inline
export function isDigit(byte: u32): bool {
  return byte - 48 < 10
}

/** How many of the eight bytes at `p` are digits before the first that is none. */
@inline
export function digitsIn(eight: u64): u32 {
  const low = eight ^ 0x3030303030303030
  return (ctz(((low + 0x7676767676767676) | low) & 0x8080808080808080) >> 3) as u32
}

/** The value of the first `count` (1 to 8) digits of eight bytes. */
@inline
export function valueOfDigits(eight: u64, count: u32): u64 {
  let value = (eight ^ 0x3030303030303030) << (((8 - count) << 3) as u64)
  value = value * 10 + (value >> 8)
  return (
    ((value & 0x000000ff000000ff) * 0x000f424000000064 + ((value >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >>
    32
  )
}

/** Reads a number by the grammar of JSON; returns the place behind it, or 0 where there is none. */
export function readNumber(start: usize): usize {
  let p = start
  isNegative = load<u8>(p) === 45
  if (isNegative) p++
  const first = p
  let value: u64 = 0
  let digits: i32 = 0
  while (isDigit(load<u8>(p))) {
    value = value * 10 + (load<u8>(p) - 48)
    if (value !== 0) digits++
    p++
  }
  if (p === first || (load<u8>(first) === 48 && p > first + 1)) return 0
  let decimals: i32 = 0
  if (load<u8>(p) === 46) {
    p++
    const point = p
    while (isDigit(load<u8>(p))) {
      value = value * 10 + (load<u8>(p) - 48)
      if (value !== 0) digits++
      p++
    }
    if (p === point) return 0
    decimals = (p - point) as i32
  }
  let exponent: i32 = 0
  if ((load<u8>(p) | 32) === 101) {
    p++
    const isDown = load<u8>(p) === 45
    if (isDown || load<u8>(p) === 43) p++
    const point = p
    while (isDigit(load<u8>(p))) {
      if (exponent < 100000) exponent = exponent * 10 + (load<u8>(p) - 48)
      p++
    }
    if (p === point) return 0
    if (isDown) exponent = -exponent
  }
  mantissa = value
  scale = decimals - exponent
  isExact = digits <= 18
  return p
}

/** The double nearest to the number just read; NaN where that takes more than one exact step. */
export function nearestDouble(): f64 {
  if (!isExact || mantissa > 9007199254740992 || isNegative) return NaN
  if (mantissa === 0) return 0
  if (scale >= 0) return scale <= 22 ? (mantissa as f64) / load<f64>(POWERS + (scale << 3)) : NaN
  return scale >= -22 ? (mantissa as f64) * load<f64>(POWERS + (-scale << 3)) : NaN
}

/** The number just read in units of 10^-places, or u64.MAX_VALUE where it is none of at most 2^53 - 1. */
export function unitsOf(places: i32): u64 {
  if (!isExact || isNegative) return u64.MAX_VALUE
  if (mantissa === 0) return 0
  const shift = places - scale
  if (shift < 0 || shift > 18) return u64.MAX_VALUE
  const power = load<u64>(WHOLE_POWERS + (shift << 3))
  if (mantissa > 9007199254740991 / power) return u64.MAX_VALUE
  return mantissa * power
}

/** Rounds half up, as Math.round does. */
@inline
export function roundHalfUp(value: f64): f64 {
  const floor = Math.floor(value)
  return value - floor >= 0.5 ? floor + 1 : floor
}
