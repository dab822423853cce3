// Copies the groups of a kernel out of it.
import { packRate } from '../query/rate-class.ts'
import { KeyDictionary, type KeyTable, keyTableOf } from '../tally/key-table.ts'
import { eventTable, STATUS_TABLE } from '../tally/tallier.ts'
import { ColumnGroups, type SketchColumns, type SumValues } from './column-groups.ts'
import type { KernelExports } from './exports.ts'
import { doublesAt, halfWordsAt, longWordsAt, wordsAt } from './memory.ts'
import type { KernelGroupBy, OpenKernel } from './open-kernel.ts'
import {
  CONTEXT_SHIFT,
  FLAG_LOGGED,
  FLAG_UNSPLIT,
  SHAPE_WORDS,
  SUM_IS_LARGE,
  SUMS_LARGE,
  SUMS_ZERO,
  UNIT_TIME_CLASS,
} from './protocol.ts'
import type { RateStream, Stream } from './streams.ts'

const NONE: ReadonlyMap<number, bigint> = new Map()

/** The groups of all group-bys, by name. */
export function exportGroups(tally: OpenKernel): Map<string, ColumnGroups> {
  const tables = new KeyTables(tally)
  return new Map(tally.groupBys.map(groupBy => [groupBy.by.name, exportGroupBy(tally.kernel, groupBy, tables)]))
}

function exportGroupBy(kernel: KernelExports, groupBy: KernelGroupBy, tables: KeyTables): ColumnGroups {
  const { by, stream, wideCosts } = groupBy
  const size = kernel.sizeOf(stream.number)
  const codes = new Map<string, Uint32Array>()
  splitStream(kernel, stream, undefined, size, codes)
  return new ColumnGroups(by, {
    size,
    tables: by.keys.map(key => tables.of(key)),
    keys: by.keys.map(key => (key === 'rate' ? tables.rateCodes(codes.get(key)!) : codes.get(key)!)),
    sums: exportSums(kernel, groupBy, size),
    sketches: by.hasDurations ? exportSketches(kernel, groupBy.sketches, size) : null,
    extents: by.hasExtent ? exportExtents(kernel, groupBy.groups, size) : null,
    wideCosts: new Map(wideCosts),
  })
}

// The codes of every key in a stream of pairs, for its codes `ids`, or for all of them.
export function splitStream(
  kernel: KernelExports,
  stream: Stream,
  ids: Uint32Array | undefined,
  count: number,
  into: Map<string, Uint32Array>,
): void {
  if (stream.kind === 'key') into.set(stream.key, ids!)
  if (stream.kind !== 'pair') return
  const bytes = Math.max(4, count * 4)
  const places = [0, 1, 2].map(() => kernel.allocate(bytes)) as [number, number, number]
  if (ids !== undefined) wordsAt(kernel, places[0], count).set(ids)
  kernel.splitPairs(kernel.pairsOf(stream.number), ids === undefined ? 0 : places[0], count, places[1], places[2])
  const a = wordsAt(kernel, places[1], count).slice()
  const b = wordsAt(kernel, places[2], count).slice()
  for (const place of places) kernel.release(place, bytes)
  splitStream(kernel, stream.a, a, count, into)
  splitStream(kernel, stream.b, b, count, into)
}

function exportSums(kernel: KernelExports, { by, set, groups }: KernelGroupBy, size: number): SumValues[] {
  const bytes = Math.max(8, size * 8)
  const place = kernel.allocate(bytes)
  const sums = by.sums.map((_, index) => {
    const { isCount, lane } = set.lanes[index]!
    const found = kernel.exportSums(groups, isCount, lane, size, place)
    if (found === SUMS_ZERO) return { values: new Float64Array(size), isZero: true, large: NONE }
    const values = doublesAt(kernel, place, size).slice()
    const large = new Map<number, bigint>()
    for (let slot = 0; found === SUMS_LARGE && slot < size; slot++) {
      if (values[slot] !== SUM_IS_LARGE) continue
      large.set(slot, BigInt.asUintN(64, longWordsAt(kernel, kernel.largeSumPlace(groups, lane, slot), 1)[0]!))
    }
    return { values, isZero: false, large }
  })
  kernel.release(place, bytes)
  return sums
}

function exportSketches(kernel: KernelExports, sketches: number, size: number): SketchColumns {
  kernel.emptyLists(sketches)
  const sizes = kernel.sketchSizes(sketches, size)
  const windowLength = Number(sizes & 0xffffffffn)
  const listLength = Number(sizes >> 32n)
  const areWide = kernel.areWide(sketches) !== 0
  const bytes = [
    (size + 1) * SHAPE_WORDS * 4,
    windowLength * (areWide ? 4 : 2) + 32,
    listLength * 2 + 16,
    size * 8 + 8,
  ] as const
  const places = bytes.map(count => kernel.allocate(count)) as [number, number, number, number]
  const [shapes, windows, lists, largest] = places
  kernel.exportSketches(sketches, size, shapes, windows, lists, areWide)
  kernel.exportLargest(sketches, size, largest)
  const columns = {
    shapes: wordsAt(kernel, shapes, size * SHAPE_WORDS).slice(),
    windows: (areWide ? wordsAt : halfWordsAt)(kernel, windows, windowLength).slice(),
    lists: halfWordsAt(kernel, lists, listLength).slice(),
    largest: doublesAt(kernel, largest, size).slice(),
  }
  places.forEach((place, index) => {
    kernel.release(place, bytes[index]!)
  })
  return columns
}

function exportExtents(kernel: KernelExports, groups: number, size: number): Float64Array {
  const bytes = Math.max(16, size * 16)
  const place = kernel.allocate(bytes)
  kernel.exportExtents(groups, size, place)
  const extents = doublesAt(kernel, place, size * 2).slice()
  kernel.release(place, bytes)
  return extents
}

/** The key tables of a kernel, each made once. */
export class KeyTables {
  private readonly tally: OpenKernel
  private readonly tables = new Map<string, KeyTable>()
  private readonly rates = new KeyDictionary()
  private rateTranslation: Uint32Array | undefined

  constructor(tally: OpenKernel) {
    this.tally = tally
  }

  of(key: string): KeyTable {
    const table = this.tables.get(key) ?? this.open(key)
    this.tables.set(key, table)
    return table
  }

  rateCodes(codes: Uint32Array): Uint32Array {
    this.rateTranslation ??= this.translateRates(this.tally.streams.rate!)
    return codes.map(code => this.rateTranslation![code]!)
  }

  private open(key: string): KeyTable {
    const { slots, spans } = this.tally
    if (key === 'rate') return this.rates
    if (key === 'status') return STATUS_TABLE
    const slot = slots.extras.get(key) ?? slots.fields.get(key)
    if (slot === undefined) return spans.dictionaries[spans.units.get(key)!]!
    const table = keyTableOf(this.tally.textsOf(slot))
    return key === 'event' ? eventTable(table) : table
  }

  private translateRates({ number }: RateStream): Uint32Array {
    const { kernel, spans } = this.tally
    const count = kernel.sizeOf(number)
    const bytes = Math.max(4, count * 4)
    const flagsPlace = kernel.allocate(bytes)
    const classPlace = kernel.allocate(bytes)
    kernel.splitPairs(kernel.pairsOf(number), 0, count, flagsPlace, classPlace)
    const timeClasses = spans.dictionaries[UNIT_TIME_CLASS]!
    const translation = Uint32Array.from(wordsAt(kernel, flagsPlace, count), (flags, code) => {
      const timeClass = (timeClasses.valueOf(wordsAt(kernel, classPlace, count)[code]!) as number | null) ?? 0
      return this.rates.codeOf(packFlags(flags, timeClass))
    })
    kernel.release(flagsPlace, bytes)
    kernel.release(classPlace, bytes)
    return translation
  }
}

function packFlags(flags: number, timeClass: number): number {
  const isLogged = (flags & FLAG_LOGGED) !== 0
  const isUnsplit = (flags & FLAG_UNSPLIT) !== 0
  return packRate({ isLogged, isUnsplit, contextClass: flags >> CONTEXT_SHIFT, timeClass })
}
