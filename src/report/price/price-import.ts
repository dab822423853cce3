// What an import would change, price by price: what is new, what was there before, what was left out and why.
import { type Decimal, parseDecimal } from '../../base/decimal.ts'
import type { ImportPlan, PlannedChange } from '../../pricing/import-plan.ts'
import { describeBound, formatDayTime, RATE_WORDS } from '../../pricing/resolve-rates.ts'
import { type PricePeriod, RATE_NAMES, type RateTexts, SERVICE_TIERS, type Terms } from '../../pricing/terms.ts'

/** One price of a model; null where there is none before or after. */
export interface PriceChange {
  /** "batch: output" */
  readonly what: string
  readonly before: Decimal | null
  readonly after: Decimal | null
}

export interface ChangedModel {
  readonly model: string
  readonly provider: string | null
  readonly from: string | null
  readonly prices: readonly PriceChange[]
}

export interface PriceImport {
  readonly added: readonly ChangedModel[]
  /** Only the prices that differ. */
  readonly changed: readonly ChangedModel[]
  readonly unchanged: readonly string[]
  readonly skipped: readonly { readonly reason: string; readonly models: readonly string[] }[]
  /** Prices of the source that no usage log can be billed by, with the number of models that have them. */
  readonly notTaken: { readonly [key: string]: number }
  readonly aliases: { readonly [name: string]: string }
}

export function describeImport(plan: ImportPlan): PriceImport {
  const byReason = new Map<string, string[]>()
  for (const { model, reason } of plan.skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), model])
  return {
    added: plan.added.map(describeChange),
    changed: plan.changed.map(describeChange),
    unchanged: plan.unchanged,
    skipped: [...byReason].map(([reason, models]) => ({ reason, models })),
    notTaken: Object.fromEntries(plan.unbilled),
    aliases: Object.fromEntries(plan.aliases.map(({ name, leadsTo }) => [name, leadsTo])),
  }
}

function describeChange({ model, provider, from, before, after }: PlannedChange): ChangedModel {
  const old = before === undefined ? new Map<string, string>() : partsOf(before)
  const now = partsOf(after)
  const prices = [...new Set([...now.keys(), ...old.keys()])]
    .filter(what => old.get(what) !== now.get(what))
    .map(what => ({ what, before: decimalOf(old.get(what)), after: decimalOf(now.get(what)) }))
  return { model, provider, from, prices }
}

/** Every price that the terms write, by what it is for. */
function partsOf(period: PricePeriod): Map<string, string> {
  const parts = new Map<string, string>()
  const addRates = (lead: string, rates: RateTexts) => {
    for (const name of RATE_NAMES) if (rates[name] !== undefined) parts.set(`${lead}${RATE_WORDS[name]}`, rates[name])
  }
  const addTerms = (lead: string, terms: Terms) => {
    addRates(lead, terms.rates)
    for (const tier of terms.above ?? []) addRates(`${lead}${describeBound(tier)}: `, tier.rates)
  }
  addTerms('', period)
  for (const hours of period.hours ?? [])
    addTerms(`${formatDayTime(hours.fromMs)}-${formatDayTime(hours.toMs)}: `, hours)
  for (const name of SERVICE_TIERS) if (period.tiers?.[name] !== undefined) addTerms(`${name}: `, period.tiers[name])
  return parts
}

function decimalOf(text: string | undefined): Decimal | null {
  return text === undefined ? null : parseDecimal(text)!
}
