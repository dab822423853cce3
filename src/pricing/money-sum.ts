// Adds up costs, exactly and fast: whole units of 10^-12 dollars in a double as long as they fit, the rest in BigInts.
import { addDecimals, type Decimal, makeDecimal, subtractDecimals, ZERO } from '../base/decimal.ts'
import { picoCost } from '../query/event-price.ts'
import { BILLED_AT, costOf, PICO_SCALE, type Rate, type UsageSums } from './rate.ts'

const MOST = Number.MAX_SAFE_INTEGER

export class MoneySum {
  /** An integer of at most MOST in size, so that it is exact. */
  private pico = 0
  private largePico = 0n
  private rest: Decimal = ZERO

  /** Adds whole units of 10^-12 dollars; a number must be a safe integer. */
  addPico(units: number | bigint): void {
    if (typeof units === 'bigint') {
      this.largePico += units
      return
    }
    const next = this.pico + units
    if (next <= MOST && next >= -MOST) {
      this.pico = next
      return
    }
    this.largePico += BigInt(this.pico)
    this.pico = units
  }

  addDecimal(amount: Decimal): void {
    this.rest = addDecimals(this.rest, amount)
  }

  /** Adds the cost of a row of sums, which begins at `offset`. */
  addUsage(rate: Rate, sums: UsageSums, offset = 0): void {
    const pico = picoCost(rate, index => sums[offset + BILLED_AT[index]!]!)
    if (pico === undefined) this.addDecimal(costOf(rate, sums, offset))
    else this.addPico(pico)
  }

  merge(other: MoneySum): void {
    this.addPico(other.pico)
    this.largePico += other.largePico
    this.rest = addDecimals(this.rest, other.rest)
  }

  subtract(other: MoneySum): void {
    this.addPico(-other.pico)
    this.largePico -= other.largePico
    this.rest = subtractDecimals(this.rest, other.rest)
  }

  /** The whole in units of 10^-12 dollars, where a number holds it exactly. */
  get exactPico(): number | undefined {
    return this.largePico === 0n && this.rest === ZERO ? this.pico : undefined
  }

  toDecimal(): Decimal {
    return addDecimals(makeDecimal(this.largePico + BigInt(this.pico), PICO_SCALE), this.rest)
  }
}
