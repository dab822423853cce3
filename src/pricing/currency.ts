// Currencies other than the dollar: one dated rate for a whole report, applied to sums that were added up in dollars.
import { formatDay, parseDay } from '../base/calendar.ts'
import { type Decimal, decimalOfNumber, formatDecimal, multiplyDecimals, parseDecimal } from '../base/decimal.ts'
import { ConfigError, optionName, UsageError } from '../base/errors.ts'
import { type Instant, UTC } from '../base/zone.ts'
import type { Currencies } from './currency-schema.ts'

export interface CurrencyRate {
  /** ISO 4217 code. */
  readonly currency: string
  readonly perUsd: Decimal
  /** First day of the rate, "2026-01-01"; undefined for the dollar. */
  readonly from: string | undefined
}

export const DOLLAR: CurrencyRate = { currency: 'USD', perUsd: { units: 1n, scale: 0 }, from: undefined }

/**
 * The rate for a report whose range ends at `end`, which is not in it: the one in force at its last instant, so that
 * January's report does not change with February's rate.
 */
export function currencyRateOf(currencies: Currencies | undefined, currency: string, end: Instant): CurrencyRate {
  const code = currency.trim().toUpperCase()
  if (code === 'USD') return DOLLAR
  const rates = currencies?.[code]
  if (rates === undefined) throw unknownCurrency(code, Object.keys(currencies ?? {}))
  const day = UTC.dayOf((end - 1) as Instant)
  const dated = rates.map(rate => ({ ...rate, day: parseDay(rate.from)! })).sort((a, b) => a.day - b.day)
  const rate = dated.findLast(candidate => candidate.day <= day)
  if (rate === undefined) {
    throw new ConfigError(
      'no-currency-rate',
      `There is no rate of ${code} for ${formatDay(day)}; the first is from ${dated[0]!.from}.`,
      {
        where: { path: `currencies.${code}` },
        hint: `Add the rate of that day to currencies.${code} in the configuration.`,
      },
    )
  }
  return { currency: code, perUsd: decimalOf(rate.perUsd), from: rate.from }
}

/** A sum of dollars in the currency, with all its digits. */
export function convertUsd(usd: Decimal, rate: CurrencyRate): Decimal {
  return multiplyDecimals(usd, rate.perUsd)
}

/** "1 USD = 0.92 EUR, from 2026-01-01" */
export function describeCurrencyRate(rate: CurrencyRate): string {
  const from = rate.from === undefined ? '' : `, from ${rate.from}`
  return `1 USD = ${formatDecimal(rate.perUsd)} ${rate.currency}${from}`
}

function decimalOf(value: string | number): Decimal {
  return (typeof value === 'number' ? decimalOfNumber(value) : parseDecimal(value))!
}

function unknownCurrency(code: string, known: readonly string[]): UsageError {
  const there = known.length === 0 ? 'The configuration has only USD' : `There are USD, ${known.join(', ')}`
  return new UsageError(
    'unknown-currency',
    `${optionName('currency')} ${JSON.stringify(code)}: no rate is known. ${there}.`,
    {
      where: { option: 'currency' },
      hint: `Add "currencies": {"${code}": [{"from": "2026-01-01", "perUsd": "0.92"}]} to usagebook.config.json, with its rate.`,
    },
  )
}
