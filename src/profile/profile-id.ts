// Names of profiles: ids made from a name, versions in file names, and what a typed reference like brand@1 means.
import { optionName, UsageError } from '../base/errors.ts'

/** One version of a profile; version 1 of `brand_check` is kept as "brand_check", version 2 as "brand_check_v2". */
export interface VersionName {
  readonly profile: string
  readonly version: number
}

/** What was typed: a profile, and one of its versions where one is named. */
export interface ProfileReference {
  readonly profile: string
  readonly version: number | undefined
}

const ID = /^[a-z0-9][a-z0-9_-]{0,99}$/
/** A file's name may say any number; no profile is edited so often. */
const MOST_VERSION = 999_999_999
const VERSION_ENDING = /^(.+)_v(\d+)$/

/** "brand_check_v2" as profile and version, or undefined where the text is no name that this tool gives. */
export function parseVersionName(text: string): VersionName | undefined {
  const match = VERSION_ENDING.exec(text)
  if (match === null) return ID.test(text) ? { profile: text, version: 1 } : undefined
  const version = Number(match[2])
  const isGiven = version >= 2 && version <= MOST_VERSION && String(version) === match[2]
  return isGiven && isProfileId(match[1]!) ? { profile: match[1]!, version } : undefined
}

export function formatVersionName(name: VersionName): string {
  return name.version === 1 ? name.profile : `${name.profile}_v${name.version}`
}

/** Whether a text can be the id of a profile: of the legal letters, and without a version at its end. */
export function isProfileId(text: string): boolean {
  return ID.test(text) && !VERSION_ENDING.test(text)
}

/** "brand", "brand@3" or "brand_v3"; anything else, a path above all, is a UsageError. */
export function parseReference(text: string): ProfileReference {
  const at = /^([^@]*)@([1-9]\d{0,8})$/.exec(text)
  const profile = at?.[1] ?? text
  if (at !== null && isProfileId(profile)) return { profile, version: Number(at[2]) }
  const name = parseVersionName(text)
  if (name === undefined) throw badId(text, 'Use an id like brand_check, brand_check@2 or brand_check_v2.')
  return { profile: name.profile, version: name.version === 1 ? undefined : name.version }
}

/** Checks an id that somebody wants to give to a new profile. */
export function parseNewId(text: string): string {
  if (isProfileId(text)) return text
  const hint = VERSION_ENDING.test(text)
    ? 'Choose an id that does not end in _v and a number: versions are named by usagebook.'
    : 'Choose up to 100 lower-case letters, digits, "_" and "-", a letter or digit first.'
  throw badId(text, hint)
}

/** "Brand check" as "brand_check"; a name without Latin letters or digits makes no id, which is a UsageError. */
export function idOfName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const id = plain
    .replace(/[^a-z0-9-]+/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '')
    .slice(0, 100)
  if (isProfileId(id)) return id
  throw new UsageError('bad-profile-id', `No id can be made from the name ${JSON.stringify(name)}.`, {
    where: { option: 'name' },
    hint: `Give one with ${optionName('id')}, without _v and a number at its end.`,
  })
}

function badId(text: string, hint: string): UsageError {
  return new UsageError('bad-profile-id', `${JSON.stringify(text)} is not the id of a profile.`, { hint })
}
