// What differs between two versions: as a JSON Patch (RFC 6902), and as changes that a person reads.
import { createPatch, type Operation } from 'rfc6902'
import { decimalOfNumber, formatDecimal } from '../base/decimal.ts'
import { formatJson, isDecimal, type JsonValue } from '../base/json.ts'
import type { JsonObject } from './exact-json.ts'
import { KEPT_KEYS } from './profile-schema.ts'

export interface PatchStep {
  readonly op: 'add' | 'remove' | 'replace'
  readonly path: string
  readonly value?: JsonValue
}

/** One path that differs; `before` is absent where it is new, `after` where it is gone. */
export interface Difference {
  /** "checks.logo.weight" */
  readonly path: string
  readonly before?: JsonValue
  readonly after?: JsonValue
}

/** Longer lists are replaced as a whole: finding the fewest steps takes time and memory by the square of the length. */
const LONGEST_COMPARED_LIST = 200

/** The steps that turn one value into the other; none where they are the same. */
export function patchBetween(before: JsonObject, after: JsonObject): PatchStep[] {
  return createPatch(before, after, compareSpecial).map(step => {
    if (step.op === 'remove') return { op: step.op, path: step.path }
    if (step.op === 'add' || step.op === 'replace')
      return { op: step.op, path: step.path, value: step.value as JsonValue }
    throw new TypeError(`a patch holds the step ${step.op}`)
  })
}

/** The differences in what people edit: what usagebook keeps itself (version, who, when) is left out. */
export function differencesBetween(before: JsonObject, after: JsonObject): Difference[] {
  const [left, right] = [withoutKeptKeys(before), withoutKeptKeys(after)]
  return collectDifferences(left, right, '')
}

export function isSameContent(before: JsonObject, after: JsonObject): boolean {
  return patchBetween(withoutKeptKeys(before), withoutKeptKeys(after)).length === 0
}

/** "pass_threshold 80 → 85", "+ checks.tone", "- checks.logo". */
export function formatDifference({ path, before, after }: Difference): string {
  if (before === undefined) return `+ ${path}`
  if (after === undefined) return `- ${path}`
  return `${path} ${shortJson(before)} → ${shortJson(after)}`
}

export function shortJson(value: JsonValue): string {
  const text = formatJson(value, 0)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function collectDifferences(before: JsonValue, after: JsonValue, path: string): Difference[] {
  if (!isObject(before) || !isObject(after)) {
    return createPatch([before], [after], compareSpecial).length === 0 ? [] : [{ path, before, after }]
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap(key => {
    const place = path === '' ? key : `${path}.${key}`
    if (!Object.hasOwn(before, key)) return [{ path: place, after: after[key]! }]
    if (!Object.hasOwn(after, key)) return [{ path: place, before: before[key]! }]
    return collectDifferences(before[key]!, after[key]!, place)
  })
}

function compareSpecial(before: unknown, after: unknown, pointer: { toString(): string }): Operation[] | undefined {
  const isLong =
    Array.isArray(before) && Array.isArray(after) && Math.max(before.length, after.length) > LONGEST_COMPARED_LIST
  const isNumber = isDecimal(before) || isDecimal(after)
  if (!isLong && !isNumber) return undefined
  const isSame = isNumber
    ? numberText(before) === numberText(after)
    : formatJson(before as JsonValue, 0) === formatJson(after as JsonValue, 0)
  return isSame ? [] : [{ op: 'replace', path: pointer.toString(), value: after }]
}

function numberText(value: unknown): string | undefined {
  if (isDecimal(value)) return formatDecimal(value)
  const decimal = typeof value === 'number' ? decimalOfNumber(value) : undefined
  return decimal === undefined ? `not a number: ${typeof value}` : formatDecimal(decimal)
}

function withoutKeptKeys(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !KEPT_KEYS.some(kept => kept === key)))
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDecimal(value)
}
