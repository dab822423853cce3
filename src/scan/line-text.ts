// Finds members in the text of a JSON line as they were written: a number, because a double does not keep all its digits, or
// all values of a field, including those hidden by a repeated key.
import type { Path } from '../event/field-source.ts'

/** The literal at `path` in a line that JSON.parse has accepted; undefined where the path does not end at a number. */
export function numberLiteralAt(text: string, path: Path): string | undefined {
  let at = skipSpace(text, 0)
  for (const key of path) {
    const next = text[at] === '{' ? memberAt(text, at, key) : text[at] === '[' ? elementAt(text, at, key) : undefined
    if (next === undefined) return undefined
    at = next
  }
  NUMBER.lastIndex = at
  return NUMBER.exec(text)?.[0]
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const STRING = /"(?:[^"\\]|\\.)*"/y

/** Where values at `path` begin and end in a line that JSON.parse has accepted; several where a key is repeated. */
export function valueSpansAt(text: string, path: Path): { start: number; end: number }[] {
  let starts = [skipSpace(text, 0)]
  for (const key of path) starts = starts.flatMap(at => (text[at] === '{' ? membersAt(text, at, key) : []))
  return starts.map(start => ({ start, end: skipValue(text, start) }))
}

// Where the value of the last member with this key begins.
function memberAt(text: string, start: number, key: string): number | undefined {
  return membersAt(text, start, key).at(-1)
}

function membersAt(text: string, start: number, key: string): number[] {
  const found: number[] = []
  let at = skipSpace(text, start + 1)
  while (text[at] === '"') {
    const end = skipString(text, at)
    const name = JSON.parse(text.slice(at, end)) as string
    const value = skipSpace(text, skipSpace(text, end) + 1)
    if (name === key) found.push(value)
    at = skipSpace(text, skipValue(text, value))
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return found
}

/** The text of a JSON object without its members of these names; what is between those that stay is as it was. */
export function withoutMembers(text: string, names: ReadonlySet<string>): string {
  const kept: string[] = []
  let hasRemoved = false
  let at = skipSpace(text, skipSpace(text, 0) + 1)
  while (text[at] === '"') {
    const end = skipString(text, at)
    const value = skipSpace(text, skipSpace(text, end) + 1)
    const after = skipValue(text, value)
    if (names.has(JSON.parse(text.slice(at, end)) as string)) hasRemoved = true
    else kept.push(text.slice(at, after))
    at = skipSpace(text, after)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return hasRemoved ? `{${kept.join(',')}}` : text
}

function elementAt(text: string, start: number, key: string): number | undefined {
  let at = skipSpace(text, start + 1)
  for (let index = 0; at < text.length && text[at] !== ']'; index++) {
    if (String(index) === key) return at
    at = skipSpace(text, skipValue(text, at))
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return undefined
}

function skipValue(text: string, start: number): number {
  let depth = 0
  let at = start
  do {
    const character = text[at]
    if (character === '"') at = skipString(text, at)
    else {
      if (character === '{' || character === '[') depth++
      else if (character === '}' || character === ']') depth--
      at++
      if (depth === 0 && character !== '}' && character !== ']') while (at < text.length && !isEnd(text[at]!)) at++
    }
  } while (depth > 0 && at < text.length)
  return at
}

function isEnd(character: string): boolean {
  return character === ',' || character === '}' || character === ']' || isSpace(character)
}

function skipString(text: string, start: number): number {
  STRING.lastIndex = start
  STRING.exec(text)
  return STRING.lastIndex
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (at < text.length && isSpace(text[at]!)) at++
  return at
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}
