// Rolls up the tables of a tally into groups, by some of their keys: every report is made from such groups.
import { needHeapFor } from '../../base/heap-room.ts'
import type { BasisOf } from '../../pricing/group-cost.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { Sketch } from '../../tally/sketch.ts'
import { type Group, Groups, SumNames } from './group.ts'
import { placesByCode } from './places-by-code.ts'
import { UsageColumns } from './usage-columns.ts'
import { forEachPricedRow } from './usage-rows.ts'

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
export function rollUp(table: TallyGroups, how: RollUp): Groups {
  const { by, related, basisOf, where, countAs } = how
  const isPlain = related === undefined && where === undefined && countAs === undefined
  return isPlain && by.length === 1 && basisOf !== undefined
    ? rollUpEach(table, by, basisOf)[0]!
    : rollUpRows(table, how)
}

/** By each of some keys alone: by columns, or where these do not hold the sums, row by row. */
export function rollUpEach(table: TallyGroups, keys: readonly string[], basisOf: BasisOf): Groups[] {
  const columns = UsageColumns.of(table, basisOf)
  return keys.map(key => columns?.sumBy(positionOf(table, key)) ?? rollUpRows(table, { by: [key], basisOf }))
}

/** All rows of a table as one group. */
export function totalOf(table: TallyGroups, options: Omit<RollUp, 'by'> = {}): Group {
  return rollUp(table, { ...options, by: [] }).of([])
}

function rollUpRows(table: TallyGroups, { by, related = [], basisOf, where, countAs }: RollUp): Groups {
  const groups = new Groups(new SumNames(table.by.sums))
  const positions = by.map(key => positionOf(table, key))
  const relatedPositions = related.map(key => positionOf(table, key))
  const filled = table.sums.flatMap((sum, place) => (sum.isZero === true ? [] : [place]))
  const counts = table.sums[table.by.sums.indexOf('analyses')]
  const ofSlot: Group[] = []
  for (let slot = 0; slot < table.size; slot++) {
    const keyOf = (name: string) => table.keyOf(slot, positionOf(table, name))
    needHeapFor(slot)
    if (where !== undefined && !where(keyOf)) continue
    const group = groups.of(positions.map(position => table.keyOf(slot, position)))
    for (const place of filled) group.addAt(place, table.sums[place]!.get(slot))
    if (countAs !== undefined) for (const name of countAs(keyOf)) group.add(name, counts!.get(slot))
    for (const [index, key] of related.entries()) group.relate(key, table.keyOf(slot, relatedPositions[index]!))
    if (table.by.hasDurations) group.mergeSketch(table.sketchOf(slot))
    if (table.by.hasExtent) group.extend(table.firsts[slot]!, table.lasts[slot]!)
    if (basisOf !== undefined) ofSlot[slot] = group
  }
  if (basisOf !== undefined) {
    forEachPricedRow(table, basisOf, (slot, row) => ofSlot[slot]?.cost.add(row.basis, row.sums, 0, row.loggedRest))
  }
  return groups
}

/** Gives groups by one key of a table, or by all of them, the sketches of their slots; they are merged when they are asked for. */
export function addSketches(table: TallyGroups, by: readonly string[], groups: Groups): void {
  const [key, ...others] = by.map(name => positionOf(table, name))
  if (key !== undefined && others.length === 0) addSketchesByCode(table, key, groups)
  else for (let slot = 0; slot < table.size; slot++) addSketchOf(table, slot, groups)
}

/** The sketch of all slots of a table. */
export function sketchOfAll(table: TallyGroups): Sketch {
  const sketch = new Sketch()
  for (let slot = 0; slot < table.size; slot++) sketch.merge(table.sketchOf(slot))
  return sketch
}

function addSketchOf(table: TallyGroups, slot: number, groups: Groups): void {
  groups.of(table.keys.map((_, key) => table.keyOf(slot, key))).addSketch(() => table.sketchOf(slot))
}

function addSketchesByCode(table: TallyGroups, key: number, groups: Groups): void {
  const keys = table.tables[key]!
  const slots = placesByCode(table.keys[key]!, table.size, keys.size)
  for (let code = 0; code < keys.size; code++) {
    needHeapFor(code)
    const [start, end] = [slots.starts[code]!, slots.starts[code + 1]!]
    if (start < end) groups.of([keys.valueOf(code)]).addSketch(() => sketchOf(table, slots.places.subarray(start, end)))
  }
}

function sketchOf(table: TallyGroups, slots: Uint32Array): Sketch {
  if (slots.length === 1) return table.sketchOf(slots[0]!)
  const sketch = new Sketch()
  for (const slot of slots) sketch.merge(table.sketchOf(slot))
  return sketch
}

function positionOf(table: TallyGroups, key: string): number {
  const position = table.by.keys.indexOf(key)
  if (position < 0) throw new Error(`the group-by ${table.by.name} has no key ${key}`)
  return position
}
