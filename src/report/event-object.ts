// One line of a log as an event: its fields under their own names, and whatever else the line says as it stands.
import { formatInstant } from '../base/calendar.ts'
import { decimalOfNumber, parseDecimal } from '../base/decimal.ts'
import type { JsonValue } from '../base/json.ts'
import type { Instant, Zone } from '../base/zone.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import type { FieldSource, SourceFormat } from '../event/source-format.ts'

export interface ListedEvent {
  readonly instant: number
  readonly isError: boolean
  /** By the names of event.md; `timestamp` in the report's zone, and unknown fields after the known ones. */
  readonly object: { readonly [key: string]: JsonValue }
}

type JsonObject = { readonly [key: string]: unknown }

/** The event of a line that a reader has accepted. */
export function buildEvent(
  line: string,
  format: SourceFormat,
  { instant, isError }: Pick<ListedEvent, 'instant' | 'isError'>,
  zone: Zone,
): ListedEvent {
  const parsed = JSON.parse(line.replace(/^\ufeff/, '')) as JsonObject
  const object: { [key: string]: JsonValue } = { timestamp: formatInstant(instant as Instant, zone), event: 'analysis' }
  const used = new Set<string>()
  for (const [name, sources] of format.fields) {
    const source = sources.find(({ path }) => hasValue(valueAt(parsed, path)))
    if (source === undefined) continue
    if (source.path.length === 1) used.add(source.path[0]!)
    if (name !== 'timestamp') object[name] = fieldValue(name, source, valueAt(parsed, source.path))
  }
  for (const [name, text] of format.constants) object[name] ??= text
  for (const [key, value] of Object.entries(parsed)) {
    if (!used.has(key) && hasValue(value)) object[key] = value as JsonValue
  }
  return { instant, isError, object: { ...object, status: isError ? 'error' : 'ok' } }
}

// Numbers that stand as text are numbers, durations are milliseconds.
function fieldValue(name: string, { factor }: FieldSource, value: unknown): JsonValue {
  const kind = FIELD_BY_NAME.get(name)?.kind
  const isNumeric = kind === 'tokens' || kind === 'duration' || kind === 'cost' || kind === 'entries'
  if (!isNumeric || (typeof value !== 'number' && typeof value !== 'string')) return value as JsonValue
  if (kind === 'cost') {
    return (typeof value === 'string' ? parseDecimal(value) : decimalOfNumber(value)) ?? (value as JsonValue)
  }
  return kind === 'duration' ? Math.round(Number(value) * factor * 1000) / 1000 : Number(value)
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function valueAt(object: JsonObject, path: readonly string[]): unknown {
  let value: unknown = object
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as JsonObject)[key]
  }
  return value
}
