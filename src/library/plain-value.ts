// The library's answers: plain values, as JSON.parse would make them from the output of --format json.
import { formatDecimal } from '../base/decimal.ts'
import { isDecimal, type JsonObject, type JsonValue, NumberLiteral } from '../base/json.ts'

/** How money is given: as numbers, or as text with all its digits. */
export type MoneyForm = 'number' | 'string'

export type PlainValue = null | boolean | number | string | PlainValue[] | { [key: string]: PlainValue }

export function plainValue(value: JsonValue, money: MoneyForm): PlainValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof NumberLiteral) return Number(value.text)
  // Only money is kept as a decimal; for events, see plainEvent.
  if (isDecimal(value)) return money === 'string' ? formatDecimal(value) : Number(formatDecimal(value))
  if (Symbol.iterator in value) return Array.from(value, item => plainValue(item, money))
  return plainObject(value, () => money)
}

function plainObject(value: JsonObject, formOf: (key: string) => MoneyForm): { [key: string]: PlainValue } {
  const plain: { [key: string]: PlainValue } = {}
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue
    // A key may be __proto__, which an assignment would take for something else.
    Object.defineProperty(plain, key, {
      value: plainValue(item, formOf(key)),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return plain
}

/** An event: its durations are decimals too, and no money. */
export function plainEvent(event: JsonObject, money: MoneyForm): { [key: string]: PlainValue } {
  const form = (key: string) => (key === 'cost_usd' ? money : 'number')
  return plainObject(event, form)
}
