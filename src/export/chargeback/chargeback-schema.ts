// The shape of chargeback.json: what clients are charged on top of what their usage costs, and who pays for what is shared.
import * as z from 'zod'
import { decimalOfNumber, parseDecimal } from '../../base/decimal.ts'
import { currenciesSchema } from '../../pricing/currency-schema.ts'

export const CHARGEBACK_FILE = 'chargeback.json'

const number = (isAllowed: (units: bigint) => boolean, what: string) =>
  z.union([z.string(), z.number()]).refine(value => {
    const decimal = typeof value === 'number' ? decimalOfNumber(value) : parseDecimal(value)
    return decimal !== undefined && isAllowed(decimal.units)
  }, `is not ${what}`)
const amount = number(units => units >= 0n, 'an amount of 0 or more, like "25.00"')
const anyAmount = number(() => true, 'an amount, like "25.00" or "-10"')
const percent = number(() => true, 'a percentage, like 10 or "7.5"')
const positivePercent = number(units => units >= 0n, 'a percentage of 0 or more, like 10')
const text = z.string().min(1, 'is empty')

const rules = z.strictObject({
  name: text.optional().describe('the name on the statement'),
  markup: percent.optional().describe('percent on top of the cost; below 0 takes off'),
  discount: positivePercent.optional().describe('percent off the cost; instead of markup'),
  tiers: z
    .array(
      z.strictObject({
        above: amount.describe('the part of the cost beyond this, in the currency of the statement'),
        markup: percent.describe('percent on top of that part'),
      }),
    )
    .optional()
    .describe('a markup for each part of the cost; instead of markup and discount'),
  minimumFee: amount.optional().describe('what is charged at least, before tax'),
  fixed: z
    .array(z.strictObject({ name: text, amount: anyAmount }))
    .optional()
    .describe('items of every statement, in its currency'),
  tax: positivePercent.optional().describe('percent of what is charged'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is not a currency code like EUR')
    .optional(),
  costCentre: text.optional(),
  contact: text.optional().describe('who the statement is for'),
})

const client = z.union([z.null(), z.string()])

export const chargebackSchema = z.strictObject({
  $schema: z.string().optional(),
  clients: z
    .record(text, rules)
    .optional()
    .describe('by client; "*" is for all, and what a client says itself goes over it'),
  shared: z
    .array(
      z.strictObject({
        name: text.describe('what the lines of it are called'),
        client: client.describe('whose usage it is; null for usage without a client'),
        split: z
          .union(
            [z.enum(['even', 'cost', 'requests']), z.record(text, amount)],
            'is neither even, cost or requests, nor shares like {"diageo": 2}',
          )
          .describe(
            'evenly, by the cost or the requests of the others, or by fixed shares: {"diageo": 2, "unilever": 1}',
          ),
      }),
    )
    .optional()
    .describe('usage that all others pay for'),
  currencies: currenciesSchema.optional().describe('dated rates; those of the configuration unless given'),
})

export type Chargeback = z.infer<typeof chargebackSchema>
export type ChargeRules = z.infer<typeof rules>
export type SharedCost = NonNullable<Chargeback['shared']>[number]
