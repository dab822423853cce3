// The `currencies` of the configuration: what a dollar was worth from which day on.
import * as z from 'zod'
import { parseDay } from '../base/calendar.ts'
import { decimalOfNumber, parseDecimal } from '../base/decimal.ts'

const perUsd = z.union([z.string(), z.number()]).refine(value => {
  const decimal = typeof value === 'number' ? decimalOfNumber(value) : parseDecimal(value)
  return decimal !== undefined && decimal.units > 0n
}, 'is not a rate above 0, like "0.92"')
const rate = z.strictObject({
  from: z
    .string()
    .refine(text => parseDay(text) !== undefined, 'is not a day like 2026-01-01')
    .describe('the first day, in UTC, on which the rate counts'),
  perUsd: perUsd.describe('how much of the currency one dollar is'),
})

export const currenciesSchema = z.record(
  z.string().regex(/^[A-Z]{3}$/, 'is not a currency code like EUR'),
  z
    .array(rate)
    .min(1, 'needs at least one rate')
    .refine(rates => new Set(rates.map(({ from }) => from)).size === rates.length, 'has two rates from the same day'),
)

export type Currencies = z.infer<typeof currenciesSchema>
