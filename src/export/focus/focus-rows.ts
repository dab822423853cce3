// Usage as rows of FOCUS: one a day, client, profile, model, price and kind of token.

import { formatInstantUtc } from '../../base/calendar.ts'
import {
  addDecimals,
  type Decimal,
  decimalOfInteger,
  divideDecimals,
  formatDecimal,
  makeDecimal,
  subtractDecimals,
} from '../../base/decimal.ts'
import type { Instant } from '../../base/zone.ts'
import { GroupCost } from '../../pricing/group-cost.ts'
import { METERS, type Meter, meterCost, meterCount } from '../../pricing/meters.ts'
import { USAGE_MEASURES } from '../../query/measures.ts'
import type { RateClass } from '../../query/rate-class.ts'
import type { UsageRow } from '../../report/group/usage-rows.ts'

/** What a row is about; rows of the same are added up. */
export interface FocusUsage {
  readonly day: number
  readonly client: string | null
  readonly profile: string | null
  readonly model: string | null
  readonly provider: string
  readonly serviceTier: string
  /** Values of the fields that were asked for as tags besides. */
  readonly tags: readonly (string | null)[]
  readonly meter: Pick<Meter, 'name' | 'title' | 'isOfTokens'>
  readonly source: 'estimated' | 'logged' | 'unpriced'
  /** Of a pricing unit; undefined for a logged cost, whose price follows from its quantity. */
  readonly unitPrice: Decimal | undefined
  /** Whether it changes what was written of a period that is closed. */
  readonly isCorrection?: boolean
  count: bigint
  cost: Decimal
}

export interface FocusFile {
  readonly billingAccount: string
  /** The fields of the tags besides the profile. */
  readonly tagNames: readonly string[]
  readonly prices: { readonly source: string; readonly hash: string }
  readonly ledger: string
  /** Of the range of the file. */
  readonly firstDay: number
  /** The first instant of a day, and of the month that it is in and of the next. */
  readonly dayStart: (day: number) => Instant
  readonly monthOf: (day: number) => { readonly start: Instant; readonly end: Instant }
  readonly nameOf: (client: string) => string
}

const MILLION = 6
const LOGGED = { name: 'logged', title: 'requests with a logged cost', isOfTokens: false }
const TOTAL = { name: 'total', title: 'tokens that are not told apart', isOfTokens: true }
const ZERO_PRICE = makeDecimal(0n, 0)

/** Undefined for a name that no meter has. */
export function meterNamed(name: string): FocusUsage['meter'] | undefined {
  return [...METERS, LOGGED, TOTAL].find(meter => meter.name === name)
}

/** The usage of a row of sums by meters. Over all of them the cost is that of the row. */
export function meteredUsage({ keys, sums, basis, rateClass, loggedRest }: UsageRow, provider: string): FocusUsage[] {
  const [day, client, profile, model, ...tags] = keys
  const textOf = (key: (typeof keys)[number] | undefined) => (key === null || key === undefined ? null : String(key))
  const about = {
    day: day as number,
    client: textOf(client),
    profile: textOf(profile),
    model: textOf(model),
    provider,
    serviceTier: tierOf(rateClass),
    tags: tags.map(textOf),
  }
  const counted = (name: (typeof USAGE_MEASURES)[number]) => BigInt(sums[USAGE_MEASURES.indexOf(name)]!)
  if (basis.from === 'logged') {
    const cost = new GroupCost()
    cost.add(basis, sums, 0, loggedRest)
    const row = { meter: LOGGED, source: 'logged', unitPrice: undefined, count: counted('analyses') } as const
    return [{ ...about, ...row, cost: cost.result().cost! }]
  }
  const source = basis.from
  const rows = METERS.flatMap((meter): FocusUsage[] => {
    const count = meterCount(meter, sums)
    const perOne = basis.from === 'estimated' ? basis.rate.usd[meter.rate] : ZERO_PRICE
    if (count === 0n || (!meter.isOfTokens && perOne.units === 0n)) return []
    const unitPrice = meter.isOfTokens ? makeDecimal(perOne.units * 10n ** BigInt(MILLION), perOne.scale) : perOne
    const cost = basis.from === 'estimated' ? meterCost(meter, basis.rate, count) : ZERO_PRICE
    return [{ ...about, meter, source, unitPrice, count, cost }]
  })
  const total = counted('unsplitTokens')
  return total === 0n
    ? rows
    : [...rows, { ...about, meter: TOTAL, source, unitPrice: ZERO_PRICE, count: total, cost: ZERO_PRICE }]
}

function tierOf({ serviceTier }: Pick<RateClass, 'serviceTier'>): string {
  return serviceTier ?? 'standard'
}

/** Rows that are about the same are added up; they come out in the order of days, and of names within a day. */
export class FocusRows {
  private readonly byKey = new Map<string, FocusUsage>()

  add(usage: FocusUsage): void {
    const key = focusKey(usage)
    const known = this.byKey.get(key)
    if (known === undefined) this.byKey.set(key, { ...usage })
    else {
      known.count += usage.count
      known.cost = addDecimals(known.cost, usage.cost)
    }
  }

  subtract(usage: FocusUsage): void {
    this.add({ ...usage, count: -usage.count, cost: subtractDecimals(ZERO_PRICE, usage.cost) })
  }

  *all(): Generator<FocusUsage> {
    const rows = [...this.byKey].sort(([a, one], [b, other]) => one.day - other.day || (a < b ? -1 : 1))
    for (const [, usage] of rows) yield usage
  }
}

function focusKey({ day, client, profile, model, provider, serviceTier, tags, meter, source, unitPrice }: FocusUsage) {
  const price = unitPrice === undefined ? null : formatDecimal(unitPrice)
  return JSON.stringify([client, profile, model, provider, serviceTier, tags, meter.name, source, price, day])
}

/** What has to be added to what was written of days, so that it is what they are now. */
export function focusCorrections(written: Iterable<FocusUsage>, now: Iterable<FocusUsage>): FocusUsage[] {
  const rows = new FocusRows()
  for (const usage of now) rows.add(usage)
  for (const usage of written) rows.subtract(usage)
  const changed = [...rows.all()].filter(({ count, cost }) => count !== 0n || cost.units !== 0n)
  return changed.map(usage => ({ ...usage, isCorrection: true }))
}

/** The cells of a row by the names of their columns; what is not there is null. */
export function focusCells(usage: FocusUsage, file: FocusFile): { readonly [column: string]: string } {
  const { client, model, provider, profile, meter, source, serviceTier, count, cost } = usage
  const { isOfTokens } = meter
  const isCorrection = usage.isCorrection === true
  const quantity = isOfTokens ? makeDecimal(count, MILLION) : decimalOfInteger(count)
  // Where the log gives the cost, a correction may be one of the cost alone, which has no price.
  const isOfCost = isCorrection && usage.unitPrice === undefined
  const unitPrice = usage.unitPrice ?? divideDecimals(cost, decimalOfInteger(count === 0n ? 1n : count), 12)
  // What a reader multiplies are doubles, and their product is what it compares with.
  const product = isOfCost
    ? numberText(cost)
    : decimalText(String(Number(formatDecimal(unitPrice)) * Number(formatDecimal(quantity))))
  const unit = isOfTokens ? 'Tokens' : meter.name === 'check' ? 'Checks' : 'Requests'
  const price = isOfCost ? '' : numberText(unitPrice)
  const exact = numberText(cost)
  // A correction is billed in the period that is open; what it corrects keeps its day.
  const month = file.monthOf(isCorrection ? file.firstDay : usage.day)
  const sku = `${provider}/${model ?? 'no-model'}/${meter.name}`
  const who = client === null ? 'no client' : file.nameOf(client)
  const tags = file.tagNames.map((name, at) => [name, usage.tags[at] ?? null] as const)
  return {
    BilledCost: exact,
    BillingAccountId: file.billingAccount,
    BillingAccountName: file.billingAccount,
    BillingAccountType: 'Workspace',
    BillingCurrency: 'USD',
    BillingPeriodEnd: formatInstantUtc(month.end),
    BillingPeriodStart: formatInstantUtc(month.start),
    ChargeCategory: 'Usage',
    ...(isCorrection ? { ChargeClass: 'Correction' } : {}),
    ChargeDescription: `${isCorrection ? 'Correction: ' : ''}${meter.title} of ${model ?? 'no model'}, ${who}`,
    ChargeFrequency: 'Usage-Based',
    ChargePeriodEnd: formatInstantUtc(file.dayStart(usage.day + 1)),
    ChargePeriodStart: formatInstantUtc(file.dayStart(usage.day)),
    ConsumedQuantity: numberText(decimalOfInteger(count)),
    ConsumedUnit: unit,
    ContractedCost: product,
    ContractedUnitPrice: price,
    EffectiveCost: exact,
    HostProviderName: provider,
    InvoiceIssuerName: provider,
    ListCost: product,
    ListUnitPrice: price,
    PricingCategory: 'Standard',
    PricingCurrency: 'USD',
    PricingCurrencyContractedUnitPrice: price,
    PricingCurrencyEffectiveCost: exact,
    PricingCurrencyListUnitPrice: price,
    PricingQuantity: isOfCost ? '' : numberText(quantity),
    PricingUnit: isOfCost ? '' : isOfTokens ? '1000000 Tokens' : unit,
    ProviderName: provider,
    PublisherName: provider,
    ServiceCategory: 'AI and Machine Learning',
    ServiceName: `Models of ${provider}`,
    ServiceProviderName: provider,
    ServiceSubcategory: 'Generative AI',
    SkuId: sku,
    SkuMeter: meter.title,
    SkuPriceDetails: JSON.stringify({ x_ServiceTier: serviceTier, x_TokenMeter: meter.name }),
    SkuPriceId: `${sku}/${serviceTier}/${usage.unitPrice === undefined ? source : formatDecimal(unitPrice)}`,
    ...(client === null ? {} : { SubAccountId: `client/${client}`, SubAccountName: who, SubAccountType: 'Client' }),
    Tags: JSON.stringify(Object.fromEntries([['profile', profile], ...tags].filter(([, value]) => value !== null))),
    x_CostSource: source,
    x_Ledger: file.ledger,
    x_ModelName: model ?? '',
    x_ModelProvider: provider,
    x_PriceBook: file.prices.source,
    x_PriceHash: file.prices.hash,
    x_ProfileName: profile ?? '',
    x_ServiceTier: serviceTier,
    x_TokenMeter: meter.name,
  }
}

/** With a decimal point, so that no reader takes a column of whole numbers for integers. */
function numberText(value: Decimal): string {
  return decimalText(formatDecimal(value))
}

function decimalText(text: string): string {
  const [mantissa = '', exponent] = text.split('e')
  const number = mantissa.includes('.') || exponent !== undefined ? mantissa : `${mantissa}.0`
  return exponent === undefined ? number : `${number}E${exponent.replace('+', '')}`
}
