// The kernel: bytes of JSON lines to columns, and columns to sums by group. The host is src/scan/kernel.ts.
import { initNumbers } from './numbers'
import { initProgram } from './program'
import * as R from './rows'
import { initShape } from './shape'
import { codeOfText } from './text-table'

export { allocate, release } from './memory'
export { addSlot, setConstant, clearRows, columnOf, tableOf, rows, someSeen, STARTS, LENGTHS, LINES } from './rows'
export { addPlace, addTarget } from './shape'
export { scan, cursor, lineStart, lineEnd, lineNumber, beginPart, countLine, setSkipMemo, endOfLine, behindLastLine } from './scan'
export { initJudge, setRole, addUsageSlot, setMemo, addCondition, setStatusPasses, setDayStart } from './judge'
export { used, other, filtered, duplicate, bad, USED, BAD } from './judge'
export { clearSeen, lendSeen, seenPlace, seenSlots, seenCount } from './seen-ids'
export { initUnit, ANSWER } from './spans'
export { addSource, setLane, makeGroups, addRecords, addExtents } from './sums'
export { makeSketches } from './sketches'
export { splitPairs, exportSums, largeSumPlace, exportExtents, sketchBytes, exportSketches, textBytes, exportTexts, firstMs, lastMs } from './export'
export { internTexts, translate, lendCodes, pairLent, lendSums, clearRecords, absorbSketches, noteUnit, widenExtent } from './absorb'
export { setRateParts, setDuration, addStream, addSet, addAddition, pairsOf, codesOf, sizeOf } from './program'
export { prepareBlock, addBlock, clearTally } from './program'

export function init(hasIds: bool): void {
  initNumbers()
  R.initRows(hasIds)
  initShape()
  initProgram()
}

/** The code of a text, which must have 16 readable bytes behind it. */
export function internText(table: usize, p: usize, length: u32): u32 {
  return codeOfText(table, p, length)
}

/** Begins a row that the host fills itself; it has the values of `someBits` (two halves). */
export function addHostRow(line: u32, start: usize, length: u32, isSkipped: bool, low: u32, high: u32, ms: f64, kind: u32): void {
  const row = R.rows as usize
  store<u32>(R.LINES + (row << 2), line)
  store<u32>(R.STARTS + (row << 2), start as u32)
  store<u32>(R.LENGTHS + (row << 2), length)
  store<u8>(R.SKIPPED + row, isSkipped ? 1 : 0)
  store<i64>(R.TIMES + (row << 3), ms as i64)
  store<u8>(R.TIME_KINDS + row, kind as u8)
  R.endRow((low as u64) | ((high as u64) << 32))
}

export function putCode(slot: u32, code: u32): void {
  store<u32>(R.columnOf(slot) + ((R.rows as usize) << 2), code)
}

export function putNumber(slot: u32, value: f64): void {
  store<u64>(R.columnOf(slot) + ((R.rows as usize) << 3), value as u64)
}

/** The four words of the row's fingerprint are put at the place that is returned. */
export function idPlace(): usize {
  return R.IDS + ((R.rows as usize) << 4)
}
