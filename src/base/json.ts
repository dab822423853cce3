// Writing JSON with exact numbers: decimals and BigInts appear with all their digits, as JSON numbers.
import { type Decimal, formatDecimal } from './decimal.ts'
import { LazyList, type List } from './lazy-list.ts'
import { UNSAFE_BEYOND_ASCII } from './safe-text.ts'

export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Decimal
  | NumberLiteral
  | List<JsonValue>
  | JsonObject

export type JsonObject = { readonly [key: string]: JsonValue | undefined }

/** A number as it was written, where a double would change its text. */
export class NumberLiteral {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** Texts in which nothing is to be escaped, as nearly all are. */
const PLAIN = /^[ !#-[\]-~]*$/

/** So many parts make a piece of about 100 KB. */
const PIECE_PARTS = 20_000

const TERMINAL_UNSAFE = new RegExp(`[${UNSAFE_BEYOND_ASCII}]`, 'gu')

/** The text of a value; `indent` spaces a level, 0 for one line. Keys that are undefined are left out. */
export function formatJson(value: JsonValue, indent = 2): string {
  const parts: string[] = []
  writeValue(value, indent === 0 ? '' : '\n', ' '.repeat(indent), parts)
  return parts.join('')
}

/** The same text in pieces: of long lists in an object, neither the list nor the text is ever there as a whole. */
export function* jsonPieces(object: JsonObject, indent = 2): Generator<string> {
  const step = ' '.repeat(indent)
  const inner = indent === 0 ? '' : `\n${step}`
  const parts = ['{']
  let isFirst = true
  for (const [key, item] of Object.entries(object)) {
    if (item === undefined) continue
    writeKey(key, isFirst, inner, parts)
    if (item instanceof LazyList) yield* listPieces(item, inner, step, parts)
    else writeValue(item, inner, step, parts)
    isFirst = false
  }
  yield `${parts.join('')}${isFirst || indent === 0 ? '' : '\n'}}`
}

function* listPieces(
  list: LazyList<unknown, JsonValue>,
  newline: string,
  step: string,
  parts: string[],
): Generator<string> {
  const inner = newline === '' ? '' : newline + step
  let isFirst = true
  parts.push('[')
  for (const item of list) {
    parts.push(isFirst ? inner : `,${inner}`)
    writeValue(item, inner, step, parts)
    isFirst = false
    if (parts.length > PIECE_PARTS) yield parts.splice(0).join('')
  }
  parts.push(isFirst ? ']' : `${newline}]`)
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

/** A JSON text with every character that a terminal may act on as an escape, which means the same. */
export function escapeTerminalUnsafe(json: string): string {
  return json.replace(TERMINAL_UNSAFE, escapeUnits)
}

function escapeUnits(character: string): string {
  return character.replace(/[\s\S]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

export function isDecimal(value: unknown): value is Decimal {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Decimal).units === 'bigint' &&
    typeof (value as Decimal).scale === 'number'
  )
}

function writeValue(value: JsonValue, newline: string, step: string, parts: string[]): void {
  if (value === null) parts.push('null')
  else if (typeof value === 'string') parts.push(formatText(value))
  else if (typeof value === 'number') parts.push(formatNumber(value))
  else if (typeof value === 'boolean' || typeof value === 'bigint') parts.push(String(value))
  else if (isList(value)) writeList(value, newline, step, parts)
  else if (isDecimal(value)) parts.push(formatDecimal(value))
  else if (value instanceof NumberLiteral) parts.push(value.text)
  else writeObject(value as JsonObject, newline, step, parts)
}

/** A text as JSON. Characters that a terminal may act on are escaped too, which means the same to every reader of JSON. */
export function formatText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  return escapeTerminalUnsafe(JSON.stringify(text))
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`a report holds the number ${value}`)
  return JSON.stringify(value)
}

function isList(value: JsonValue): value is List<JsonValue> {
  return Array.isArray(value) || value instanceof LazyList
}

function writeList(list: List<JsonValue>, newline: string, step: string, parts: string[]): void {
  if (list.length === 0) {
    parts.push('[]')
    return
  }
  const inner = newline === '' ? '' : newline + step
  parts.push('[')
  let isFirst = true
  for (const item of list) {
    parts.push(isFirst ? inner : `,${inner}`)
    writeValue(item, inner, step, parts)
    isFirst = false
  }
  parts.push(newline, ']')
}

function writeObject(object: JsonObject, newline: string, step: string, parts: string[]): void {
  const inner = newline === '' ? '' : newline + step
  let isFirst = true
  parts.push('{')
  for (const [key, item] of Object.entries(object)) {
    if (item === undefined) continue
    writeKey(key, isFirst, inner, parts)
    writeValue(item, inner, step, parts)
    isFirst = false
  }
  if (!isFirst) parts.push(newline)
  parts.push('}')
}

function writeKey(key: string, isFirst: boolean, inner: string, parts: string[]): void {
  parts.push(isFirst ? inner : `,${inner}`, formatText(key), inner === '' ? ':' : ': ')
}
