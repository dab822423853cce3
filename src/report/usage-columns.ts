// Sums and costs of a usage table by its keys, added up by columns: thousands of rows without an object each. Only where
// doubles hold every sum exactly; else undefined, and the rows are added one by one.
import { type CostBasis, GroupCost } from '../pricing/group-cost.ts'
import { BILLED_AT } from '../pricing/rate.ts'
import { USAGE_MEASURES } from '../query/measures.ts'
import type { Groups } from '../tally/groups.ts'
import { type BasisOf, UsageTotals } from './usage-groups.ts'
import { rateSlotsOf } from './usage-rates.ts'

type Values = ArrayLike<number>

const ANALYSES_AT = USAGE_MEASURES.indexOf('analyses')
const LOGGED_AT = USAGE_MEASURES.indexOf('loggedPicoUsd')
const COST_SOURCES = ['logged', 'estimated', 'unpriced'] as const
// Costs are added up as so many units of 10^-12 dollars, and what is left: neither sum grows beyond a double's integers.
const HIGH = 2 ** 26

/** The columns of a table with the costs of its rows, for adding them up by one key after the other. */
export class UsageColumns {
  private readonly table: Groups
  /** By measure; undefined for columns of zeros. */
  private readonly measures: readonly (Values | undefined)[]
  private readonly costs: RowCosts

  private constructor(table: Groups, measures: readonly (Values | undefined)[], costs: RowCosts) {
    this.table = table
    this.measures = measures
    this.costs = costs
  }

  static of(table: Groups, basisOf: BasisOf): UsageColumns | undefined {
    const measures = measuresOf(table)
    const costs = measures && costsOf(table, measures, basisOf)
    return measures && costs && new UsageColumns(table, measures, costs)
  }

  /** By the code of a key; absent where no row has it. */
  sumByCode(key: number): (UsageTotals | undefined)[] | undefined {
    const { table, measures } = this
    const codes = table.keys[key]!
    const count = table.tables[key]!.size
    const sums = measures.map(column => column && addUp(column, codes, table.size, count))
    if (sums.some(sum => sum?.some(value => value > Number.MAX_SAFE_INTEGER))) return undefined
    const costs = this.costsByCode(codes, count)
    const isThere = new Uint8Array(count)
    for (let slot = 0; slot < table.size; slot++) isThere[codes[slot]!] = 1
    return costs.map((cost, code) => {
      if (isThere[code] === 0) return undefined
      return new UsageTotals(
        sums.map(sum => sum?.[code] ?? 0),
        cost,
      )
    })
  }

  private costsByCode(codes: Values, count: number): GroupCost[] {
    const { table, costs } = this
    const { size } = table
    const [logged, estimated, unpriced] = costs.analyses.map(column => column && addUp(column, codes, size, count))
    const high = addUp(costs.high, codes, size, count)
    const low = addUp(costs.low, codes, size, count)
    const groups = Array.from({ length: count }, (_, code) => {
      const group = new GroupCost(logged?.[code], estimated?.[code], unpriced?.[code])
      const pico = high[code]! * HIGH + low[code]!
      group.addPico(Number.isSafeInteger(pico) ? pico : BigInt(high[code]!) * BigInt(HIGH) + BigInt(low[code]!))
      return group
    })
    for (const [slot, rest] of table.wideCosts) if (costs.isLogged(slot)) groups[codes[slot]!]!.addRest(rest)
    return groups
  }
}

interface RowCosts {
  readonly high: Float64Array
  readonly low: Float64Array
  /** By source, the analyses of the rows whose cost is from there; undefined where there are none. */
  readonly analyses: readonly (Float64Array | undefined)[]
  isLogged(slot: number): boolean
}

// Undefined as a whole where one holds more than numbers.
function measuresOf(table: Groups): (Values | undefined)[] | undefined {
  const columns: (Values | undefined)[] = []
  for (const sum of table.sums) {
    if (sum.isZero !== true && (sum.values === undefined || sum.values.length < table.size)) return undefined
    columns.push(sum.isZero === true ? undefined : sum.values)
  }
  return columns
}

function costsOf(table: Groups, measures: readonly (Values | undefined)[], basisOf: BasisOf): RowCosts | undefined {
  const { ofSlot, classes } = rateSlotsOf(table)
  const bases = classes.map(basisOf)
  if (bases.some(basis => basis.from === 'estimated' && basis.rate.picoWeights === undefined)) return undefined
  const pico = new Float64Array(table.size)
  const sizes = new Float64Array(table.size)
  for (const [at, weights] of weightsOf(bases)) {
    const values = measures[at]
    if (values !== undefined) weigh(values, weights, ofSlot, pico, sizes)
  }
  if (sizes.some(size => size > Number.MAX_SAFE_INTEGER)) return undefined
  const high = new Float64Array(table.size)
  for (let slot = 0; slot < table.size; slot++) {
    high[slot] = Math.floor(pico[slot]! / HIGH)
    pico[slot]! -= high[slot]! * HIGH
  }
  const analyses = measures[ANALYSES_AT] ?? new Float64Array(table.size)
  return {
    high,
    low: pico,
    analyses: COST_SOURCES.map(source => {
      if (!bases.some(({ from }) => from === source)) return undefined
      const weights = Float64Array.from(bases, ({ from }) => (from === source ? 1 : 0))
      return Float64Array.from(ofSlot, (rateClass, slot) => weights[rateClass]! * analyses[slot]!)
    }),
    isLogged: slot => bases[ofSlot[slot]!]!.from === 'logged',
  }
}

// Sums only grow, so if the last is exact, all before it were.
function addUp(values: Values, codes: Values, size: number, count: number): Float64Array {
  const sums = new Float64Array(count)
  for (let slot = 0; slot < size; slot++) sums[codes[slot]!]! += values[slot]!
  return sums
}

/** By measure, what one of it costs in each rate class, in units of 10^-12 dollars. */
function weightsOf(bases: readonly CostBasis[]): [number, Float64Array][] {
  const billed = BILLED_AT.map((at, index): [number, Float64Array] => [
    at,
    Float64Array.from(bases, basis => (basis.from === 'estimated' ? basis.rate.picoWeights![index]! : 0)),
  ])
  return [...billed, [LOGGED_AT, Float64Array.from(bases, basis => (basis.from === 'logged' ? 1 : 0))]]
}

// Adds what one thing costs to the slots. Parts may be below zero; `sizes` grows by their size, and as long as that is
// exact, so is every sum.
function weigh(
  values: Values,
  weights: Float64Array,
  ofSlot: Int32Array,
  pico: Float64Array,
  sizes: Float64Array,
): void {
  for (let slot = 0; slot < ofSlot.length; slot++) {
    const part = weights[ofSlot[slot]!]! * values[slot]!
    pico[slot]! += part
    sizes[slot]! += part < 0 ? -part : part
  }
}
