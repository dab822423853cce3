// The cost of a group of events: what was logged, what is estimated, and how much of it has no price.
import { type Decimal, ZERO } from '../base/decimal.ts'
import type { CostMode } from '../query/cost-mode.ts'
import { USAGE_MEASURES } from '../query/measures.ts'
import type { RateClass } from '../query/rate-class.ts'
import { MoneySum } from './money-sum.ts'
import type { Rate, UsageSums } from './rate.ts'

export type CostSource = 'logged' | 'estimated' | 'mixed' | 'none'

/** How the events of a rate class get their cost; decided once for all rows of the class. */
export type CostBasis =
  | { readonly from: 'logged' }
  | { readonly from: 'unpriced' }
  | { readonly from: 'estimated'; readonly rate: Rate }

/** How the events of a rate class get their cost. */
export type BasisOf = (rateClass: RateClass) => CostBasis

export interface Cost {
  /** The sum of what is priced. Null where there were events and none has a price. */
  readonly cost: Decimal | null
  /** `none` where nothing is priced. */
  readonly costSource: CostSource
  readonly unpricedAnalyses: number
}

const ANALYSES_AT = USAGE_MEASURES.indexOf('analyses')
const LOGGED_AT = USAGE_MEASURES.indexOf('loggedPicoUsd')
const LOGGED: CostBasis = { from: 'logged' }
const UNPRICED: CostBasis = { from: 'unpriced' }

/** `rate` is what the price book gives for the class, undefined where it has no price. */
export function costBasisOf(
  rateClass: Pick<RateClass, 'isLogged' | 'isUnsplit' | 'isSilent' | 'isUnread'>,
  rate: Rate | undefined,
  mode: CostMode,
): CostBasis {
  if (rateClass.isLogged && mode !== 'estimated') return LOGGED
  if (mode === 'logged' || rate === undefined) return UNPRICED
  const isUnknown = rateClass.isSilent === true || rateClass.isUnread === true
  if (isUnknown && !isKnownWithoutUsage(rate)) return UNPRICED
  // A bare total of tokens has no price; it has one only where tokens cost nothing.
  return rateClass.isUnsplit && rate.hasTokenRates ? UNPRICED : { from: 'estimated', rate }
}

/** Whether what an analysis costs is known without its tokens and checks: a price for each, or nothing for everything. */
export function isKnownWithoutUsage({ usd, weights }: Rate): boolean {
  return usd.perAnalysis.units !== 0n || weights.every(weight => weight === 0n)
}

export class GroupCost {
  private readonly money = new MoneySum()
  private logged: number
  private estimated: number
  private unpriced: number

  /** How many analyses have a cost, and how many none; what they cost is to be added. */
  constructor(logged = 0, estimated = 0, unpriced = 0) {
    this.logged = logged
    this.estimated = estimated
    this.unpriced = unpriced
  }

  /** Adds a row of sums of one rate class; `loggedRest` is what the row's logged cost has beyond `loggedPicoUsd`. */
  add(basis: CostBasis, sums: UsageSums, offset = 0, loggedRest: Decimal = ZERO): void {
    const analyses = Number(sums[offset + ANALYSES_AT]!)
    if (basis.from === 'unpriced') {
      this.unpriced += analyses
    } else if (basis.from === 'logged') {
      this.logged += analyses
      this.money.addPico(sums[offset + LOGGED_AT]!)
      if (loggedRest !== ZERO) this.money.addDecimal(loggedRest)
    } else {
      this.estimated += analyses
      this.money.addUsage(basis.rate, sums, offset)
    }
  }

  /** Adds analyses whose cost is to be added. */
  addCounted(logged: number, estimated: number, unpriced: number): void {
    this.logged += logged
    this.estimated += estimated
    this.unpriced += unpriced
  }

  /** Adds a cost in units of 10^-12 dollars; a number must be a safe integer. */
  addPico(units: number | bigint): void {
    this.money.addPico(units)
  }

  /** Adds what a cost has beyond its units of 10^-12 dollars. */
  addRest(rest: Decimal): void {
    this.money.addDecimal(rest)
  }

  /** What is left when a part of what was added is taken away. */
  without(part: GroupCost): GroupCost {
    const left = new GroupCost(
      this.logged - part.logged,
      this.estimated - part.estimated,
      this.unpriced - part.unpriced,
    )
    left.money.merge(this.money)
    left.money.subtract(part.money)
    return left
  }

  merge(other: GroupCost): void {
    this.money.merge(other.money)
    this.logged += other.logged
    this.estimated += other.estimated
    this.unpriced += other.unpriced
  }

  /** How many analyses were added, priced or not. */
  get analyses(): number {
    return this.logged + this.estimated + this.unpriced
  }

  /** The cost in units of 10^-12 dollars, for comparing; undefined where a number does not hold it, or there is none. */
  get exactPico(): number | undefined {
    return this.logged + this.estimated === 0 && this.unpriced > 0 ? undefined : this.money.exactPico
  }

  get unpricedAnalyses(): number {
    return this.unpriced
  }

  get source(): CostSource {
    if (this.logged + this.estimated === 0) return 'none'
    return this.estimated === 0 ? 'logged' : this.logged === 0 ? 'estimated' : 'mixed'
  }

  result(): Cost {
    const priced = this.logged + this.estimated
    const cost = priced === 0 && this.unpriced > 0 ? null : this.money.toDecimal()
    return { cost, costSource: this.source, unpricedAnalyses: this.unpriced }
  }
}

/** One row of a group: the sums of its events of one rate class. */
export interface PricedRow {
  readonly rateClass: Pick<RateClass, 'isLogged' | 'isUnsplit'>
  readonly rate: Rate | undefined
  readonly sums: UsageSums
  readonly loggedRest?: Decimal
}

/** The cost of a whole group at once. */
export function priceGroup(rows: Iterable<PricedRow>, mode: CostMode): Cost {
  const group = new GroupCost()
  for (const row of rows) group.add(costBasisOf(row.rateClass, row.rate, mode), row.sums, 0, row.loggedRest)
  return group.result()
}
