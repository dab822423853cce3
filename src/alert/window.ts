// What is in a stretch of time that slides along: sums of the points in it, and whether they fulfil the condition of a rule.
import {
  addDecimals,
  type Decimal,
  decimalOfInteger,
  decimalOfNumber,
  decimalToNumber,
  multiplyDecimals,
  negateDecimal,
  ZERO,
} from '../base/decimal.ts'
import type { Rule } from './alert-rules.ts'
import type { GroupField } from './alert-schema.ts'
import { fits, METRICS, type When } from './when.ts'

/** The events of one instant that have everything in common which rules can tell apart. */
export interface Point {
  readonly at: number
  readonly labels: Readonly<Record<GroupField, string | null>>
  /** Of any kind. */
  readonly events: number
  readonly requests: number
  readonly errors: number
  /** Usage without a known price. */
  readonly unpriced: number
  /** Of high or critical severity. */
  readonly threats: number
  readonly cost: Decimal
  /** In microseconds, and how many requests took that long. */
  readonly durations: readonly (readonly [us: number, count: number])[]
}

const QUANTILES: Readonly<Record<string, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 }
const HUNDRED = decimalOfInteger(100)

export class Window {
  events = 0
  requests = 0
  errors = 0
  unpriced = 0
  threats = 0
  cost = ZERO
  private timed = 0
  private readonly durations = new Map<number, number>()

  add(point: Point): void {
    this.count(point, 1)
    if (point.cost !== ZERO) this.cost = addDecimals(this.cost, point.cost)
  }

  remove(point: Point): void {
    this.count(point, -1)
    if (point.cost !== ZERO) this.cost = addDecimals(this.cost, negateDecimal(point.cost))
  }

  private count(point: Point, sign: 1 | -1): void {
    this.events += sign * point.events
    this.requests += sign * point.requests
    this.errors += sign * point.errors
    this.unpriced += sign * point.unpriced
    this.threats += sign * point.threats
    for (const [us, count] of point.durations) {
      this.timed += sign * count
      const left = (this.durations.get(us) ?? 0) + sign * count
      if (left === 0) this.durations.delete(us)
      else this.durations.set(us, left)
    }
  }

  /** The duration that a share of the requests is not above, in microseconds; undefined where none was timed. */
  quantile(share: number): number | undefined {
    let rank = Math.max(1, Math.ceil(share * this.timed))
    for (const us of [...this.durations.keys()].sort((a, b) => a - b)) {
      rank -= this.durations.get(us)!
      if (rank <= 0) return us
    }
    return undefined
  }

  /** The number that the rule is about: of a rate in percent, of a duration in milliseconds; undefined where there is none. */
  valueOf({ metric }: Pick<When, 'metric'>): Decimal | undefined {
    const { unit } = METRICS[metric]
    if (metric === 'cost') return this.cost
    if (unit === 'duration') {
      const us = QUANTILES[metric] === undefined ? undefined : this.quantile(QUANTILES[metric])
      return us === undefined ? undefined : decimalOfNumber(us / 1000)
    }
    if (metric === 'errors' || metric === 'requests' || metric === 'unpriced' || metric === 'threats')
      return decimalOfInteger(this[metric])
    return undefined
  }

  /** What puts the worst of several windows first: higher is worse. Only for the order, since it is rounded. */
  badness({ metric, operator }: Pick<When, 'metric' | 'operator'>): number {
    const value = this.valueOf({ metric })
    const size = metric === 'error_rate' ? this.errors / Math.max(1, this.requests) : decimalToNumber(value ?? ZERO)
    return operator.startsWith('<') ? -size : size
  }

  /** Whether the condition of a rule holds. Where there is nothing to judge it does not, unless the rule says so. */
  fulfils({ when, min, firesOnNoData }: Pick<Rule, 'when' | 'min' | 'firesOnNoData'>): boolean {
    if (this.requests === 0 && this.threats === 0 && firesOnNoData) return true
    if (when.metric === 'error_rate') {
      if (this.requests === 0 || this.requests < min) return false
      // Without a division, which would round.
      const limit = multiplyDecimals(when.limit, decimalOfInteger(this.requests))
      return fits(multiplyDecimals(decimalOfInteger(this.errors), HUNDRED), { operator: when.operator, limit })
    }
    const value = this.valueOf(when)
    if (value === undefined) return false
    return (METRICS[when.metric].unit !== 'duration' || this.requests >= min) && fits(value, when)
  }
}
