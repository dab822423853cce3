// Sums and costs of a usage table by one of its keys, added up by columns: thousands of rows without an object each. Only
// where doubles hold every sum exactly; else undefined, and the rows are added one by one.
import { type CostBasis, GroupCost } from '../pricing/group-cost.ts'
import { BILLED_AT } from '../pricing/rate.ts'
import { USAGE_MEASURES } from '../query/measures.ts'
import type { Groups } from '../tally/groups.ts'
import { type BasisOf, UsageTotals } from './usage-groups.ts'
import { rateSlotsOf } from './usage-rates.ts'

type Values = ArrayLike<number>

/** By the code of the key; absent where no row has it. */
export function sumByCode(table: Groups, basisOf: BasisOf, key: number): (UsageTotals | undefined)[] | undefined {
  const columns = columnsOf(table)
  const codes = table.keys[key]!
  const count = table.tables[key]!.size
  const costs = columns && costByCode(table, columns, basisOf, codes, count)
  if (columns === undefined || costs === undefined) return undefined
  const sums = columns.map(column => (column === undefined ? undefined : addUp(column, codes, table.size, count)))
  if (sums.some(sum => sum?.some(value => value > Number.MAX_SAFE_INTEGER))) return undefined
  const totals: (UsageTotals | undefined)[] = new Array(count).fill(undefined)
  for (let slot = 0; slot < table.size; slot++) {
    const code = codes[slot]!
    totals[code] ??= new UsageTotals(
      sums.map(sum => sum?.[code] ?? 0),
      costs[code]!,
    )
  }
  return totals
}

/** The columns of the measures, undefined for those of zeros; undefined as a whole where one holds more than numbers. */
function columnsOf(table: Groups): (Values | undefined)[] | undefined {
  const columns: (Values | undefined)[] = []
  for (const sum of table.sums) {
    if (sum.isZero !== true && (sum.values === undefined || sum.values.length < table.size)) return undefined
    columns.push(sum.isZero === true ? undefined : sum.values)
  }
  return columns
}

// Sums only grow, so if the last is exact, all before it were.
function addUp(values: Values, codes: ArrayLike<number>, size: number, count: number): Float64Array {
  const sums = new Float64Array(count)
  for (let slot = 0; slot < size; slot++) sums[codes[slot]!]! += values[slot]!
  return sums
}

const ANALYSES_AT = USAGE_MEASURES.indexOf('analyses')
const LOGGED_AT = USAGE_MEASURES.indexOf('loggedPicoUsd')

function costByCode(
  table: Groups,
  columns: readonly (Values | undefined)[],
  basisOf: BasisOf,
  codes: Values,
  count: number,
): GroupCost[] | undefined {
  const { ofSlot, classes } = rateSlotsOf(table)
  const bases = classes.map(basisOf)
  if (bases.some(basis => basis.from === 'estimated' && basis.rate.picoWeights === undefined)) return undefined
  const pico = new Float64Array(table.size)
  const sizes = new Float64Array(table.size)
  for (const [at, weights] of weightsOf(bases)) {
    const values = columns[at]
    if (values !== undefined) weigh(values, weights, ofSlot, pico, sizes)
  }
  if (sizes.some(size => size > Number.MAX_SAFE_INTEGER)) return undefined
  const analyses = columns[ANALYSES_AT] ?? new Float64Array(table.size)
  const counts = COST_SOURCES.map(() => new Float64Array(count))
  const sources = bases.map(basis => counts[COST_SOURCES.indexOf(basis.from)]!)
  for (let slot = 0; slot < table.size; slot++) sources[ofSlot[slot]!]![codes[slot]!]! += analyses[slot]!
  const costs = Array.from(
    { length: count },
    (_, code) => new GroupCost(counts[0]![code], counts[1]![code], counts[2]![code]),
  )
  for (let slot = 0; slot < table.size; slot++) if (pico[slot] !== 0) costs[codes[slot]!]!.addPico(pico[slot]!)
  for (const [slot, rest] of table.wideCosts) {
    if (bases[ofSlot[slot]!]!.from === 'logged') costs[codes[slot]!]!.addRest(rest)
  }
  return costs
}

const COST_SOURCES = ['logged', 'estimated', 'unpriced'] as const

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
