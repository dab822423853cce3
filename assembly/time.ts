// Times of ISO 8601 in text: a date, T or a space, hours, minutes and seconds, a fraction, and Z, an offset or nothing.
// Rarer forms are left to the reference reader.
import { isDigit } from './numbers'

/** Set by `readTime`: milliseconds since 1970, of the wall clock read as if it were UTC where the time is naive. */
export let timeMs: i64 = 0
export let isNaive: bool = false

// The last "YYYY-MM-DDTHH:MM" and its milliseconds: neighbouring lines are mostly of the same minute.
const PREFIX: usize = memory.data(16, 16)
let prefixMs: i64 = 0

/** From behind the opening quote to behind the closing one; 0 where it is no such time. */
export function readTime(p: usize): usize {
  if (v128.any_true(v128.xor(v128.load(p), v128.load(PREFIX))) && !readPrefix(p)) return 0
  // ":SS.mmmZ" and the quote
  const rest = load<u64>(p, 16) ^ 0x5a3030302e30303a
  if ((((rest + 0x7f7676767f76767f) | rest) & 0x8080808080808080) === 0 && load<u8>(p, 24) === 0x22) {
    const seconds = ((rest >> 8) & 255) * 10 + ((rest >> 16) & 255)
    if (seconds > 59) return 0
    isNaive = false
    timeMs =
      prefixMs +
      ((seconds * 1000 + ((rest >> 32) & 255) * 100 + ((rest >> 40) & 255) * 10 + ((rest >> 48) & 255)) as i64)
    return p + 25
  }
  return readRest(p + 16)
}

function readRest(start: usize): usize {
  if (load<u8>(start) !== 58) return 0
  const seconds = twoDigits(start + 1)
  if (seconds < 0 || seconds > 59) return 0
  let p = start + 3
  let ms: i64 = 0
  if (load<u8>(p) === 46 || load<u8>(p) === 44) {
    p++
    const first = p
    let unit: i64 = 100
    while (isDigit(load<u8>(p))) {
      ms += unit * ((load<u8>(p) - 48) as i64)
      unit /= 10
      p++
    }
    if (p === first || p - first > 9) return 0
  }
  let offset: i64 = 0
  const sign: u32 = load<u8>(p)
  isNaive = sign === 0x22
  if ((sign | 32) === 122) p++
  else if (sign === 43 || sign === 45) {
    const hours = twoDigits(p + 1)
    let minutes = 0
    p += 3
    if (load<u8>(p) === 58) p++
    if (load<u8>(p) !== 0x22) {
      minutes = twoDigits(p)
      p += 2
    } else if (load<u8>(p - 1) === 58) return 0
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return 0
    offset = ((hours * 60 + minutes) as i64) * (sign === 45 ? -60000 : 60000)
  }
  if (load<u8>(p) !== 0x22) return 0
  timeMs = prefixMs + (seconds as i64) * 1000 + ms - offset
  return p + 1
}

function readPrefix(p: usize): bool {
  const century = twoDigits(p)
  const ofCentury = twoDigits(p + 2)
  const month = twoDigits(p + 5)
  const date = twoDigits(p + 8)
  const hour = twoDigits(p + 11)
  const minute = twoDigits(p + 14)
  const between: u32 = load<u8>(p + 10)
  if (load<u8>(p + 4) !== 45 || load<u8>(p + 7) !== 45 || load<u8>(p + 13) !== 58) return false
  if (between !== 84 && between !== 116 && between !== 32) return false
  if ((century | ofCentury | month | date | hour | minute) < 0) return false
  const year = century * 100 + ofCentury
  if (month < 1 || month > 12 || date < 1 || date > daysIn(year, month) || hour > 23 || minute > 59) return false
  prefixMs = dayOf(year, month, date) * 86400000 + ((hour * 60 + minute) as i64) * 60000
  v128.store(PREFIX, v128.load(p))
  return true
}

// -1 where they are none.
@inline
function twoDigits(p: usize): i32 {
  const tens = (load<u8>(p) as i32) - 48
  const ones = (load<u8>(p + 1) as i32) - 48
  return (tens as u32) < 10 && (ones as u32) < 10 ? tens * 10 + ones : -1
}

function daysIn(year: i32, month: i32): i32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

// Days since 1970 in the Gregorian calendar, counted in years that begin in March.
function dayOf(year: i32, month: i32, date: i32): i64 {
  const marchYear = year - (month <= 2 ? 1 : 0) + 400
  const era = marchYear / 400
  const ofEra = marchYear - era * 400
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1
  const dayOfEra = ofEra * 365 + ofEra / 4 - ofEra / 100 + dayOfYear
  return ((era - 1) as i64) * 146097 + (dayOfEra as i64) - 719468
}
