// The kernel: bytes of JSON lines to columns, and columns to sums by group. The host is src/scan/kernel.ts.
import { initHashing } from './hashing'
import { initNumbers } from './numbers'
import * as R from './rows'
import { initScan } from './scan'
import { initShape } from './shape'
import { initStreams } from './streams'
import { codeOfText, initTexts } from './text-table'

export { allocate, release } from './memory'
export { addSlot, setConstant, clearRows, columnOf, tableOf, rows, LINES } from './rows'
export { addLatePlaces, addPlace, addTarget } from './places'
export { scan, cursor, lineStart, lineEnd, lineNumber, beginPart, countLine } from './scan'
export { endOfLine, behindLastLine } from './take'
export { setSkipMemo } from './finish'
export { setRole } from './roles'
export { initJudge, addUsageSlot, setMemo, addCondition, setStatusPasses, setFileDay } from './judge'
export { used, other, filtered, duplicate, differing, firstDiffering, bad, USED, BAD } from './judge'
export { putCostWord } from './usage-words'
export { clearSeen, lendSeen, indexSeen, seenPlace, seenCount } from './seen-ids'
export { initUnit, ANSWER } from './spans'
export { addSource, setLane, makeGroups, addRecords, addExtents } from './sums'
export { makeSketches, emptyLists, areWide, sketchSizes, exportSketches, exportLargest, absorbSketches, absorbLargest } from './sketches'
export { splitPairs, exportSums, largeSumPlace, exportExtents, textBytes, exportTexts, firstMs, lastMs } from './export'
export { internTexts, translate, lendCodes, lendSums, clearRecords, noteUnit, widenExtent } from './absorb'
export { setRateParts, addStream, pairsOf, codesOf, sizeOf, pairLent, setPauseOf, endRuns } from './streams'
export { setDuration, addSet, addAddition, setPriceStream, judgeBlock, prepareBlock, addBlock, clearTally } from './program'
export { addPriceSource, setCountedSource, placeOfPrice, countOf, wide, wideCount } from './prices'

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
