// Groups of events: rolls the tables of a tally up by some of their keys. What every report but usage is made of.
import { type BasisOf, GroupCost } from '../../pricing/group-cost.ts'
import { USAGE_MEASURES } from '../../query/measures.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { Sketch } from '../../tally/sketch.ts'
import { addExact, subtractExact } from '../../tally/sum-column.ts'
import { forEachUsageRow, type UsageRow } from './usage-groups.ts'

/** Sums, cost, sketch, extent and related keys of some events. */
export class Group {
  readonly sums = new Map<string, number | bigint>()
  readonly cost = new GroupCost()
  readonly sketch = new Sketch()
  /** Values of other keys that came with it, by the key's name; no value is in none. */
  readonly related = new Map<string, Set<KeyValue>>()
  /** Infinities where it has no events or nobody asked. */
  first = Number.POSITIVE_INFINITY
  last = Number.NEGATIVE_INFINITY

  get(sum: string): number | bigint {
    return this.sums.get(sum) ?? 0
  }

  add(sum: string, value: number | bigint): void {
    this.sums.set(sum, addExact(this.get(sum), value))
  }

  distinct(key: string): number {
    return this.related.get(key)?.size ?? 0
  }

  relate(key: string, value: KeyValue): void {
    if (value === null) return
    const set = this.related.get(key) ?? new Set()
    this.related.set(key, set)
    set.add(value)
  }

  extend(first: number, last: number): void {
    this.first = Math.min(this.first, first)
    this.last = Math.max(this.last, last)
  }

  merge(other: Group): void {
    for (const [sum, value] of other.sums) this.add(sum, value)
    for (const [key, values] of other.related) for (const value of values) this.relate(key, value)
    this.cost.merge(other.cost)
    this.sketch.merge(other.sketch)
    this.extend(other.first, other.last)
  }
}

export interface KeyedGroup {
  readonly keys: readonly KeyValue[]
  readonly group: Group
}

/** Groups by their keys, made when first asked for. */
export class Groups {
  private readonly byText = new Map<string, KeyedGroup>()

  get all(): KeyedGroup[] {
    return [...this.byText.values()]
  }

  /** How many have a value for their first key. */
  get named(): number {
    return this.all.filter(({ keys }) => keys[0] !== null).length
  }

  of(keys: readonly KeyValue[]): Group {
    const text = JSON.stringify(keys)
    const found = this.byText.get(text)
    if (found !== undefined) return found.group
    const group = new Group()
    this.byText.set(text, { keys, group })
    return group
  }

  /** Those that pass. */
  filter(passes: (group: Group, keys: readonly KeyValue[]) => boolean): Groups {
    const kept = new Groups()
    for (const [text, keyed] of this.byText) if (passes(keyed.group, keyed.keys)) kept.byText.set(text, keyed)
    return kept
  }

  /** The group of these keys, or undefined. */
  find(keys: readonly KeyValue[]): Group | undefined {
    return this.byText.get(JSON.stringify(keys))?.group
  }
}

export interface RollUp {
  /** Keys that the groups are made by; none for one group of all. */
  readonly by: readonly string[]
  /** Keys whose values are collected for each group. */
  readonly related?: readonly string[]
  /** Of a table with a rate class in its key: also costs. */
  readonly basisOf?: BasisOf
  /** Further names under which the events of a row are counted, from the values of its keys. */
  readonly countAs?: (keyOf: (name: string) => KeyValue) => readonly string[]
  /** Says which rows count, from the value of a key by name. */
  readonly where?: (keyOf: (name: string) => KeyValue) => boolean
}

/** Adds the rows of a table to groups. */
export function rollUp(table: TallyGroups, how: RollUp, into = new Groups()): Groups {
  const { by, related = [], basisOf, where, countAs } = how
  const positions = by.map(key => positionOf(table, key))
  const relatedPositions = related.map(key => positionOf(table, key))
  const basisBySlot = basisOf === undefined ? null : pricedRows(table, basisOf)
  for (let slot = 0; slot < table.size; slot++) {
    const keyOf = (name: string) => table.keyOf(slot, positionOf(table, name))
    if (where !== undefined && !where(keyOf)) continue
    const group = into.of(positions.map(position => table.keyOf(slot, position)))
    for (const [sum, name] of table.by.sums.entries()) group.add(name, table.sums[sum]!.get(slot))
    if (countAs !== undefined) {
      const count = table.sums[table.by.sums.indexOf('analyses')]!.get(slot)
      for (const name of countAs(keyOf)) group.add(name, count)
    }
    for (const [index, key] of related.entries()) group.relate(key, table.keyOf(slot, relatedPositions[index]!))
    if (table.by.hasDurations) group.sketch.merge(table.sketchOf(slot))
    if (table.by.hasExtent) group.extend(table.firsts[slot]!, table.lasts[slot]!)
    const row = basisBySlot?.[slot]
    if (row !== undefined) group.cost.add(row.basis, row.sums, 0, row.loggedRest)
  }
  return into
}

/** All rows of a table as one group. */
export function totalOf(table: TallyGroups, options: Omit<RollUp, 'by'> = {}): Group {
  return rollUp(table, { ...options, by: [] }).of([])
}

/** By slot, the rows that `forEachPricedRow` visits. */
function pricedRows(table: TallyGroups, basisOf: BasisOf): (UsageRow | undefined)[] {
  const rows: (UsageRow | undefined)[] = []
  forEachPricedRow(table, basisOf, (slot, row) => {
    rows[slot] = { ...row, keys: [...row.keys], sums: [...row.sums] }
  })
  return rows
}

/**
 * The rows with what of them has a price or none: analyses, and other events that carry usage. A request without any is not
 * unpriced, it has nothing to price. The object is used again, and of the keys only the event is in it.
 */
export function forEachPricedRow(
  table: TallyGroups,
  basisOf: BasisOf,
  visit: (slot: number, row: UsageRow) => void,
): void {
  const eventAt = table.by.keys.indexOf('event')
  let slot = 0
  forEachUsageRow(
    table,
    basisOf,
    row => {
      if (eventAt >= 0 && row.keys[eventAt] !== 'analysis') {
        row.sums[ANALYSES_AT] = subtractExact(row.sums[ANALYSES_AT]!, row.sums[WITHOUT_USAGE_AT]!)
      }
      if (Number(row.sums[ANALYSES_AT]!) > 0) visit(slot, row)
      slot++
    },
    eventAt < 0 ? [] : [eventAt],
  )
}

const ANALYSES_AT = USAGE_MEASURES.indexOf('analyses')
const WITHOUT_USAGE_AT = USAGE_MEASURES.indexOf('withoutUsage')

function positionOf(table: TallyGroups, key: string): number {
  const position = table.by.keys.indexOf(key)
  if (position < 0) throw new Error(`the group-by ${table.by.name} has no key ${key}`)
  return position
}
