// Reads `alerts.json` of a workspace: what is wrong with it is an error that names every place.
import { join } from 'node:path'
import { type AlertPlan, planOf } from '../../alert/alert-rules.ts'
import { type AlertFile, alertSchema } from '../../alert/alert-schema.ts'
import { BUILT_IN_NAMES } from '../../alert/built-in-rules.ts'
import { ConfigError, InputError, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import type { Zone } from '../../base/zone.ts'
import { type EditedFile, parseEditedText, readEditedText } from '../workspace/edited-file.ts'

export const ALERT_FILE = 'alerts.json'

const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(alertSchema.shape),
  builtIn: BUILT_IN_NAMES,
  rules: Object.keys(alertSchema.shape.rules.unwrap().element.shape),
  budgets: Object.keys(alertSchema.shape.budgets.unwrap().element.shape),
  silences: Object.keys(alertSchema.shape.silences.unwrap().element.shape),
}

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
  const text = readEditedText(editedAlerts(path))
  return { path, text, written: text === undefined ? {} : parseAlerts(text, path) }
}

/** `file` is named in errors. */
export function parseAlerts(text: string, file: string): AlertFile {
  return parseEditedText(text, editedAlerts(file))
}

function editedAlerts(file: string): EditedFile<typeof alertSchema> {
  return {
    ...{ file, schema: alertSchema, keys: KEYS, page: 'docs/alerts.md' },
    wrong: (message, details) => new ConfigError('bad-alerts', message, details),
    unreadable: (message, details) => new InputError('alerts-unreadable', message, details),
  }
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
