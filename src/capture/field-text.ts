// The values of an event as JSON text, checked against the type of their field. A wrong value gives undefined and an
// absent one ''; nothing here throws for either.
import { parseTimeText } from '../base/parse-time.ts'
import type { FieldKind } from '../event/fields.ts'
import { type KindFieldType, MAX_RATING, MIN_RATING, SEVERITIES } from '../event/kind-fields.ts'
import { boundedJson } from './bounded-json.ts'
import { errorMessage } from './error-text.ts'

export const MAX_TEXT = 1000
const MAX_JSON = 16_384
/** The first instant of the year 10000. */
const END_OF_TIME_MS = 253_402_300_800_000
/** No time and no address is written with more. */
const MAX_SHORT = 100
const PLAIN_DECIMAL = /^\d{1,40}(\.\d{1,40})?$/

/** JSON text, '' for an absent value, undefined for a wrong one. */
export type FieldText = string | undefined
export type FormatField = (value: unknown) => FieldText

/** How the values of each type are written; `time` and `content` have functions of their own below. */
export const FORMAT_BY_TYPE: Readonly<Record<Exclude<FieldKind | KindFieldType, 'time' | 'content'>, FormatField>> = {
  text: formatText,
  error: value => formatText(errorMessage(value)),
  tokens: formatCount,
  count: formatCount,
  entries: value => formatCount(entryCount(value)),
  duration: formatDuration,
  cost: formatCost,
  rating: value => (isWhole(value) && value >= MIN_RATING && value <= MAX_RATING ? String(value) : undefined),
  severity: value => (SEVERITIES.some(severity => severity === value) ? JSON.stringify(value) : undefined),
  flag: value => (typeof value === 'boolean' ? String(value) : undefined),
  json: formatAnything,
}

/** Text of at most MAX_TEXT characters. */
export function formatText(value: unknown): FieldText {
  if (typeof value === 'string') return value === '' ? '' : JSON.stringify(cutText(value, MAX_TEXT))
  if (typeof value === 'number') return Number.isFinite(value) ? `"${value}"` : undefined
  return typeof value === 'boolean' ? `"${value}"` : undefined
}

/** Milliseconds since 1970 of a Date, a number of them or ISO 8601 with an offset; undefined if it is none. */
export function readInstant(value: unknown): number | undefined {
  const ms = value instanceof Date ? value.getTime() : typeof value === 'string' ? instantOfText(value) : value
  return typeof ms === 'number' && ms >= 0 && ms < END_OF_TIME_MS ? Math.floor(ms) : undefined
}

/** The first `most` UTF-16 units, without half of a pair at the end. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const last = text.charCodeAt(most - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most)
}

function instantOfText(text: string): number | undefined {
  const time = text.length > MAX_SHORT ? undefined : parseTimeText(text)
  return time === undefined || time.isNaive ? undefined : time.ms
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function formatCount(value: unknown): FieldText {
  return isWhole(value) && value >= 0 ? String(value) : undefined
}

function entryCount(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.length
  if (ArrayBuffer.isView(value)) return value.byteLength
  return value instanceof Map || value instanceof Set ? value.size : Object.keys(value).length
}

// Put together from two whole numbers, which costs half of what writing a fraction does.
export function formatDuration(value: unknown): FieldText {
  if (typeof value !== 'number' || !(value >= 0 && value < 1e12)) return undefined
  const us = Math.round(value * 1000)
  const rest = us % 1000
  const whole = String((us - rest) / 1000)
  return rest === 0 ? whole : `${whole}.${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}`
}

// Text keeps every digit that it has; the reader takes both forms.
function formatCost(value: unknown): FieldText {
  if (typeof value === 'string') return PLAIN_DECIMAL.test(value) ? `"${value}"` : undefined
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? String(value) : undefined
}

function formatAnything(value: unknown): FieldText {
  return boundedJson(value, MAX_JSON)
}
