// Edits and contents that a program gives as values, in the form that the use-cases take.
import type { GivenText } from './change-request.ts'

/** `{"checks.logo.weight": 2}` as "checks.logo.weight=2". */
export function setsOf(set: Readonly<Record<string, unknown>> = {}): string[] {
  return Object.entries(set).map(([path, value]) => `${path}=${JSON.stringify(value)}`)
}

/** `file` is what messages call it. */
export function contentOf(content: object, file = 'content'): GivenText {
  return { text: `${JSON.stringify(content, null, 2)}\n`, file }
}
