// Clients, what each should run, and which profiles are assigned to it.
import { addClient } from '../../app/client/add-client.ts'
import { assignProfile } from '../../app/client/assign-profile.ts'
import { readClientProfiles } from '../../app/client/client-profiles.ts'
import { removeClient } from '../../app/client/remove-client.ts'
import { showClient } from '../../app/client/show-client.ts'
import { unassignProfile } from '../../app/client/unassign-profile.ts'
import { showSeen } from '../../app/profile/seen-profiles.ts'
import { changeClient, ownClient, ownClients } from '../resources/client-calls.ts'
import { exactJson } from '../resources/exact-json.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { clientAnswer, clientList, clientProfiles, newClient, shownClient } from '../resources/profile-answers.ts'
import {
  type AskedInBody,
  CHANGE,
  changeOf,
  EDITORS,
  homeOf,
  sightOf,
  withoutForeign,
} from '../resources/profile-calls.ts'
import { repeatable } from '../resources/repeatable.ts'
import type { Route } from '../route.ts'

const READERS = ['admin', 'manager', 'viewer'] as const
const group = 'Clients'

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/clients',
    roles: READERS,
    summary: 'the clients and the profile versions that they use',
    group,
    parameters: PAGE,
    answer: clientList,
    async handle(call) {
      const { items, counts, headers } = pageOf(call, await ownClients(call))
      return { json: { clients: items, ...counts }, headers }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/clients',
    roles: ['admin'],
    summary: 'add a client',
    group,
    parameters: CHANGE,
    body: newClient,
    answer: clientAnswer,
    status: 201,
    async handle(call) {
      const { id, name, ...body } = call.body as AskedInBody & { readonly id: string; readonly name?: string }
      const answer = await changeClient(call, 'client.add', { client: id }, changeOf(call, body), request =>
        addClient({ ...request, client: id, name }, homeOf(call)),
      )
      if (answer.status !== 'success') return { status: 200, json: answer }
      return { json: answer, headers: { Location: `${call.services.settings.basePath}api/v1/clients/${id}` } }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/clients/:id',
    roles: READERS,
    summary: 'a client: the versions that it uses, and what else it may see',
    group,
    answer: shownClient,
    async handle(call) {
      return { json: await showClient(ownClient(call), homeOf(call)) }
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/clients/:id',
    roles: ['admin'],
    summary: 'remove a client that no profile names',
    group,
    parameters: CHANGE,
    answer: clientAnswer,
    async handle(call) {
      const client = call.path.id!
      const json = await changeClient(call, 'client.remove', { client }, changeOf(call), request =>
        removeClient({ ...request, client }, homeOf(call)),
      )
      return { json }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/clients/:id/profiles',
    roles: READERS,
    summary: 'what an application should run for a client: each profile with its content',
    group,
    answer: clientProfiles,
    async handle(call) {
      return exactJson(await readClientProfiles(ownClient(call), sightOf(call), homeOf(call)))
    },
  },
  {
    method: 'PUT',
    path: '/api/v1/clients/:id/profiles/:profile',
    roles: EDITORS,
    summary: 'let a client use a profile: its newest version, or one as brand_check@1',
    group,
    parameters: CHANGE,
    answer: clientAnswer,
    async handle(call) {
      const client = ownClient(call)
      const profile = call.path.profile!
      await showSeen(profile, sightOf(call), homeOf(call))
      const json = await changeClient(call, 'client.assign', { client, profile }, changeOf(call), request =>
        assignProfile({ ...request, client, id: profile }, homeOf(call)),
      )
      return { json }
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/clients/:id/profiles/:profile',
    roles: EDITORS,
    summary: 'take a profile away from a client, whichever version it uses',
    group,
    parameters: CHANGE,
    answer: clientAnswer,
    async handle(call) {
      const client = ownClient(call)
      const profile = call.path.profile!
      const json = await changeClient(call, 'client.unassign', { client, profile }, changeOf(call), request =>
        unassignProfile({ ...request, client, id: profile }, homeOf(call)),
      )
      return { json }
    },
  },
]

export const CLIENT_ROUTES: readonly Route[] = ROUTES.map(withoutForeign).map(repeatable)
