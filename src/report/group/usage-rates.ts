// The rate classes of a usage table: the list of them, and the class of each slot.
import { needHeapFor } from '../../base/heap-room.ts'
import type { BasisOf, CostBasis } from '../../pricing/group-cost.ts'
import { RATE_KEYS, type RateClass, rateClassOf } from '../../query/rate-class.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'

export interface RateSlots {
  readonly classes: readonly RateClass[]
  /** Where the class of each slot is in `classes`. */
  readonly ofSlot: Int32Array
}

// Combinations of codes, for each row of the table, that are looked up in an array instead of a map, which takes ten times as long.
const MOST_COMBINATIONS = 2 ** 18
const MOST_COMBINATIONS_A_ROW = 16

const known = new WeakMap<TallyGroups, RateSlots>()
const knownBases = new WeakMap<RateSlots, { readonly basisOf: BasisOf; readonly bases: readonly CostBasis[] }>()

/** Of a table whose last keys are those of the rate class. It does not grow any more. */
export function rateSlotsOf(table: TallyGroups): RateSlots {
  const slots = known.get(table) ?? findRateSlots(table)
  known.set(table, slots)
  return slots
}

/** How each rate class of a table gets its cost, in their order. */
export function basesOf(table: TallyGroups, basisOf: BasisOf): readonly CostBasis[] {
  const slots = rateSlotsOf(table)
  const last = knownBases.get(slots)
  if (last?.basisOf === basisOf) return last.bases
  const bases = slots.classes.map(basisOf)
  knownBases.set(slots, { basisOf, bases })
  return bases
}

function findRateSlots(table: TallyGroups): RateSlots {
  const first = table.by.keys.length - RATE_KEYS.length
  const [models, providers, tiers, rates] = table.keys.slice(first) as [Codes, Codes, Codes, Codes]
  const [modelCount, providerCount, tierCount, rateCount] = table.tables.slice(first).map(keys => keys.size) as Sizes
  const combinations = modelCount * providerCount * tierCount * rateCount
  const isDense = combinations <= Math.max(MOST_COMBINATIONS, table.size * MOST_COMBINATIONS_A_ROW)
  const numbers = isDense ? new NumberArray(combinations) : new Map<number, number>()
  const classes: RateClass[] = []
  const silent = silentModels(table)
  const ofSlot = new Int32Array(table.size)
  for (let slot = 0; slot < table.size; slot++) {
    const place =
      ((models[slot]! * providerCount + providers[slot]!) * tierCount + tiers[slot]!) * rateCount + rates[slot]!
    let number = numbers.get(place)
    if (number === undefined) {
      const rateClass = rateClassOf(
        table.keyOf(slot, first),
        table.keyOf(slot, first + 1),
        table.keyOf(slot, first + 2),
        table.keyOf(slot, first + 3),
      )
      number = classes.push(silent.has(rateClass.model) ? { ...rateClass, isSilent: true } : rateClass) - 1
      numbers.set(place, number)
      needHeapFor(number)
    }
    ofSlot[slot] = number
  }
  return { classes, ofSlot }
}

/** The models of which no event carries usage; none where the table does not count them. */
export function silentModels(table: TallyGroups): ReadonlySet<KeyValue> {
  const silent = new Set<KeyValue>()
  forEachModel(table, (model, carriesUsage) => {
    if (!carriesUsage) silent.add(model())
  })
  return silent
}

/** Whether events of a model carry usage, by model. */
export function usageByModel(table: TallyGroups): ReadonlyMap<KeyValue, boolean> {
  const found = new Map<KeyValue, boolean>()
  forEachModel(table, (model, carriesUsage) => found.set(model(), carriesUsage))
  return found
}

function forEachModel(table: TallyGroups, visit: (model: () => KeyValue, carriesUsage: boolean) => void): void {
  const { keys, sums } = table.by
  const [analyses, without] = ['analyses', 'withoutUsage'].map(name => table.sums[sums.indexOf(name)])
  const modelAt = keys.indexOf('model')
  if (analyses === undefined || without === undefined || modelAt < 0) return
  const names = table.tables[modelAt]!
  const carries = new Uint8Array(names.size)
  const codes = table.keys[modelAt]!
  for (let slot = 0; slot < table.size; slot++) {
    carries[codes[slot]!]! |= analyses.get(slot) === without.get(slot) ? 1 : 2
  }
  carries.forEach((bits, code) => {
    if (bits > 0) visit(() => names.valueOf(code), bits > 1)
  })
}

type Codes = ArrayLike<number>
type Sizes = [number, number, number, number]

class NumberArray {
  private readonly numbers: Int32Array

  constructor(size: number) {
    this.numbers = new Int32Array(size)
  }

  get(place: number): number | undefined {
    const number = this.numbers[place]!
    return number === 0 ? undefined : number - 1
  }

  set(place: number, number: number): void {
    this.numbers[place] = number + 1
  }
}
