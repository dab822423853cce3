// Profiles as they are shown to somebody who may see only some clients: anything that belongs to other clients is treated as
// if it did not exist. A version is shown if one of these clients uses it, or may see both it and the newest version.
import type { ClientScope } from '../../access/identity.ts'
import { ConfigError, InputError, UsageError } from '../../base/errors.ts'
import { formatJson } from '../../base/json.ts'
import { usersOf } from '../../profile/clients.ts'
import type { JsonObject } from '../../profile/exact-json.ts'
import { newestOf, readVersion, type Snapshot } from '../../profile/folder.ts'
import { differencesBetween, formatDifference, patchBetween } from '../../profile/profile-diff.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { parseVersionName, type VersionName } from '../../profile/profile-id.ts'
import { isInReach } from '../../profile/reach.ts'
import { openSnapshot } from '../../profile/transaction.ts'
import type { HistoryEntry, ProfileDiff, ProfileHistory, ProfileList, ProfileUses, ShownProfile } from './answers.ts'
import { type DiffRequest, diffProfiles } from './diff-profiles.ts'
import { type ListRequest, listProfiles } from './list-profiles.ts'
import { readHistory } from './profile-history.ts'
import { showProfile } from './show-profile.ts'
import { whoUsesProfile } from './who-uses-profile.ts'

export async function showSeen(id: string, scope: ClientScope, home: ProfileHome): Promise<ShownProfile> {
  const shown = await showProfile(id, home)
  if (scope === '*') return shown
  if (!isSeen(await openSnapshot(home), shown, scope, home)) throw unknownProfile(shown.profile)
  const value = cut(shown.value, scope)
  const usedBy = shown.usedBy.filter(client => scope.includes(client))
  return { ...shown, usedBy, value, text: `${formatJson(value)}\n` }
}

export async function listSeen(request: ListRequest, scope: ClientScope, home: ProfileHome): Promise<ProfileList> {
  const { client } = request
  if (scope !== '*' && client !== undefined && !scope.includes(client)) throw unknownClient(client)
  const list = await listProfiles(request, home)
  if (scope === '*') return list
  const snapshot = await openSnapshot(home)
  const profiles = list.profiles
    .filter(listed => isSeen(snapshot, listed, scope, home))
    .map(listed => ({
      ...listed,
      visibleToClients: listed.visibleToClients.filter(named => scope.includes(named)),
      usedBy: listed.usedBy.filter(use => scope.includes(use.client)),
    }))
  // Of a version that cannot be read, nobody knows who may see it.
  return { profiles, broken: [] }
}

/** Versions that differ in other clients only are left out. */
export async function seenHistory(id: string, scope: ClientScope, home: ProfileHome): Promise<ProfileHistory> {
  const history = await readHistory(id, home)
  if (scope === '*') return history
  const { profile } = history
  const snapshot = await openSnapshot(home)
  const versions: HistoryEntry[] = []
  let before: JsonObject | undefined
  for (const entry of history.versions.toReversed()) {
    const name = { profile, version: entry.version }
    if (!isSeen(snapshot, name, scope, home)) continue
    const value = cut(readVersion(home, name).value, scope)
    const changes = before === undefined ? [] : differencesBetween(before, value).map(formatDifference)
    if (before !== undefined && changes.length === 0) continue
    versions.push({ ...entry, changes, clients: entry.clients.filter(client => scope.includes(client)) })
    before = value
  }
  if (versions.length === 0) throw unknownProfile(profile)
  return { profile, versions: versions.reverse() }
}

export async function seenDiff(request: DiffRequest, scope: ClientScope, home: ProfileHome): Promise<ProfileDiff> {
  if (scope === '*') return await diffProfiles(request, home)
  // First of all: what is wrong with a question must not tell of a profile that is not to be seen.
  await showSeen(request.a, scope, home)
  const diff = await diffProfiles(request, home)
  const from = (await showSeen(exactly(diff.from.profileId), scope, home)).value
  const to = (await showSeen(exactly(diff.to.profileId), scope, home)).value
  return { ...diff, differences: differencesBetween(from, to), patch: patchBetween(from, to) }
}

export async function seenUses(id: string, scope: ClientScope, home: ProfileHome): Promise<ProfileUses> {
  await showSeen(id, scope, home)
  const uses = await whoUsesProfile(id, home)
  return scope === '*' ? uses : { ...uses, uses: uses.uses.filter(({ client }) => scope.includes(client)) }
}

/** Whether somebody who is in charge of these clients may change a profile: nobody else sees or uses it. */
export async function mayChange(id: string, scope: ClientScope, home: ProfileHome): Promise<boolean> {
  if (scope === '*') return true
  const { clients } = await openSnapshot(home)
  const shown = await showProfile(id, home)
  const newest = readVersion(home, { profile: shown.profile, version: shown.newestVersion })
  return [shown, newest].every(version => isInReach(clients, version, scope))
}

/** "brand_check_v2" as "brand_check@2", which for version 1 is not the newest. */
export function exactly(profileId: string): string {
  const { profile, version } = parseVersionName(profileId)!
  return `${profile}@${version}`
}

function isSeen({ clients, shelf }: Snapshot, name: VersionName, scope: readonly string[], home: ProfileHome): boolean {
  if (usersOf(clients, name).some(({ client }) => scope.includes(client))) return true
  return [name, newestOf(shelf, name.profile)].every(version => isVisibleToSome(version, scope, home))
}

function isVisibleToSome(name: VersionName, scope: readonly string[], home: ProfileHome): boolean {
  try {
    const { visibility = 'all', visible_to_clients: named } = readVersion(home, name).value
    if (visibility === 'all') return scope.length > 0
    return Array.isArray(named) && named.some(client => typeof client === 'string' && scope.includes(client))
  } catch (error) {
    if (error instanceof ConfigError || error instanceof InputError) return false
    throw error
  }
}

function cut(value: JsonObject, scope: readonly string[]): JsonObject {
  const { visible_to_clients: named } = value
  if (!Array.isArray(named)) return value
  return { ...value, visible_to_clients: named.filter(client => typeof client === 'string' && scope.includes(client)) }
}

function unknownProfile(profile: string): UsageError {
  return new UsageError('unknown-profile', `There is no profile ${JSON.stringify(profile)}.`, {
    hint: 'See "usagebook profile list" for the profiles.',
  })
}

function unknownClient(client: string): UsageError {
  return new UsageError('unknown-client', `There is no client ${JSON.stringify(client)}.`, {
    hint: 'See "usagebook client list".',
  })
}
