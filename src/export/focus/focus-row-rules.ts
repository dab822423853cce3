// The rules of FOCUS that hold between the cells of one row.

/** The cell of a column: null for no value, undefined for no such column. */
export type Cells = (name: string) => string | null | undefined

export interface RowRule {
  readonly rule: string
  readonly message: string
  /** Whose value is shown. */
  readonly column: string
  isBroken(of: Cells): boolean
}

/** Columns that go together: the second has a value where, and only where, the first has one. */
const TOGETHER: readonly (readonly [string, string])[] = [
  ['ConsumedQuantity', 'ConsumedUnit'],
  ['PricingQuantity', 'PricingUnit'],
  ['SubAccountId', 'SubAccountName'],
  ['SubAccountId', 'SubAccountType'],
  ['BillingAccountId', 'BillingAccountType'],
  ['RegionId', 'RegionName'],
  ['ResourceId', 'ResourceType'],
  ['CommitmentDiscountId', 'CommitmentDiscountCategory'],
  ['CommitmentDiscountId', 'CommitmentDiscountType'],
  ['CommitmentDiscountQuantity', 'CommitmentDiscountUnit'],
]

/** Columns that have no value where another has none. */
const ONLY_WITH: readonly (readonly [string, string])[] = [
  ['SkuMeter', 'SkuId'],
  ['SkuPriceDetails', 'SkuPriceId'],
  ['ResourceName', 'ResourceId'],
  ['CommitmentDiscountName', 'CommitmentDiscountId'],
  ['CommitmentDiscountStatus', 'CommitmentDiscountId'],
  ['CapacityReservationStatus', 'CapacityReservationId'],
]

/** What usage and purchases have, unless they are corrections, and tax has not. */
const OF_CHARGES = [
  'SkuId',
  'SkuPriceId',
  'PricingQuantity',
  'PricingCategory',
  'ListUnitPrice',
  'ContractedUnitPrice',
  'PricingCurrencyListUnitPrice',
  'PricingCurrencyContractedUnitPrice',
]
const NOT_NEGATIVE = [
  'ListUnitPrice',
  'ContractedUnitPrice',
  'PricingCurrencyListUnitPrice',
  'PricingCurrencyContractedUnitPrice',
]
const MONTH_MS = { least: 28 * 86_400_000 - 3_600_000, most: 31 * 86_400_000 + 3_600_000 }

const isThere = (value: string | null | undefined) => value !== null && value !== undefined
const isUsageOrPurchase = (of: Cells) => of('ChargeCategory') === 'Usage' || of('ChargeCategory') === 'Purchase'
const isCorrection = (of: Cells) => of('ChargeClass') === 'Correction'

export const ROW_RULES: readonly RowRule[] = [
  ...TOGETHER.map(([first, second]) => ({
    rule: `${second}.With${first}`,
    message: `must have a value where ${first} has one, and only there`,
    column: second,
    isBroken: (of: Cells) =>
      of(first) !== undefined && of(second) !== undefined && isThere(of(first)) !== isThere(of(second)),
  })),
  ...ONLY_WITH.map(([column, other]) => ({
    rule: `${column}.Without${other}`,
    message: `must be empty where ${other} is`,
    column,
    isBroken: (of: Cells) => isThere(of(column)) && of(other) === null,
  })),
  ...OF_CHARGES.flatMap((column): RowRule[] => [
    {
      rule: `${column}.Charge`,
      message: 'must have a value for usage and purchases that are no corrections',
      column,
      isBroken: of => of(column) === null && isUsageOrPurchase(of) && !isCorrection(of),
    },
    {
      rule: `${column}.Tax`,
      message: 'must be empty for tax',
      column,
      isBroken: of => isThere(of(column)) && of('ChargeCategory') === 'Tax',
    },
  ]),
  ...NOT_NEGATIVE.map(column => ({
    rule: `${column}.Negative`,
    message: 'must not be below 0',
    column,
    isBroken: (of: Cells) => Number(of(column) ?? 0) < 0,
  })),
  product('ListUnitPrice', 'ListCost'),
  product('ContractedUnitPrice', 'ContractedCost'),
  {
    rule: 'ConsumedQuantity.Usage',
    message: 'must have a value for usage that is no correction, and none for anything else',
    column: 'ConsumedQuantity',
    isBroken: of => {
      const quantity = of('ConsumedQuantity')
      if (quantity === undefined) return false
      if (of('ChargeCategory') !== 'Usage' || of('CommitmentDiscountStatus') === 'Unused') return quantity !== null
      return quantity === null && !isCorrection(of)
    },
  },
  {
    rule: 'ChargeFrequency.Purchase',
    message: 'must not be Usage-Based for a purchase',
    column: 'ChargeFrequency',
    isBroken: of => of('ChargeCategory') === 'Purchase' && of('ChargeFrequency') === 'Usage-Based',
  },
  {
    rule: 'ServiceSubcategory.Parent',
    message: 'is not one of its ServiceCategory',
    column: 'ServiceSubcategory',
    isBroken: of => {
      const subcategory = of('ServiceSubcategory')
      if (!isThere(subcategory) || of('ServiceCategory') !== 'AI and Machine Learning') return false
      return !AI_SUBCATEGORIES.includes(subcategory!)
    },
  },
  {
    rule: 'BillingPeriodEnd.Month',
    message: 'must be a calendar month after BillingPeriodStart',
    column: 'BillingPeriodEnd',
    isBroken: of => {
      const [start, end] = [Date.parse(of('BillingPeriodStart') ?? ''), Date.parse(of('BillingPeriodEnd') ?? '')]
      return !(Number.isNaN(start) || Number.isNaN(end)) && !isMonth(end - start)
    },
  },
  {
    rule: 'ChargePeriodEnd.Order',
    message: 'must be after ChargePeriodStart',
    column: 'ChargePeriodEnd',
    isBroken: of => Date.parse(of('ChargePeriodEnd') ?? '') <= Date.parse(of('ChargePeriodStart') ?? ''),
  },
  {
    rule: 'ChargePeriodStart.BillingPeriod',
    message: 'must be in the billing period, unless the row is a correction',
    column: 'ChargePeriodStart',
    isBroken: of => {
      const at = Date.parse(of('ChargePeriodStart') ?? '')
      const isBefore = at < Date.parse(of('BillingPeriodStart') ?? '')
      const isAfter = at >= Date.parse(of('BillingPeriodEnd') ?? '')
      return of('ChargeCategory') === 'Usage' && !isCorrection(of) && (isBefore || isAfter)
    },
  },
]

const AI_SUBCATEGORIES: readonly string[] = [
  'AI Platforms',
  'Bots',
  'Generative AI',
  'Machine Learning',
  'Natural Language Processing',
  'Other (AI and Machine Learning)',
]

// As readers compare them: doubles.
function product(price: string, cost: string): RowRule {
  return {
    rule: `${cost}.Product`,
    message: `must be ${price} times PricingQuantity, as doubles`,
    column: cost,
    isBroken: of => {
      const [unit, quantity, whole] = [of(price), of('PricingQuantity'), of(cost)]
      if (!isThere(unit) || !isThere(quantity) || !isThere(whole) || isCorrection(of)) return false
      return Number(unit) * Number(quantity) !== Number(whole)
    },
  }
}

function isMonth(ms: number): boolean {
  return ms >= MONTH_MS.least && ms <= MONTH_MS.most
}
