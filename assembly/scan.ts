// The scan: confirms the guess that a line is like those before it, value by value, and puts what is wanted into columns.
// A line in which anything is out of the ordinary is handed out, for the reference reader. What is rare is kept in
// functions of its own, because the loop must fit into the processor's registers. Longer than usual, because the loop is one.

import * as P from '../src/kernel/protocol'
import { fingerprint } from './fingerprint'
import { finishRow } from './finish'
import * as N from './numbers'
import * as R from './rows'
import { isScoped } from './scope'
import * as S from './shape'
import { clearHigh, hasEscape, isUtf8, sawHigh, skipContainer, skipNewlines, skipSpace, skipString } from './skip'
import { endOfLine, mayBeNull, takeDuration, takeInteger, takeText } from './take'
import { codeOfMedium, codeOfShort } from './text-table'
import { isNaive, readTime, timeMs } from './time'
import { isCareful, isCareNeeded, mayGive, seen as seenNow, setCareful, setSeen, skipValue, takeValue } from './values'

// Beside the ways in which a scan ends: with the other kind of care it goes on.
const CARE_CHANGES: i32 = 3

const TIME_BIT: u64 = 1
const QUOTES: usize = memory.data(16, 16)
const BACKSLASHES: usize = memory.data(16, 16)
const SPACES: usize = memory.data(16, 16)
// So many lines after one that named a slot twice are read with care at once.
const CAREFUL_LINES: i32 = 64

/** Where the scan stands, and the line that it hands out. */
export let cursor: usize = 0
export let lineStart: usize = 0
export let lineEnd: usize = 0
export let lineNumber: u32 = 0
let hasFileDay: bool = false
let careLeft: i32 = 0
// With care: where the value at hand begins, behind its quote.
let valueStart: usize = 0

export function initScan(): void {
  memory.fill(QUOTES, 0x22, 16)
  memory.fill(BACKSLASHES, 0x5c, 16)
  memory.fill(SPACES, 0x20, 16)
}

export function beginPart(withFileDay: bool): void {
  hasFileDay = withFileDay
  lineNumber = 0
}

export function countLine(): u32 {
  return ++lineNumber
}

@inline
function isLike(node: usize, p: usize): bool {
  if ((~i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(node))) & load<i32>(node, 16)) !== 0) return false
  const length: usize = load<u32>(node, 48)
  if (length <= 16) return true
  if (i8x16.bitmask(i8x16.eq(v128.load(p + length - 16), v128.load(node, 32))) !== 0xffff) return false
  return length <= 32 || isSameText(node, p, length)
}

function isSameText(node: usize, p: usize, length: usize): bool {
  return memory.compare(p, load<u32>(node, 52), length) === 0
}

/** Scans whole lines from `start` to `end`, which is behind a newline with 64 readable bytes after it. */
export function scan(start: usize, end: usize): i32 {
  cursor = start
  while (true) {
    const outcome = isCareful ? scanCarefully(end) : scanFast(end)
    if (outcome !== CARE_CHANGES) return outcome
  }
}

// Two of the same, so that the fast one has nothing of the other's care.
function scanFast(end: usize): i32 {
  return scanLines(end, false)
}

function scanCarefully(end: usize): i32 {
  return scanLines(end, true)
}

@inline
function scanLines(end: usize, withCare: bool): i32 {
  // Read from memory, because constants would be made again for every value.
  const quote = v128.load(QUOTES)
  const backslash = v128.load(BACKSLASHES)
  // Compared as signed, so that bytes beyond ASCII are below it too.
  const space = v128.load(SPACES)
  const mustFinish = (R.constantSlots | R.idSlots | R.skipSlots) !== 0
  const ids = R.wantsIds ? R.IDS : 0
  let someSeen = R.someSeen
  let row = R.rows as usize
  let number = lineNumber
  let p = cursor
  while (p < end) {
    if (row === R.ROWS) {
      return leave(p, number, row, someSeen, P.SCAN_IS_FULL)
    }
    if (load<u8>(p) === 10) {
      // As packed logs may hold them by the billion.
      const text = skipNewlines(p, end)
      number += (text - p) as u32
      p = text
      continue
    }
    const line = p
    let seen: u64 = 0
    let inner: u64 = 0
    let before = S.startNode
    while (true) {
      let node = load<u32>(before, 56) as usize
      if (!isLike(node, p)) {
        node = S.findNode(before, p)
        if (node === 0) {
          p = 0
          break
        }
      }
      const bit = load<u64>(node, 72)
      p += load<u32>(node, 48)
      if (withCare) valueStart = p
      if ((seen & bit) !== 0) {
        // A second name of one slot.
        const may = mayGive(load<u8>(node, 65), load<u8>(node, 66))
        if (may <= 0) {
          p = may === 0 ? skipValue(load<u8>(node, 67), p) : 0
          if (p === 0) break
          before = node
          continue
        }
      }
      const action = load<u8>(node, 64)
      if (action === S.END) break
      switch (action) {
        case S.TAKE_TEXT: {
          const bytes = v128.load(p)
          let quotes = i8x16.bitmask(i8x16.eq(bytes, quote))
          let others = i8x16.bitmask(v128.or(i8x16.eq(bytes, backslash), i8x16.lt_s(bytes, space)))
          // Where texts are now shorter, now longer than 16 bytes, asking which would be guessed wrong too often.
          if (load<u8>(node, 108) === 0) {
            if (quotes !== 0 && (others & (quotes ^ (quotes - 1))) === 0) {
              const length = ctz(quotes) as u32
              if (length !== 0) {
                const code = codeOfShort(load<u32>(node, 84), bytes, p, length)
                store<u32>((load<u32>(node, 80) as usize) + (row << 2), code)
                seen |= bit
              }
              p += length + 1
              break
            }
            store<u8>(node, 1, 108)
          }
          const more = v128.load(p, 16)
          quotes |= i8x16.bitmask(i8x16.eq(more, quote)) << 16
          others |= i8x16.bitmask(v128.or(i8x16.eq(more, backslash), i8x16.lt_s(more, space))) << 16
          if (quotes !== 0 && (others & (quotes ^ (quotes - 1))) === 0) {
            const length = ctz(quotes) as u32
            if (length !== 0) {
              const code = codeOfMedium(load<u32>(node, 84), bytes, more, p, length)
              store<u32>((load<u32>(node, 80) as usize) + (row << 2), code)
              seen |= bit
            }
            p += length + 1
            break
          }
          p = takeText(node, p, row)
          seen |= bit
          break
        }
        case S.TAKE_INTEGER: {
          const eight = load<u64>(p)
          const digits = N.digitsIn(eight)
          if (digits - 1 < 7 && (eight & 255) !== 48) {
            store<u64>((load<u32>(node, 80) as usize) + (row << 3), N.valueOfDigits(eight, digits))
            p += digits
          } else if (!isNumberStart(load<u8>(p))) {
            S.demote(before)
            p -= load<u32>(node, 48)
            continue
          } else p = takeInteger(node, p, row)
          seen |= bit
          break
        }
        case S.NOTE_TEXT:
        case S.SKIP_STRING: {
          const bytes = v128.load(p)
          const quotes = i8x16.bitmask(i8x16.eq(bytes, quote))
          const others = i8x16.bitmask(v128.or(i8x16.eq(bytes, backslash), i8x16.lt_s(bytes, space)))
          if (quotes !== 0 && (others & (quotes ^ (quotes - 1))) === 0) {
            const length = ctz(quotes)
            if (length !== 0) seen |= bit
            p += length + 1
          } else {
            p = skipString(p)
            seen |= bit
          }
          break
        }
        case S.TAKE_TIME: {
          if (load<u8>(p) === 0x22) {
            p++
            break
          }
          p = readTime(p)
          store<i64>(R.TIMES + (row << 3), timeMs)
          if (isNaive || R.hasKinds) store<u8>(R.TIME_KINDS + row, R.kindOf(isNaive))
          seen |= TIME_BIT
          break
        }
        case S.TAKE_DURATION: {
          const eight = load<u64>(p)
          const digits = N.digitsIn(eight)
          const next = (eight >> ((digits << 3) as u64)) as u8 as u32
          if (
            digits - 1 < 7 &&
            (eight & 255) !== 48 &&
            next !== 46 &&
            (next | 32) !== 101 &&
            load<f64>(node, 96) === 1
          ) {
            store<u64>((load<u32>(node, 80) as usize) + (row << 3), N.valueOfDigits(eight, digits) * 1000)
            p += digits
          } else if (!isNumberStart(load<u8>(p))) {
            S.demote(before)
            p -= load<u32>(node, 48)
            continue
          } else p = takeDuration(node, p, row)
          seen |= bit
          break
        }
        case S.TAKE_ID: {
          const first = p
          p = skipString(p)
          if (p !== 0 && p !== first + 1) {
            // An id with an escape is left to the reference.
            if (hasEscape) p = 0
            else fingerprint(first, p - 1, ids + (row << 4))
            seen |= bit
          }
          break
        }
        case S.SKIP_NUMBER: {
          if (isNumberStart(load<u8>(p))) p = N.readNumber(p)
          else {
            S.demote(before)
            p -= load<u32>(node, 48)
            continue
          }
          break
        }
        case S.SKIP_CONTAINER: {
          p = skipContainer(p, load<u8>(node, 67) === S.OBJECT)
          break
        }
        case S.SKIP_INNER: {
          if (load<u8>(node, 67) === S.NUMBER && !isNumberStart(load<u8>(p))) {
            S.demote(before)
            p -= load<u32>(node, 48)
            continue
          }
          const innerBit = load<u64>(node, 112)
          p = (inner & innerBit) !== 0 ? 0 : skipValue(load<u8>(node, 67), p)
          inner |= innerBit
          break
        }
        case S.TAKE_VALUE: {
          if (load<u8>(node, 67) === S.NUMBER && !isNumberStart(load<u8>(p))) {
            S.demote(before)
            p -= load<u32>(node, 48)
            continue
          }
          setSeen(seen)
          R.setRows(row as i32, someSeen)
          p = takeValue(node, p)
          seen = seenNow
          break
        }
        // biome-ignore lint/suspicious/noFallthroughSwitchClause: the rest is as for any value that is not read
        case S.NOTE_NULL: {
          if (!mayBeNull(node, seen)) p = 0
        }
        case S.NOTHING:
        case S.ENTER: {
          const innerBit = load<u64>(node, 112)
          if ((inner & innerBit) !== 0) p = 0
          inner |= innerBit
          break
        }
        case S.CLOSE:
          break
        default:
          p = 0
      }
      if (p === 0) break
      if (withCare) seen = noteName(node, seen, p)
      before = node
    }
    number++
    if (p !== 0) {
      let isRow = true
      if (sawHigh !== 0) {
        clearHigh()
        isRow = isUtf8(line, p)
      }
      if (isRow && mustFinish) {
        setSeen(seen)
        R.setRows(row as i32, someSeen)
        if (!finishRow(row)) seen = seenNow
        // Whose a line is that is left out, only the reference says.
        else if (isScoped()) isRow = false
        else {
          R.putLine(row, line, number)
          store<u64>(R.SEEN + (row << 3), 0)
          row++
          continue
        }
      }
      if (isRow && (seen & TIME_BIT) === 0) {
        R.setRows(row as i32, someSeen)
        if (hasFileDay) R.setKind(P.TIME_ABSENT)
        else isRow = false
      }
      if (isRow) {
        R.putLine(row, line, number)
        store<u64>(R.SEEN + (row << 3), seen)
        someSeen |= seen
        row++
        if (withCare && --careLeft <= 0) {
          setCareful(false)
          return leave(p, number, row, someSeen, CARE_CHANGES)
        }
        continue
      }
    }
    R.setRows(row as i32, someSeen)
    R.clearRow(seen)
    clearHigh()
    const text = skipSpace(line)
    if (load<u8>(text) === 10) {
      p = text + 1
      continue
    }
    if (isCareNeeded()) {
      // Once more, with the names noted.
      careLeft = CAREFUL_LINES
      setCareful(true)
      return leave(line, number - 1, row, someSeen, CARE_CHANGES)
    }
    if (S.isFull) S.forget()
    lineStart = line
    lineEnd = endOfLine(line)
    return leave(lineEnd + 1, number, row, someSeen, P.SCAN_NEEDS_REFERENCE)
  }
  return leave(p, number, row, someSeen, P.SCAN_DONE)
}

function leave(p: usize, number: u32, row: usize, someSeen: u64, outcome: i32): i32 {
  cursor = p
  lineNumber = number
  R.setRows(row as i32, someSeen)
  return outcome
}

@inline
function isNumberStart(byte: u32): bool {
  return N.isDigit(byte) || byte === 45
}

// With care, which name the value of a slot has come from is kept, and only the marks of that. An empty text is no value.
function noteName(node: usize, seen: u64, end: usize): u64 {
  const bit = load<u64>(node, 72)
  if ((seen & bit) === 0 || (load<u8>(node, 67) === S.STRING && end === valueStart + 1)) return seen
  const slot: u32 = load<u8>(node, 65)
  store<u8>(R.NAMES + (slot as usize), load<u8>(node, 66))
  return (seen & ~R.marksOf(slot)) | bit
}
