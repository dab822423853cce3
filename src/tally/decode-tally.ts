// Reads back the bytes of `encodeTally`: columns are used in place, texts and sketches are made when they are needed.
import type { Decimal } from '../base/decimal.ts'
import { type Column, openSealed } from '../base/sealed-file.ts'
import type { GroupBy, Query } from '../query/query.ts'
import type { GroupsHead, KeyTableHead, TallyHead } from './encode-tally.ts'
import type { Groups, Sums } from './groups.ts'
import type { KeyTable, KeyValue } from './key-table.ts'
import { Sketch } from './sketch.ts'
import type { Tally } from './tally.ts'

/**
 * The tally of these group-bys under this key; undefined where the bytes are not that. `rateOffset` says what is added to
 * every rate key of a tally that begins at an instant. The bytes belong to the tally.
 */
export function decodeTally(
  bytes: Uint8Array,
  key: string,
  { groupBys }: Pick<Query, 'groupBys'>,
  rateOffset: (firstInstant: number) => number = () => 0,
): Tally | undefined {
  const sealed = openSealed<TallyHead>(bytes, key)
  if (sealed === undefined) return undefined
  const { head, columns } = sealed
  const firstInstant = head.firstInstant ?? Number.POSITIVE_INFINITY
  const lastInstant = head.lastInstant ?? Number.NEGATIVE_INFINITY
  const offset = rateOffset(firstInstant)
  const rates = new Set<number>()
  const bys = new Map(groupBys.map(by => [by.name, by]))
  for (const groups of head.groups) {
    bys.get(groups.name)?.keys.forEach((name, index) => {
      if (name === 'rate') rates.add(groups.keyTables[index]!)
    })
  }
  const keyTables = head.keyTables.map((entry, index) => openKeyTable(entry, columns, rates.has(index) ? offset : 0))
  const tables = new Map<string, Groups>()
  for (const by of groupBys) {
    const entry = head.groups.find(groups => groups.name === by.name)
    if (entry === undefined) return undefined
    tables.set(by.name, new StoredGroups(by, entry, columns, keyTables))
  }
  return { tables, ledger: head.ledger, firstInstant, lastInstant }
}

class StoredGroups implements Groups {
  readonly by: GroupBy
  readonly size: number
  readonly tables: readonly KeyTable[]
  readonly keys: readonly ArrayLike<number>[]
  readonly sums: readonly Sums[]
  readonly firsts: ArrayLike<number>
  readonly lasts: ArrayLike<number>
  readonly wideCosts: ReadonlyMap<number, Decimal>
  private readonly sketchBytes: Column | undefined
  private readonly sketchEnds: Column | undefined
  private readonly largest: Column | undefined

  constructor(by: GroupBy, head: GroupsHead, columns: readonly Column[], keyTables: readonly KeyTable[]) {
    this.by = by
    this.size = head.size
    this.tables = head.keyTables.map(number => keyTables[number]!)
    this.keys = head.keys.map(number => orZeros(columns[number]!, head.size))
    this.sums = head.sums.map((number, index) => {
      const large = head.largeSums.filter(([sum]) => sum === index)
      return new StoredSums(columns[number]!, head.size, large)
    })
    this.firsts = head.extents === null ? [] : columns[head.extents[0]]!
    this.lasts = head.extents === null ? [] : columns[head.extents[1]]!
    this.wideCosts = new Map(head.wideCosts.map(([slot, units, scale]) => [slot, { units: BigInt(units), scale }]))
    this.sketchBytes = head.sketches === null ? undefined : columns[head.sketches[0]]
    this.sketchEnds = head.sketches === null ? undefined : orZeros(columns[head.sketches[1]]!, head.size)
    this.largest = head.sketches === null ? undefined : orZeros(columns[head.sketches[2]]!, head.size)
  }

  keyOf(slot: number, key: number): KeyValue {
    return this.tables[key]!.valueOf(this.keys[key]![slot]!)
  }

  sketchOf(slot: number): Sketch {
    const start = slot === 0 ? 0 : this.sketchEnds![slot - 1]!
    const bytes = (this.sketchBytes as Uint8Array).subarray(start, this.sketchEnds![slot]!)
    return Sketch.ofPacked(bytes, this.largest![slot]!)
  }
}

class StoredSums implements Sums {
  readonly isZero: boolean
  private readonly column: Column
  private readonly large: ReadonlyMap<number, bigint> | undefined

  constructor(column: Column, size: number, large: GroupsHead['largeSums']) {
    this.isZero = column.length === 0 && large.length === 0
    this.column = orZeros(column, size)
    this.large = large.length === 0 ? undefined : new Map(large.map(([, slot, digits]) => [slot, BigInt(digits)]))
  }

  get values(): ArrayLike<number> | undefined {
    return this.large === undefined ? this.column : undefined
  }

  get(slot: number): number | bigint {
    return this.large?.get(slot) ?? this.column[slot]!
  }
}

// A column of zeros is stored empty.
function orZeros(column: Column, size: number): Column {
  return column.length === 0 ? new Uint8Array(size) : column
}

function openKeyTable(head: KeyTableHead, columns: readonly Column[], offset: number): KeyTable {
  if (head.kind === 'texts') return new StoredTexts(head.size, columns[head.characters]!, columns[head.ends]!)
  const values = columns[head.values]!
  return { size: head.size, valueOf: code => (code === 0 ? null : values[code - 1]! + offset) }
}

class StoredTexts implements KeyTable {
  readonly size: number
  private readonly characters: Column
  private readonly ends: Column
  private all: string | undefined
  /** Texts by code, so that one text is one string, of which the hash is known. */
  private readonly texts: string[] = []

  constructor(size: number, characters: Column, ends: Column) {
    this.size = size
    this.characters = characters
    this.ends = ends
  }

  valueOf(code: number): KeyValue {
    if (code === 0) return null
    let text = this.texts[code]
    if (text === undefined) {
      this.all ??= decodeCharacters(this.characters)
      text = this.all.slice(code === 1 ? 0 : this.ends[code - 2]!, this.ends[code - 1]!)
      this.texts[code] = text
    }
    return text
  }
}

function decodeCharacters(column: Column): string {
  const bytes = Buffer.from(column.buffer as ArrayBuffer, column.byteOffset, column.byteLength)
  return bytes.toString(column instanceof Uint8Array ? 'latin1' : 'utf16le')
}
