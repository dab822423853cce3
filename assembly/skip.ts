// Passes over JSON values by the strict grammar without keeping them. Bytes end with a newline, at which everything stops.
import { isDigit, readNumber } from './numbers'

/** Whether a byte above 127 was passed over since this was last cleared. */
export let sawHigh: i32 = 0
/** How many entries the array had that was passed over last. */
export let entryCount: u64 = 0
/** Whether the string that was passed over last has an escape. */
export let hasEscape: bool = false

const DEPTH_MAX: u32 = 512
// Whether each open container is an object.
const OPEN: usize = memory.data(512, 16)

export function clearHigh(): void {
  sawHigh = 0
}

@inline
export function skipSpace(start: usize): usize {
  let p = start
  while (true) {
    const byte = load<u8>(p)
    if (byte !== 32 && byte !== 9 && byte !== 13) return p
    p++
  }
}

/** From a newline to the first byte before `end` that is none. */
export function skipNewlines(start: usize, end: usize): usize {
  const newline = i8x16.splat(10)
  let p = start
  while (p < end) {
    const others = (~i8x16.bitmask(i8x16.eq(v128.load(p), newline)) & 0xffff) as u32
    if (others !== 0) return min(p + (ctz(others) as usize), end)
    p += 16
  }
  return end
}

/** From behind the opening quote to behind the closing one; 0 where the string is none. */
export function skipString(start: usize): usize {
  const quote = i8x16.splat(0x22)
  const backslash = i8x16.splat(0x5c)
  const top = i8x16.splat(0x1f)
  let high = i8x16.splat(0)
  let p = start
  hasEscape = false
  while (true) {
    const bytes = v128.load(p)
    high = v128.or(high, bytes)
    const found = i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)), i8x16.eq(i8x16.min_u(bytes, top), bytes)),
    )
    if (found === 0) {
      p += 16
      continue
    }
    p += ctz(found)
    const byte = load<u8>(p)
    if (byte === 0x22) {
      sawHigh |= i8x16.bitmask(high)
      return p + 1
    }
    if (byte !== 0x5c) return 0
    hasEscape = true
    const length = escapeLength(load<u8>(p + 1), p)
    if (length === 0) return 0
    p += length
  }
}

@inline
function escapeLength(byte: u32, p: usize): usize {
  if (byte === 0x75)
    return isHex(load<u8>(p + 2)) && isHex(load<u8>(p + 3)) && isHex(load<u8>(p + 4)) && isHex(load<u8>(p + 5)) ? 6 : 0
  // " \ / b f n r t
  if (byte === 0x22 || byte === 0x5c || byte === 0x2f || byte === 0x62 || byte === 0x66) return 2
  return byte === 0x6e || byte === 0x72 || byte === 0x74 ? 2 : 0
}

@inline
function isHex(byte: u32): bool {
  return isDigit(byte) || (byte | 32) - 97 < 6
}

/** From the first byte of a literal to behind it; 0 where it is none. */
@inline
export function skipLiteral(p: usize): usize {
  const four = load<u32>(p)
  if (four === 0x65757274 || four === 0x6c6c756e) return p + 4
  return four === 0x736c6166 && load<u8>(p + 4) === 0x65 ? p + 5 : 0
}

/** From behind the opening bracket or brace to behind the closing one; 0 where the value is none, or too deep. */
export function skipContainer(start: usize, isObject: bool): usize {
  let p = start
  let depth: u32 = 0
  let entries: u64 = 0
  let inObject = isObject
  // What may come: 0 a first member or the end, 1 a member, 2 a comma or the end.
  let state = 0
  while (true) {
    let byte: u32 = load<u8>(p)
    if (byte === 32 || byte === 9 || byte === 13) {
      p = skipSpace(p + 1)
      byte = load<u8>(p)
    }
    if (state === 2) {
      if (byte === 0x2c) {
        if (depth === 0) entries++
        p++
        state = 1
        continue
      }
    }
    if (state !== 1 && byte === (inObject ? 0x7d : 0x5d)) {
      p++
      if (depth === 0) {
        entryCount = state === 0 ? 0 : entries + 1
        return p
      }
      depth--
      inObject = load<u8>(OPEN + depth) !== 0
      state = 2
      continue
    }
    if (state === 2) return 0
    if (inObject) {
      if (byte !== 0x22) return 0
      p = skipString(p + 1)
      if (p === 0) return 0
      if (load<u8>(p) !== 0x3a) {
        p = skipSpace(p)
        if (load<u8>(p) !== 0x3a) return 0
      }
      p++
      byte = load<u8>(p)
      if (byte <= 32) {
        p = skipSpace(p)
        byte = load<u8>(p)
      }
    }
    state = 2
    if (byte === 0x22) p = skipString(p + 1)
    else if (byte === 0x7b || byte === 0x5b) {
      if (depth === DEPTH_MAX) return 0
      store<u8>(OPEN + depth, inObject ? 1 : 0)
      depth++
      inObject = byte === 0x7b
      state = 0
      p++
    } else if (isDigit(byte) || byte === 0x2d) p = readNumber(p)
    else p = skipLiteral(p)
    if (p === 0) return 0
  }
}

/** Whether the bytes are UTF-8. */
export function isUtf8(start: usize, end: usize): bool {
  let p = start
  while (p < end) {
    if (p + 16 <= end && i8x16.bitmask(v128.load(p)) === 0) {
      p += 16
      continue
    }
    const byte: u32 = load<u8>(p)
    if (byte < 0x80) p++
    else if (byte < 0xc2) return false
    else if (byte < 0xe0) {
      if (!isTail(p + 1)) return false
      p += 2
    } else if (byte < 0xf0) {
      const next = load<u8>(p + 1)
      if (!isTail(p + 1) || !isTail(p + 2) || (byte === 0xe0 && next < 0xa0) || (byte === 0xed && next > 0x9f))
        return false
      p += 3
    } else if (byte < 0xf5) {
      const next = load<u8>(p + 1)
      if (!isTail(p + 1) || !isTail(p + 2) || !isTail(p + 3)) return false
      if ((byte === 0xf0 && next < 0x90) || (byte === 0xf4 && next > 0x8f)) return false
      p += 4
    } else return false
  }
  return p === end
}

@inline
function isTail(p: usize): bool {
  return (load<u8>(p) & 0xc0) === 0x80
}
