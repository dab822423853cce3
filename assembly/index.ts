// The kernel: bytes of JSON lines to columns, and columns to sums by group. The host is src/scan/kernel.ts.
import { initHashing } from './hashing'
import { initNumbers } from './numbers'
import * as R from './rows'
import { initScan } from './scan'
import { initShape } from './shape'
import { initStreams } from './streams'
import { codeOfText, initTexts } from './text-table'

export { clearRecords, internTexts, lendCodes, lendSums, noteUnit, translate, widenExtent } from './absorb'
export { exportExtents, exportSums, exportTexts, firstMs, largeSumPlace, lastMs, splitPairs, textBytes } from './export'
export { setSkipMemo } from './finish'
export {
  addCondition,
  addUsageSlot,
  BAD,
  bad,
  differing,
  duplicate,
  filtered,
  firstDiffering,
  initJudge,
  other,
  outside,
  setFileDay,
  setMemo,
  setStatusPasses,
  USED,
  used,
} from './judge'
export { allocate, release } from './memory'
export { addLatePlaces, addPlace, addTarget } from './places'
export { addPriceSource, countOf, placeOfPrice, setCountedSource, wide, wideCount } from './prices'
export {
  addAddition,
  addBlock,
  addSet,
  clearTally,
  judgeBlock,
  prepareBlock,
  setDuration,
  setPriceStream,
} from './program'
export { setRole } from './roles'
export { addSlot, clearRows, columnOf, LINES, rows, setConstant, tableOf } from './rows'
export { beginPart, countLine, cursor, lineEnd, lineNumber, lineStart, scan } from './scan'
export { addScopeRule } from './scope'
export { clearSeen, indexSeen, lendSeen, seenCount, seenPlace } from './seen-ids'
export {
  absorbLargest,
  absorbSketches,
  areWide,
  emptyLists,
  exportLargest,
  exportSketches,
  makeSketches,
  sketchSizes,
} from './sketches'
export { ANSWER, initUnit } from './spans'
export { addStream, codesOf, endRuns, pairLent, pairsOf, setPauseOf, setRateParts, sizeOf } from './streams'
export { addExtents, addRecords, addSource, makeGroups, setLane } from './sums'
export { behindLastLine, endOfLine } from './take'
export { putCostWord } from './usage-words'

/** The words of the seed are such as nobody can foresee. */
export function init(hasIds: bool, seedLow: u32, seedHigh: u32): void {
  initHashing(seedLow, seedHigh)
  initNumbers()
  initTexts()
  R.initRows(hasIds)
  initShape()
  initScan()
  initStreams()
}

/** The code of a text, which must have 32 readable bytes behind it. */
export function internText(table: usize, p: usize, length: u32): u32 {
  return codeOfText(table, p, length)
}

/** Ends a row that the host has filled; it has the values of two halves of bits. */
export function addHostRow(line: u32, start: usize, kind: u32, low: u32, high: u32, ms: f64): void {
  const row = R.rows as usize
  const seen = (low as u64) | ((high as u64) << 32)
  R.putLine(row, start, line)
  R.setTimeKind(kind)
  store<i64>(R.TIMES + (row << 3), ms as i64)
  store<u64>(R.SEEN + (row << 3), seen)
  R.setRows(R.rows + 1, R.someSeen | seen)
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
