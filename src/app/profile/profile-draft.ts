// What people change of a profile in a form, as texts and ticks: taken from a content, and put into it again. Nothing of the
// content that was not changed is touched, and nothing is checked here: the use-cases say what is wrong.
import { type ErrorProblem, UsageError } from '../../base/errors.ts'
import { formatJson, isJson, type JsonValue } from '../../base/json.ts'
import { removeFromJson, setInJson } from '../../profile/edit-json.ts'
import { type JsonObject, parseExactJson } from '../../profile/exact-json.ts'
import { invalidProfile } from '../../profile/plan-version.ts'
import { profileSchema } from '../../profile/profile-schema.ts'
import { removeKey, setKnownKey } from '../../profile/stamp.ts'
import { withVisibility } from './change-visibility.ts'

export interface DraftCheck {
  readonly name: string
  readonly isEnabled: boolean
  /** As typed; "" for none. */
  readonly weight: string
}

export interface ProfileDraft {
  readonly name: string
  readonly description: string
  /** As typed; "" for none. */
  readonly passThreshold: string
  readonly isForAll: boolean
  /** Where it is not for all. */
  readonly clients: readonly string[]
  readonly checks: readonly DraftCheck[]
}

export const NEW_PROFILE = '{\n  "name": "",\n  "visibility": "all",\n  "checks": {}\n}\n'

/** Undefined for a content that a form cannot show, because something in it is wrong. */
export function draftOf(text: string): ProfileDraft | undefined {
  if (!isJson(text)) return undefined
  const value = parseExactJson(text) as JsonObject
  // A new profile has no name and no version yet.
  const fields = profileSchema.partial({ version: true, name: true }).safeParse(withName(JSON.parse(text)))
  if (!fields.success) return undefined
  const { visibility, visible_to_clients: clients = [], description = '', checks = {} } = fields.data
  const weights = (value.checks ?? {}) as Readonly<Record<string, JsonObject>>
  return {
    name: String(value.name ?? ''),
    description,
    passThreshold: numberText(value.pass_threshold),
    isForAll: visibility !== 'client_specific',
    clients: visibility === 'client_specific' ? clients : [],
    checks: Object.entries(checks).map(([name, { enabled }]) => ({
      name,
      isEnabled: enabled !== false,
      weight: numberText(weights[name]!.weight),
    })),
  }
}

/** The content after what the draft changes in it. */
export function contentOfDraft(text: string, draft: ProfileDraft): string {
  const before = draftOf(text)
  if (before === undefined) {
    throw new UsageError('invalid-profile', 'This profile cannot be changed in a form.', {
      hint: 'Change it as JSON.',
    })
  }
  const problems = findCheckProblems(draft.checks)
  if (problems.length > 0) throw invalidProfile('The profile', problems)
  let edited = text
  if (draft.name !== before.name) edited = setKnownKey(edited, 'name', JSON.stringify(draft.name))
  if (draft.description !== before.description)
    edited = withKey(edited, 'description', draft.description, JSON.stringify)
  if (draft.passThreshold !== before.passThreshold)
    edited = withKey(edited, 'pass_threshold', draft.passThreshold, numberJson)
  if (!isSameVisibility(draft, before)) edited = withVisibility(edited, draft.isForAll ? undefined : draft.clients)
  return withChecks(edited, draft.checks, before.checks)
}

/** `mine` was made from `base`, which is `theirs` by now: where I changed nothing, theirs holds. */
export function mergeDrafts(base: ProfileDraft, mine: ProfileDraft, theirs: ProfileDraft): ProfileDraft {
  const pick = <Key extends 'name' | 'description' | 'passThreshold'>(key: Key) =>
    mine[key] === base[key] ? theirs[key] : mine[key]
  const { isForAll, clients } = isSameVisibility(mine, base) ? theirs : mine
  return {
    name: pick('name'),
    description: pick('description'),
    passThreshold: pick('passThreshold'),
    isForAll,
    clients,
    checks: mergeChecks(base.checks, mine.checks, theirs.checks),
  }
}

function mergeChecks(
  base: readonly DraftCheck[],
  mine: readonly DraftCheck[],
  theirs: readonly DraftCheck[],
): DraftCheck[] {
  const find = (checks: readonly DraftCheck[], name: string) => checks.find(check => check.name === name)
  const names = [...new Set([...theirs, ...mine].map(({ name }) => name))]
  return names.flatMap(name => {
    const [before, own, other] = [base, mine, theirs].map(checks => find(checks, name))
    const isOwn = JSON.stringify(own) !== JSON.stringify(before)
    return (isOwn ? own : other) ?? []
  })
}

function withChecks(text: string, checks: readonly DraftCheck[], before: readonly DraftCheck[]): string {
  let edited = text
  for (const { name } of before) {
    if (!checks.some(check => check.name === name)) edited = removeFromJson(edited, ['checks', name])
  }
  for (const { name, isEnabled, weight } of checks) {
    const old = before.find(check => check.name === name)
    const path = ['checks', name]
    if (old === undefined) {
      const json = `{"enabled":${isEnabled}${weight === '' ? '' : `,"weight":${numberJson(weight)}`}}`
      edited = setInJson(edited, path, json)
      continue
    }
    if (old.isEnabled !== isEnabled) edited = setInJson(edited, [...path, 'enabled'], String(isEnabled))
    if (old.weight === weight) continue
    const place = [...path, 'weight']
    edited = weight === '' ? removeFromJson(edited, place) : setInJson(edited, place, numberJson(weight))
  }
  return edited
}

function withName(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, name: 'any' } : value
}

function findCheckProblems(checks: readonly DraftCheck[]): ErrorProblem[] {
  return checks.flatMap(({ name }, index) => {
    if (name.trim() === '') return [{ message: 'a check needs a name', where: { path: `checks.${index}` } }]
    if (checks.findIndex(check => check.name === name) === index) return []
    return [{ message: `there are two checks ${JSON.stringify(name)}`, where: { path: `checks.${name}` } }]
  })
}

function withKey(text: string, key: string, typed: string, jsonOf: (typed: string) => string): string {
  return typed === '' ? removeKey(text, key) : setKnownKey(text, key, jsonOf(typed))
}

// What is no number stays a text, which is then refused as one.
function numberJson(typed: string): string {
  const text = typed.trim()
  return isJson(text) ? text : JSON.stringify(typed)
}

function numberText(value: JsonValue | undefined): string {
  return value === undefined ? '' : formatJson(value, 0)
}

function isSameVisibility(a: ProfileDraft, b: ProfileDraft): boolean {
  const [own, other] = [a, b].map(({ isForAll, clients }) =>
    JSON.stringify([isForAll, isForAll ? [] : [...clients].sort()]),
  )
  return own === other
}
