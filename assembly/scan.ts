// The scan: confirms the guess that a line is like those before it, value by value, and puts what is wanted into columns.
// A line in which anything is out of the ordinary is handed out, for the reference reader.
import { fingerprint } from './fingerprint'
import { allocate } from './memory'
import * as N from './numbers'
import * as R from './rows'
import * as S from './shape'
import { clearHigh, hasEscape, isUtf8, sawHigh, skipContainer, skipString } from './skip'
import { codeOfLong, codeOfShort, maskOf } from './text-table'
import { isNaive, readTime, timeMs } from './time'
import { mayGive, seen as seenNow, setSeen, skipValue, takeValue, wholeOf } from './values'

// How a call of `scan` ends.
const DONE: i32 = 0
const IS_FULL: i32 = 1
const NEEDS_REFERENCE: i32 = 2

const TIME_BIT: u64 = 1

/** Where the scan stands, and the line that it hands out. */
export let cursor: usize = 0
export let lineStart: usize = 0
export let lineEnd: usize = 0
export let lineNumber: u32 = 0
export let hasFileDay: bool = false

@external('host', 'learnSkip')
declare function learnSkip(slot: i32): void

// By slot: place and number of the known answers of a skip test, a byte for each code.
const SKIP_MEMOS: usize = memory.data(64 * 8, 16)
let joined: usize = 0
let joinedSize: usize = 0

export function beginPart(withFileDay: bool): void {
  hasFileDay = withFileDay
  lineNumber = 0
}

export function countLine(): u32 {
  return ++lineNumber
}

export function setSkipMemo(slot: i32, memo: usize, count: u32): void {
  store<u32>(SKIP_MEMOS + (slot << 3), memo as u32)
  store<u32>(SKIP_MEMOS + (slot << 3), count, 4)
}

@inline
function isLike(node: usize, p: usize): bool {
  if (v128.any_true(v128.and(v128.xor(v128.load(p), v128.load(node)), v128.load(node, 16)))) return false
  const length: usize = load<u32>(node, 48)
  if (length <= 16) return true
  if (v128.any_true(v128.xor(v128.load(p + length - 16), v128.load(node, 32)))) return false
  return length <= 32 || memory.compare(p, load<u32>(node, 52), length) == 0
}

/** Scans whole lines from `start` to `end`, which is behind a newline with 64 readable bytes after it. */
export function scan(start: usize, end: usize): i32 {
  const quote = i8x16.splat(0x22)
  const backslash = i8x16.splat(0x5c)
  const top = i8x16.splat(0x1f)
  let p = start
  while (p < end) {
    if (load<u8>(p) == 10) {
      p++
      lineNumber++
      continue
    }
    if ((R.rows as usize) == R.ROWS) {
      cursor = p
      return IS_FULL
    }
    if (S.isFull) S.forget()
    const row = R.rows as usize
    const line = p
    let high = i8x16.splat(0)
    let seen: u64 = 0
    let inner: u32 = 0
    let before = S.startNode
    let isEnded = false
    let mustFind = false
    clearHigh()
    while (true) {
      let node = load<u32>(before, 56) as usize
      if (mustFind || !isLike(node, p)) {
        node = S.findNode(before, p)
        if (node == 0) break
        mustFind = false
      }
      const from = p
      p += load<u32>(node, 48)
      const action = load<u8>(node, 64)
      const bit = load<u64>(node, 72)
      if ((seen & bit) != 0 && action != S.TAKE_VALUE && action != S.NOTE_NULL) {
        // A second name of one slot.
        const may = mayGive(load<u8>(node, 65), load<u8>(node, 66))
        if (may < 0) break
        if (may == 0) {
          p = skipValue(load<u8>(node, 67), p)
          if (p == 0) break
          before = node
          continue
        }
      }
      switch (action) {
        case S.TAKE_TEXT: {
          const bytes = v128.load(p)
          high = v128.or(high, bytes)
          const found = i8x16.bitmask(
            v128.or(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)), i8x16.eq(i8x16.min_u(bytes, top), bytes)),
          )
          let code: u32 = 0
          if (found != 0) {
            const length = ctz(found) as u32
            if (load<u8>(p + length) != 0x22) { p = 0; break }
            if (length != 0) code = codeOfShort(load<u32>(node, 84), v128.and(bytes, maskOf(length)), p, length)
            p += length + 1
          } else {
            let q = p + 16
            let rest: i32 = 0
            while (true) {
              const more = v128.load(q)
              high = v128.or(high, more)
              rest = i8x16.bitmask(
                v128.or(v128.or(i8x16.eq(more, quote), i8x16.eq(more, backslash)), i8x16.eq(i8x16.min_u(more, top), more)),
              )
              if (rest != 0) break
              q += 16
            }
            q += ctz(rest)
            if (load<u8>(q) != 0x22) { p = 0; break }
            const length = (q - p) as u32
            code = length == 16 ? codeOfShort(load<u32>(node, 84), bytes, p, 16) : codeOfLong(load<u32>(node, 84), p, length)
            p = q + 1
          }
          if (code != 0) {
            store<u32>((load<u32>(node, 80) as usize) + (row << 2), code)
            store<u8>(R.NAMES + (load<u8>(node, 65) as usize), load<u8>(node, 66))
            seen |= bit
          }
          break
        }
        case S.TAKE_INTEGER: {
          const eight = load<u64>(p)
          const digits = N.digitsIn(eight)
          if (digits == 0) {
            if (load<u8>(p) == 45) { p = 0; break }
            mustFind = true
            p = from
            continue
          }
          let value = N.valueOfDigits(eight, digits)
          if (digits > 1 && (eight & 255) == 48) { p = 0; break }
          p += digits
          if (digits == 8 && N.isDigit(load<u8>(p))) {
            p = N.readNumber(p - 8)
            value = N.unitsOf(0)
            if (value == u64.MAX_VALUE) { p = 0; break }
          }
          store<u64>((load<u32>(node, 80) as usize) + (row << 3), value)
          store<u8>(R.NAMES + (load<u8>(node, 65) as usize), load<u8>(node, 66))
          seen |= bit
          break
        }
        case S.NOTE_TEXT: {
          const bytes = v128.load(p)
          high = v128.or(high, bytes)
          const found = i8x16.bitmask(
            v128.or(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)), i8x16.eq(i8x16.min_u(bytes, top), bytes)),
          )
          const length = found == 0 ? 16 : ctz(found)
          const first = p
          if (load<u8>(p + length) == 0x22 && found != 0) p += length + 1
          else p = skipString(p)
          if (p != 0 && p != first + 1) {
            store<u8>(R.NAMES + (load<u8>(node, 65) as usize), load<u8>(node, 66))
            seen |= bit
          }
          break
        }
        case S.TAKE_TIME: {
          if (load<u8>(p) == 0x22) { p++; break }
          p = readTime(p)
          store<i64>(R.TIMES + (row << 3), timeMs)
          store<u8>(R.TIME_KINDS + row, isNaive ? 1 : 0)
          store<u8>(R.NAMES, load<u8>(node, 66))
          seen |= TIME_BIT
          break
        }
        case S.TAKE_DURATION: {
          const eight = load<u64>(p)
          const digits = N.digitsIn(eight)
          if (digits == 0) {
            if (load<u8>(p) == 45) { p = 0; break }
            mustFind = true
            p = from
            continue
          }
          let value = N.valueOfDigits(eight, digits) as f64
          if (digits > 1 && (eight & 255) == 48) { p = 0; break }
          const next: u32 = load<u8>(p + digits)
          if (next == 46 || (next | 32) == 101 || N.isDigit(next)) {
            p = N.readNumber(p)
            if (p == 0) break
            value = N.nearestDouble()
          } else p += digits
          const whole = wholeOf(value, load<f64>(node, 96), true)
          if (whole == u64.MAX_VALUE) { p = 0; break }
          store<u64>((load<u32>(node, 80) as usize) + (row << 3), whole)
          store<u8>(R.NAMES + (load<u8>(node, 65) as usize), load<u8>(node, 66))
          seen |= bit
          break
        }
        case S.TAKE_ID: {
          const first = p
          p = skipString(p)
          if (p == 0) break
          if (p != first + 1) {
            // An id with an escape is left to the reference.
            if (hasEscape) { p = 0; break }
            fingerprint(first, p - 1, R.IDS + (row << 4))
            store<u8>(R.NAMES + (load<u8>(node, 65) as usize), load<u8>(node, 66))
            seen |= bit
          }
          break
        }
        case S.SKIP_STRING: {
          p = skipString(p)
          break
        }
        case S.SKIP_NUMBER: {
          p = N.readNumber(p)
          if (p == 0) {
            const byte: u32 = load<u8>(from + load<u32>(node, 48))
            if (byte != 45 && !N.isDigit(byte)) {
              mustFind = true
              p = from
              continue
            }
          }
          break
        }
        case S.SKIP_CONTAINER: {
          p = skipContainer(p, load<u8>(node, 67) == S.OBJECT)
          break
        }
        case S.TAKE_VALUE: {
          if (load<u8>(node, 67) == S.NUMBER && !N.isDigit(load<u8>(p)) && load<u8>(p) != 45) {
            mustFind = true
            p = from
            continue
          }
          setSeen(seen)
          p = takeValue(node, p)
          seen = seenNow
          break
        }
        case S.NOTE_NULL: {
          if ((seen & bit) != 0 && mayGive(load<u8>(node, 65), load<u8>(node, 66)) < 0) { p = 0; break }
        }
        case S.NOTHING:
        case S.ENTER: {
          const innerBit = load<u32>(node, 88)
          if ((inner & innerBit) != 0) p = 0
          inner |= innerBit
          break
        }
        case S.CLOSE:
          break
        case S.END: {
          isEnded = true
          break
        }
        default:
          p = 0
      }
      before = node
      if (p == 0 || isEnded) break
    }
    lineNumber++
    if (isEnded) {
      if ((i8x16.bitmask(high) | sawHigh) != 0 && !isUtf8(line, p)) isEnded = false
      else if ((R.constantSlots | R.idSlots | R.skipSlots) != 0) {
        setSeen(seen)
        if (finish(row)) {
          store<u32>(R.LINES + (row << 2), lineNumber)
          store<u8>(R.SKIPPED + row, 1)
          R.endRow(0)
          continue
        }
        seen = seenNow
      }
    }
    if (isEnded && (seen & TIME_BIT) == 0) {
      if (hasFileDay) store<u8>(R.TIME_KINDS + row, 2)
      else isEnded = false
    }
    if (!isEnded) {
      R.clearRow(seen)
      lineStart = line
      lineEnd = endOfLine(line)
      cursor = lineEnd + 1
      return NEEDS_REFERENCE
    }
    store<u32>(R.LINES + (row << 2), lineNumber)
    store<u32>(R.STARTS + (row << 2), line as u32)
    store<u32>(R.LENGTHS + (row << 2), (p - line) as u32)
    store<u8>(R.SKIPPED + row, 0)
    R.endRow(seen)
  }
  cursor = p
  return DONE
}

/** The place of the first newline from `start` on. */
export function endOfLine(start: usize): usize {
  const newline = i8x16.splat(10)
  let p = start
  while (true) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(p), newline))
    if (found != 0) return p + ctz(found)
    p += 16
  }
}

/** The place behind the last newline before `end`, or `start` where there is none. */
export function behindLastLine(start: usize, end: usize): usize {
  let p = end
  while (p > start && load<u8>(p - 1) != 10) p--
  return p
}

// What comes after the last value: is the line left out? Constants and the joined id. True where it is left out.
function finish(row: usize): bool {
  for (let left = R.skipSlots; left != 0; left &= left - 1) {
    const slot = ctz(left) as u32
    const code = load<u32>(R.columnOf(slot) + (row << 2))
    const memo = SKIP_MEMOS + ((slot as usize) << 3)
    if (code >= load<u32>(memo, 4)) learnSkip(slot)
    if (load<u8>((load<u32>(memo) as usize) + code) != 0) {
      R.clearRow(seenNow)
      return true
    }
  }
  for (let left = R.constantSlots & ~seenNow; left != 0; left &= left - 1) {
    const slot = ctz(left) as u32
    const column = R.columnOf(slot)
    if (column != 0) store<u32>(column + (row << 2), load<u32>(R.slotAt(slot), 12))
    setSeen(seenNow | ((1 as u64) << slot))
  }
  if (R.idSlots != 0) joinId(row)
  return false
}

function joinId(row: usize): void {
  let length: usize = 0
  let hasText = false
  for (let left = R.idSlots; left != 0; left &= left - 1) length += load<u32>(R.PARTS + ((ctz(left) as usize) << 3), 4) + 1
  if (length + 16 > joinedSize) {
    joinedSize = length * 2 + 256
    joined = allocate(joinedSize)
  }
  let to = joined
  for (let left = R.idSlots; left != 0; left &= left - 1) {
    const part = R.PARTS + ((ctz(left) as usize) << 3)
    const size = load<u32>(part, 4) as usize
    memory.copy(to, load<u32>(part), size)
    to += size
    store<u8>(to++, 58)
    if (size != 0) hasText = true
    store<u64>(part, 0)
  }
  if (hasText && R.wantsIds) fingerprint(joined, to - 1, R.IDS + (row << 4))
}
