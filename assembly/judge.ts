// Judges the rows of a block as src/tally/judge.ts does, in its order: out of scope, rejected, duplicate, other, filtered,
// used. Then the columns of the used rows are made dense.
import * as P from '../src/kernel/protocol'
import { allocate } from './memory'
import { roleBit, roleColumn } from './roles'
import * as R from './rows'
import { leaveOut } from './scope'
import { ALIKE, addSeen, fetchSeen, initSeen, NEVER } from './seen-ids'
import { spanOf } from './spans'
import { beginTokens, initTokens, resolveTokens } from './tokens'
import { addUsages, clearWords, usageWord } from './usage-words'

// Places of memos, a byte for each code.
const MEMOS: usize = memory.data(P.MEMOS_MAX * 4, 16)
// By condition: slot u32.
const CONDITIONS: usize = memory.data(P.CONDITIONS_MAX * 4, 16)
let conditionCount: u32 = 0
let statusPasses: u32 = P.STATUS_OK_BIT | P.STATUS_ERROR_BIT

const NO_ROW: usize = R.ROWS

/** How many rows of the block ended where. */
export let used: u32 = 0
export let other: u32 = 0
export let filtered: u32 = 0
export let duplicate: u32 = 0
export let bad: u32 = 0
/** Rows out of scope, which are in none of these. */
export let outside: u32 = 0
/** Of the duplicates: how many have another usage word than the line that counts, and the row of the first. */
export let differing: u32 = 0
export let firstDiffering: u32 = 0

/** Row numbers of the used and of the bad rows. */
export let USED: usize = 0
export let BAD: usize = 0
export let IS_ERROR: usize = 0
export let firstInstant: i64 = i64.MAX_VALUE
export let lastInstant: i64 = i64.MIN_VALUE
/** The same of the used rows of the block alone. */
export let firstOfBlock: i64 = 0
export let lastOfBlock: i64 = 0
/** Whether the block has days without a time; if so, as of when its rows are priced is at `PRICE_TIMES`. */
export let hasDays: bool = false
export const PRICE_TIMES: usize = memory.data(P.ROWS_MAX * 8, 16)

let isDeduped: bool = false
let countsAll: bool = false
let countsCarriers: bool = false
let from: i64 = 0
let to: i64 = 0
let fileDay: i64 = 0
/** The slots whose values are usage. */
export let usageBits: u64 = 0
let costSlot: u32 = 0

export function initJudge(deduped: bool, all: bool, carriers: bool, fromMs: f64, toMs: f64, cost: u32): void {
  USED = allocate(R.ROWS * 4)
  BAD = allocate(R.ROWS * 4)
  IS_ERROR = allocate(R.ROWS)
  initTokens()
  isDeduped = deduped
  countsAll = all
  countsCarriers = carriers
  from = fromMs as i64
  to = toMs as i64
  costSlot = cost
  if (deduped) initSeen()
}

/** A value of this slot makes an event a usage event. */
export function addUsageSlot(slot: u32): void {
  usageBits |= (1 as u64) << slot
}

export function setMemo(index: u32, place: usize): void {
  store<u32>(MEMOS + ((index as usize) << 2), place as u32)
}

/** A condition on a text slot. */
export function addCondition(slot: u32): void {
  store<u32>(CONDITIONS + ((conditionCount as usize) << 2), slot)
  conditionCount++
}

/** By the bits of the statuses that pass. */
export function setStatusPasses(bits: u32): void {
  statusPasses = bits
}

/** The start in UTC of the day of events without a time. */
export function setFileDay(startMs: f64): void {
  fileDay = startMs as i64
}

/** The memo of a text slot, a byte for each code. */
@inline
export function memoAt(index: usize): usize {
  return load<u32>(MEMOS + (index << 2))
}

/** Judges all rows. */
export function judge(): void {
  const count = R.rows as usize
  outside = leaveOut()
  const hasKinds = R.hasKinds
  hasDays = false
  used = 0
  other = 0
  filtered = 0
  duplicate = 0
  differing = 0
  bad = 0
  const statusBit = roleBit(P.ROLE_STATUS)
  const errorBit = roleBit(P.ROLE_ERROR)
  const statusColumn = roleColumn(P.ROLE_STATUS)
  const httpColumn = roleColumn(P.ROLE_STATUS_CODE)
  const eventColumn = roleColumn(P.ROLE_EVENT)
  const statusMemo = memoAt(P.MEMO_STATUS)
  const httpMemo = memoAt(P.MEMO_STATUS_CODE)
  const eventMemo = memoAt(P.MEMO_ANALYSIS)
  // Read once: what is global would be read anew for every row.
  const begin = from
  const end = to
  const passing = statusPasses
  const costBit = (1 as u64) << costSlot
  const dedupes = isDeduped
  const takesAll = countsAll
  const isConditional = conditionCount !== 0
  let first = i64.MAX_VALUE
  let last = i64.MIN_VALUE
  let kept: u32 = 0
  if (beginTokens()) resolveAll(count)
  let nextBad: u32 = 0
  let badRow = badRowAt(0)
  if (dedupes) {
    fetchSeen(R.IDS, count)
    addUsages(costSlot, count)
  }
  for (let row: usize = 0; row < count; row++) {
    const seen = load<u64>(R.SEEN + (row << 3))
    const timeKind: u32 = hasKinds ? load<u8>(R.TIME_KINDS + row) : 0
    if (timeKind === P.TIME_SKIPPED) {
      other++
      continue
    }
    if (row === badRow) {
      badRow = badRowAt(++nextBad)
      continue
    }
    if (dedupes) {
      const before = addSeen(R.IDS + (row << 4), usageWord(row, (seen & costBit) !== 0))
      if (before !== NEVER) {
        duplicate++
        if (before !== ALIKE && differing++ === 0) firstDiffering = row as u32
        continue
      }
    }
    if (!takesAll && load<u8>(eventMemo + load<u32>(eventColumn + (row << 2))) === 0) {
      if (!countsCarriers || (seen & usageBits) === 0) {
        other++
        continue
      }
    }
    let instant = load<i64>(R.TIMES + (row << 3))
    if (hasKinds) instant = resolveInstant(row, timeKind, instant)
    let isError: u32
    if ((seen & statusBit) !== 0) isError = load<u8>(statusMemo + load<u32>(statusColumn + (row << 2)))
    else isError = (seen & errorBit) !== 0 ? 1 : load<u8>(httpMemo + load<u32>(httpColumn + (row << 2)))
    store<u8>(IS_ERROR + row, isError as u8)
    if (instant < begin || instant >= end || ((passing >> isError) & 1) === 0 || (isConditional && !passes(row))) {
      filtered++
      continue
    }
    first = min(first, instant)
    last = max(last, instant)
    store<u32>(USED + ((kept as usize) << 2), row as u32)
    kept++
  }
  used = kept
  other -= outside
  firstOfBlock = first
  lastOfBlock = last
  widen(first, last)
  if (dedupes) clearWords(count)
}

// The rows whose tokens contradict each other are in `BAD` then.
function resolveAll(count: usize): void {
  const hasKinds = R.hasKinds
  for (let row: usize = 0; row < count; row++) {
    if (hasKinds && load<u8>(R.TIME_KINDS + row) === P.TIME_SKIPPED) continue
    if (resolveTokens(row, load<u64>(R.SEEN + (row << 3)))) continue
    store<u32>(BAD + ((bad as usize) << 2), row as u32)
    bad++
  }
}

@inline
function badRowAt(index: u32): usize {
  return index < bad ? (load<u32>(BAD + ((index as usize) << 2)) as usize) : NO_ROW
}

export function widen(first: i64, last: i64): void {
  firstInstant = min(firstInstant, first)
  lastInstant = max(lastInstant, last)
}

export function clearExtent(): void {
  firstInstant = i64.MAX_VALUE
  lastInstant = i64.MIN_VALUE
}

function passes(row: usize): bool {
  for (let index: usize = 0; index < conditionCount; index++) {
    const column = R.columnOf(load<u32>(CONDITIONS + (index << 2)))
    if (load<u8>(memoAt((P.MEMO_FIRST_CONDITION as usize) + index) + load<u32>(column + (row << 2))) === 0) return false
  }
  return true
}

// The instant by which the row counts, of the time of some kind. It and the one of its price are kept.
function resolveInstant(row: usize, kind: u32, ms: i64): i64 {
  let instant = ms
  let priced = ms
  if (kind === P.TIME_ABSENT || kind === P.TIME_DAY) {
    hasDays = true
    priced = kind === P.TIME_DAY ? ms : fileDay
    instant = priced - offsetAt(P.UNIT_DAY, priced)
  } else if (kind === P.TIME_NAIVE) {
    instant = ms - offsetAt(P.UNIT_NAIVE, ms)
    priced = instant
  }
  store<i64>(R.TIMES + (row << 3), instant)
  store<i64>(PRICE_TIMES + (row << 3), priced)
  return instant
}

// The code of such a span is its offset in milliseconds, moved up to be no negative number.
@inline
function offsetAt(unit: u32, ms: i64): i64 {
  return (load<u32>(spanOf(unit, ms), 16) as i64) - P.OFFSET_BASE
}
