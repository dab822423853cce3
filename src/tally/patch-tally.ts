// A large stored tally plus a few more events: only the groups of these events are made anew, all others are used in place.
import type { Decimal } from '../base/decimal.ts'
import { addLedger, type Ledger } from '../query/ledger.ts'
import type { GroupBy } from '../query/query.ts'
import type { Groups, Sums } from './groups.ts'
import type { KeyTable, KeyValue } from './key-table.ts'
import { Sketch } from './sketch.ts'
import { addExact } from './sum-column.ts'
import type { Tally } from './tally.ts'
import { addWideCost } from './wide-costs.ts'

/** Beyond so many groups of `more` looking each of them up among all takes longer than merging. */
export const MOST_PATCHED = 100

/** The sum of both, as `mergeTally` makes it. It is good as long as both are. */
export function patchTally(base: Tally, more: Tally): Tally {
  const ledger: Ledger = structuredClone(base.ledger)
  addLedger(ledger, more.ledger)
  const keys = new Map<KeyTable, PatchedKeys>()
  const keysOf = (table: KeyTable) => {
    const patched = keys.get(table) ?? new PatchedKeys(table)
    keys.set(table, patched)
    return patched
  }
  const tables = [...base.tables].map(([name, groups]) => {
    return [name, new PatchedGroups(groups, more.tables.get(name)!, groups.tables.map(keysOf))] as const
  })
  return {
    tables: new Map(tables),
    ledger,
    firstInstant: Math.min(base.firstInstant, more.firstInstant),
    lastInstant: Math.max(base.lastInstant, more.lastInstant),
  }
}

/** The values of a key and some more behind them. */
class PatchedKeys implements KeyTable {
  private readonly base: KeyTable
  private readonly added: KeyValue[] = []
  private readonly known = new Map<KeyValue, number>()

  constructor(base: KeyTable) {
    this.base = base
  }

  get size(): number {
    return this.base.size + this.added.length
  }

  valueOf(code: number): KeyValue {
    return code < this.base.size ? this.base.valueOf(code) : this.added[code - this.base.size]!
  }

  codeOf(value: KeyValue): number {
    let code = this.known.get(value)
    if (code === undefined) {
      code = 0
      while (code < this.base.size && this.base.valueOf(code) !== value) code++
      if (code === this.base.size) code += this.added.push(value) - 1
      this.known.set(value, code)
    }
    return code
  }
}

class PatchedGroups implements Groups {
  readonly by: GroupBy
  readonly size: number
  readonly tables: readonly KeyTable[]
  readonly keys: readonly ArrayLike<number>[]
  readonly sums: readonly Sums[]
  readonly firsts: ArrayLike<number>
  readonly lasts: ArrayLike<number>
  readonly wideCosts: ReadonlyMap<number, Decimal>
  private readonly base: Groups
  private readonly more: Groups
  /** By slot, the group of `more` that is added to it. */
  private readonly patches = new Map<number, number>()

  constructor(base: Groups, more: Groups, tables: readonly PatchedKeys[]) {
    this.by = base.by
    this.base = base
    this.more = more
    const added: number[][] = []
    for (let slot = 0; slot < more.size; slot++) {
      const codes = tables.map((table, key) => table.codeOf(more.keyOf(slot, key)))
      const found = slotOf(base, codes)
      this.patches.set(found ?? base.size + added.length, slot)
      if (found === undefined) added.push(codes)
    }
    this.size = base.size + added.length
    this.tables = tables
    this.keys = base.keys.map((codes, key) => (added.length === 0 ? codes : joined(codes, base.size, added, key)))
    this.sums = base.sums.map((sum, index) => this.patchSums(sum, more.sums[index]!))
    this.firsts = this.patchInstants(base.firsts, more.firsts, Math.min)
    this.lasts = this.patchInstants(base.lasts, more.lasts, Math.max)
    this.wideCosts = this.patchCosts()
  }

  keyOf(slot: number, key: number): KeyValue {
    return this.tables[key]!.valueOf(this.keys[key]![slot]!)
  }

  sketchOf(slot: number): Sketch {
    const patch = this.patches.get(slot)
    if (patch === undefined) return this.base.sketchOf(slot)
    const sketch = new Sketch()
    if (slot < this.base.size) sketch.merge(this.base.sketchOf(slot))
    sketch.merge(this.more.sketchOf(patch))
    return sketch
  }

  private patchSums(base: Sums, more: Sums): Sums {
    const patched = new Map<number, number | bigint>()
    for (const [slot, patch] of this.patches) {
      patched.set(slot, addExact(slot < this.base.size ? base.get(slot) : 0, more.get(patch)))
    }
    const isZero = base.isZero === true && [...patched.values()].every(sum => Number(sum) === 0)
    const isLarge = base.values === undefined || [...patched.values()].some(sum => typeof sum === 'bigint')
    const values = isZero || isLarge ? undefined : new Float64Array(this.size)
    values?.set(firstOf(base.values!, this.base.size))
    for (const [slot, sum] of patched) if (values !== undefined) values[slot] = Number(sum)
    return { isZero, values, get: slot => patched.get(slot) ?? base.get(slot) }
  }

  private patchInstants(
    base: ArrayLike<number>,
    more: ArrayLike<number>,
    outer: (a: number, b: number) => number,
  ): ArrayLike<number> {
    if (!this.by.hasExtent) return []
    const instants = new Float64Array(this.size)
    instants.set(firstOf(base, this.base.size))
    for (const [slot, patch] of this.patches)
      instants[slot] = slot < this.base.size ? outer(base[slot]!, more[patch]!) : more[patch]!
    return instants
  }

  private patchCosts(): ReadonlyMap<number, Decimal> {
    const costs = new Map(this.base.wideCosts)
    for (const [slot, patch] of this.patches) {
      const cost = this.more.wideCosts.get(patch)
      if (cost !== undefined) addWideCost(costs, slot, cost)
    }
    return costs
  }
}

function slotOf({ keys, size }: Groups, codes: readonly number[]): number | undefined {
  for (let slot = 0; slot < size; slot++) {
    let key = 0
    while (key < codes.length && keys[key]![slot] === codes[key]) key++
    if (key === codes.length) return slot
  }
  return undefined
}

function joined(
  codes: ArrayLike<number>,
  size: number,
  added: readonly (readonly number[])[],
  key: number,
): ArrayLike<number> {
  const all = new Uint32Array(size + added.length)
  all.set(firstOf(codes, size))
  for (const [index, row] of added.entries()) all[size + index] = row[key]!
  return all
}

// Columns may be longer than there are slots, or shorter where the rest is 0.
function firstOf(column: ArrayLike<number>, size: number): ArrayLike<number> {
  if (column.length <= size) return column
  return column instanceof Float64Array
    ? column.subarray(0, size)
    : Array.from({ length: size }, (_, slot) => column[slot]!)
}
