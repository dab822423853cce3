// A Tally as the bytes of a sealed file: columns as narrow as their values, key values once, sketches packed.
import { type Column, narrowColumn, seal } from '../base/sealed-file.ts'
import type { Ledger } from '../query/ledger.ts'
import type { GroupTable } from './group-table.ts'
import type { KeyTable } from './key-table.ts'
import type { GrowingTally } from './tally.ts'

/** The head of the file; columns are named by their number. */
export interface TallyHead {
  readonly ledger: Ledger
  /** Null where no event was used. */
  readonly firstInstant: number | null
  readonly lastInstant: number | null
  readonly keyTables: readonly KeyTableHead[]
  readonly groups: readonly GroupsHead[]
}

/** Values of the codes from 1 on. Texts are one string in a column of its character codes, cut at `ends`. */
export type KeyTableHead =
  | { readonly kind: 'numbers'; readonly size: number; readonly values: number }
  | { readonly kind: 'texts'; readonly size: number; readonly characters: number; readonly ends: number }

export interface GroupsHead {
  readonly name: string
  readonly size: number
  readonly keyTables: readonly number[]
  readonly keys: readonly number[]
  readonly sums: readonly number[]
  /** Sums beyond 2^53 as [sum, slot, digits]; their place in the column is 0. */
  readonly largeSums: readonly (readonly [number, number, string])[]
  /** [slot, units, scale] */
  readonly wideCosts: readonly (readonly [number, string, number])[]
  readonly extents: readonly [number, number] | null
  /** Packed counts, where those of each slot end, and its largest value. */
  readonly sketches: readonly [number, number, number] | null
}

/** The bytes; undefined where they would be too many. `rateOffset` is taken off every rate key, see rate-cuts.ts. */
export function encodeTally(tally: GrowingTally, key: string, rateOffset = 0): Uint8Array | undefined {
  const columns: Column[] = []
  const put = (column: Column) => columns.push(column) - 1
  const keyTables = new Map<KeyTable, { number: number; head: KeyTableHead }>()
  const groups: GroupsHead[] = []
  for (const [name, table] of tally.tables) {
    table.tables.forEach((keyTable, index) => {
      if (keyTables.has(keyTable)) return
      const offset = table.by.keys[index] === 'rate' ? rateOffset : 0
      keyTables.set(keyTable, { number: keyTables.size, head: encodeKeyTable(keyTable, offset, put) })
    })
    groups.push(encodeGroups(name, table, put, keyTable => keyTables.get(keyTable)!.number))
  }
  const head: TallyHead = {
    ledger: tally.ledger,
    firstInstant: finite(tally.firstInstant),
    lastInstant: finite(tally.lastInstant),
    keyTables: [...keyTables.values()].map(entry => entry.head),
    groups,
  }
  return seal(key, head, columns)
}

type Put = (column: Column) => number

function encodeKeyTable(table: KeyTable, offset: number, put: Put): KeyTableHead {
  const { size } = table
  if (typeof table.valueOf(size - 1) === 'number') {
    const values = new Float64Array(size - 1)
    for (let code = 1; code < size; code++) values[code - 1] = (table.valueOf(code) as number) - offset
    return { kind: 'numbers', size, values: put(values) }
  }
  const ends = new Uint32Array(size - 1)
  const texts: string[] = []
  let end = 0
  for (let code = 1; code < size; code++) {
    const text = table.valueOf(code) as string
    texts.push(text)
    end += text.length
    ends[code - 1] = end
  }
  return { kind: 'texts', size, characters: put(encodeCharacters(texts.join(''))), ends: put(ends) }
}

// UTF-16 units, in single bytes where all fit: every string comes back as it was.
function encodeCharacters(text: string): Column {
  const isNarrow = /^[\u0000-\u00ff]*$/.test(text)
  const bytes = Buffer.from(text, isNarrow ? 'latin1' : 'utf16le')
  return isNarrow ? bytes : new Uint16Array(Uint8Array.from(bytes).buffer)
}

function encodeGroups(name: string, table: GroupTable, put: Put, numberOf: (table: KeyTable) => number): GroupsHead {
  const { size, by } = table
  const largeSums: [number, number, string][] = []
  const sums = table.sums.map((sum, index) => {
    const values = new Float64Array(size)
    for (let slot = 0; slot < size; slot++) {
      const value = sum.get(slot)
      if (typeof value === 'number') values[slot] = value
      else largeSums.push([index, slot, value.toString()])
    }
    return put(narrowColumn(values))
  })
  return {
    name,
    size,
    keyTables: table.tables.map(numberOf),
    keys: table.keys.map(codes => put(narrowColumn(codes))),
    sums,
    largeSums,
    wideCosts: [...table.wideCosts]
      .sort(([slot], [other]) => slot - other)
      .map(([slot, cost]) => [slot, cost.units.toString(), cost.scale]),
    extents: by.hasExtent ? [put(Float64Array.from(table.firsts)), put(Float64Array.from(table.lasts))] : null,
    sketches: by.hasDurations ? encodeSketches(table, put) : null,
  }
}

function encodeSketches(table: GroupTable, put: Put): [number, number, number] {
  const packed = Array.from({ length: table.size }, (_, slot) => table.sketchOf(slot).pack())
  const bytes = new Uint8Array(packed.reduce((sum, part) => sum + part.length, 0))
  const ends = new Float64Array(table.size)
  let end = 0
  packed.forEach((part, slot) => {
    bytes.set(part, end)
    end += part.length
    ends[slot] = end
  })
  const largest = Array.from({ length: table.size }, (_, slot) => table.sketchOf(slot).largest)
  return [put(bytes), put(narrowColumn(ends)), put(narrowColumn(largest))]
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
