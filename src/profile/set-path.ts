// `--set path=value` and `--unset path`: parsing them, and applying them to the text of a profile.
import { MOST_LEVELS, offsetTooDeep } from '../base/edited-json.ts'
import type { ErrorProblem } from '../base/errors.ts'
import { isJson, type JsonValue } from '../base/json.ts'
import { nearestNames } from '../base/nearest.ts'
import { removeFromJson, setInJson } from './edit-json.ts'
import { type JsonPath, parseExactJson } from './exact-json.ts'
import { shortJson } from './profile-diff.ts'
import { KEPT_KEYS, KEY_ORDER } from './profile-schema.ts'

/** What was typed behind --set (with a value, as JSON text) or --unset (without). */
export interface PathEdit {
  readonly path: readonly string[]
  /** JSON text; undefined where the path is to go. */
  readonly json: string | undefined
}

const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor'])

/** "checks.logo.weight=3": the value is JSON where it parses as JSON, else text. A dot in a key is written `\.`. */
export function parseSet(text: string): PathEdit | ErrorProblem {
  const equals = text.search(/(?<!\\)=/)
  if (equals === -1) return problemOf('set', text, 'has no "="; write path=value')
  const path = parsePath(text.slice(0, equals), 'set')
  if ('message' in path) return path
  const value = text.slice(equals + 1)
  if (path.steps.length > MOST_LEVELS || offsetTooDeep(value) !== undefined)
    return problemOf('set', path.steps[0]!, `is nested more than ${MOST_LEVELS} levels deep`)
  return { path: path.steps, json: isJson(value) ? value.trim() : JSON.stringify(value) }
}

export function parseUnset(text: string): PathEdit | ErrorProblem {
  const path = parsePath(text, 'unset')
  return 'message' in path ? path : { path: path.steps, json: undefined }
}

/** The text after all edits, in their order, and what could not be done; with a problem, the text is of no use. */
export function applyPathEdits(text: string, edits: readonly PathEdit[]): { text: string; problems: ErrorProblem[] } {
  const problems: ErrorProblem[] = []
  let edited = text
  for (const edit of edits) {
    const typed = edit.path.join('.')
    const option = edit.json === undefined ? 'unset' : 'set'
    const place = resolvePath(edited, edit)
    if (typeof place === 'string') problems.push(problemOf(option, typed, place))
    else if (edit.json === undefined) edited = removeFromJson(edited, place)
    else edited = setInJson(edited, place, edit.json, place.length === 1 ? keysBefore(edit.path[0]!) : [])
  }
  return { text: edited, problems }
}

/** The path with numbers where it goes through lists, or why there is no such place. */
function resolvePath(text: string, { path, json }: PathEdit): JsonPath | string {
  const isRemoval = json === undefined
  const resolved: (string | number)[] = []
  let value: unknown = parseExactJson(text)
  for (const step of path) {
    const before = resolved.join('.')
    if (Array.isArray(value)) {
      const index = /^(0|[1-9]\d{0,8})$/.test(step) ? Number(step) : -1
      if (index < 0 || index > value.length - (isRemoval ? 1 : 0))
        return `"${before}" is a list of ${value.length}, which has no place ${JSON.stringify(step)}`
      resolved.push(index)
      value = value[index]
    } else if (typeof value === 'object' && value !== null) {
      const isThere = Object.hasOwn(value, step)
      if (!isThere && isRemoval) return absentKey(before, step, Object.keys(value))
      resolved.push(step)
      value = isThere ? (value as Record<string, unknown>)[step] : {}
    } else return `"${before}" is ${shortJson(value as JsonValue)}, which has nothing inside`
  }
  return resolved
}

function keysBefore(key: string): readonly string[] {
  return KEY_ORDER.slice(0, Math.max(0, KEY_ORDER.indexOf(key)))
}

function absentKey(before: string, step: string, keys: readonly string[]): string {
  const near = nearestNames(step, keys, 1)[0]
  const where = before === '' ? '' : ` in "${before}"`
  return `there is no "${step}"${where}${near === undefined ? '' : `; did you mean "${near}"?`}`
}

function parsePath(text: string, option: string): { steps: string[] } | ErrorProblem {
  const steps = text.split(/(?<!\\)\./).map(step => step.replace(/\\([.=\\])/g, '$1'))
  const unsafe = steps.find(step => UNSAFE_KEYS.has(step))
  if (unsafe !== undefined) return problemOf(option, text, `"${unsafe}" is not allowed in a path`)
  if (steps.some(step => step.trim() === '')) return problemOf(option, text, 'has an empty step')
  const kept = KEPT_KEYS.find(key => key === steps[0])
  if (kept !== undefined) return problemOf(option, text, `"${kept}" is kept by usagebook`)
  return { steps }
}

function problemOf(option: string, path: string, why: string): ErrorProblem {
  return { message: why, where: { option, path } }
}
