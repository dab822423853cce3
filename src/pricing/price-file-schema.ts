// The shape of prices.json. Prices keep the digits that they are written with, as text or as a number.
import * as z from 'zod'
import { compareDecimals, type Decimal, decimalOfInteger, formatDecimal, parseDecimal } from '../base/decimal.ts'
import { NumberLiteral } from '../base/edited-json.ts'
import { parseTimeText } from '../base/parse-time.ts'
import {
  type ContextTier,
  type DailyWindow,
  type PricePeriod,
  RATE_NAMES,
  type RateTexts,
  SERVICE_TIERS,
  type Terms,
} from './terms.ts'

/** More than anybody pays, and less than what a report's shares and charts cannot be computed from. */
const HIGHEST_PRICE = decimalOfInteger(1_000_000_000)

/** Why a value was not taken. */
class Refusal {
  readonly why: string
  constructor(why: string) {
    this.why = why
  }
}

const price = parsedBy(priceText).describe('dollars per million tokens, as decimal text or a number')
const unitPrice = parsedBy(priceText).describe('dollars for one, as decimal text or a number')
const rateShape = {
  input: price.optional(),
  cacheRead: price.optional(),
  cacheWrite: price.optional(),
  cacheWrite1h: price.optional(),
  output: price.optional(),
  reasoning: price.optional(),
  perAnalysis: unitPrice.optional(),
  perCheck: unitPrice.optional(),
}
const contextTier = object({
  inputTokens: parsedBy(tokenCount).describe('the tier begins above so many input tokens'),
  inclusive: z.boolean().optional().describe('it begins at just as many'),
  ...rateShape,
})
const termsShape = { ...rateShape, above: z.array(contextTier).min(1).optional() }
const terms = object(termsShape)
const window = object({
  from: parsedBy(dayTime).describe('time of the UTC day, HH:MM'),
  to: parsedBy(dayTime).describe('time of the UTC day, HH:MM'),
  ...termsShape,
})

export const entrySchema = object({
  model: z.string().trim().min(1).describe('a name; * stands for any text'),
  provider: z.string().trim().min(1).nullish(),
  from: parsedBy(instantOf).nullish().describe('first day in UTC, or instant, of the price'),
  to: parsedBy(instantOf).nullish().describe('day or instant from which it no longer counts'),
  ...termsShape,
  offPeak: z.array(window).min(1).optional().describe('other rates for a part of every day'),
  batch: terms.optional(),
  flex: terms.optional(),
  priority: terms.optional(),
  note: z.string().optional(),
}).transform(toEntry)

/** The name of a model, or a model of a provider. */
export const aliasSchema = z
  .preprocess(
    written => (typeof written === 'string' ? { model: written } : written),
    object({ model: z.string().trim().min(1), provider: z.string().trim().min(1).optional() }),
  )
  .transform(({ model, provider }) => ({ model, provider }))

/** The file as a whole; its entries are parsed one by one, so that one that is wrong hides no other. */
export const fileSchema = z.strictObject({
  $schema: z.string().optional(),
  prices: z.array(z.unknown()).optional(),
  aliases: z.record(z.string(), z.unknown()).optional(),
})

export type WrittenEntry = z.output<typeof entrySchema>
export type WrittenAlias = z.output<typeof aliasSchema>

function toEntry(entry: {
  model: string
  provider?: string | null | undefined
  from?: number | null | undefined
  to?: number | null | undefined
  [rest: string]: unknown
}): { model: string; provider: string | undefined; period: PricePeriod } {
  const offPeak = entry.offPeak as { from: number; to: number }[] | undefined
  const tiers = SERVICE_TIERS.filter(name => entry[name] !== undefined).map(name => [
    name,
    termsOf(entry[name] as object),
  ])
  const period: PricePeriod = {
    ...termsOf(entry),
    ...(typeof entry.from === 'number' ? { from: entry.from } : {}),
    ...(typeof entry.to === 'number' ? { to: entry.to } : {}),
    ...(offPeak === undefined
      ? {}
      : { hours: offPeak.map((hours): DailyWindow => ({ fromMs: hours.from, toMs: hours.to, ...termsOf(hours) })) }),
    ...(tiers.length === 0 ? {} : { tiers: Object.fromEntries(tiers) }),
  }
  return { model: entry.model, provider: entry.provider ?? undefined, period }
}

function termsOf(written: object): Terms {
  const above = (written as { above?: unknown }).above as (Omit<ContextTier, 'rates'> & RateTexts)[] | undefined
  if (above === undefined) return { rates: ratesOf(written) }
  const tiers = above.map(
    (tier): ContextTier => ({
      inputTokens: tier.inputTokens,
      ...(tier.inclusive === true ? { inclusive: true } : {}),
      rates: ratesOf(tier),
    }),
  )
  // Of two with the same bound the inclusive one is passed first.
  tiers.sort((a, b) => a.inputTokens - b.inputTokens || Number(b.inclusive ?? false) - Number(a.inclusive ?? false))
  return { rates: ratesOf(written), above: tiers }
}

function ratesOf(written: object): RateTexts {
  const texts = written as RateTexts
  return Object.fromEntries(RATE_NAMES.filter(name => texts[name] !== undefined).map(name => [name, texts[name]]))
}

// A literal is an object to zod, and a number to whoever wrote it.
function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(value => (value instanceof NumberLiteral ? Number(value.text) : value), z.strictObject(shape))
}

function parsedBy<T>(parse: (value: unknown) => T | Refusal) {
  return z.unknown().transform((value, context): T => {
    const parsed = parse(value)
    if (!(parsed instanceof Refusal)) return parsed
    context.addIssue({ code: 'custom', message: parsed.why })
    return z.NEVER
  })
}

function priceText(value: unknown): string | Refusal {
  const text = value instanceof NumberLiteral ? value.text : typeof value === 'string' ? value.trim() : undefined
  const decimal: Decimal | undefined = text === undefined ? undefined : parseDecimal(text)
  if (decimal === undefined) return new Refusal(`${shown(value)} is not a decimal; write a price like "0.15"`)
  if (decimal.units < 0n) return new Refusal(`${shown(value)} is negative; a price is 0 or more`)
  if (compareDecimals(decimal, HIGHEST_PRICE) > 0) return new Refusal(`${shown(value)} is more than a billion dollars`)
  return formatDecimal(decimal)
}

function tokenCount(value: unknown): number | Refusal {
  const count = value instanceof NumberLiteral ? Number(value.text) : typeof value === 'number' ? value : Number.NaN
  if (Number.isSafeInteger(count) && count > 0) return count
  return new Refusal(value === undefined ? 'expected a whole number' : `${shown(value)} is not a whole number above 0`)
}

function instantOf(value: unknown): number | null | Refusal {
  if (value === null) return null
  const isIso = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)
  const time = isIso ? parseTimeText(value) : undefined
  if (time === undefined)
    return new Refusal(`${shown(value)} is neither a day (2026-01-01) nor an instant (2026-01-01T12:00:00Z)`)
  if (time.isNaive && (value as string).length > 10)
    return new Refusal(`${shown(value)} has no offset; write it with Z or +01:00`)
  return time.ms
}

function dayTime(value: unknown): number | Refusal {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(typeof value === 'string' ? value : '')
  if (value === undefined) return new Refusal('expected a time of day like "16:30"')
  if (match === null) return new Refusal(`${shown(value)} is not a time of day like "16:30"`)
  return Number(match[1]) * 3_600_000 + Number(match[2]) * 60_000
}

function shown(value: unknown): string {
  return value instanceof NumberLiteral ? value.text : JSON.stringify(value)
}
