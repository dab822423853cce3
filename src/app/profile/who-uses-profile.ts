// Which clients use a profile, and which version of it.
import { findClient, usersOf } from '../../profile/clients.ts'
import { findVersion, newestOf } from '../../profile/folder.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { formatVersionName, parseReference } from '../../profile/profile-id.ts'
import { openSnapshot } from '../../profile/transaction.ts'
import type { ProfileUses } from './answers.ts'

export async function whoUsesProfile(id: string, home: ProfileHome): Promise<ProfileUses> {
  const { clients, shelf } = await openSnapshot(home)
  const { profile } = findVersion(shelf, id)
  const users = usersOf(clients, parseReference(id))
  return {
    profile,
    newestVersion: newestOf(shelf, profile).version,
    uses: users.map(({ client, version }) => ({
      client,
      name: findClient(clients, client).name ?? null,
      profileId: formatVersionName({ profile, version }),
      version,
    })),
  }
}
