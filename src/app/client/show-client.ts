// One client: the versions that it uses, whether there are newer ones, and what else it may see.
import { findClient } from '../../profile/clients.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { parseVersionName } from '../../profile/profile-id.ts'
import { openSnapshot } from '../../profile/transaction.ts'
import type { ShownClient } from '../profile/answers.ts'
import { listProfiles } from '../profile/list-profiles.ts'

export async function showClient(id: string, home: ProfileHome): Promise<ShownClient> {
  const { clients, shelf } = await openSnapshot(home)
  const client = findClient(clients, id)
  const uses = client.profiles.map(profileId => {
    const { profile, version } = parseVersionName(profileId)!
    return { profile, profileId, version, newestVersion: shelf.profiles.get(profile)?.at(-1) ?? null }
  })
  const visible = await listProfiles({ client: id, isAllVersions: false }, home)
  const used = new Set(uses.map(use => use.profile))
  return {
    id,
    name: client.name ?? null,
    uses: uses.map(({ profileId, version, newestVersion }) => ({ profileId, version, newestVersion })),
    maySee: visible.profiles.map(listed => listed.profile).filter(profile => !used.has(profile)),
  }
}
