// From one line of JSON to the values of its fields: what a line means, and why it is rejected. The reference for all readers.
import { type Decimal, makeDecimal, parseDecimal } from '../base/decimal.ts'
import type { ParsedTime } from '../base/parse-time.ts'
import type { FieldSource, Path } from '../event/field-source.ts'
import { FIELD_BY_NAME, type FieldKind } from '../event/fields.ts'
import { formatPath, type SourceFormat } from '../event/source-format.ts'
import type { RejectReason, WrongValue } from '../query/ledger.ts'
import type { ExtraColumn } from '../query/query.ts'
import { describeValue } from './describe-value.ts'

import { isObject, type JsonObject, parseObject, valueAt } from './json-object.ts'
import { isTrueOf, textOf, wellFormed } from './line-object.ts'

import { numberLiteralAt } from './line-text.ts'
import { applyRules } from './plain-rules.ts'
import { findValue, plainTime, stripPath } from './plain-value.ts'

/** The values of a line; a field without a value is not in its map. */
export interface LineValues {
  time: ParsedTime | undefined
  id: string | undefined
  texts: Map<string, string>
  /** Tokens, entries, extra numbers as integers; durations in whole microseconds. */
  numbers: Map<string, number>
  cost: Decimal | undefined
  /** Whether the line does not say if cached tokens or reasoning are inside or beside, and its format cannot tell. */
  isUndecided?: boolean
}

export type LineResult =
  | { readonly kind: 'event'; readonly values: LineValues }
  | { readonly kind: 'skipped' }
  | Rejected

/** Why a line is none, and which value of it is wrong where one is. */
export interface Rejected {
  readonly kind: 'rejected'
  readonly reason: RejectReason
  readonly wrong?: WrongValue
}

const SKIPPED: LineResult = { kind: 'skipped' }
/** A double has no more digits, however it is written out; every sum of costs keeps all of them. */
const COST_DIGITS = 400
const CENT_DIGITS = 2
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/

/**
 * Reads one line without its line end, as `format` maps it. All fields of the format are checked. `fileTexts` are the fields
 * that the path of the file gives.
 */
export function readLine(
  line: string,
  format: SourceFormat,
  extras: readonly ExtraColumn[],
  hasFileDay: boolean,
  fileTexts?: ReadonlyMap<string, string>,
): LineResult {
  const object = parseObject(line)
  return typeof object === 'string' ? rejected(object) : readObject(object, line, format, extras, hasFileDay, fileTexts)
}

/** As `readLine`, of an object that `line` is the text of. */
export function readObject(
  object: JsonObject,
  line: string,
  format: SourceFormat,
  extras: readonly ExtraColumn[],
  hasFileDay: boolean,
  fileTexts?: ReadonlyMap<string, string>,
): LineResult {
  if (format.skip.some(rule => isTrueOf(object, rule))) return SKIPPED
  const { plain } = format
  const values = noValues()
  const usageObjects = usageObjectsOf(format, object)
  for (const name of format.fields.keys()) {
    const sources = sourcesOf(format, name, object, usageObjects)
    const problem = readField(name, sources, object, line, values, plain?.absent)
    if (problem !== undefined) return problem
    if (name === 'timestamp' && values.time === undefined && !hasFileDay) return rejected('no-timestamp')
  }
  if (!format.fields.has('timestamp') && !hasFileDay) return rejected('no-timestamp')
  for (const [name, text] of fileTexts ?? []) if (!values.texts.has(name)) values.texts.set(name, text)
  for (const [name, text] of format.constants) if (!values.texts.has(name)) values.texts.set(name, text)
  if (plain !== undefined) applyRules(object, values, plain)
  if (format.id.length > 0) values.id = joinedId(object, line, format.id)
  for (const extra of extras) readExtra(extra, object, line, values)
  return { kind: 'event', values }
}

export function noValues(): LineValues {
  return { time: undefined, id: undefined, texts: new Map(), numbers: new Map(), cost: undefined }
}

function usageObjectsOf({ usage }: Pick<SourceFormat, 'usage'>, object: JsonObject): readonly Path[] {
  return usage.places.filter(place => isObject(valueAt(object, place)))
}

/** Where a field is looked for in an object, the winning place first. */
export function sourcesOf(
  { fields, usage }: SourceFormat,
  name: string,
  object: JsonObject,
  usageObjects: readonly Path[] = usageObjectsOf({ usage }, object),
): readonly FieldSource[] {
  const sources = fields.get(name) ?? []
  const nested = usageObjects.length === 0 ? [] : (usage.fields.get(name) ?? [])
  if (nested.length === 0) return sources
  const inUsage = usageObjects.flatMap(place =>
    nested.map(({ path, ...rest }) => ({ ...rest, path: [...place, ...path] })),
  )
  return [...sources, ...inUsage]
}

function rejected(reason: RejectReason): Rejected {
  return { kind: 'rejected', reason }
}

/** Puts the value of a field into `values`; undefined where nothing is wrong with it. */
export function readField(
  name: string,
  sources: readonly FieldSource[],
  object: JsonObject,
  line: string,
  values: LineValues,
  absent: readonly string[] = [],
): Rejected | undefined {
  const kind: FieldKind = FIELD_BY_NAME.get(name)?.kind ?? 'text'
  for (const source of sources) {
    const { value, path } = findValue(object, source, line)
    if (value === undefined || value === null || value === '' || (kind === 'error' && value === false)) continue
    if (typeof value === 'string' && absent.includes(value)) continue
    if (source.isLoose === true && typeof value === 'object') continue
    const reason = readValue(name, kind, value, { ...source, path }, line, values)
    if (reason !== undefined) return { kind: 'rejected', reason, wrong: wrongValue(value, path, line) }
    if (source.mark !== undefined) values.numbers.set(source.mark, 1)
    return undefined
  }
  return undefined
}

function readValue(
  name: string,
  kind: FieldKind,
  value: unknown,
  source: FieldSource,
  line: string,
  values: LineValues,
): RejectReason | undefined {
  if (kind === 'time') return readTime(value, source, line, values)
  if (kind === 'text' || kind === 'error') return readText(name, kind, value, source, line, values)
  if (kind === 'cost') return readCost(value, source, line, values)
  return readNumber(name, kind, value, source.factor, values)
}

function wrongValue(value: unknown, path: Path, line: string): WrongValue {
  const literal = typeof value === 'number' ? numberLiteralAt(line, path) : undefined
  return { field: formatPath(path), value: describeValue(value, literal) }
}

function readTime(
  value: unknown,
  { path, plain }: FieldSource,
  line: string,
  values: LineValues,
): RejectReason | undefined {
  values.time = plainTime(value, path, plain?.epoch, line)
  return values.time === undefined ? 'bad-timestamp' : undefined
}

function readText(
  name: string,
  kind: 'text' | 'error',
  value: unknown,
  { path, plain }: FieldSource,
  line: string,
  values: LineValues,
): RejectReason | undefined {
  const found = textOf(value, path, line) ?? (kind === 'error' ? errorTextOf(value) : undefined)
  if (found === undefined) return 'bad-field'
  const text = stripPath(found, plain?.strip)
  if (name === 'id') values.id = text
  else values.texts.set(name, text)
  return undefined
}

function readNumber(
  name: string,
  kind: FieldKind,
  value: unknown,
  factor: number,
  values: LineValues,
): RejectReason | undefined {
  let number = numberOf(value)
  if (number === undefined && kind === 'entries' && typeof value === 'object')
    number = Object.keys(value as object).length
  if (number === undefined) return 'bad-field'
  if (number < 0) return 'negative-number'
  const whole = kind === 'duration' ? Math.round(number * factor * 1000) : number
  if (!Number.isSafeInteger(whole)) return 'bad-field'
  values.numbers.set(name, whole)
  return undefined
}

function readCost(
  value: unknown,
  { path, plain }: FieldSource,
  line: string,
  values: LineValues,
): RejectReason | undefined {
  const literal = typeof value === 'number' ? (numberLiteralAt(line, path) ?? String(value)) : value
  if (typeof literal !== 'string' || (typeof value === 'string' && !PLAIN_NUMBER.test(value))) return 'bad-field'
  if (literal.length > COST_DIGITS) return 'bad-field'
  const cost = parseDecimal(literal)
  if (cost === undefined || cost.scale > COST_DIGITS || Math.abs(Number(literal)) > 1e15) return 'bad-field'
  if (cost.units < 0n) return 'negative-number'
  values.cost = plain?.areCents === true ? makeDecimal(cost.units, cost.scale + CENT_DIGITS) : cost
  return undefined
}

// Extra columns are not checked: what does not fit is absent.
function readExtra(
  { name, path, kind, scale }: ExtraColumn,
  object: JsonObject,
  line: string,
  values: LineValues,
): void {
  const value = path === null ? values.id : valueAt(object, path)
  if (value === undefined || value === null || value === '') return
  if (kind === 'text') values.texts.set(name, textOf(value, path ?? [], line) ?? JSON.stringify(value))
  else {
    const number = Math.round((numberOf(value) ?? Number.NaN) * scale)
    if (Number.isSafeInteger(number) && number >= 0) values.numbers.set(name, number)
  }
}

function errorTextOf(value: unknown): string {
  const message = (value as { message?: unknown } | null)?.message
  return typeof message === 'string' && message !== '' ? wellFormed(message) : 'error'
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && PLAIN_NUMBER.test(value) ? Number(value) : undefined
}

function joinedId(object: JsonObject, line: string, paths: readonly Path[]): string | undefined {
  const parts = paths.map(path => textOf(valueAt(object, path), path, line) ?? '')
  return parts.some(part => part !== '') ? parts.join(':') : undefined
}
