// Reads JSON without changing a digit: a number that JavaScript would print differently is kept as it was written.
import { type JsonValue, NumberLiteral } from './json.ts'

/** Strings and numbers of a JSON text that is known to parse. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g
/** Control characters that have no short escape: as plain ones they stand in no JSON string. */
const MARKS = ['\u0001', '\u0002', '\u0003', '\u0004', '\u0005', '\u0006', '\u0007']

/** The value of a JSON text that is known to parse. */
export function parseLiterals(json: string): JsonValue {
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
