// What assembly/index.ts exports, and an instance of it. Places are byte offsets into its memory.
import { compileBuilt, instantiate } from '../base/web-assembly.ts'

export interface KernelMemory {
  readonly buffer: ArrayBuffer
}

export interface KernelGlobal {
  readonly value: number
}

/** See assembly/ for what each does. */
export interface KernelExports {
  readonly memory: KernelMemory
  readonly cursor: KernelGlobal
  readonly lineStart: KernelGlobal
  readonly lineEnd: KernelGlobal
  readonly lineNumber: KernelGlobal
  readonly rows: KernelGlobal
  readonly LINES: KernelGlobal
  readonly USED: KernelGlobal
  readonly BAD: KernelGlobal
  readonly ANSWER: KernelGlobal
  readonly used: KernelGlobal
  readonly other: KernelGlobal
  readonly filtered: KernelGlobal
  readonly duplicate: KernelGlobal
  readonly differing: KernelGlobal
  readonly firstDiffering: KernelGlobal
  readonly bad: KernelGlobal
  readonly outside: KernelGlobal
  readonly wide: KernelGlobal
  readonly wideCount: KernelGlobal
  init(hasIds: boolean, seedLow: number, seedHigh: number): void
  allocate(size: number): number
  release(place: number, size: number): void
  addSlot(kind: number, isWanted: boolean): number
  setConstant(slot: number, code: number): void
  addPlace(parent: number, key: number, length: number, inner: number): number
  addLatePlaces(place: number, inner: number): void
  addTarget(place: number, slot: number, name: number, factor: number, mark: number): void
  tableOf(slot: number): number
  internText(table: number, place: number, length: number): number
  beginPart(hasFileDay: boolean): void
  countLine(): number
  setSkipMemo(slot: number, memo: number, count: number): void
  scan(start: number, end: number): number
  endOfLine(start: number): number
  behindLastLine(start: number, end: number): number
  clearRows(): void
  addHostRow(line: number, start: number, kind: number, low: number, high: number, ms: number): void
  putCode(slot: number, code: number): void
  putNumber(slot: number, value: number): void
  idPlace(): number
  initJudge(
    isDeduped: boolean,
    countsAll: boolean,
    countsCarriers: boolean,
    fromMs: number,
    toMs: number,
    costSlot: number,
  ): void
  putCostWord(row: number, word: number): void
  setRole(role: number, slot: number): void
  addUsageSlot(slot: number): void
  setMemo(index: number, place: number): void
  addCondition(slot: number): void
  addScopeRule(slot: number): void
  setStatusPasses(bits: number): void
  setFileDay(startMs: number): void
  clearSeen(): void
  lendSeen(ids: number): number
  indexSeen(): void
  seenPlace(): number
  seenCount(): number
  initUnit(unit: number): void
  addSource(kind: number, ref: number): number
  setLane(set: number, lane: number, source: number): void
  makeGroups(set: number, hasExtent: boolean): number
  addRecords(groups: number, ids: number, count: number, groupCount: number): void
  addExtents(groups: number, ids: number, firsts: number, lasts: number, count: number, groupCount: number): void
  makeSketches(): number
  setRateParts(costSlot: number, input: number, unsplit: number, bounds: number, count: number): void
  setDuration(slot: number): void
  addStream(kind: number, ref: number, a: number, b: number): number
  setPauseOf(stream: number, ms: number): void
  endRuns(): void
  addPriceSource(index: number): number
  setCountedSource(index: number, source: number): void
  placeOfPrice(code: number): number
  countOf(index: number, row: number): number
  addSet(vectors: number): number
  addAddition(kind: number, stream: number, target: number, slot: number): void
  pairsOf(stream: number): number
  codesOf(stream: number): number
  sizeOf(stream: number): number
  setPriceStream(stream: number): void
  judgeBlock(): void
  prepareBlock(): number
  addBlock(): void
  clearTally(): void
  splitPairs(table: number, ids: number, count: number, toA: number, toB: number): void
  exportSums(groups: number, isCount: boolean, lane: number, count: number, to: number): number
  largeSumPlace(groups: number, lane: number, group: number): number
  exportExtents(groups: number, count: number, to: number): void
  sketchSizes(sketches: number, count: number): bigint
  emptyLists(sketches: number): void
  areWide(sketches: number): number
  exportSketches(
    sketches: number,
    count: number,
    shapes: number,
    windows: number,
    lists: number,
    areWide: boolean,
  ): void
  exportLargest(sketches: number, count: number, to: number): void
  textBytes(table: number): number
  exportTexts(table: number, bytes: number, ends: number): void
  firstMs(): number
  lastMs(): number
  internTexts(table: number, bytes: number, ends: number, count: number, to: number): void
  translate(codes: number, count: number, translation: number): void
  lendCodes(stream: number, codes: number): void
  pairLent(stream: number, count: number): void
  lendSums(set: number, isCount: boolean, lane: number, sums: number, count: number): void
  clearRecords(set: number, active: number): void
  noteUnit(unit: number, size: number): void
  absorbSketches(
    sketches: number,
    ids: number,
    count: number,
    shapes: number,
    windows: number,
    lists: number,
    areWide: boolean,
  ): void
  absorbLargest(sketches: number, ids: number, count: number, from: number): void
  widenExtent(first: number, last: number): void
}

export interface KernelHost {
  /** The places below this one are wanted now. */
  learnPlaces(place: number): void
  /** The answers to a skip test for all texts of a slot are wanted. */
  learnSkip(slot: number): void
  /** The memory is at its end; must throw. */
  outOfMemory(): never
  /** The span of an instant in a unit of time is wanted at ANSWER. */
  findSpan(unit: number, instant: number): void
}

/** Compiles the kernel; the module can be sent to threads. */
export function openKernelModule(): WebAssembly.Module {
  return compileBuilt('kernel.wasm')
}

export function startKernel(module: WebAssembly.Module, host: KernelHost): KernelExports {
  return instantiate<KernelExports>(module, { host })
}
