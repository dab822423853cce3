// One line of a log as an event: its fields under their own names, with the values that reports use, and everything else
// in the line unchanged. Numbers keep the digits of the line.
import { formatDay, formatInstant } from '../../base/calendar.ts'
import {
  type Decimal,
  decimalAsWritten,
  decimalOfInteger,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
} from '../../base/decimal.ts'
import { type JsonValue, NumberLiteral } from '../../base/json.ts'
import { parseLiterals } from '../../base/number-literals.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import type { FieldSource, Path } from '../../event/field-source.ts'
import { FIELD_BY_NAME } from '../../event/fields.ts'
import { placesOf, type SourceFormat } from '../../event/source-format.ts'
import { type Judged, untimedDay } from '../../tally/judged.ts'
import { costOf, countsOf } from '../../tally/number-texts.ts'

export interface ListedEvent {
  readonly instant: number
  readonly isError: boolean
  /** By the names of event.md; `timestamp` in the report's zone or a day without a time, and unknown fields after the known ones. */
  readonly object: { readonly [key: string]: JsonValue }
}

type JsonObject = { readonly [key: string]: JsonValue }

/** What is counted beside another number in a line is a part of these in an event. */
const COUNTED_BESIDE: Readonly<Record<string, string>> = {
  cache_read_tokens: 'cache_read_input_tokens',
  cache_write_tokens: 'cache_creation_input_tokens',
  reasoning_tokens: 'thoughts_tokens',
  input_tokens: 'tool_use_tokens',
}
/** Columns of a line that an event has as a part of others. */
export const BESIDE_NAMES: readonly string[] = Object.values(COUNTED_BESIDE)

/** A place of a field in a line. */
interface FieldPlace {
  /** Which field, by its number in the list of fields. */
  readonly field: number
  /** The first place with a value wins; behind those of the field itself are those of what is counted beside it. */
  readonly order: number
  readonly source: FieldSource
}

type ValueOf = (row: number, raw: JsonValue | undefined, factor: number) => JsonValue | undefined

/** Makes the events of rows, of which all fields of the format are columns. */
export function eventBuilder(format: SourceFormat, zone: Zone): (judged: Judged) => (row: number) => ListedEvent {
  const names = [...format.fields.keys()].filter(name => !BESIDE_NAMES.includes(name))
  const places = placesByKey(names, format)
  // Where a format works values out, what stands in the line is not the value.
  const openValue = format.plain === undefined ? shownValueOf : workedOutOf
  return judged => {
    const values = names.map(name => openValue(name, judged))
    return row => buildEvent(judged, row, { names, places, values, zone })
  }
}

// A line has few keys and a field many places: so each key of the line says which places begin with it.
function placesByKey(names: readonly string[], format: SourceFormat): ReadonlyMap<string, readonly FieldPlace[]> {
  const byKey = new Map<string, FieldPlace[]>()
  for (const [field, name] of names.entries()) {
    const beside = COUNTED_BESIDE[name]
    const sources = [...placesOf(format, name), ...(beside === undefined ? [] : placesOf(format, beside))]
    for (const [order, source] of sources.entries()) {
      const key = source.path[0]!
      byKey.set(key, [...(byKey.get(key) ?? []), { field, order, source }])
    }
  }
  return byKey
}

interface EventFields {
  readonly names: readonly string[]
  readonly places: ReadonlyMap<string, readonly FieldPlace[]>
  readonly values: readonly ValueOf[]
  readonly zone: Zone
}

function buildEvent(judged: Judged, row: number, { names, places, values, zone }: EventFields): ListedEvent {
  const parsed = parseLiterals(judged.batch.lineTextOf(row).replace(/^\ufeff/, '')) as JsonObject
  const found: (FieldPlace | undefined)[] = new Array(names.length).fill(undefined)
  const raws: (JsonValue | undefined)[] = new Array(names.length).fill(undefined)
  for (const key of Object.keys(parsed)) {
    for (const place of places.get(key) ?? []) {
      const { field, order, source } = place
      if (found[field] !== undefined && found[field].order < order) continue
      const value = valueAt(parsed, source.path)
      if (!hasValue(value) || (value === false && FIELD_BY_NAME.get(names[field]!)?.kind === 'error')) continue
      found[field] = place
      raws[field] = value
    }
  }
  const isError = judged.isError[row] === 1
  const object: { [key: string]: JsonValue } = { timestamp: timestampOf(judged, row, zone), event: 'analysis' }
  const used = new Set<string>()
  for (const [field, name] of names.entries()) {
    const source = found[field]?.source
    const value = values[field]!(row, raws[field], source?.factor ?? 1)
    if (value === undefined) continue
    if (source?.path.length === 1) used.add(source.path[0]!)
    if (name !== 'timestamp') object[name] = value
  }
  object.status = isError ? 'error' : 'ok'
  for (const key of Object.keys(parsed)) {
    if (used.has(key) || Object.hasOwn(object, key) || !hasValue(parsed[key])) continue
    // Assigned, a key of this name would not be a key.
    if (key === '__proto__') Object.defineProperty(object, key, { value: parsed[key], enumerable: true })
    else object[key] = parsed[key]!
  }
  return { instant: judged.instants[row]!, isError, object }
}

// A day stays a day, so that the event read again counts on it in every zone.
function timestampOf(judged: Judged, row: number, zone: Zone): string {
  const day = untimedDay(judged, row)
  return day === undefined ? formatInstant(judged.instants[row]! as Instant, zone) : formatDay(day)
}

// What reports know of a field that a format works out; undefined where they know of no value.
function workedOutOf(name: string, judged: Judged): ValueOf {
  const { batch } = judged
  switch (FIELD_BY_NAME.get(name)?.kind) {
    case 'duration': {
      const micros = batch.numbers.get(name)!
      return row => (Number.isNaN(micros[row]!) ? undefined : micros[row]! / 1000)
    }
    case 'cost':
      return row => costOf(batch, row)
    case 'text':
    case 'error': {
      const texts = batch.texts.get(name)
      return (row, raw) => (texts === undefined ? raw : texts.table.textOf(texts.codes[row]!))
    }
    default: {
      const shown = shownValueOf(name, judged)
      return (row, raw) => shown(row, raw, 1)
    }
  }
}

function shownValueOf(name: string, judged: Judged): ValueOf {
  const { batch } = judged
  switch (FIELD_BY_NAME.get(name)?.kind) {
    case 'tokens':
      return countsOf(name, judged)
    case 'entries': {
      const countOf = countsOf(name, judged)
      return (row, raw) => (isNested(raw) ? raw : countOf(row))
    }
    case 'duration':
      return (_row, raw, factor) => (raw === undefined ? undefined : exactNumber(String(raw), factor))
    case 'cost':
      return (row, raw) => {
        const cost = costOf(batch, row)
        return cost === undefined || raw === undefined ? cost : (decimalAsWritten(String(raw)) ?? cost)
      }
    case 'time':
      return (_row, raw) => raw
    default: {
      const texts = batch.texts.get(name)
      // An id is not a column.
      return (row, raw) => (isText(raw) ? (texts?.table.textOf(texts.codes[row]!) ?? raw) : raw)
    }
  }
}

function isText(raw: JsonValue | undefined): boolean {
  return raw === undefined || typeof raw === 'string'
}

function isNested(raw: JsonValue | undefined): boolean {
  return typeof raw === 'object' && raw !== null && !(raw instanceof NumberLiteral)
}

// A plain number where that is as exact.
function exactNumber(text: string, factor: number): number | Decimal {
  const written = decimalAsWritten(text) ?? parseDecimal(text)!
  const value = factor === 1 ? written : multiplyDecimals(written, decimalOfInteger(factor))
  const number = Number(formatDecimal(value))
  return String(number) === formatDecimal(value) ? number : value
}

function hasValue(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

function valueAt(object: JsonObject, path: Path): JsonValue | undefined {
  let value: JsonValue | undefined = object
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as JsonObject)[key]
  }
  return value
}
