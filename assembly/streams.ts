// Streams: a code for each used row of a block, of a key, of a pair of keys, or of what a row is priced by.
// Longer than usual, because all of it knows the layout of a stream.
//
// Stream, 32 bytes: 0 kind u8 | 4 codes of the block u32 | 8 buffer u32 | 12 ref u32 (slot, unit, or pair table) | 16 a u32 | 20 b u32
//                   24 runs u32 | 28 are all codes of the block the same u32

import * as P from '../src/kernel/protocol'
import * as J from './judge'
import { allocate } from './memory'
import { appendPairs, clearPairs, makePairTable, pairCount, pairUp } from './pairs'
import * as R from './rows'
import { clearGroupsOfRuns, endRuns as endRunsOf, joinRuns, makeRuns, setPause } from './runs'
import { coarseCodesOfInstants, codeOfSpan, codesOfInstants, codesOfUnit, spanOfAll } from './spans'
import * as A from './sums'

const STREAMS: usize = memory.data(128 * 32, 16)
export let streamCount: u32 = 0

let zeros: usize = 0
/** Of the used rows of the block. */
export let instants: usize = 0
let instantBuffer: usize = 0
/** Of the used rows too: as of when they are priced. */
let priceInstants: usize = 0
let priceBuffer: usize = 0
let costBit: u64 = 0
// Bounds of the input size, u64 each: the context class is how many of them an input is not below.
let bounds: usize = 0
let boundCount: u32 = 0
let lowestBound: u64 = u64.MAX_VALUE
let inputSource: u32 = P.NONE
let unsplitSource: u32 = P.NONE

export function initStreams(): void {
  zeros = allocate(R.ROWS * 4)
  instantBuffer = allocate(R.ROWS * 8)
  priceBuffer = allocate(R.ROWS * 8)
}

export function setRateParts(costSlot: u32, input: u32, unsplit: u32, boundsAt: usize, count: u32): void {
  costBit = (1 as u64) << costSlot
  inputSource = input
  unsplitSource = unsplit
  bounds = boundsAt
  boundCount = count
  for (let bound: usize = 0; bound < count; bound++) lowestBound = min(lowestBound, load<u64>(boundsAt + (bound << 3)))
}

export function addStream(kind: u8, ref: u32, a: u32, b: u32): u32 {
  const stream = streamAt(streamCount)
  store<u8>(stream, kind)
  store<u32>(stream, allocate(R.ROWS * 4) as u32, 8)
  store<u32>(stream, kind === P.STREAM_PAIR || kind === P.STREAM_RUN ? (makePairTable() as u32) : ref, 12)
  store<u32>(stream, a, 16)
  store<u32>(stream, b, 20)
  if (kind === P.STREAM_RUN) store<u32>(stream, makeRuns() as u32, 24)
  return streamCount++
}

@inline
function streamAt(stream: u32): usize {
  return STREAMS + ((stream as usize) << 5)
}

/** The pair table of a stream of pairs. */
export function pairsOf(stream: u32): usize {
  return load<u32>(streamAt(stream), 12)
}

/** Where the codes of a stream stand for the block at hand. */
export function codesOf(stream: u32): usize {
  return load<u32>(streamAt(stream), 4)
}

/** Says where the codes of a stream stand. */
export function putCodes(stream: u32, codes: usize): void {
  store<u32>(streamAt(stream), codes as u32, 4)
  store<u32>(streamAt(stream), 0, 28)
}

@inline
function isSame(stream: u32): bool {
  return load<u32>(streamAt(stream), 28) !== 0
}

/** A number that all codes of a stream are below. */
export function sizeOf(stream: u32): u32 {
  const at = streamAt(stream)
  const kind = load<u8>(at)
  const ref = load<u32>(at, 12)
  if (kind === P.STREAM_TEXT) return load<u32>(R.tableOf(ref), P.TEXTS_SIZE_AT)
  if (kind === P.STREAM_STATUS) return 3
  if (kind === P.STREAM_UNIT || kind === P.STREAM_COARSE_UNIT) return codesOfUnit(ref)
  if (kind === P.STREAM_FLAGS) return 256
  return kind === P.STREAM_PAIR || kind === P.STREAM_RUN ? pairCount(ref) : 1
}

/** A pause as long as this ends a run of the stream. */
export function setPauseOf(stream: u32, ms: f64): void {
  setPause(load<u32>(streamAt(stream), 24), ms as i64)
}

/** Forgets which runs go on. */
export function endRuns(): void {
  for (let stream: u32 = 0; stream < streamCount; stream++) {
    if (load<u8>(streamAt(stream)) === P.STREAM_RUN) endRunsOf(load<u32>(streamAt(stream), 24))
  }
}

/** Forgets all pairs and runs; texts keep their codes. */
export function clearStreams(): void {
  for (let stream: u32 = 0; stream < streamCount; stream++) {
    const kind = load<u8>(streamAt(stream))
    if (kind === P.STREAM_PAIR || kind === P.STREAM_RUN) clearPairs(pairsOf(stream))
    if (kind !== P.STREAM_RUN) continue
    // Runs are known by the codes of the other keys; if these are pairs, they begin anew.
    const runs = load<u32>(streamAt(stream), 24) as usize
    if (load<u8>(streamAt(load<u32>(streamAt(stream), 16))) === P.STREAM_PAIR) endRunsOf(runs)
    else clearGroupsOfRuns(runs)
  }
}

/** Finds the instants of the used rows of the block. */
export function findInstants(): void {
  const all = J.used === (R.rows as u32)
  instants = all ? R.TIMES : A.gather(R.TIMES, instantBuffer)
  priceInstants = !J.hasDays ? instants : all ? J.PRICE_TIMES : A.gather(J.PRICE_TIMES, priceBuffer)
}

// The span of all used rows of the block, whose codes are then the same; 0 where there is none.
function spanOfBlock(unit: u32): usize {
  if (unit === P.UNIT_TIME_CLASS && J.hasDays) return 0
  return spanOfAll(unit, J.firstOfBlock, J.lastOfBlock)
}

/** Makes the codes of a stream for the used rows of the block; those of its parts must be there. */
export function makeCodes(stream: u32): void {
  const at = streamAt(stream)
  const kind = load<u8>(at)
  const buffer = load<u32>(at, 8) as usize
  const ref = load<u32>(at, 12)
  if (kind === P.STREAM_PAIR) {
    makePairs(stream, J.used)
    return
  }
  let codes = buffer
  let same = false
  if (kind === P.STREAM_TEXT) codes = textCodes(ref, buffer)
  else if (kind === P.STREAM_STATUS) statusCodes(buffer)
  else if (kind === P.STREAM_UNIT) same = unitCodes(ref, buffer)
  else if (kind === P.STREAM_COARSE_UNIT) same = coarseUnitCodes(ref, load<u32>(at, 16), buffer)
  else if (kind === P.STREAM_FLAGS) codes = flagCodes(buffer)
  else if (kind === P.STREAM_RUN) runCodes(at, buffer)
  else codes = zeros
  putCodes(stream, codes)
  store<u32>(at, same || codes === zeros ? 1 : 0, 28)
}

// Writes a code for each used row.
function fillCodes(codes: usize, code: u32): void {
  const four = i32x4.splat(code)
  for (let index: usize = 0; index < (J.used as usize) << 2; index += 16) v128.store(codes + index, four)
}

// Mostly a block falls into one day.
function unitCodes(unit: u32, buffer: usize): bool {
  const span = spanOfBlock(unit)
  if (span !== 0) fillCodes(buffer, codeOfSpan(span, true))
  else codesOfInstants(unit, unit === P.UNIT_TIME_CLASS ? priceInstants : instants, buffer, J.used)
  return span !== 0
}

function coarseUnitCodes(unit: u32, texts: u32, buffer: usize): bool {
  const memo = J.memoAt(P.MEMO_FINE)
  const span = spanOfBlock(unit)
  if (span === 0) {
    coarseCodesOfInstants(unit, priceInstants, codesOf(texts), memo, buffer, J.used)
    return false
  }
  const coarse = codeOfSpan(span, false)
  const fine = codeOfSpan(span, true)
  if (coarse === fine) {
    fillCodes(buffer, fine)
    return true
  }
  const codes = codesOf(texts)
  for (let index: usize = 0; index < J.used; index++) {
    store<u32>(buffer + (index << 2), load<u8>(memo + load<u32>(codes + (index << 2))) !== 0 ? fine : coarse)
  }
  return false
}

function runCodes(at: usize, buffer: usize): void {
  const others = load<u32>(at, 16)
  const stretches = codesOf(load<u32>(at, 20))
  joinRuns(load<u32>(at, 24), load<u32>(at, 12), codesOf(others), sizeOf(others), stretches, instants, buffer, J.used)
}

/** Makes the codes of pairs that are not of the block. Runs may be in several rows, and are not looked for. */
export function pairLent(stream: u32, count: u32): void {
  const at = streamAt(stream)
  const a = load<u32>(at, 16)
  const b = load<u32>(at, 20)
  if (load<u8>(at) !== P.STREAM_RUN) {
    makePairs(stream, count)
    return
  }
  putCodes(stream, load<u32>(at, 8))
  appendPairs(load<u32>(at, 12), codesOf(a), codesOf(b), load<u32>(at, 8), count)
}

// Makes the codes of a stream of pairs from those of its parts.
function makePairs(stream: u32, count: u32): void {
  const at = streamAt(stream)
  const a = load<u32>(at, 16)
  const b = load<u32>(at, 20)
  const buffer = load<u32>(at, 8) as usize
  const same = isSame(a) && isSame(b)
  pairUp(load<u32>(at, 12), codesOf(a), sizeOf(a), codesOf(b), sizeOf(b), buffer, same ? 1 : count)
  if (same) fillCodes(buffer, load<u32>(buffer))
  putCodes(stream, buffer)
  store<u32>(at, same ? 1 : 0, 28)
}

function textCodes(slot: u32, buffer: usize): usize {
  if ((R.someSeen & ((1 as u64) << slot)) === 0) return zeros
  const column = R.columnOf(slot)
  if (J.used === (R.rows as u32)) return column
  for (let index: usize = 0; index < J.used; index++) {
    store<u32>(buffer + (index << 2), load<u32>(column + (load<u32>(J.USED + (index << 2)) << 2)))
  }
  return buffer
}

function statusCodes(buffer: usize): void {
  for (let index: usize = 0; index < J.used; index++) {
    const row = load<u32>(J.USED + (index << 2)) as usize
    store<u32>(buffer + (index << 2), 1 + load<u8>(J.IS_ERROR + row))
  }
}

// The rate without its time class.
function flagCodes(buffer: usize): usize {
  const unsplit: usize = unsplitSource === P.NONE ? 0 : A.sourceColumn(unsplitSource)
  const input: usize = inputSource === P.NONE || boundCount === 0 ? 0 : A.sourceColumn(inputSource)
  const hasCosts = (R.someSeen & costBit) !== 0
  if (unsplit === 0 && !hasCosts && (input === 0 || A.bitsOf(input) < lowestBound)) return zeros
  for (let index: usize = 0; index < J.used; index++) {
    const row = load<u32>(J.USED + (index << 2)) as usize
    let flags: u32 = (load<u64>(R.SEEN + (row << 3)) & costBit) !== 0 ? P.FLAG_LOGGED : 0
    if (unsplit !== 0 && load<u64>(unsplit + (index << 3)) !== 0) flags |= P.FLAG_UNSPLIT
    if (input !== 0) {
      const tokens = load<u64>(input + (index << 3))
      for (let bound: usize = 0; bound < boundCount; bound++)
        if (tokens >= load<u64>(bounds + (bound << 3))) flags += 1 << P.CONTEXT_SHIFT
    }
    store<u32>(buffer + (index << 2), flags)
  }
  return buffer
}
