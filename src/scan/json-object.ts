// A line as a JSON object, and access to the values in it.
import type { Path } from '../event/field-source.ts'

export type JsonObject = { readonly [key: string]: unknown }

/** The object that a line is, or why it is none. */
export function parseObject(line: string): JsonObject | 'not-json' | 'not-object' {
  try {
    const parsed: unknown = JSON.parse(line)
    return isObject(parsed) ? parsed : 'not-object'
  } catch (error) {
    if (error instanceof SyntaxError) return 'not-json'
    throw error
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(object: JsonObject, path: Path): unknown {
  let value: unknown = object
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as JsonObject)[key]
  }
  return value
}
