// Shows one version of a profile, as values and as the text of its file.
import { usersOf } from '../../profile/clients.ts'
import type { JsonObject } from '../../profile/exact-json.ts'
import { findVersion, newestOf, readVersion } from '../../profile/folder.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { openSnapshot } from '../../profile/transaction.ts'

export interface ShownProfile {
  readonly profile: string
  readonly profileId: string
  readonly version: number
  readonly newestVersion: number
  readonly usedBy: readonly string[]
  readonly value: JsonObject
  /** The file's own content. */
  readonly text: string
}

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
