// Sums and costs of a usage table by its keys, added up by columns: thousands of rows without an object for each. Only if
// every sum fits exactly into a double; otherwise undefined, and the rows are added one by one.
import { sumsByCode, weighedSums } from '../../base/column-loops.ts'
import { type BasisOf, type CostBasis, GroupCost } from '../../pricing/group-cost.ts'
import { BILLED_AT } from '../../pricing/rate.ts'
import { USAGE_MEASURES } from '../../query/measures.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import { Group, Groups, SumNames } from './group.ts'
import { basesOf, rateSlotsOf } from './usage-rates.ts'

type Values = ArrayLike<number>

const ANALYSES_AT = USAGE_MEASURES.indexOf('analyses')
const LOGGED_AT = USAGE_MEASURES.indexOf('loggedPicoUsd')
// Costs are added up as so many units of 10^-12 dollars, and what is left: neither sum grows beyond a double's integers.
const HIGH = 2 ** 26

/** The columns of a table with the costs of its rows, for adding them up by one key after the other. */
export class UsageColumns {
  private readonly table: TallyGroups
  /** By measure; undefined for columns of zeros. */
  private readonly measures: readonly (Values | undefined)[]
  private readonly costs: RowCosts

  private constructor(table: TallyGroups, measures: readonly (Values | undefined)[], costs: RowCosts) {
    this.table = table
    this.measures = measures
    this.costs = costs
  }

  static of(table: TallyGroups, basisOf: BasisOf): UsageColumns | undefined {
    const { keys, hasDurations, hasExtent } = table.by
    // Of events that are no analyses a part may have nothing to price, which is known row by row.
    if (keys.includes('event') || hasDurations || hasExtent) return undefined
    const measures = measuresOf(table)
    const costs = measures && costsOf(table, measures, basisOf)
    return measures && costs && new UsageColumns(table, measures, costs)
  }

  /** Groups by a key; undefined where a double does not hold a sum. */
  sumBy(key: number): Groups | undefined {
    const { table, measures, costs } = this
    const codes = table.keys[key]!
    const count = table.tables[key]!.size
    const filled = measures.filter(column => column !== undefined)
    const sums = sumsByCode(filled, codes, table.size, count)
    if (sums.some(sum => sum.some(value => value > Number.MAX_SAFE_INTEGER))) return undefined
    const ofMeasures = measures.map(column => (column === undefined ? undefined : sums[filled.indexOf(column)]))
    const { logged, estimated, unpriced, high, low } = costs
    const columns = [logged, estimated, unpriced, high, low, new Float64Array(table.size).fill(1)] as const
    const [isLogged, isEstimated, isUnpriced, highs, lows, rows] = sumsByCode(columns, codes, table.size, count)
    const groups = new Groups(new SumNames(table.by.sums))
    const byCode = Array.from({ length: count }, (_, code) => {
      if (rows[code] === 0) return undefined
      const cost = new GroupCost(isLogged[code], isEstimated[code], isUnpriced[code])
      cost.addPico(picoOf(highs[code]!, lows[code]!))
      const ofCode = ofMeasures.map(sum => sum?.[code] ?? 0)
      return groups.set([table.tables[key]!.valueOf(code)], new Group(groups.names, ofCode, cost))
    })
    for (const [slot, rest] of table.wideCosts) if (costs.hasLogged(slot)) byCode[codes[slot]!]!.cost.addRest(rest)
    return groups
  }
}

function picoOf(high: number, low: number): number | bigint {
  const pico = high * HIGH + low
  return Number.isSafeInteger(pico) ? pico : BigInt(high) * BigInt(HIGH) + BigInt(low)
}

interface RowCosts {
  readonly high: Float64Array
  readonly low: Float64Array
  /** The analyses of the rows whose cost is logged, and so on; 0 of all others. */
  readonly logged: Float64Array
  readonly estimated: Float64Array
  readonly unpriced: Float64Array
  hasLogged(slot: number): boolean
}

// Undefined as a whole where one holds more than numbers.
function measuresOf(table: TallyGroups): (Values | undefined)[] | undefined {
  const columns: (Values | undefined)[] = []
  for (const sum of table.sums) {
    if (sum.isZero !== true && (sum.values === undefined || sum.values.length < table.size)) return undefined
    columns.push(sum.isZero === true ? undefined : sum.values)
  }
  return columns
}

function costsOf(
  table: TallyGroups,
  measures: readonly (Values | undefined)[],
  basisOf: BasisOf,
): RowCosts | undefined {
  const { ofSlot } = rateSlotsOf(table)
  const bases = basesOf(table, basisOf)
  if (bases.some(basis => basis.from === 'estimated' && basis.rate.picoWeights === undefined)) return undefined
  // Parts may be below zero. As long as the sum of their sizes is exact, so is every sum of them.
  const { totals, sizes } = weighedSums(weightsOf(bases, measures), ofSlot, table.size)
  if (sizes.some(size => size > Number.MAX_SAFE_INTEGER)) return undefined
  const high = totals.map(pico => Math.floor(pico / HIGH))
  const values = measures[ANALYSES_AT] ?? new Float64Array(table.size)
  const analysesFrom = (source: CostBasis['from']) => {
    const weights = bases.map(({ from }) => (from === source ? 1 : 0))
    if (!weights.includes(1)) return new Float64Array(table.size)
    return weighedSums([{ values, weights }], ofSlot, table.size).totals
  }
  return {
    high,
    low: totals.map((pico, slot) => pico - high[slot]! * HIGH),
    logged: analysesFrom('logged'),
    estimated: analysesFrom('estimated'),
    unpriced: analysesFrom('unpriced'),
    hasLogged: slot => bases[ofSlot[slot]!]!.from === 'logged',
  }
}

// What each measure costs in each rate class, in units of 10^-12 dollars; of those that are not all 0.
function weightsOf(
  bases: readonly CostBasis[],
  measures: readonly (Values | undefined)[],
): { values: Values; weights: Values }[] {
  const billed = BILLED_AT.map((at, index) => ({
    values: measures[at],
    weights: bases.map(basis => (basis.from === 'estimated' ? basis.rate.picoWeights![index]! : 0)),
  }))
  const logged = { values: measures[LOGGED_AT], weights: bases.map(({ from }) => (from === 'logged' ? 1 : 0)) }
  return [...billed, logged].flatMap(({ values, weights }) => (values === undefined ? [] : [{ values, weights }]))
}
