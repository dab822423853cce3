// JSON values with all digits: a number that does not fit into a double is kept as a Decimal, so that two texts compare as
// they were written. Also finds keys that no profile may have.
import { type Node, parseTree } from 'jsonc-parser'
import { decimalOfNumber, parseDecimal } from '../base/decimal.ts'
import type { JsonValue } from '../base/json.ts'

export type JsonObject = { readonly [key: string]: JsonValue }
export type JsonPath = readonly (string | number)[]

/** A key that cannot be trusted, with its path: one that stands twice, or one that JavaScript reads as a prototype. */
export interface BadKey {
  readonly path: JsonPath
  readonly why: string
}

/** The text without a byte order mark, which JSON does not have. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

/** The value of a JSON text that is known to parse. */
export function parseExactJson(text: string): JsonValue {
  return exactValue(parseTree(text)!, text)
}

export function findBadKeys(text: string): BadKey[] {
  const found: BadKey[] = []
  collectBadKeys(parseTree(text)!, [], found)
  return found
}

function exactValue(node: Node, text: string): JsonValue {
  if (node.type === 'array') return (node.children ?? []).map(child => exactValue(child, text))
  if (node.type === 'number')
    return exactNumber(node.value as number, text.slice(node.offset, node.offset + node.length))
  if (node.type !== 'object') return node.value as string | boolean | null
  // Entries are defined, not assigned: a key named __proto__ stays a key.
  return Object.fromEntries((node.children ?? []).map(child => [keyOf(child), exactValue(child.children![1]!, text)]))
}

function exactNumber(value: number, text: string): JsonValue {
  const written = parseDecimal(text)
  const held = decimalOfNumber(value)
  if (written === undefined) return value
  return held !== undefined && held.units === written.units && held.scale === written.scale ? value : written
}

function collectBadKeys(node: Node, path: JsonPath, found: BadKey[]): void {
  const children = node.children ?? []
  if (node.type === 'array')
    for (const [index, child] of children.entries()) collectBadKeys(child, [...path, index], found)
  if (node.type !== 'object') return
  const seen = new Set<string>()
  for (const child of children) {
    const key = keyOf(child)
    const place = [...path, key]
    if (seen.has(key)) found.push({ path: place, why: 'this key stands twice' })
    if (key === '__proto__') found.push({ path: place, why: 'this key is not allowed' })
    seen.add(key)
    collectBadKeys(child.children![1]!, place, found)
  }
}

function keyOf(property: Node): string {
  return property.children![0]!.value as string
}
