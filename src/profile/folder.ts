// Reads the profiles folder and clients.json. Neither a name nor a symbolic link leads out of the folder.
import { readdirSync, realpathSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { InputError, systemCode, systemReason, UsagebookError, UsageError } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'
import { readTextFile } from '../base/regular-file.ts'
import { type AuditEntry, parseAudit } from './audit.ts'
import { type Clients, NO_CLIENTS, parseClients } from './clients.ts'
import { type Profile, parseProfile } from './profile.ts'
import { type ProfileHome, pathsOf } from './profile-home.ts'
import { formatVersionName, parseReference, parseVersionName, type VersionName } from './profile-id.ts'

/** The profiles by id, each with the numbers of its versions, lowest first; and files whose names are no versions. */
export interface Shelf {
  readonly profiles: ReadonlyMap<string, readonly number[]>
  readonly strays: readonly string[]
}

/** What a change starts from. Read in this order: every version that a client uses is then on the shelf. */
export interface Snapshot {
  readonly clients: Clients
  readonly shelf: Shelf
}

export function readSnapshot(home: ProfileHome): Snapshot {
  return { clients: readClients(home), shelf: readShelf(home) }
}

export function readShelf(home: ProfileHome): Shelf {
  const profiles = new Map<string, number[]>()
  const strays: string[] = []
  for (const entry of readFolder(pathsOf(home).folder).sort()) {
    if (entry === 'audit.jsonl' || entry.startsWith('.')) continue
    const name = entry.endsWith('.json') ? parseVersionName(entry.slice(0, -5)) : undefined
    if (name === undefined) strays.push(entry)
    else profiles.set(name.profile, [...(profiles.get(name.profile) ?? []), name.version])
  }
  for (const versions of profiles.values()) versions.sort((a, b) => a - b)
  return { profiles, strays }
}

export function readClients(home: ProfileHome): Clients {
  const text = readInside(pathsOf(home).clients)
  return text === undefined ? NO_CLIENTS : parseClients(text)
}

export function readAudit(home: ProfileHome): AuditEntry[] {
  return parseAudit(readInside(pathsOf(home).audit) ?? '')
}

/** One version, as far as it is a JSON object; use `findProfileProblems` or `parseFields` for what is in it. */
export function readVersion(home: ProfileHome, name: VersionName): Profile {
  const file = join(pathsOf(home).folder, `${formatVersionName(name)}.json`)
  const text = readInside(file)
  if (text !== undefined) return parseProfile(text, name)
  throw new InputError('file-unreadable', `${file} cannot be read: it does not exist.`, {
    where: { file },
    hint: 'Try again: somebody may have removed it just now.',
  })
}

/** The version that was typed, the newest where none was named; one that is not there is a UsageError. */
export function findVersion(shelf: Shelf, text: string): VersionName {
  const { profile, version } = parseReference(text)
  const versions = versionsOf(shelf, profile)
  if (version === undefined) return { profile, version: versions.at(-1)! }
  if (versions.includes(version)) return { profile, version }
  throw new UsageError('unknown-version', `There is no version ${version} of ${profile}.`, {
    hint: `Use one of ${versions.slice(-9).join(', ')}: see "usagebook profile history ${profile}".`,
  })
}

/** The version numbers of a profile, lowest first; an unknown profile is a UsageError. */
export function versionsOf(shelf: Shelf, profile: string): readonly number[] {
  const versions = shelf.profiles.get(profile)
  if (versions !== undefined) return versions
  const near = nearestNames(profile, shelf.profiles.keys())
  throw new UsageError('unknown-profile', `There is no profile ${JSON.stringify(profile)}.`, {
    hint: near.length > 0 ? `Use ${near.join(' or ')}.` : 'See "usagebook profile list" for the profiles.',
  })
}

export function newestOf(shelf: Shelf, profile: string): VersionName {
  return { profile, version: versionsOf(shelf, profile).at(-1)! }
}

/** The text of a file, or undefined where there is none; a link that leads out of the file's folder is an error. */
export function readInside(file: string): string | undefined {
  try {
    const real = resolveInside(file)
    return real === undefined ? undefined : readTextFile(real, file)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw unreadable(file, error)
  }
}

/** Where a file really is, or undefined where there is none; a link that leads out of the file's folder is an error. */
export function resolveInside(file: string): string | undefined {
  try {
    const folder = realpathSync(dirname(file))
    const real = realpathSync(file)
    if (real.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return real
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw unreadable(file, error)
  }
  throw new InputError('link-leads-out', `${file} is a symbolic link that leads out of its folder.`, {
    where: { file },
    hint: 'Put a plain file in its place.',
  })
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw unreadable(folder, error)
  }
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof UsagebookError || systemCode(error) === undefined) return error
  return new InputError('file-unreadable', `${file} cannot be read: ${systemReason(error)}.`, {
    where: { file },
    hint: 'Check its permissions, and that it is what its name says.',
    cause: error,
  })
}
