// Takes a profile away from a client, whichever version of it the client uses.
import { UsageError } from '../../base/errors.ts'
import { findClient, versionsUsed } from '../../profile/clients.ts'
import { letUse } from '../../profile/plan-version.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { formatVersionName, parseReference, parseVersionName } from '../../profile/profile-id.ts'
import { changeProfiles } from '../../profile/transaction.ts'
import type { ClientAnswer } from '../profile/answers.ts'
import { authorOf } from '../profile/change-request.ts'
import type { AssignRequest } from './assign-profile.ts'
import { clientAnswer, clientChange } from './client-change.ts'

export async function unassignProfile(request: AssignRequest, home: ProfileHome): Promise<ClientAnswer> {
  const author = authorOf(request, home)
  const { profile, version } = parseReference(request.id)
  return await changeProfiles(home, request.isDryRun, snapshot => {
    const client = findClient(snapshot.clients, request.client)
    const named = version === undefined ? undefined : formatVersionName({ profile, version })
    const used = versionsUsed(client, profile)
    if (used.length === 0 || (named !== undefined && !used.includes(named))) {
      const uses = client.profiles.length === 0 ? 'no profile' : client.profiles.join(', ')
      throw new UsageError('not-assigned', `"${client.id}" does not use "${request.id}".`, {
        hint: `Name one that it uses; it uses ${uses}.`,
      })
    }
    const line = {
      action: 'unassign',
      profile,
      fromVersion: parseVersionName(used[0]!)!.version,
      clientsRemoved: [client.id],
    }
    return {
      change: clientChange(snapshot, letUse(snapshot.clients, client.id, profile, undefined), client.id, line, author),
      answer: clientAnswer(request, `Client "${client.id}" no longer uses "${used.join('", "')}"`, {
        profileId: null,
        previousProfileId: used[0]!,
      }),
    }
  })
}
