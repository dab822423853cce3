// Single events as a table for a warehouse: a column a field, what else a line says as JSON in the last one.
import { decimalToNumber, formatDecimal } from '../../base/decimal.ts'
import { formatJson, isDecimal, type JsonValue, NumberLiteral } from '../../base/json.ts'
import type { ListedEvent } from '../../report/event/event-object.ts'

export type EventColumnKind = 'instant' | 'text' | 'integer' | 'number' | 'cost'

export interface EventColumn {
  readonly name: string
  readonly kind: EventColumnKind
}

export const EXTRA_COLUMN = 'extra'

/** A cell as text, with all its digits; null for no value. */
export function cellText(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  if (isDecimal(value)) return formatDecimal(value)
  return typeof value === 'object' && !(value instanceof NumberLiteral) ? formatJson(value, 0) : String(value)
}

/** What a column of an event holds; `columns` are those that have a place of their own. */
export function fieldOf({ object }: ListedEvent, name: string, columns: ReadonlySet<string>): JsonValue | undefined {
  if (name !== EXTRA_COLUMN) return object[name]
  const others = Object.entries(object).filter(([key]) => !columns.has(key))
  return others.length === 0 ? undefined : Object.fromEntries(others)
}

/** A cell as Parquet holds it; null for what is not of its kind. */
export function parquetValue(
  event: ListedEvent,
  { name, kind }: EventColumn,
  columns: ReadonlySet<string>,
): string | number | bigint | Date | null {
  if (kind === 'instant') return new Date(event.instant)
  const value = fieldOf(event, name, columns)
  if (value === undefined || value === null) return null
  if (kind === 'text') return cellText(value)
  const number = isDecimal(value) ? decimalToNumber(value) : Number(cellText(value))
  if (!Number.isFinite(number)) return null
  return kind === 'integer' ? BigInt(Math.trunc(number)) : number
}
