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

/** Where a field of events may stand in a line. */
interface FieldPlaces {
  readonly name: string
  /** The winning one first; then those of what is counted beside it. */
  readonly places: readonly FieldSource[]
  /** Whether its format works values out, so that what stands in the line is not the value. */
  readonly isWorkedOut: boolean
}

/** Makes the event of a row, of which all fields of the format are columns. */
export function eventBuilder(format: SourceFormat, zone: Zone): (judged: Judged, row: number) => ListedEvent {
  const fields = [...format.fields.keys()]
    .filter(name => !BESIDE_NAMES.includes(name))
    .map((name): FieldPlaces => {
      const beside = COUNTED_BESIDE[name]
      return {
        name,
        isWorkedOut: format.plain !== undefined,
        places: [...placesOf(format, name), ...(beside === undefined ? [] : placesOf(format, beside))],
      }
    })
  return (judged, row) => buildEvent(judged, row, fields, zone)
}

function buildEvent(judged: Judged, row: number, fields: readonly FieldPlaces[], zone: Zone): ListedEvent {
  const line = Buffer.from(judged.batch.lineBytesOf(row)).toString('utf8')
  const parsed = parseLiterals(line.replace(/^\ufeff/, '')) as JsonObject
  const instant = judged.instants[row]!
  const isError = judged.isError[row] === 1
  const known = new Map<string, JsonValue>([
    ['timestamp', timestampOf(judged, row, zone)],
    ['event', 'analysis'],
  ])
  const used = new Set<string>()
  for (const field of fields) {
    const value = fieldOf(field, judged, row, parsed, used)
    if (value !== undefined && field.name !== 'timestamp') known.set(field.name, value)
  }
  known.set('status', isError ? 'error' : 'ok')
  const others = Object.entries(parsed).filter(([key, value]) => !used.has(key) && !known.has(key) && hasValue(value))
  return { instant, isError, object: Object.fromEntries([...known, ...others]) }
}

// A day stays a day, so that the event read again counts on it in every zone.
function timestampOf(judged: Judged, row: number, zone: Zone): string {
  const day = untimedDay(judged, row)
  return day === undefined ? formatInstant(judged.instants[row]! as Instant, zone) : formatDay(day)
}

// Undefined where reports know of no value. What it stands in is added to `used`.
function fieldOf(
  { name, places, isWorkedOut }: FieldPlaces,
  judged: Judged,
  row: number,
  parsed: JsonObject,
  used: Set<string>,
): JsonValue | undefined {
  const isError = FIELD_BY_NAME.get(name)?.kind === 'error'
  const source = places.find(({ path }) => {
    const value = valueAt(parsed, path)
    return hasValue(value) && !(isError && value === false)
  })
  const raw = source === undefined ? undefined : valueAt(parsed, source.path)
  const value = isWorkedOut
    ? workedOut(name, judged, row, raw)
    : shownValue(name, judged, row, raw, source?.factor ?? 1)
  if (value !== undefined && source?.path.length === 1) used.add(source.path[0]!)
  return value
}

function workedOut(name: string, judged: Judged, row: number, raw: JsonValue | undefined): JsonValue | undefined {
  const { batch } = judged
  switch (FIELD_BY_NAME.get(name)?.kind) {
    case 'duration': {
      const micros = batch.numbers.get(name)![row]!
      return Number.isNaN(micros) ? undefined : micros / 1000
    }
    case 'cost':
      return costOf(batch, row)
    case 'text':
    case 'error': {
      const texts = batch.texts.get(name)
      return texts === undefined ? raw : texts.table.textOf(texts.codes[row]!)
    }
    default:
      return shownValue(name, judged, row, raw, 1)
  }
}

function shownValue(
  name: string,
  judged: Judged,
  row: number,
  raw: JsonValue | undefined,
  factor: number,
): JsonValue | undefined {
  const { batch } = judged
  switch (FIELD_BY_NAME.get(name)?.kind) {
    case 'tokens':
      return countsOf(name, judged)(row)
    case 'entries':
      return isNested(raw) ? raw : countsOf(name, judged)(row)
    case 'duration':
      return raw === undefined ? undefined : exactNumber(String(raw), factor)
    case 'cost': {
      const cost = costOf(batch, row)
      return cost === undefined || raw === undefined ? cost : (decimalAsWritten(String(raw)) ?? cost)
    }
    case 'time':
      return raw
    default: {
      const texts = batch.texts.get(name)
      // An id is not a column.
      return isText(raw) ? (texts?.table.textOf(texts.codes[row]!) ?? raw) : raw
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
