// What the scan seldom does with a value, kept out of its loop; and the ends of lines.
import * as N from './numbers'
import { hasEscape, skipString } from './skip'
import { codeOfText } from './text-table'
import { mayGive, wholeOf } from './values'

// A null takes nothing away from another name, but the same name again would.
export function mayBeNull(node: usize, seen: u64): bool {
  const target = load<u32>(node, 92) as usize
  return (seen & load<u64>(target, 16)) === 0 || mayGive(load<u8>(target), load<u8>(target, 1)) >= 0
}

// A text of 32 bytes and more, or with bytes beyond ASCII. 0 where it has an escape, or is none.
export function takeText(node: usize, start: usize, row: usize): usize {
  const p = skipString(start)
  if (p === 0 || hasEscape) return 0
  const code = codeOfText(load<u32>(node, 84), start, (p - start - 1) as u32)
  store<u32>((load<u32>(node, 80) as usize) + (row << 2), code)
  return p
}

// An integer of 0, or of eight digits and more; 0 where it is none.
export function takeInteger(node: usize, start: usize, row: usize): usize {
  const p = N.readNumber(start)
  if (p === 0) return 0
  const value = N.unitsOf(0)
  if (value === u64.MAX_VALUE) return 0
  store<u64>((load<u32>(node, 80) as usize) + (row << 3), value)
  return p
}

export function takeDuration(node: usize, start: usize, row: usize): usize {
  const p = N.readNumber(start)
  if (p === 0) return 0
  const whole = wholeOf(N.nearestDouble(), load<f64>(node, 96), true)
  if (whole === u64.MAX_VALUE) return 0
  store<u64>((load<u32>(node, 80) as usize) + (row << 3), whole)
  return p
}

/** The place of the first newline from `start` on. */
export function endOfLine(start: usize): usize {
  const newline = i8x16.splat(10)
  let p = start
  while (true) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(p), newline))
    if (found !== 0) return p + ctz(found)
    p += 16
  }
}

/** The place behind the last newline before `end`, or `start` where there is none. */
export function behindLastLine(start: usize, end: usize): usize {
  let p = end
  while (p > start && load<u8>(p - 1) !== 10) p--
  return p
}
