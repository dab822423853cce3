// Reads `alerts.json` of a workspace: what is wrong with it is an error that names every place.
import { join } from 'node:path'
import { type AlertPlan, planOf } from '../../alert/alert-rules.ts'
import { type AlertFile, alertSchema } from '../../alert/alert-schema.ts'
import { BUILT_IN_NAMES } from '../../alert/built-in-rules.ts'
import { parseEditedJson } from '../../base/edited-json.ts'
import { ConfigError, InputError, systemCode, systemReason, UsagebookError, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import { readTextFile } from '../../base/regular-file.ts'
import { schemaProblems } from '../../base/schema-problems.ts'
import type { Zone } from '../../base/zone.ts'

export const ALERT_FILE = 'alerts.json'

/** The rules and budgets of a workspace; the built-in ones alone where it has no `alerts.json`. */
export function readAlertPlan(root: string, zone: Zone): AlertPlan {
  return planOf(readAlertFile(root).written, zone)
}

export interface ReadAlertFile {
  readonly path: string
  /** Undefined where there is no file. */
  readonly text: string | undefined
  readonly written: AlertFile
}

export function readAlertFile(root: string): ReadAlertFile {
  const path = join(root, ALERT_FILE)
  const text = readIfThere(path)
  return { path, text, written: text === undefined ? {} : parseAlerts(text, path) }
}

/** `file` is named in errors. */
export function parseAlerts(text: string, file: string) {
  const json = parseEditedJson(text, file)
  const parsed = alertSchema.safeParse(json.value)
  const repeated = json.repeatedKeys().map(({ path, line }) => ({
    message: 'stands here a second time',
    where: { file, line, path: path.join('.') },
  }))
  if (parsed.success && repeated.length === 0) return parsed.data
  const found = parsed.success ? [] : schemaProblems(parsed.error, json, file, unknownKey)
  const problems = [...found, ...repeated].sort((a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0))
  const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
  throw new ConfigError('bad-alerts', `${file} has ${count}.`, {
    where: problems[0]?.where ?? { file },
    problems,
    hint: `Fix ${file}; docs/alerts.md says what it can have.`,
  })
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(alertSchema.shape),
  builtIn: BUILT_IN_NAMES,
  rules: Object.keys(alertSchema.shape.rules.unwrap().element.shape),
  budgets: Object.keys(alertSchema.shape.budgets.unwrap().element.shape),
  silences: Object.keys(alertSchema.shape.silences.unwrap().element.shape),
}

function unknownKey(key: string, path: readonly string[]): string {
  const near = nearestNames(key, KEYS[path[0] ?? ''] ?? [], 1)[0]
  return near === undefined ? 'there is no such key' : `there is no such key; did you mean ${near}?`
}

/** Refuses names that are neither a rule's nor a budget's. */
export function refuseUnknownNames(names: readonly string[], { rules, budgets }: AlertPlan): void {
  const known = [...rules, ...budgets].map(({ name }) => name)
  const unknown = names.find(name => !known.includes(name))
  if (unknown === undefined) return
  const near = nearestNames(unknown, known, 1)[0]
  const all = known.length === 0 ? 'Add one to alerts.json.' : `Use one of ${known.join(', ')}.`
  throw new UsageError('unknown-rule', `There is no rule or budget ${JSON.stringify(unknown)}.`, {
    hint: near === undefined ? all : `Use ${near}, or see "usagebook alert list".`,
  })
}

function readIfThere(file: string): string | undefined {
  try {
    return readTextFile(file)
  } catch (error) {
    if (error instanceof UsagebookError) throw error
    if (systemCode(error) === 'ENOENT') return undefined
    throw new InputError('alerts-unreadable', `${file} cannot be read: ${systemReason(error)}.`, {
      where: { file },
      hint: `Check the permissions of ${file}.`,
      cause: error,
    })
  }
}
