// What an application should run for a client: the versions that are assigned to it, with their content.
import type { ClientScope } from '../../access/identity.ts'
import type { JsonObject } from '../../profile/exact-json.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { exactly, showSeen } from '../profile/seen-profiles.ts'
import { showClient } from './show-client.ts'

export interface ClientProfiles {
  readonly client: string
  readonly name: string | null
  readonly profiles: readonly {
    readonly profile: string
    readonly profileId: string
    readonly version: number
    readonly content: JsonObject
  }[]
}

/** One that cannot be read is an error: an application must not run less than it is told. */
export async function readClientProfiles(
  client: string,
  scope: ClientScope,
  home: ProfileHome,
): Promise<ClientProfiles> {
  const { name, uses } = await showClient(client, home)
  const shown = await Promise.all(uses.map(({ profileId }) => showSeen(exactly(profileId), scope, home)))
  const profiles = shown.map(({ profile, profileId, version, value }) => ({
    profile,
    profileId,
    version,
    content: value,
  }))
  return { client, name, profiles }
}
