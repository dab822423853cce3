// Shows one version of a profile, as values and as the text of its file.
import { usersOf } from '../../profile/clients.ts'
import { findVersion, newestOf, readVersion } from '../../profile/folder.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { openSnapshot } from '../../profile/transaction.ts'
import type { ShownProfile } from './answers.ts'

export async function showProfile(id: string, home: ProfileHome): Promise<ShownProfile> {
  const { clients, shelf } = await openSnapshot(home)
  const name = findVersion(shelf, id)
  const { text, value, id: profileId } = readVersion(home, name)
  return {
    ...name,
    profileId,
    newestVersion: newestOf(shelf, name.profile).version,
    usedBy: usersOf(clients, name).map(user => user.client),
    value,
    text,
  }
}
