// From the usage of a period to the statements of its clients: shared costs are split, rules are applied, amounts rounded so
// that lines add up to their total, and the parts of what is shared to the whole of it.
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalOfInteger,
  decimalOfNumber,
  divideDecimals,
  makeDecimal,
  multiplyDecimals,
  parseDecimal,
  subtractDecimals,
  ZERO,
} from '../../base/decimal.ts'
import { addAll } from '../../base/lists.ts'
import { type CurrencyRate, convertUsd } from '../../pricing/currency.ts'
import type { Chargeback, ChargeRules, SharedCost } from './chargeback-schema.ts'
import type { Statement, StatementLine } from './statement.ts'
import { decimalOfUnits, roundedUnits, roundToSum, splitUnits, unitsOf } from './whole-parts.ts'

/** What a client used of a profile and a model. */
export interface UsageItem {
  readonly client: string | null
  readonly profile: string | null
  readonly model: string | null
  readonly requests: number
  readonly tokens: bigint
  readonly costUsd: Decimal
  readonly unpriced: number
}

export interface ChargeWay {
  readonly rules: Chargeback
  /** The rate of a currency for the period. */
  readonly rateOf: (currency: string) => CurrencyRate
  readonly numberOf: (client: string | null) => string
}

/** Digits of a price of one request. */
const PRICE_DIGITS = 6
/** Digits of a shared cost where those who pay for it do so in several currencies. */
const USD_DIGITS = 12

interface Account {
  readonly client: string | null
  readonly rules: ChargeRules
  readonly rate: CurrencyRate
  readonly digits: number
  readonly items: readonly UsageItem[]
  readonly shared: StatementLine[]
}

/** One a client, in the order of their names. */
export function buildStatements(usage: readonly UsageItem[], way: ChargeWay): Statement[] {
  const { clients = {}, shared = [] } = way.rules
  const isShared = (client: string | null) => shared.some(one => one.client === client)
  const named = Object.keys(clients).filter(client => client !== '*' && owesAlways(clients[client]!))
  const shares = shared.flatMap(({ split }) => (typeof split === 'string' ? [] : Object.keys(split)))
  const used = usage.map(({ client }) => client).filter(client => !isShared(client))
  const paying = [...new Set<string | null>([...used, ...named, ...shares])].filter(client => !isShared(client))
  // Where nobody is left to pay for what is shared, it has a statement of its own.
  const payers = paying.length > 0 ? paying : [...new Set(usage.map(({ client }) => client))]
  const accounts = payers.sort(compareClients).map((client): Account => {
    const rules = { ...withoutOtherWays(clients['*'], clients[client ?? '']), ...clients[client ?? ''] }
    const rate = way.rateOf(rules.currency ?? 'USD')
    const items = usage.filter(item => item.client === client)
    return { client, rules, rate, digits: digitsOf(rate.currency), items, shared: [] }
  })
  if (paying.length > 0) for (const one of shared) splitShared(one, usage, accounts)
  return accounts.map(account => statementOf(account, way.numberOf(account.client)))
}

function owesAlways({ minimumFee, fixed = [] }: ChargeRules): boolean {
  return fixed.length > 0 || (minimumFee !== undefined && decimal(minimumFee).units > 0n)
}

// Of markup, discount and tiers one counts: a client's own takes the place of that of all.
function withoutOtherWays(all: ChargeRules | undefined, own: ChargeRules | undefined): ChargeRules {
  if (own === undefined || (own.markup ?? own.discount ?? own.tiers) === undefined) return all ?? {}
  const { markup: _markup, discount: _discount, tiers: _tiers, ...rest } = all ?? {}
  return rest
}

function splitShared(shared: SharedCost, usage: readonly UsageItem[], accounts: readonly Account[]): void {
  const source = usage.filter(({ client }) => client === shared.client)
  if (source.length === 0) return
  const costUsd = source.reduce((sum, item) => addDecimals(sum, item.costUsd), ZERO)
  const requests = source.reduce((sum, item) => sum + item.requests, 0)
  const weights = weightsOf(shared, accounts)
  const [first] = accounts
  const isOneCurrency = accounts.every(({ rate }) => rate.currency === first!.rate.currency)
  const { digits, rate } = isOneCurrency ? first! : { digits: USD_DIGITS, rate: undefined }
  const whole = rate === undefined ? costUsd : convertUsd(costUsd, rate)
  const parts = splitUnits(roundedUnits(whole, digits), weights)
  const dollars = splitUnits(unitsOf(costUsd, costUsd.scale), weights)
  for (const [at, account] of accounts.entries()) {
    if (weights[at]!.units === 0n) continue
    const part = decimalOfUnits(parts[at]!, digits)
    account.shared.push({
      kind: 'shared',
      name: shared.name,
      shared: shared.name,
      requests,
      costUsd: makeDecimal(dollars[at]!, costUsd.scale),
      amount: rate === undefined ? convertUsd(part, account.rate) : part,
    })
  }
}

// Nothing to weigh by is a reason to share evenly.
function weightsOf({ split }: SharedCost, accounts: readonly Account[]): Decimal[] {
  const even = accounts.map(() => decimalOfInteger(1))
  if (split === 'even') return even
  const weights = accounts.map(({ client, items }) => {
    if (typeof split !== 'string')
      return client !== null && Object.hasOwn(split, client) ? decimal(split[client]!) : ZERO
    if (split === 'requests') return decimalOfInteger(items.reduce((sum, item) => sum + item.requests, 0))
    return items.reduce((sum, item) => addDecimals(sum, item.costUsd), ZERO)
  })
  return weights.every(weight => weight.units === 0n) ? even : weights
}

function statementOf({ client, rules, rate, digits, items, shared }: Account, number: string): Statement {
  const usage = items.map((item): StatementLine => {
    const cost = convertUsd(item.costUsd, rate)
    return {
      kind: 'usage',
      name: `${item.profile ?? 'no profile'} with ${item.model ?? 'no model'}`,
      profile: item.profile,
      model: item.model,
      requests: item.requests,
      tokens: item.tokens,
      ...(item.requests === 0
        ? {}
        : { unitPrice: divideDecimals(cost, decimalOfInteger(item.requests), PRICE_DIGITS) }),
      costUsd: item.costUsd,
      amount: cost,
    }
  })
  const exact = [...usage, ...shared]
  const cost = sumOf(exact)
  addAll(exact, adjustments(rules, cost))
  for (const { name, amount } of rules.fixed ?? []) exact.push({ kind: 'fixed', name, amount: decimal(amount) })
  const missing = subtractDecimals(decimal(rules.minimumFee ?? 0), sumOf(exact))
  if (missing.units > 0n) exact.push({ kind: 'minimum', name: 'up to the minimum fee', amount: missing })
  const units = roundToSum(
    exact.map(({ amount }) => amount),
    digits,
  )
  const lines = exact.map((line, at) => ({ ...line, amount: decimalOfUnits(units[at]!, digits) }))
  const net = sumOf(lines)
  const tax = decimalOfUnits(roundedUnits(percentOf(net, rules.tax ?? 0), digits), digits)
  if (rules.tax !== undefined && decimal(rules.tax).units !== 0n)
    lines.push({ kind: 'tax', name: `tax ${rules.tax} %`, amount: tax })
  return {
    number,
    kind: 'statement',
    client,
    name: rules.name ?? client ?? 'usage without a client',
    costCentre: rules.costCentre ?? null,
    contact: rules.contact ?? null,
    currency: { code: rate.currency, perUsd: rate.perUsd, from: rate.from ?? null },
    lines,
    net,
    tax,
    total: addDecimals(net, tax),
    unpricedAnalyses: items.reduce((sum, item) => sum + item.unpriced, 0),
  }
}

function adjustments({ markup, discount, tiers }: ChargeRules, cost: Decimal): StatementLine[] {
  if (tiers !== undefined) {
    const sorted = tiers.toSorted((a, b) => compareDecimals(decimal(a.above), decimal(b.above)))
    return sorted.flatMap((tier, at): StatementLine[] => {
      const [low, next] = [decimal(tier.above), sorted[at + 1]]
      const high = next === undefined || compareDecimals(cost, decimal(next.above)) < 0 ? cost : decimal(next.above)
      const part = subtractDecimals(high, low)
      return part.units <= 0n ? [] : markupLines(tier.markup, part, ` above ${tier.above}`)
    })
  }
  if (discount !== undefined) return markupLines(`-${discount}`, cost, '')
  return markup === undefined ? [] : markupLines(markup, cost, '')
}

function markupLines(percent: string | number, cost: Decimal, suffix: string): StatementLine[] {
  const amount = percentOf(cost, percent)
  if (decimal(percent).units === 0n) return []
  const isLess = decimal(percent).units < 0n
  const size = String(percent).replace(/^[+-]/, '')
  const kind = isLess ? 'discount' : 'markup'
  return [{ kind, name: `${kind} ${size} %${suffix}`, amount }]
}

function percentOf(amount: Decimal, percent: string | number): Decimal {
  const product = multiplyDecimals(amount, decimal(percent))
  return makeDecimal(product.units, product.scale + 2)
}

function sumOf(lines: readonly StatementLine[]): Decimal {
  return lines.reduce((sum, { amount }) => addDecimals(sum, amount), ZERO)
}

/** A number of the file; it was checked. */
function decimal(value: string | number): Decimal {
  return (typeof value === 'number' ? decimalOfNumber(value) : parseDecimal(value))!
}

function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

function compareClients(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}
