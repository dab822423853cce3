// Lists the profiles: newest versions or all, with their visibility and who uses them; or what one client may see.
import { ConfigError, InputError } from '../../base/errors.ts'
import { type Clients, findClient, usersOf } from '../../profile/clients.ts'
import { readVersion } from '../../profile/folder.ts'
import { parseFields } from '../../profile/profile.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { formatVersionName, type VersionName } from '../../profile/profile-id.ts'
import { openSnapshot } from '../../profile/transaction.ts'
import { isVisibleTo } from '../../profile/visibility.ts'
import type { ListedProfile, ProfileList } from './answers.ts'

export interface ListRequest {
  readonly client?: string | undefined
  readonly isAllVersions: boolean
}

export async function listProfiles(request: ListRequest, home: ProfileHome): Promise<ProfileList> {
  const { clients, shelf } = await openSnapshot(home)
  if (request.client !== undefined) findClient(clients, request.client)
  const profiles: ListedProfile[] = []
  const broken: { profileId: string; why: string }[] = []
  for (const [profile, versions] of shelf.profiles) {
    for (const version of request.isAllVersions ? versions : versions.slice(-1)) {
      try {
        const listed = listedProfile(home, clients, { profile, version }, request)
        if (listed !== undefined) profiles.push(listed)
      } catch (error) {
        if (!(error instanceof ConfigError || error instanceof InputError)) throw error
        broken.push({ profileId: formatVersionName({ profile, version }), why: whyBroken(error) })
      }
    }
  }
  return { profiles, broken }
}

function listedProfile(
  home: ProfileHome,
  clients: Clients,
  name: VersionName,
  { client, isAllVersions }: ListRequest,
): ListedProfile | undefined {
  const fields = parseFields(readVersion(home, name))
  if (client !== undefined && !isVisibleTo(client, fields)) return undefined
  return {
    profile: name.profile,
    profileId: formatVersionName(name),
    version: name.version,
    name: fields.name,
    visibility: fields.visibility ?? 'all',
    visibleToClients: fields.visibility === 'client_specific' ? (fields.visible_to_clients ?? []) : [],
    usedBy: usersOf(clients, isAllVersions ? name : { profile: name.profile, version: undefined }),
    modifiedAt: fields.modified_at ?? fields.created_at ?? null,
    modifiedBy: fields.modified_by ?? fields.created_by ?? null,
  }
}

function whyBroken(error: ConfigError | InputError): string {
  const [first] = error.problems
  return first === undefined ? error.message : `${first.where?.path ?? ''} ${first.message}`.trim()
}
