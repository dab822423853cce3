// Values that a format has to compute: sums, durations between two times, JSON inside text, time units, names without paths.
import { parseDecimal } from '../base/decimal.ts'
import { type ParsedTime, parseEpoch, parseTimeText } from '../base/parse-time.ts'
import type { EpochUnit, FieldSource, Path, PlainSource } from '../event/field-source.ts'
import { DIGITS_OF_EPOCH } from '../event/units.ts'
import { type JsonObject, valueAt } from './json-object.ts'
import { valueThroughText } from './line-object.ts'
import { numberLiteralAt } from './line-text.ts'

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/

/** A value, and the path that it is of. */
export interface FoundValue {
  readonly value: unknown
  readonly path: Path
}

/** The value of a place; of a sum whose parts are not all numbers, the first that is none. */
export function findValue(object: JsonObject, { path, plain }: FieldSource, line: string): FoundValue {
  if (plain === undefined) return { value: valueAt(object, path), path }
  const { plus, since } = plain
  if (since !== undefined) return { value: timeBetween(object, since, path, plain, line), path }
  const at = (place: Path) => (plain.isInText === true ? valueThroughText(object, place) : valueAt(object, place))
  if (plus === undefined) return { value: at(path), path }
  const parts = [path, ...plus].map(place => ({ path: place, value: at(place) })).filter(({ value }) => isGiven(value))
  const wrong = parts.find(({ value }) => !isNumber(value) || Number(value) < 0)
  if (wrong !== undefined) return wrong
  return { value: parts.length === 0 ? undefined : parts.reduce((sum, { value }) => sum + Number(value), 0), path }
}

/** A time as a format with a unit has it; a text that is no number is read as any. */
export function plainTime(
  value: unknown,
  path: Path,
  unit: EpochUnit | undefined,
  line: string,
): ParsedTime | undefined {
  if (unit === undefined || (typeof value === 'string' && !PLAIN_NUMBER.test(value)))
    return typeof value === 'string' ? parseTimeText(value) : typeof value === 'number' ? parseEpoch(value) : undefined
  const text = typeof value === 'number' ? (numberLiteralAt(line, path) ?? String(value)) : value
  const micros = typeof text === 'string' ? microsOfEpoch(text, unit) : undefined
  // Seconds, so that no size of the number stands for a unit.
  return micros === undefined ? undefined : parseMilliseconds(Math.floor(micros / 1000))
}

/** A name without the path before it. */
export function stripPath(text: string, strip: PlainSource['strip']): string {
  if (strip === undefined || (strip === 'arn' && !text.startsWith('arn:'))) return text
  return text.slice(text.lastIndexOf('/') + 1)
}

const LAST_MS = 253_402_300_800_000

function parseMilliseconds(ms: number): ParsedTime | undefined {
  return ms >= 0 && ms < LAST_MS ? { ms, isNaive: false, isDay: false } : undefined
}

// Milliseconds between two times, to the microsecond; undefined where one is missing or no time, or the end comes first.
function timeBetween(
  object: JsonObject,
  from: Path,
  to: Path,
  { epoch }: PlainSource,
  line: string,
): number | undefined {
  const [start, end] = [from, to].map(path => microsAt(object, path, epoch, line))
  return start === undefined || end === undefined || end < start ? undefined : (end - start) / 1000
}

function microsAt(object: JsonObject, path: Path, unit: EpochUnit | undefined, line: string): number | undefined {
  const value = valueAt(object, path)
  if (typeof value === 'number' || (typeof value === 'string' && PLAIN_NUMBER.test(value))) {
    const text = typeof value === 'number' ? (numberLiteralAt(line, path) ?? String(value)) : value
    return microsOfEpoch(text, unit ?? (Number(text) < 1e11 ? 's' : 'ms'))
  }
  const time = typeof value === 'string' ? parseTimeText(value) : undefined
  return time === undefined ? undefined : time.ms * 1000 + microsBelow(value as string)
}

// The digits of a second behind the milliseconds.
function microsBelow(text: string): number {
  return Number((/[.,]\d{3}(\d{1,3})/.exec(text)?.[1] ?? '').padEnd(3, '0'))
}

function microsOfEpoch(text: string, unit: EpochUnit): number | undefined {
  const number = parseDecimal(text)
  if (number === undefined) return undefined
  const digits = 6 - DIGITS_OF_EPOCH[unit] - number.scale
  return Number(digits >= 0 ? number.units * 10n ** BigInt(digits) : number.units / 10n ** BigInt(-digits))
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && PLAIN_NUMBER.test(value))
}
