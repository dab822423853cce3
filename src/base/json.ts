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
const PIECE_PARTS = 10_000

/** Keys that are names from logs are many, and not repeated. */
const MOST_KEYS = 1000

const TERMINAL_UNSAFE = new RegExp(`[${UNSAFE_BEYOND_ASCII}]`, 'gu')

/** The text of a value; `indent` spaces a level, 0 for one line. Keys that are undefined are left out. */
export function formatJson(value: JsonValue, indent = 2): string {
  const out = new Output(indent)
  writeValue(value, 0, out)
  return out.take()
}

/** The same text in pieces: of long lists in an object, neither the list nor the text is ever there as a whole. */
export function* jsonPieces(object: JsonObject, indent = 2): Generator<string> {
  const out = new Output(indent)
  let isFirst = true
  out.parts.push('{')
  for (const [key, item] of Object.entries(object)) {
    if (item === undefined) continue
    out.writeKey(key, 1, isFirst)
    if (item instanceof LazyList) yield* listPieces(item, 1, out)
    else writeValue(item, 1, out)
    isFirst = false
  }
  out.parts.push(isFirst ? '}' : `${out.lineAt(0)}}`)
  yield out.take()
}

function* listPieces(list: LazyList<unknown, JsonValue>, depth: number, out: Output): Generator<string> {
  const inner = out.lineAt(depth + 1)
  const { parts } = out
  let isFirst = true
  parts.push('[')
  for (const item of list) {
    parts.push(isFirst ? inner : `,${inner}`)
    writeValue(item, depth + 1, out)
    isFirst = false
    if (parts.length > PIECE_PARTS) yield out.take()
  }
  parts.push(isFirst ? ']' : `${out.lineAt(depth)}]`)
}

/** Text in the making. Rows repeat their keys, so that the text of each is made once for each depth. */
class Output {
  readonly parts: string[] = []
  private readonly indent: number
  private readonly lines: string[] = []
  private readonly keys: Map<string, KeyText>[] = []

  constructor(indent: number) {
    this.indent = indent
  }

  take(): string {
    return this.parts.splice(0).join('')
  }

  /** What begins a line; nothing where all is on one. */
  lineAt(depth: number): string {
    this.lines[depth] ??= this.indent === 0 ? '' : `\n${' '.repeat(this.indent * depth)}`
    return this.lines[depth]
  }

  writeKey(key: string, depth: number, isFirst: boolean): void {
    this.keys[depth] ??= new Map()
    let text = this.keys[depth].get(key)
    if (text === undefined) {
      const first = `${this.lineAt(depth)}${formatText(key)}${this.indent === 0 ? ':' : ': '}`
      text = { first, next: `,${first}` }
      if (this.keys[depth].size < MOST_KEYS) this.keys[depth].set(key, text)
    }
    this.parts.push(isFirst ? text.first : text.next)
  }
}

interface KeyText {
  readonly first: string
  readonly next: string
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

function writeValue(value: JsonValue, depth: number, out: Output): void {
  const { parts } = out
  if (value === null) parts.push('null')
  else if (typeof value === 'string') parts.push(formatText(value))
  else if (typeof value === 'number') parts.push(formatNumber(value))
  else if (typeof value === 'boolean' || typeof value === 'bigint') parts.push(String(value))
  else if (isList(value)) writeList(value, depth, out)
  else if (isDecimal(value)) parts.push(formatDecimal(value))
  else if (value instanceof NumberLiteral) parts.push(value.text)
  else writeObject(value as JsonObject, depth, out)
}

/** A text as JSON. Characters that a terminal may act on are escaped too, which means the same to every reader of JSON. */
export function formatText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  return escapeTerminalUnsafe(JSON.stringify(text))
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`a report holds the number ${value}`)
  return String(value)
}

function isList(value: JsonValue): value is List<JsonValue> {
  return Array.isArray(value) || value instanceof LazyList
}

function writeList(list: List<JsonValue>, depth: number, out: Output): void {
  const { parts } = out
  if (list.length === 0) {
    parts.push('[]')
    return
  }
  const inner = out.lineAt(depth + 1)
  parts.push('[')
  let isFirst = true
  for (const item of list) {
    parts.push(isFirst ? inner : `,${inner}`)
    writeValue(item, depth + 1, out)
    isFirst = false
  }
  parts.push(out.lineAt(depth), ']')
}

function writeObject(object: JsonObject, depth: number, out: Output): void {
  const { parts } = out
  let isFirst = true
  parts.push('{')
  for (const key of Object.keys(object)) {
    const item = object[key]
    if (item === undefined) continue
    out.writeKey(key, depth + 1, isFirst)
    writeValue(item, depth + 1, out)
    isFirst = false
  }
  if (!isFirst) parts.push(out.lineAt(depth))
  parts.push('}')
}
