// Writes the fields that usagebook maintains into the text of a version: number, who, when, and where it came from.
import { removeFromJson, setInJson } from './edit-json.ts'
import type { Profile } from './profile.ts'
import { KEPT_KEYS, KEY_ORDER } from './profile-schema.ts'

/** Who changes something, when and why. */
export interface Author {
  readonly by: string
  /** ISO 8601 in UTC. */
  readonly at: string
  readonly message: string | undefined
}

type KeptValues = { readonly [key in (typeof KEPT_KEYS)[number]]?: string | number | undefined }

export function stampFirstVersion(text: string, author: Author): string {
  return stamp(text, { version: 1, created_at: author.at, created_by: author.by })
}

/** A text as version `version`, made from `from`. */
export function stampNextVersion(
  text: string,
  from: Profile,
  version: number,
  author: Author,
  restoredFrom: string | undefined,
): string {
  return stamp(text, {
    version,
    created_at: textOf(from.value.created_at),
    created_by: textOf(from.value.created_by),
    modified_at: author.at,
    modified_by: author.by,
    previous_version: from.id,
    restored_from: restoredFrom,
  })
}

/** The text with a value at one of the known keys, a new one in its order. */
export function setKnownKey(text: string, key: string, json: string): string {
  return setInJson(text, [key], json, KEY_ORDER.slice(0, KEY_ORDER.indexOf(key)))
}

export function removeKey(text: string, key: string): string {
  return Object.hasOwn(JSON.parse(text) as object, key) ? removeFromJson(text, [key]) : text
}

function stamp(text: string, values: KeptValues): string {
  let stamped = text
  for (const key of KEPT_KEYS) {
    const value = values[key]
    stamped = value === undefined ? removeKey(stamped, key) : setKnownKey(stamped, key, JSON.stringify(value))
  }
  return stamped
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
