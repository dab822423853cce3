// An amount of money as a person reads it: a symbol, commas between the thousands, as many digits as it needs.
import {
  compareDecimals,
  type Decimal,
  formatDecimalFixed,
  makeDecimal,
  multiplyDecimals,
  parseDecimal,
} from './decimal.ts'
import { withThousands } from './thousands.ts'

export interface MoneyStyle {
  readonly currency: string
  /** Fraction digits, the same in a whole column. */
  readonly moneyDigits: number
}

const TWO = parseDecimal('2')!
const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' }

/** Nothing is 0, and what is too small for the digits is less than the least they can show. */
export function formatMoney(amount: Decimal, style: MoneyStyle): string {
  const { currency, moneyDigits } = style
  const least = makeDecimal(1n, moneyDigits)
  if (amount.units > 0n && compareDecimals(multiplyDecimals(amount, TWO), least) < 0)
    return `<${formatMoney(least, style)}`
  const text = amount.units === 0n ? '0' : withThousands(formatDecimalFixed(amount, moneyDigits))
  const symbol = SYMBOLS[currency]
  if (symbol === undefined) return `${text} ${currency}`
  return text.startsWith('-') ? `-${symbol}${text.slice(1)}` : `${symbol}${text}`
}

/** The same with a plus before what is more than nothing. */
export function formatMoneyChange(amount: Decimal, style: MoneyStyle): string {
  if (amount.units === 0n) return formatMoney(amount, style)
  const size = formatMoney({ ...amount, units: amount.units < 0n ? -amount.units : amount.units }, style)
  return `${amount.units < 0n ? '-' : '+'}${size}`
}
