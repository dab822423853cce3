// A kernel's tally as plain columns that can be sent to another thread without being copied.
import type { Decimal } from '../base/decimal.ts'
import type { Query } from '../query/query.ts'
import type { Groups } from '../tally/groups.ts'
import type { KeyTable } from '../tally/key-table.ts'
import type { Sketch } from '../tally/sketch.ts'
import { STATUS_TABLE } from '../tally/tallier.ts'
import type { Tally } from '../tally/tally.ts'
import { ColumnGroups, type GroupColumns, type SketchColumns, type SumValues } from './column-groups.ts'
import { bytesAt, wordsAt } from './memory.ts'
import type { OpenKernel } from './open-kernel.ts'

/** The values of a key by code; 0 is no value, except that an event without a kind is an analysis. */
export type PackedKeys =
  /** NaN is no value. */
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'status' }
  /** UTF-8 one behind the other, and where the text of each code ends. */
  | { readonly kind: 'texts'; readonly bytes: Uint8Array; readonly ends: Uint32Array; readonly none: string | null }

export interface PackedGroups {
  readonly name: string
  readonly size: number
  readonly keys: readonly Uint32Array[]
  readonly sums: readonly SumValues[]
  readonly sketches: SketchColumns | null
  readonly extents: Float64Array | null
  readonly wideCosts: ReadonlyMap<number, Decimal>
}

export interface PackedTally {
  /** By the name of the key. */
  readonly keys: ReadonlyMap<string, PackedKeys>
  readonly groups: readonly PackedGroups[]
  /** Whether a sum may be beyond what kernels can add. */
  readonly isLarge: boolean
  /** No group has more rows. */
  readonly rowCount: number
  readonly firstInstant: number
  readonly lastInstant: number
}

/** Packs what `take` of the same kernel has just given for so many rows. */
export function packTally(owner: OpenKernel, tally: Tally, rowCount: number): PackedTally {
  const keys = new Map<string, PackedKeys>()
  const groups: PackedGroups[] = []
  let isLarge = false
  for (const [name, table] of tally.tables) {
    const columns = table instanceof ColumnGroups ? table.columns : columnsOf(table)
    table.by.keys.forEach((key, index) => {
      const isOwn = table instanceof ColumnGroups
      if (!keys.has(key))
        keys.set(key, isOwn ? packKeys(owner, key, table.tables[index]!) : packTable(table.tables[index]!))
    })
    isLarge ||= !(table instanceof ColumnGroups) || columns.sums.some(sum => sum.large.size > 0)
    const { size, keys: codes, sums, sketches, extents, wideCosts } = columns
    groups.push({ name, size, keys: codes, sums, sketches, extents, wideCosts })
  }
  const { firstInstant, lastInstant } = tally
  return { keys, groups, isLarge, rowCount, firstInstant, lastInstant }
}

/** The buffers that can be handed over instead of copied. */
export function buffersOf(tally: PackedTally): ArrayBuffer[] {
  const arrays: (Uint8Array | Uint16Array | Uint32Array | Float64Array)[] = []
  for (const keys of tally.keys.values()) {
    if (keys.kind === 'numbers') arrays.push(keys.values)
    else if (keys.kind === 'texts') arrays.push(keys.bytes, keys.ends)
  }
  for (const { keys, sums, sketches, extents } of tally.groups) {
    arrays.push(...keys, ...sums.map(sum => sum.values))
    if (sketches !== null) arrays.push(sketches.shapes, sketches.windows, sketches.lists, sketches.largest)
    if (extents !== null) arrays.push(extents)
  }
  return [...new Set(arrays.map(array => array.buffer as ArrayBuffer))]
}

/** The tally again, with the ledger that belongs to it. */
export function unpackTally(packed: PackedTally, query: Query, ledger: Tally['ledger']): Tally {
  const keyTables = new Map([...packed.keys].map(([key, keys]) => [key, openKeys(keys)]))
  const tables = packed.groups.map(({ name, ...columns }) => {
    const by = query.groupBys.find(groupBy => groupBy.name === name)!
    return [name, new ColumnGroups(by, { ...columns, tables: by.keys.map(key => keyTables.get(key)!) })] as const
  })
  return { tables: new Map(tables), ledger, firstInstant: packed.firstInstant, lastInstant: packed.lastInstant }
}

function packKeys({ kernel, slots }: OpenKernel, key: string, table: KeyTable): PackedKeys {
  if (key === 'status') return { kind: 'status' }
  const slot = slots.extras.get(key) ?? slots.fields.get(key)
  if (slot === undefined) {
    const values = Float64Array.from({ length: table.size }, (_, code) => Number(table.valueOf(code) ?? Number.NaN))
    return { kind: 'numbers', values }
  }
  const place = kernel.tableOf(slot)
  const { size } = table
  const length = kernel.textBytes(place)
  const bytesPlace = kernel.allocate(length + 16)
  const endsPlace = kernel.allocate(size * 4)
  kernel.exportTexts(place, bytesPlace, endsPlace)
  const bytes = Uint8Array.from(bytesAt(kernel, bytesPlace, length))
  const ends = wordsAt(kernel, endsPlace, size).slice()
  kernel.release(bytesPlace, length + 16)
  kernel.release(endsPlace, size * 4)
  return { kind: 'texts', bytes, ends, none: key === 'event' ? 'analysis' : null }
}

function openKeys(keys: PackedKeys): KeyTable {
  if (keys.kind === 'status') return STATUS_TABLE
  if (keys.kind === 'numbers') {
    const { values } = keys
    return { size: values.length, valueOf: code => (Number.isNaN(values[code]!) ? null : values[code]!) }
  }
  const { bytes, ends, none } = keys
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    size: ends.length,
    valueOf: code => (code === 0 ? none : buffer.toString('utf8', ends[code - 1]!, ends[code]!)),
  }
}

// Of tables that grew outside of a kernel, because sums were too large for it.
function columnsOf(table: Groups): Omit<GroupColumns, 'tables'> {
  const { size, by } = table
  const slots = Array.from({ length: size }, (_, slot) => slot)
  const sums = table.sums.map(sum => {
    const given = slots.map(slot => sum.get(slot))
    const large = new Map(given.flatMap((value, slot) => (typeof value === 'bigint' ? [[slot, value] as const] : [])))
    return { values: Float64Array.from(given, value => Number(value)), isZero: false, large }
  })
  return {
    size,
    keys: table.keys.map(codes => Uint32Array.from(codes)),
    sums,
    sketches: by.hasDurations ? sketchColumns(slots.map(slot => table.sketchOf(slot))) : null,
    extents: by.hasExtent ? Float64Array.from(slots.flatMap(slot => [table.firsts[slot]!, table.lasts[slot]!])) : null,
    wideCosts: table.wideCosts,
  }
}

function sketchColumns(sketches: readonly Sketch[]): SketchColumns {
  const windows = sketches.map(sketch => sketch.window)
  return {
    shapes: Uint32Array.from(windows.flatMap(({ first, counts }) => [first, counts.length, 0])),
    windows: Uint32Array.from(windows.flatMap(({ counts }) => Array.from(counts))),
    lists: new Uint16Array(0),
    largest: Float64Array.from(sketches, sketch => sketch.largest),
  }
}

function packTable(table: KeyTable): PackedKeys {
  const values = Array.from({ length: table.size }, (_, code) => table.valueOf(code))
  if (values.some(value => typeof value === 'number')) {
    return { kind: 'numbers', values: Float64Array.from(values, value => Number(value ?? Number.NaN)) }
  }
  const texts = values.map(value => Buffer.from(String(value ?? '')))
  let end = 0
  const ends = Uint32Array.from(texts, text => {
    end += text.length
    return end
  })
  return { kind: 'texts', bytes: Uint8Array.from(Buffer.concat(texts)), ends, none: null }
}
