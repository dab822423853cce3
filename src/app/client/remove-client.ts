// Removes a client from clients.json; no profile may still name it.
import { UsageError } from '../../base/errors.ts'
import { findClient, removeClient as removeFromClients } from '../../profile/clients.ts'
import { newestOf, readVersion, type Snapshot } from '../../profile/folder.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { changeProfiles } from '../../profile/transaction.ts'
import type { ClientAnswer } from '../profile/answers.ts'
import { authorOf } from '../profile/change-request.ts'
import { type ClientRequest, clientAnswer, clientChange } from './client-change.ts'

export async function removeClient(request: ClientRequest, home: ProfileHome): Promise<ClientAnswer> {
  const author = authorOf(request, home)
  return await changeProfiles(home, request.isDryRun, snapshot => {
    const { id, profiles } = findClient(snapshot.clients, request.client)
    const naming = profilesNaming(home, snapshot, id)
    if (naming.length > 0) {
      throw new UsageError('client-in-use', `"${id}" is on the visibility list of ${naming.join(', ')}.`, {
        hint: `Remove it there first: "usagebook profile visibility ${naming[0]} --remove ${id}".`,
      })
    }
    const used = profiles.length === 0 ? '' : `, which used ${profiles.join(', ')}`
    return {
      change: clientChange(snapshot, removeFromClients(snapshot.clients, id), id, { action: 'remove' }, author),
      answer: clientAnswer(request, `Client "${id}" removed${used}`),
    }
  })
}

function profilesNaming(home: ProfileHome, { shelf }: Snapshot, client: string): string[] {
  return [...shelf.profiles.keys()].filter(profile => {
    const { visibility, visible_to_clients: named } = readVersion(home, newestOf(shelf, profile)).value
    return visibility === 'client_specific' && Array.isArray(named) && named.includes(client)
  })
}
