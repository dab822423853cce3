// The columns of FOCUS by version: what they hold, and what a file of usage must say in them.

export const FOCUS_VERSIONS = ['1.2', '1.3', '1.4'] as const
export type FocusVersion = (typeof FOCUS_VERSIONS)[number]
export const NEWEST_FOCUS: FocusVersion = '1.4'

/** Pairs are an object of texts, numbers and truths; an object may hold others. */
export type FocusKind = 'text' | 'id' | 'decimal' | 'instant' | 'currency' | 'pairs' | 'object' | 'unit'

export interface FocusColumn {
  readonly name: string
  readonly kind: FocusKind
  /** Whether every file has it, or it is only there where it says something. */
  readonly presence: 'always' | 'optional'
  readonly isNullable: boolean
  readonly allowed?: readonly string[]
  /** The first version that has it, and the first that has it no more. */
  readonly since?: FocusVersion
  readonly until?: FocusVersion
}

const text = (name: string, more: Partial<FocusColumn> = {}) => column(name, 'text', more)
const needed = { presence: 'always', isNullable: false } as const
const always = { presence: 'always' } as const

/** In the order of a file. */
export const FOCUS_COLUMNS: readonly FocusColumn[] = [
  column('AllocatedMethodDetails', 'object', { since: '1.3' }),
  column('AllocatedMethodId', 'id', { since: '1.3' }),
  column('AllocatedResourceId', 'id', { since: '1.3' }),
  text('AllocatedResourceName', { since: '1.3' }),
  column('AllocatedTags', 'pairs', { since: '1.3' }),
  text('AvailabilityZone'),
  column('BilledCost', 'decimal', needed),
  column('BillingAccountId', 'id', needed),
  text('BillingAccountName', always),
  text('BillingAccountType'),
  column('BillingCurrency', 'currency', needed),
  column('BillingPeriodEnd', 'instant', needed),
  column('BillingPeriodStart', 'instant', needed),
  column('CapacityReservationId', 'id'),
  text('CapacityReservationStatus', { allowed: ['Used', 'Unused'] }),
  text('ChargeCategory', { ...needed, allowed: ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] }),
  text('ChargeClass', { ...always, allowed: ['Correction'] }),
  text('ChargeDescription', always),
  text('ChargeFrequency', { isNullable: false, allowed: ['One-Time', 'Recurring', 'Usage-Based'] }),
  column('ChargePeriodEnd', 'instant', needed),
  column('ChargePeriodStart', 'instant', needed),
  text('CommitmentDiscountCategory', { allowed: ['Spend', 'Usage'] }),
  column('CommitmentDiscountId', 'id'),
  text('CommitmentDiscountName'),
  column('CommitmentDiscountQuantity', 'decimal'),
  text('CommitmentDiscountStatus', { allowed: ['Used', 'Unused'] }),
  text('CommitmentDiscountType'),
  column('CommitmentDiscountUnit', 'unit'),
  column('CommitmentProgramEligibilityDetails', 'object', { since: '1.4' }),
  column('ConsumedQuantity', 'decimal'),
  column('ConsumedUnit', 'unit'),
  column('ContractApplied', 'object', { since: '1.3' }),
  column('ContractedCost', 'decimal', needed),
  column('ContractedUnitPrice', 'decimal'),
  column('EffectiveCost', 'decimal', needed),
  text('HostProviderName', { ...always, since: '1.3' }),
  column('InvoiceDetailId', 'id', { since: '1.4' }),
  column('InvoiceId', 'id'),
  text('InvoiceIssuerName', needed),
  column('ListCost', 'decimal', needed),
  column('ListUnitPrice', 'decimal'),
  text('PricingCategory', { allowed: ['Standard', 'Dynamic', 'Committed', 'Other'] }),
  column('PricingCurrency', 'currency', { isNullable: false }),
  column('PricingCurrencyContractedUnitPrice', 'decimal'),
  column('PricingCurrencyEffectiveCost', 'decimal', { isNullable: false }),
  column('PricingCurrencyListUnitPrice', 'decimal'),
  column('PricingQuantity', 'decimal', always),
  column('PricingUnit', 'unit', always),
  text('ProviderName', { ...needed, until: '1.4' }),
  text('PublisherName', { ...needed, until: '1.4' }),
  column('RegionId', 'id'),
  text('RegionName'),
  column('ResourceId', 'id'),
  text('ResourceName'),
  text('ResourceType'),
  text('ServiceCategory', needed),
  text('ServiceName', needed),
  text('ServiceProviderName', { ...needed, since: '1.3' }),
  text('ServiceSubcategory', { isNullable: false }),
  column('SkuId', 'id'),
  text('SkuMeter'),
  column('SkuPriceDetails', 'pairs'),
  column('SkuPriceId', 'id'),
  column('SubAccountId', 'id'),
  text('SubAccountName'),
  text('SubAccountType'),
  column('Tags', 'pairs'),
]

/** Columns of our own, behind those of FOCUS: what has no place there. */
export const OWN_COLUMNS = [
  'x_CostSource',
  'x_Ledger',
  'x_ModelName',
  'x_ModelProvider',
  'x_PriceBook',
  'x_PriceHash',
  'x_ProfileName',
  'x_ServiceTier',
  'x_TokenMeter',
] as const

/** What a usage log tells nothing of. Left out of what is written, and checked in a file that has them. */
const UNTOLD =
  /^(Allocated|AvailabilityZone|CapacityReservation|Commitment|ContractApplied|Invoice\w*Id|Region|Resource)/

/** The columns that are written. */
export function writtenColumns(version: FocusVersion): readonly string[] {
  const told = focusColumns(version).filter(({ name }) => !UNTOLD.test(name))
  return [...told.map(({ name }) => name), ...OWN_COLUMNS]
}

export function focusColumns(version: FocusVersion): readonly FocusColumn[] {
  return FOCUS_COLUMNS.filter(({ since = '1.2', until = '9' }) => since <= version && version < until)
}

function column(name: string, kind: FocusKind, more: Partial<FocusColumn> = {}): FocusColumn {
  return { name, kind, presence: 'optional', isNullable: true, ...more }
}
