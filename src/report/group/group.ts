// A Group is what some events add up to; Groups are groups by their keys. There may be a million, so a group allocates
// durations, extent and related keys only when it gets some.
import { needHeapFor } from '../../base/heap-room.ts'
import { GroupCost } from '../../pricing/group-cost.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { Sketch } from '../../tally/sketch.ts'
import { addExact, subtractExact } from '../../tally/sum-column.ts'

/** The names of sums, each with its place in the groups that share them. */
export class SumNames {
  private readonly places = new Map<string, number>()

  constructor(names: readonly string[] = []) {
    for (const name of names) this.placeOf(name)
  }

  /** Undefined for a name that no group has. */
  find(name: string): number | undefined {
    return this.places.get(name)
  }

  /** A new place for a new name. */
  placeOf(name: string): number {
    const place = this.places.get(name) ?? this.places.size
    this.places.set(name, place)
    return place
  }

  get all(): Iterable<readonly [name: string, place: number]> {
    return this.places
  }
}

/** Sums, cost, sketch, extent and related keys of some events. */
export class Group {
  readonly cost: GroupCost
  private names: SumNames | undefined
  /** By the places of their names; those behind the last are 0. */
  private readonly sums: (number | bigint)[]
  /** Where the sketch comes from, before somebody asks for it. */
  private sources: (() => Sketch)[] = NO_SOURCES
  private merged: Sketch | undefined
  private relations: Map<string, Set<KeyValue>> | undefined
  private extent: { first: number; last: number } | undefined

  /** `sums` are by the places of `names`. */
  constructor(names?: SumNames, sums: (number | bigint)[] = [], cost = new GroupCost()) {
    this.names = names
    this.sums = sums
    this.cost = cost
  }

  get(name: string): number | bigint {
    const place = this.names?.find(name)
    return place === undefined ? 0 : (this.sums[place] ?? 0)
  }

  add(name: string, value: number | bigint): void {
    this.names ??= new SumNames()
    this.addAt(this.names.placeOf(name), value)
  }

  /** Adds to the sum at a place of the group's names. */
  addAt(place: number, value: number | bigint): void {
    const { sums } = this
    while (sums.length <= place) sums.push(0)
    sums[place] = addExact(sums[place]!, value)
  }

  /** Of durations, or of another value that the group-by has a sketch of. */
  get sketch(): Sketch {
    // A group with one source is asked once or twice, and a million of them must not keep what they said.
    if (this.merged === undefined && this.sources.length === 1) return this.sources[0]!()
    this.merged ??= new Sketch()
    for (const source of this.sources) this.merged.merge(source())
    this.sources = NO_SOURCES
    return this.merged
  }

  /** A sketch that is merged when somebody asks for it; its counts change no more. */
  addSketch(source: () => Sketch): void {
    if (this.sources === NO_SOURCES) this.sources = [source]
    else this.sources.push(source)
  }

  mergeSketch(sketch: Sketch): void {
    this.merged ??= new Sketch()
    this.merged.merge(sketch)
  }

  /** Values of another key that came with it; undefined where there are none. No value is not one of them. */
  related(key: string): ReadonlySet<KeyValue> | undefined {
    return this.relations?.get(key)
  }

  distinct(key: string): number {
    return this.related(key)?.size ?? 0
  }

  relate(key: string, value: KeyValue): void {
    if (value === null) return
    this.relations ??= new Map()
    const set = this.relations.get(key) ?? new Set()
    this.relations.set(key, set)
    if (set.has(value)) return
    set.add(value)
    needHeapFor(set.size)
  }

  /** Infinity where it has no events or nobody asked. */
  get first(): number {
    return this.extent?.first ?? Number.POSITIVE_INFINITY
  }

  get last(): number {
    return this.extent?.last ?? Number.NEGATIVE_INFINITY
  }

  extend(first: number, last: number): void {
    this.extent = { first: Math.min(this.first, first), last: Math.max(this.last, last) }
  }

  /** The other one is not to change any more. */
  merge(other: Group): void {
    this.mergeCounts(other)
    if (other.merged !== undefined || other.sources.length > 0) this.addSketch(() => other.sketch)
    for (const [key, values] of other.relations ?? []) for (const value of values) this.relate(key, value)
    if (other.extent !== undefined) this.extend(other.first, other.last)
  }

  /** What is left of sums, cost and sketch when some of the events that these were added up from are taken away. */
  without(parts: readonly Group[]): Group {
    const part = new Group(this.names)
    for (const one of parts) part.merge(one)
    const sums = this.sums.map((sum, place) => subtractExact(sum, part.sums[place] ?? 0))
    const left = new Group(this.names, sums, this.cost.without(part.cost))
    left.addSketch(() => this.sketch.without(part.sketch))
    return left
  }

  /** Its sums and its cost alone. */
  mergeCounts({ names, sums, cost }: Group): void {
    this.cost.merge(cost)
    this.names ??= names
    if (names === undefined) return
    if (names === this.names) for (let place = 0; place < sums.length; place++) this.addAt(place, sums[place]!)
    else for (const [name, place] of names.all) this.add(name, sums[place] ?? 0)
  }
}

const NO_SOURCES: (() => Sketch)[] = []

export interface KeyedGroup {
  readonly keys: readonly KeyValue[]
  readonly group: Group
}

/** Groups by their keys, as many in each, made when first asked for. */
export class Groups {
  /** What the sums of new groups are called. */
  readonly names: SumNames
  private readonly byKeys = new Map<KeyValue, KeyedGroup>()

  constructor(names = new SumNames()) {
    this.names = names
  }

  get all(): KeyedGroup[] {
    return [...this.byKeys.values()]
  }

  get size(): number {
    return this.byKeys.size
  }

  /** How many have a value for their first key. */
  get named(): number {
    let count = 0
    for (const { keys } of this.byKeys.values()) if (keys[0] !== null) count++
    return count
  }

  of(keys: readonly KeyValue[]): Group {
    return this.find(keys) ?? this.set(keys, new Group(this.names))
  }

  /** The group of these keys, or undefined. */
  find(keys: readonly KeyValue[]): Group | undefined {
    return this.byKeys.get(textOf(keys))?.group
  }

  set(keys: readonly KeyValue[], group: Group): Group {
    this.byKeys.set(textOf(keys), { keys, group })
    needHeapFor(this.byKeys.size)
    return group
  }

  /** All of them as one. */
  total(): Group {
    const total = new Group(this.names)
    for (const { group } of this.byKeys.values()) total.merge(group)
    return total
  }

  /** Those of each value of the first key. */
  byFirstKey(): ReadonlyMap<KeyValue, readonly KeyedGroup[]> {
    const lists = new Map<KeyValue, KeyedGroup[]>()
    for (const keyed of this.byKeys.values()) {
      const list = lists.get(keyed.keys[0]!)
      if (list === undefined) lists.set(keyed.keys[0]!, [keyed])
      else list.push(keyed)
    }
    return lists
  }

  /** Those that pass. */
  filter(passes: (group: Group, keys: readonly KeyValue[]) => boolean): Groups {
    const kept = new Groups(this.names)
    for (const { keys, group } of this.byKeys.values()) if (passes(group, keys)) kept.set(keys, group)
    return kept
  }
}

// One key stands for itself: a million texts would take as much memory as their groups.
function textOf(keys: readonly KeyValue[]): KeyValue {
  return keys.length === 1 ? keys[0]! : JSON.stringify(keys)
}
