// Reads JSON without changing a digit: a number that JavaScript would print differently is kept as it was written.
import { type JsonValue, NumberLiteral } from './json.ts'

/** Strings and numbers of a JSON text that is known to parse. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g
/** Control characters that have no short escape: as plain ones they stand in no JSON string. */
const MARKS = ['\u0001', '\u0002', '\u0003', '\u0004', '\u0005', '\u0006', '\u0007']

/** A number that JavaScript prints as it is written: at most 15 digits, none of them in vain. */
const PLAIN = /(?:0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,8})\.\d{0,5}[1-9])(?=[\s,\]}]|$)/y

/** The value of a JSON text that is known to parse. */
export function parseLiterals(json: string): JsonValue {
  if (hasPlainNumbers(json)) return JSON.parse(json) as JsonValue
  const mark = MARKS.find(candidate => !json.includes(escapeOf(candidate)))
  if (mark === undefined) return JSON.parse(json) as JsonValue
  let isMarked = false
  const marked = json.replace(TOKENS, token => {
    if (token.startsWith('"') || String(Number(token)) === token) return token
    isMarked = true
    return `"${escapeOf(mark)}${token}"`
  })
  const value = JSON.parse(marked) as JsonValue
  return isMarked ? unmarked(value, mark) : value
}

// Most lines have no other numbers, and to look for them is five times as fast as to mark them.
function hasPlainNumbers(json: string): boolean {
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(json, at)
      continue
    }
    if (code !== MINUS && (code < ZERO || code > NINE)) continue
    PLAIN.lastIndex = at
    if (!PLAIN.test(json)) return false
    at = PLAIN.lastIndex - 1
  }
  return true
}

const [QUOTE, BACKSLASH, MINUS, ZERO, NINE] = [34, 92, 45, 48, 57]

// Where the quote is that ends the string which begins at `start`.
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (end >= 0) {
    let slashes = 0
    while (json.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return end
    end = json.indexOf('"', end + 1)
  }
  return json.length
}

function escapeOf(mark: string): string {
  return `\\u000${mark.charCodeAt(0)}`
}

function unmarked(value: JsonValue, mark: string): JsonValue {
  if (typeof value === 'string') return value.startsWith(mark) ? new NumberLiteral(value.slice(1)) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => unmarked(item as JsonValue, mark))
  // Entries are defined, not assigned: a key named __proto__ stays a key.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unmarked(item, mark)]))
}
