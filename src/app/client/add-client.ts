// Adds a client to clients.json.
import { ConflictError, UsageError } from '../../base/errors.ts'
import { addClient as addToClients, CLIENT_ID } from '../../profile/clients.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { changeProfiles } from '../../profile/transaction.ts'
import type { ClientAnswer } from '../profile/answers.ts'
import { authorOf } from '../profile/change-request.ts'
import { type ClientRequest, clientAnswer, clientChange } from './client-change.ts'

export interface AddClientRequest extends ClientRequest {
  readonly name?: string | undefined
}

export async function addClient(request: AddClientRequest, home: ProfileHome): Promise<ClientAnswer> {
  const { client, name } = request
  if (!CLIENT_ID.test(client) || client === 'constructor' || client === 'prototype') {
    throw new UsageError('bad-client-id', `${JSON.stringify(client)} is not a valid client id.`, {
      hint: 'Use up to 100 letters, digits and . _ @ + -, a letter or digit first, as the usage logs name the client.',
    })
  }
  const author = authorOf(request, home)
  return await changeProfiles(home, request.isDryRun, snapshot => {
    if (snapshot.clients.all.has(client)) {
      throw new ConflictError('client-exists', `There is a client ${JSON.stringify(client)} already.`, {
        hint: `See "usagebook client show ${client}".`,
      })
    }
    const after = addToClients(snapshot.clients, client, name)
    return {
      change: clientChange(snapshot, after, client, { action: 'add' }, author),
      answer: clientAnswer(request, `Client "${client}" added`),
    }
  })
}
