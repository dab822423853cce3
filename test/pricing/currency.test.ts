import { describe, expect, test } from 'vitest'
import { parseSettings } from '../../src/app/workspace/configuration.ts'
import { formatDecimal, parseDecimal } from '../../src/base/decimal.ts'
import type { Instant } from '../../src/base/zone.ts'
import { convertUsd, currencyRateOf, DOLLAR, describeCurrencyRate } from '../../src/pricing/currency.ts'

const CURRENCIES = {
  EUR: [
    { from: '2026-02-01', perUsd: '0.95' },
    { from: '2026-01-01', perUsd: 0.92 },
  ],
}
const instant = (text: string) => Date.parse(text) as Instant

test('a report takes the rate in force at its last instant', () => {
  const january = currencyRateOf(CURRENCIES, 'eur', instant('2026-02-01T00:00:00Z'))
  const february = currencyRateOf(CURRENCIES, 'EUR', instant('2026-02-01T00:00:00.001Z'))
  expect([january, february].map(describeCurrencyRate)).toEqual([
    '1 USD = 0.92 EUR, from 2026-01-01',
    '1 USD = 0.95 EUR, from 2026-02-01',
  ])
})

test('sums are converted with all their digits, so that rows still add up to their total', () => {
  const rate = currencyRateOf(CURRENCIES, 'EUR', instant('2026-02-01T00:00:00Z'))
  const converted = ['0.315', '1.5225', '1.8375'].map(usd => formatDecimal(convertUsd(parseDecimal(usd)!, rate)))
  expect(converted).toEqual(['0.2898', '1.4007', '1.6905'])
})

test('the dollar needs no configuration', () => {
  expect(currencyRateOf(undefined, 'USD', instant('2026-02-01T00:00:00Z'))).toEqual(DOLLAR)
  expect(describeCurrencyRate(DOLLAR)).toBe('1 USD = 1 USD')
})

describe('errors', () => {
  test('a currency without rates names those that there are', () => {
    expect(() => currencyRateOf(CURRENCIES, 'GBP', instant('2026-02-01T00:00:00Z'))).toThrow(
      expect.objectContaining({
        code: 'unknown-currency',
        kind: 'usage',
        message: 'currency "GBP": no rate is known. There are USD, EUR.',
      }),
    )
  })

  test('a day before the first rate has none', () => {
    expect(() => currencyRateOf(CURRENCIES, 'EUR', instant('2025-12-31T23:00:00Z'))).toThrow(
      expect.objectContaining({
        code: 'no-currency-rate',
        message: 'There is no rate of EUR for 2025-12-31; the first is from 2026-01-01.',
      }),
    )
  })

  test.each([
    [
      '{"currencies": {"euro": [{"from": "2026-01-01", "perUsd": "1"}]}}',
      'currencies.euro',
      'is not a currency code like EUR',
    ],
    ['{"currencies": {"EUR": []}}', 'currencies.EUR', 'needs at least one rate'],
    [
      '{"currencies": {"EUR": [{"from": "2026-02-30", "perUsd": "1"}]}}',
      'currencies.EUR.0.from',
      'is not a day like 2026-01-01',
    ],
    [
      '{"currencies": {"EUR": [{"from": "2026-02-01", "perUsd": "0"}]}}',
      'currencies.EUR.0.perUsd',
      'is not a rate above 0, like "0.92"',
    ],
    [
      '{"currencies": {"EUR": [{"from": "2026-02-01", "perUsd": true}]}}',
      'currencies.EUR.0.perUsd',
      'expected text or a number',
    ],
    [
      '{"currencies": {"EUR": [{"from": "2026-02-01", "perUsd": 1}, {"from": "2026-02-01", "perUsd": 2}]}}',
      'currencies.EUR',
      'has two rates from the same day',
    ],
  ])('the configuration %s is refused', (text, path, message) => {
    expect(() => parseSettings(text, 'usagebook.config.json')).toThrow(
      expect.objectContaining({
        code: 'bad-configuration',
        problems: [{ message, where: { file: 'usagebook.config.json', line: 1, path } }],
      }),
    )
  })
})
