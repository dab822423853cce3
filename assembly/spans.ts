// What an instant falls into: days, hours, time classes. The host is asked once for each stretch of time, and the
// stretches are remembered.
//
// Unit, 16 bytes: 0 spans u32 | 4 codes given u32.   Span, 24 bytes: 0 from i64 | 8 to i64 | 16 code u32
// 20 coarse code u32: that of the time class for models whose prices do not change within the day
import * as P from '../src/kernel/protocol'
import { allocate } from './memory'

const SPANS: usize = 64
const UNITS: usize = memory.data(P.UNITS_MAX * 16, 16)

/** Where the host puts its answer: from f64, to f64, code f64, coarse code f64. */
export const ANSWER: usize = memory.data(32, 16)

@external('host', 'findSpan')
declare function findSpan(unit: u32, instant: f64): void

export function initUnit(unit: u32): void {
  store<u32>(UNITS + ((unit as usize) << 4), allocate(SPANS * 24) as u32)
}

export function codesOfUnit(unit: u32): u32 {
  return load<u32>(UNITS + ((unit as usize) << 4), 4)
}

/** Says that the codes of a unit are below `size`. */
export function noteCodes(unit: u32, size: u32): void {
  const owner = UNITS + ((unit as usize) << 4)
  if (size > load<u32>(owner, 4)) store<u32>(owner, size, 4)
}

/** The span of an instant; good until the next call. */
export function spanOf(unit: u32, instant: i64): usize {
  const owner = UNITS + ((unit as usize) << 4)
  const span = (load<u32>(owner) as usize) + ((((instant >> 22) as usize) & (SPANS - 1)) as usize) * 24
  if (instant >= load<i64>(span) && instant < load<i64>(span, 8)) return span
  findSpan(unit, instant as f64)
  store<i64>(span, load<f64>(ANSWER) as i64)
  store<i64>(span, load<f64>(ANSWER, 8) as i64, 8)
  store<i32>(span, load<f64>(ANSWER, 16) as i32, 16)
  store<i32>(span, load<f64>(ANSWER, 24) as i32, 20)
  noteCodes(unit, max(load<u32>(span, 16), load<u32>(span, 20)) + 1)
  return span
}

/** The span that all instants from `first` to `last` fall into; 0 where there is none. */
export function spanOfAll(unit: u32, first: i64, last: i64): usize {
  const span = spanOf(unit, first)
  return last < load<i64>(span, 8) ? span : 0
}

/** The code of a span, or its coarse one. */
@inline
export function codeOfSpan(span: usize, isFine: bool): u32 {
  return isFine ? load<u32>(span, 16) : load<u32>(span, 20)
}

/** Writes the codes of `count` instants. */
export function codesOfInstants(unit: u32, instants: usize, to: usize, count: u32): void {
  for (let index: usize = 0; index < count; index++) {
    store<u32>(to + (index << 2), codeOfSpan(spanOf(unit, load<i64>(instants + (index << 3))), true))
  }
}

/** As `codesOfInstants`, with the coarse code where the memo says nothing of the text whose code is at `texts`. */
export function coarseCodesOfInstants(
  unit: u32,
  instants: usize,
  texts: usize,
  memo: usize,
  to: usize,
  count: u32,
): void {
  for (let index: usize = 0; index < count; index++) {
    const isFine = load<u8>(memo + load<u32>(texts + (index << 2))) !== 0
    store<u32>(to + (index << 2), codeOfSpan(spanOf(unit, load<i64>(instants + (index << 3))), isFine))
  }
}
