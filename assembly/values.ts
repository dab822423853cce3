// Values that are not taken on the short way: numbers as text, literals, epoch times, arrays that are counted, extra
// columns, and values that several slots share.
import * as P from '../src/kernel/protocol'
import { fingerprint } from './fingerprint'
import * as N from './numbers'
import * as R from './rows'
import * as S from './shape'
import { entryCount, hasEscape, skipContainer, skipString } from './skip'
import { codeOfText } from './text-table'
import { isNaive, readTime, timeMs } from './time'

const END_OF_TIME_MS: f64 = 253402300800000
const SAFE_MAX: f64 = 9007199254740991

/** Which values the line at hand has; handed in and out by the scan. */
export let seen: u64 = 0

export function setSeen(value: u64): void {
  seen = value
}

/** From where a value's node ends to behind the value; 0 where it is none. */
export function skipValue(lexical: u8, p: usize): usize {
  if (lexical === S.STRING) return skipString(p)
  if (lexical === S.NUMBER) return N.readNumber(p)
  return lexical === S.OBJECT || lexical === S.ARRAY ? skipContainer(p, lexical === S.OBJECT) : p
}

/** Gives a value to all slots that want it; returns the place behind it, or 0 where the reference must read the line. */
export function takeValue(node: usize, p: usize): usize {
  const lexical = load<u8>(node, 67)
  const end = skipValue(lexical, p)
  if (end === 0) return 0
  const isEscaped = lexical === S.STRING && hasEscape
  for (let target = load<u32>(node, 92) as usize; target !== 0; target = load<u32>(target, 4)) {
    if (!give(target, lexical, p, end, isEscaped)) return 0
  }
  return end
}

/** Whether the names of values are noted, so that a second name of a slot can be weighed. */
export let isCareful: bool = false
let needsCare: bool = false

export function setCareful(value: bool): void {
  isCareful = value
}

/** Whether a line failed only because names were not noted. */
export function isCareNeeded(): bool {
  const needed = needsCare && !isCareful
  needsCare = false
  return needed
}

/**
 * Whether a name may give its slot another value: 1 yes; 0 no, because a name before it has; -1 where the same name comes
 * again, which only the reference can weigh, or where names were not noted.
 */
export function mayGive(slot: u32, name: u8): i32 {
  if (!isCareful) {
    needsCare = true
    return -1
  }
  const given = load<u8>(R.NAMES + slot)
  return name === given ? -1 : name < given ? 1 : 0
}

function give(target: usize, lexical: u8, p: usize, end: usize, isEscaped: bool): bool {
  const kind = load<u8>(target, 2)
  const slot: u32 = load<u8>(target)
  const bit = load<u64>(target, 16)
  const isAbsent =
    lexical === S.NULL || (lexical === S.STRING && end === p + 1) || (kind === P.SLOT_ERROR && lexical === S.FALSE)
  if ((seen & bit) !== 0) {
    const may = mayGive(slot, load<u8>(target, 1))
    if (may <= 0) return may === 0
  }
  if (isAbsent) return true
  // What was put there before a name of more weight came is replaced.
  if (!put(target, kind, slot, lexical, p, end, isEscaped)) return false
  store<u8>(R.NAMES + slot, load<u8>(target, 1))
  seen = (seen & ~R.marksOf(slot)) | bit
  return true
}

function put(target: usize, kind: u8, slot: u32, lexical: u8, p: usize, end: usize, isEscaped: bool): bool {
  const row = R.rows as usize
  const column = load<u32>(target, 24) as usize
  if (kind === P.SLOT_TIME) return putTime(lexical, p)
  if (lexical === S.OBJECT) return false
  if (lexical === S.ARRAY) {
    if (kind !== P.SLOT_ENTRIES) return false
    store<u64>(column + (row << 3), entryCount)
    return true
  }
  if (R.isText(kind) || kind === P.SLOT_ID || kind === P.SLOT_ID_PART) {
    if (kind === P.SLOT_SKIP_TEST && lexical === S.NUMBER) return false
    const isPart = kind === P.SLOT_ID_PART || (kind === P.SLOT_ID && R.wantsIds)
    if (!isPart && column === 0) return true
    if (isEscaped) return false
    const from = lexical === S.TRUE ? end - 4 : lexical === S.FALSE ? end - 5 : p
    const length = ((lexical === S.STRING ? end - 1 : end) - from) as u32
    if (kind === P.SLOT_ID_PART) {
      store<u32>(R.PARTS + ((slot as usize) << 3), from as u32)
      store<u32>(R.PARTS + ((slot as usize) << 3), length, 4)
    } else if (kind === P.SLOT_ID) fingerprint(from, from + length, R.IDS + (row << 4))
    else store<u32>(column + (row << 2), codeOfText(load<u32>(target, 28), from, length))
    return true
  }
  if (lexical !== S.NUMBER) return false
  let units: u64
  if (kind === P.SLOT_COST) units = N.unitsOf(12)
  else if (kind === P.SLOT_TOKENS || kind === P.SLOT_ENTRIES) units = N.unitsOf(0)
  else units = wholeOf(N.nearestDouble(), load<f64>(target, 8), kind === P.SLOT_DURATION)
  if (units === u64.MAX_VALUE) return false
  store<u64>(column + (row << 3), units)
  return true
}

function putTime(lexical: u8, p: usize): bool {
  const row = R.rows as usize
  let ms: i64
  let kind: u8 = P.TIME_INSTANT as u8
  if (lexical === S.STRING) {
    if (readTime(p) === 0) return false
    ms = timeMs
    kind = (isNaive ? P.TIME_NAIVE : P.TIME_INSTANT) as u8
  } else {
    if (lexical !== S.NUMBER) return false
    const value = N.nearestDouble()
    const epochMs = value < 1e11 ? Math.floor(N.roundHalfUp(value * 1e6) / 1e3) : Math.floor(value)
    if (!(epochMs < END_OF_TIME_MS)) return false
    ms = epochMs as i64
  }
  store<i64>(R.TIMES + (row << 3), ms)
  R.setTimeKind(kind)
  return true
}

/** A duration in microseconds, or an extra number by its scale; u64.MAX_VALUE where the reference must tell. */
@inline
export function wholeOf(value: f64, factor: f64, isDuration: bool): u64 {
  const whole = N.roundHalfUp(isDuration ? value * factor * 1000 : value * factor)
  return whole >= 0 && whole <= SAFE_MAX ? (whole as u64) : u64.MAX_VALUE
}
