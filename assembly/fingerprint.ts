// The 128-bit fingerprint of src/scan/fingerprint.ts, four words at a time.
import { maskOf } from './text-table'

/** Writes the fingerprint of the bytes from `start` to `end` at `target`. May read up to 16 bytes behind them. */
export function fingerprint(start: usize, end: usize, target: usize): void {
  const multipliers = i32x4(0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f)
  let words = i32x4.splat(0)
  for (let at = start; at < end; at += 16) {
    let block = v128.load(at)
    if (end - at < 16) block = v128.and(block, maskOf(end - at))
    words = i32x4.mul(v128.xor(words, block), multipliers)
    words = v128.xor(words, i32x4.shr_u(words, 15))
    const second = i32x4.extract_lane(words, 1)
    words = i32x4.add(words, i32x4.shuffle(words, words, 1, 2, 3, 0))
    words = i32x4.add(words, i32x4.replace_lane(i32x4.splat(0), 3, second))
  }
  const a0 = mix(i32x4.extract_lane(words, 0) ^ ((end - start) as i32), 0x85ebca6b)
  const b = mix(i32x4.extract_lane(words, 1), 0xc2b2ae35) + a0
  const c = mix(i32x4.extract_lane(words, 2), 0x27d4eb2f) + b
  const d = mix(i32x4.extract_lane(words, 3), 0x9e3779b1) + c
  const a = a0 + d
  store<i32>(target, a)
  store<i32>(target, b, 4)
  store<i32>(target, c, 8)
  store<i32>(target, (a | b | c | d) === 0 ? 1 : d, 12)
}

@inline
function mix(word: i32, multiplier: i32): i32 {
  const product = word * multiplier
  return product ^ ((product as u32) >> 15)
}
