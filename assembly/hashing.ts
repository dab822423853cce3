// Hashes that nobody can foresee: each process has keys of its own, so that no log can be written whose texts, ids or groups
// all share a place. A pair of words becomes the product of their sums with two keys (NH), of which no two pairs are known to
// collide without the keys. Nothing that is kept or handed over depends on them.

// 12 words: those for the first 16 bytes of a text, for the next 16, and for pairs.
const KEYS: usize = memory.data(48, 16)
// What 16 bytes of zeros add to the hash of a text.
let ofZeros: u64 = 0
let multiplier: u64 = 0

/** Makes the keys of a seed. */
export function initHashing(low: u32, high: u32): void {
  let state = (low as u64) | ((high as u64) << 32)
  for (let word: usize = 0; word < 48; word += 4) {
    state += 0x9e3779b97f4a7c15
    let mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb
    store<u32>(KEYS + word, (mixed >> 32) as u32)
  }
  multiplier = state | 1
  ofZeros = productOf(load<u32>(KEYS, 16), load<u32>(KEYS, 20)) + productOf(load<u32>(KEYS, 24), load<u32>(KEYS, 28))
}

@inline
function productOf(a: u32, b: u32): u64 {
  return (a as u64) * (b as u64)
}

// The two products of four words that the keys were added to.
@inline
function sumOfProducts(words: v128): u64 {
  const even = i32x4.shuffle(words, words, 0, 2, 0, 2)
  const odd = i32x4.shuffle(words, words, 1, 3, 1, 3)
  const products = i64x2.extmul_low_i32x4_u(even, odd)
  return (i64x2.extract_lane(products, 0) as u64) + (i64x2.extract_lane(products, 1) as u64)
}

@inline
function finish(sum: u64): u32 {
  return ((sum * multiplier) >> 32) as u32
}

/** The hash of 32 bytes of which the second 16 are zeros. */
@inline
export function hashOfShort(first: v128): u32 {
  return finish(sumOfProducts(i32x4.add(first, v128.load(KEYS))) + ofZeros)
}

/** The hash of 32 bytes. */
@inline
export function hashOfBoth(first: v128, second: v128): u32 {
  const a = i32x4.add(first, v128.load(KEYS))
  const b = i32x4.add(second, v128.load(KEYS, 16))
  const even = i32x4.shuffle(a, b, 0, 2, 4, 6)
  const odd = i32x4.shuffle(a, b, 1, 3, 5, 7)
  const products = i64x2.add(i64x2.extmul_low_i32x4_u(even, odd), i64x2.extmul_high_i32x4_u(even, odd))
  return finish((i64x2.extract_lane(products, 0) as u64) + (i64x2.extract_lane(products, 1) as u64))
}

/** The hash of a fingerprint, or of 16 other bytes. */
@inline
export function hashOfWords(words: v128): u32 {
  return finish(sumOfProducts(i32x4.add(words, v128.load(KEYS, 32))))
}

/** The hash of two words. */
@inline
export function hashOfPair(pair: u64): u32 {
  return finish(productOf((pair as u32) + load<u32>(KEYS, 32), ((pair >> 32) as u32) + load<u32>(KEYS, 36)))
}

/** The hash of what a text has from `start` to `end`; the last 16 bytes before `end` may overlap those before. */
export function hashOfLong(start: usize, end: usize): u32 {
  const last = end - 16
  let sum: u64 = end - start
  for (let at = start; at < last; at += 16)
    sum = sum * multiplier + sumOfProducts(i32x4.add(v128.load(at), v128.load(KEYS, 32)))
  return finish(sum * multiplier + sumOfProducts(i32x4.add(v128.load(last), v128.load(KEYS, 32))))
}
