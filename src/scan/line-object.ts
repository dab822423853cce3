// Values of a line as a format reads them: through text that is JSON, as text, against a condition.
import type { Path } from '../event/field-source.ts'
import type { SkipRule } from '../event/source-format.ts'
import { type JsonObject, valueAt } from './json-object.ts'
import { numberLiteralAt } from './line-text.ts'

const HAS_SURROGATE = /[\ud800-\udfff]/

/** As `valueAt`, but text that is JSON is opened on the way. */
export function valueThroughText(object: JsonObject, path: Path): unknown {
  let value: unknown = object
  for (const key of path) {
    if (typeof value === 'string') value = openText(value)
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as JsonObject)[key]
  }
  return value
}

// Text that is no JSON has nothing in it.
function openText(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Numbers stand for the text they were written as; undefined for what is nested. */
export function textOf(value: unknown, path: Path, line: string): string | undefined {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'number') return numberLiteralAt(line, path) ?? String(value)
  return typeof value === 'boolean' ? String(value) : undefined
}

/** As it is when written as UTF-8 and read again: a half of a surrogate pair becomes U+FFFD. */
export function wellFormed(text: string): string {
  return HAS_SURROGATE.test(text) ? Buffer.from(text).toString() : text
}

export function isTrueOf(object: JsonObject, rule: SkipRule): boolean {
  const value = valueAt(object, rule.path)
  const text =
    value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return rule.values.includes(text) !== rule.negated
}
