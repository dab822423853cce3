// The rows of a block as columns. A column holds zeros where a row has no value; which values a row has is in `SEEN`.
//
// Slot, 32 bytes: 0 kind u8 | 1 isWanted u8 | 4 column u32 | 8 text table u32 | 12 code of the constant u32
//                 16 bits of the marks that its places may set u64
import * as P from '../src/kernel/protocol'
import { allocate } from './memory'
import { makeTextTable } from './text-table'

/** Rows of a block. */
export const ROWS: usize = P.ROWS_MAX

export const SLOTS: usize = memory.data(32 * P.SLOTS_MAX, 16)
/** By slot: which of its names the value of this line has come from. */
export const NAMES: usize = memory.data(P.SLOTS_MAX, 16)
/** By slot: place and length of the text of a part of the id. */
export const PARTS: usize = memory.data(P.SLOTS_MAX * 8, 16)

// Columns that every block has; at fixed places, so that they cost no look-up.
export const SEEN: usize = memory.data(P.ROWS_MAX * 8, 16)
/** Place of the line u32, number of the line u32. */
export const LINES: usize = memory.data(P.ROWS_MAX * 8, 16)
export const TIMES: usize = memory.data(P.ROWS_MAX * 8, 16)
/** Kinds of times. All are of an instant unless `hasKinds`. */
export const TIME_KINDS: usize = memory.data(P.ROWS_MAX, 16)
export let hasKinds: bool = false
export let IDS: usize = 0

export let slotCount: i32 = 0
export let rows: i32 = 0
/** Values that some row has. */
export let someSeen: u64 = 0
export let wantsIds: bool = false
export let idSlots: u64 = 0
export let constantSlots: u64 = 0
export let skipSlots: u64 = 0

export function initRows(hasIds: bool): void {
  IDS = hasIds ? allocate(ROWS * 16) : 0
  wantsIds = hasIds
}

@inline
export function slotAt(slot: u32): usize {
  return SLOTS + ((slot as usize) << 5)
}

@inline
export function isText(kind: u8): bool {
  return kind === P.SLOT_TEXT || kind === P.SLOT_ERROR || kind === P.SLOT_EXTRA_TEXT || kind === P.SLOT_SKIP_TEST
}

/** A new slot; the time must be the first. */
export function addSlot(kind: u8, isWanted: bool): u32 {
  const slot = slotAt(slotCount)
  store<u8>(slot, kind)
  store<u8>(slot, isWanted ? 1 : 0, 1)
  if (isText(kind)) {
    if (isWanted) {
      store<u32>(slot, allocate(ROWS * 4) as u32, 4)
      store<u32>(slot, makeTextTable() as u32, 8)
    }
  } else if (kind !== P.SLOT_TIME && kind !== P.SLOT_ID && kind !== P.SLOT_ID_PART && kind !== P.SLOT_MARK)
    store<u32>(slot, allocate(ROWS * 8) as u32, 4)
  const bit = (1 as u64) << slotCount
  if (kind === P.SLOT_ID_PART) idSlots |= bit
  if (kind === P.SLOT_SKIP_TEST) skipSlots |= bit
  return slotCount++
}

/** The value of a text slot where a line gives none. */
export function setConstant(slot: u32, code: u32): void {
  store<u32>(slotAt(slot), code, 12)
  constantSlots |= (1 as u64) << slot
}

/** The bit of a mark that a place of a slot may set; none where there is no mark. */
export function addMark(slot: u32, mark: u32): u64 {
  const bit: u64 = mark === P.NONE ? 0 : (1 as u64) << mark
  store<u64>(slotAt(slot), marksOf(slot) | bit, 16)
  return bit
}

@inline
export function marksOf(slot: u32): u64 {
  return load<u64>(slotAt(slot), 16)
}

@inline
export function columnOf(slot: u32): usize {
  return load<u32>(slotAt(slot), 4)
}

@inline
export function tableOf(slot: u32): usize {
  return load<u32>(slotAt(slot), 8)
}

/** The kind of a time that is given. */
export function kindOf(isNaive: bool): u8 {
  if (isNaive) hasKinds = true
  return (isNaive ? P.TIME_NAIVE : P.TIME_INSTANT) as u8
}

/** The kind of the time of the row at hand; a later one replaces it. */
@inline
export function setTimeKind(kind: u32): void {
  if (kind !== 0 || hasKinds) setKind(kind)
}

/** Says of the row at hand that its time is no instant, or that its line is left out. */
export function setKind(kind: u32): void {
  hasKinds = true
  store<u8>(TIME_KINDS + rows, kind as u8)
}

/** Makes a row that is there already one of a line that is left out. */
export function leaveOutRow(row: usize): void {
  hasKinds = true
  store<u8>(TIME_KINDS + row, P.TIME_SKIPPED)
}

@inline
export function putLine(row: usize, place: usize, line: u32): void {
  store<u64>(LINES + (row << 3), (place as u64) | ((line as u64) << 32))
}

/** Says how many rows there are, and which values some have. */
export function setRows(count: i32, seen: u64): void {
  rows = count
  someSeen = seen
}

/** Takes back what a line has put into the columns of the row that it does not become. */
export function clearRow(seen: u64): void {
  for (let left = seen; left !== 0; left &= left - 1) {
    const slot = ctz(left) as u32
    const kind = load<u8>(slotAt(slot))
    const column = columnOf(slot)
    if (column === 0) continue
    if (isText(kind)) store<u32>(column + ((rows as usize) << 2), 0)
    else store<u64>(column + ((rows as usize) << 3), 0)
  }
  if (wantsIds) v128.store(IDS + ((rows as usize) << 4), i64x2.splat(0))
  if (idSlots !== 0) memory.fill(PARTS, 0, P.SLOTS_MAX * 8)
}

/** Makes the columns empty for the next rows. */
export function clearRows(): void {
  for (let left = someSeen; left !== 0; left &= left - 1) {
    const slot = ctz(left) as u32
    const column = columnOf(slot)
    if (column !== 0) memory.fill(column, 0, (rows as usize) << (isText(load<u8>(slotAt(slot))) ? 2 : 3))
  }
  if (wantsIds) memory.fill(IDS, 0, (rows as usize) << 4)
  // The row behind the last may have what a line left that did not become it.
  if (hasKinds) memory.fill(TIME_KINDS, 0, min<usize>(rows + 1, ROWS))
  hasKinds = false
  rows = 0
  someSeen = 0
}
