// Whatever was used and whatever the rules are: lines add up to the total, shared parts to their source, dollars to those of the
// report; and a statement with its notes is what a new one would be.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDecimals, type Decimal, formatDecimal, makeDecimal, parseDecimal, ZERO } from '../../../src/base/decimal.ts'
import { buildStatements, type ChargeWay, type UsageItem } from '../../../src/export/chargeback/build-statements.ts'
import type { Chargeback } from '../../../src/export/chargeback/chargeback-schema.ts'
import { correctionOf } from '../../../src/export/chargeback/correction.ts'
import type { Statement, StatementLine } from '../../../src/export/chargeback/statement.ts'
import { readKept, statementText } from '../../../src/export/chargeback/statement-document.ts'
import { roundedUnits } from '../../../src/export/chargeback/whole-parts.ts'
import { type CurrencyRate, convertUsd, DOLLAR } from '../../../src/pricing/currency.ts'
import { triesOf } from '../../support/tries.ts'

const CLIENTS = ['diageo', 'unilever', 'loreal', null] as const
const RATES: Readonly<Record<string, CurrencyRate>> = {
  USD: DOLLAR,
  EUR: { currency: 'EUR', perUsd: parseDecimal('0.917')!, from: '2026-01-01' },
  JPY: { currency: 'JPY', perUsd: parseDecimal('151.3')!, from: '2026-01-01' },
}
const SOURCE = {
  period: { label: 'January' },
  filters: {},
  prices: { source: 'built-in', hash: 'sha256:0', mode: 'auto' },
  ledger: { read: 1, used: 1, rejected: 0 },
}

const item = fc.record({
  client: fc.constantFrom(...CLIENTS),
  profile: fc.constantFrom('brand_check', 'legal_review', null),
  model: fc.constantFrom('gpt-4o', 'claude'),
  requests: fc.nat(50),
  tokens: fc.bigInt({ min: 0n, max: 10n ** 9n }),
  costUsd: fc.bigInt({ min: 0n, max: 10n ** 15n }).map(units => makeDecimal(units, 12)),
  unpriced: fc.nat(2),
})
const items = fc.uniqueArray(item, { maxLength: 14, selector: one => `${one.client} ${one.profile} ${one.model}` })
const percent = fc.constantFrom(0, 10, '-7.5', '33.333')
const rules = fc.record(
  {
    markup: percent,
    tax: fc.constantFrom(0, 19, '8.1'),
    minimumFee: fc.constantFrom('0', '25.00'),
    fixed: fc.constant<{ name: string; amount: string }[]>([
      { name: 'support', amount: '5' },
      { name: 'credit', amount: '-0.005' },
    ]),
  },
  { requiredKeys: [] },
)
const tiers = fc.record({
  tiers: fc.constant<{ above: string; markup: number | string }[]>([
    { above: '0', markup: 20 },
    { above: '100', markup: '2.5' },
  ]),
})
const split = fc.constantFrom('even' as const, 'cost' as const, 'requests' as const, { diageo: 2, unilever: '0.5' })
const chargeback: fc.Arbitrary<Chargeback> = fc.record(
  {
    clients: fc
      .tuple(
        fc.constantFrom('USD', 'EUR', 'JPY'),
        rules,
        fc.oneof(rules, tiers),
        fc.constantFrom('USD', 'EUR', undefined),
      )
      .map(([currency, all, own, other]) => ({
        '*': { ...all, currency },
        unilever: { ...own, ...(other === undefined ? {} : { currency: other }) },
      })),
    shared: fc.tuple(split, split).map(
      ([first, second]): NonNullable<Chargeback['shared']> => [
        { name: 'platform', client: null, split: first },
        { name: 'pool', client: 'loreal', split: second },
      ],
    ),
  },
  { requiredKeys: [] },
)

const wayOf = (rulesOf: Chargeback): ChargeWay => ({
  rules: rulesOf,
  rateOf: currency => RATES[currency]!,
  numberOf: client => `2026-01-${client ?? 'no-client'}`,
})
const sum = (amounts: readonly Decimal[]) => amounts.reduce(addDecimals, ZERO)
const text = (amounts: readonly Decimal[]) => formatDecimal(sum(amounts))
const amountsOf = (lines: readonly StatementLine[]) => lines.map(({ amount }) => amount)

test('lines add up to the total, and shared parts to their source', () => {
  fc.assert(
    fc.property(items, chargeback, (usage: UsageItem[], rulesOf) => {
      const statements = buildStatements(usage, wayOf(rulesOf))

      for (const { lines, net, tax, total, currency } of statements) {
        expect(text(amountsOf(lines))).toBe(formatDecimal(total))
        expect(text([net, tax])).toBe(formatDecimal(total))
        for (const { amount } of lines) expect(amount.scale).toBeLessThanOrEqual(currency.code === 'JPY' ? 0 : 2)
      }
      const lines = statements.flatMap(one => one.lines.map(line => ({ line, currency: one.currency.code })))
      const dollars = lines.flatMap(({ line }) => line.costUsd ?? [])
      if (statements.length > 0) expect(text(dollars)).toBe(text(usage.map(({ costUsd }) => costUsd)))
      for (const { name, client } of rulesOf.shared ?? []) {
        const parts = lines.filter(({ line }) => line.shared === name)
        const currencies = new Set(statements.map(({ currency }) => currency.code))
        if (parts.length === 0 || currencies.size > 1) continue
        const [code] = currencies
        const source = sum(usage.filter(one => one.client === client).map(({ costUsd }) => costUsd))
        const digits = code === 'JPY' ? 0 : 2
        expect(roundedUnits(sum(parts.map(({ line }) => line.amount)), digits)).toBe(
          roundedUnits(convertUsd(source, RATES[code!]!), digits),
        )
      }
    }),
    { numRuns: triesOf(300, 1000, 10_000) },
  )
})

test('a statement and its notes are what a new statement is', () => {
  fc.assert(
    fc.property(items, items, items, chargeback, (first, second, third, rulesOf) => {
      const [sent, later, last] = [first, second, third].map(usage => buildStatements(usage, wayOf(rulesOf)))
      for (const statement of sent!) {
        const kept = readKept(statementText(statement, SOURCE)).statement
        const now = (all: readonly Statement[]) => all.find(({ number }) => number === kept.number) ?? { lines: [] }
        const notes: Statement[] = []
        for (const state of [later!, last!]) {
          const note = correctionOf(kept, notes, now(state))
          if (note !== undefined) notes.push(readKept(statementText(note, SOURCE)).statement)
          const lines = [kept, ...notes].flatMap(one => one.lines)

          expect(text(amountsOf(lines))).toBe(text(amountsOf(now(state).lines)))
          expect(text(lines.flatMap(line => line.costUsd ?? []))).toBe(
            text(now(state).lines.flatMap(line => line.costUsd ?? [])),
          )
          expect(text([kept, ...notes].map(({ total }) => total))).toBe(text(amountsOf(now(state).lines)))
          expect(correctionOf(kept, notes, now(state))).toBeUndefined()
        }
      }
    }),
    { numRuns: triesOf(150, 600, 5000) },
  )
})
