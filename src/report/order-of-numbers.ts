// The order of many whole numbers: digit by digit from the lowest, which takes a few passes over them whatever their number.

const DIGIT_BITS = 11
const DIGITS = 2 ** DIGIT_BITS
const WORD = 2 ** 32

/** The places of the first `count` numbers in ascending order; of equal ones, the first place comes first. */
export function orderOf(numbers: ArrayLike<number>, count: number): Uint32Array {
  const { least, most } = boundsOf(numbers, count)
  let order = Uint32Array.from({ length: count }, (_, place) => place)
  let spare = new Uint32Array(count)
  const words = new Uint32Array(count)
  for (let unit = 1; unit <= most - least; unit *= WORD) {
    for (let place = 0; place < count; place++) words[place] = Math.floor((numbers[place]! - least) / unit)
    for (let shift = 0; shift < 32 && 2 ** shift * unit <= most - least; shift += DIGIT_BITS) {
      sortByDigit(words, shift, order, spare)
      ;[order, spare] = [spare, order]
    }
  }
  return order
}

function boundsOf(numbers: ArrayLike<number>, count: number): { readonly least: number; readonly most: number } {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let place = 0; place < count; place++) {
    least = Math.min(least, numbers[place]!)
    most = Math.max(most, numbers[place]!)
  }
  return { least, most }
}

function sortByDigit(words: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): void {
  const starts = new Uint32Array(DIGITS + 1)
  for (const word of words) starts[((word >>> shift) & (DIGITS - 1)) + 1]!++
  for (let digit = 1; digit < DIGITS; digit++) starts[digit]! += starts[digit - 1]!
  for (const place of from) to[starts[(words[place]! >>> shift) & (DIGITS - 1)]!++] = place
}
