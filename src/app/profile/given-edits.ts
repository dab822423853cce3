// Turns edits and contents that a program gives as values into the form that the use cases take.
import { formatJson, type JsonValue } from '../../base/json.ts'
import { removeFromJson } from '../../profile/edit-json.ts'
import { parseExactJson } from '../../profile/exact-json.ts'
import { KEPT_KEYS } from '../../profile/profile-schema.ts'
import type { GivenText } from './change-request.ts'

/** `{"checks.logo.weight": 2}` as "checks.logo.weight=2". */
export function setsOf(set: Readonly<Record<string, unknown>> = {}): string[] {
  return Object.entries(set).map(([path, value]) => `${path}=${JSON.stringify(value)}`)
}

/** The same of the object at `set` in a JSON text, with all digits of its numbers. */
export function setsIn(text: string): string[] {
  const { set = {} } = parseExactJson(text) as { readonly set?: Readonly<Record<string, JsonValue>> }
  return Object.entries(set).map(([path, value]) => `${path}=${formatJson(value, 0)}`)
}

/** A JSON object as it is written, without some of its keys. */
export function withoutKeys(text: string, keys: readonly string[]): string {
  const present = Object.keys(JSON.parse(text) as object).filter(key => keys.includes(key))
  return present.reduce((left, key) => removeFromJson(left, [key]), text)
}

/** A profile as people edit it: without what usagebook keeps. */
export function editableText(text: string): string {
  return withoutKeys(text, KEPT_KEYS)
}

export function contentOf(content: object): GivenText {
  return { text: `${JSON.stringify(content, null, 2)}\n`, file: 'content' }
}
