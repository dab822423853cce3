// Single events as a table for a warehouse: a column a field, what else a line says as JSON in the last one.
import { decimalToNumber, formatDecimal } from '../../base/decimal.ts'
import { formatJson, isDecimal, type JsonValue, NumberLiteral } from '../../base/json.ts'
import type { ListedEvent } from '../../report/event/event-object.ts'

export type EventColumnKind = 'instant' | 'text' | 'integer' | 'number' | 'cost'

export interface EventColumn {
  readonly name: string
  readonly kind: EventColumnKind
}

/** Takes events one after the other; what it makes of them is in a file at the latest after `end`. */
export interface EventFile {
  add(event: ListedEvent): void
  /** What follows is of another file of logs. */
  endGroup(): void
  end(): void
}

export const EXTRA_COLUMN = 'extra'

/** A cell as text, with all its digits; null for no value. */
export function cellText(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  if (isDecimal(value)) return formatDecimal(value)
  return typeof value === 'object' && !(value instanceof NumberLiteral) ? formatJson(value, 0) : String(value)
}

/** What the columns of events hold, in their order. */
export function cellReader(columns: readonly EventColumn[]): (event: ListedEvent) => (JsonValue | undefined)[] {
  const names = new Set(columns.map(({ name }) => name))
  return ({ object }) => columns.map(({ name }) => (name === EXTRA_COLUMN ? extraOf(object, names) : object[name]))
}

function extraOf(object: ListedEvent['object'], columns: ReadonlySet<string>): JsonValue | undefined {
  const others = Object.keys(object).filter(key => !columns.has(key))
  return others.length === 0 ? undefined : Object.fromEntries(others.map(key => [key, object[key]!]))
}

/** A cell as Parquet holds it; null for what is not of its kind. An instant is not in the cell, which has it in words. */
export function parquetValue(
  value: JsonValue | undefined,
  kind: Exclude<EventColumnKind, 'instant'>,
): string | number | bigint | null {
  if (value === undefined || value === null) return null
  if (kind === 'text') return cellText(value)
  const number = isDecimal(value) ? decimalToNumber(value) : Number(cellText(value))
  if (!Number.isFinite(number)) return null
  return kind === 'integer' ? BigInt(Math.trunc(number)) : number
}
