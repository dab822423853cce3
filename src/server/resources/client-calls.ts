// One change of a client, with its lines in the audit; and which clients a request may be about.
import { seesClient } from '../../access/identity.ts'
import { listClients } from '../../app/client/list-clients.ts'
import type { ClientAnswer } from '../../app/profile/answers.ts'
import type { ChangeRequest } from '../../app/profile/change-request.ts'
import { UsageError } from '../../base/errors.ts'
import { audited } from '../audited.ts'
import type { Call } from '../route.ts'
import { homeOf, sightOf } from './profile-calls.ts'

/** The client in the path, which must be one of who asks. */
export function ownClient(call: Call): string {
  const client = call.path.id!
  if (seesClient({ clients: sightOf(call) }, client)) return client
  throw new UsageError('unknown-client', 'It is not one of the clients that you may see.')
}

/** The clients that who asks may see. */
export async function ownClients(call: Call) {
  const { clients } = await listClients(homeOf(call))
  return clients.filter(({ id }) => seesClient({ clients: sightOf(call) }, id))
}

export async function changeClient(
  call: Call,
  action: string,
  detail: Readonly<Record<string, unknown>>,
  request: ChangeRequest,
  make: (request: ChangeRequest) => Promise<ClientAnswer>,
): Promise<ClientAnswer> {
  if (request.isDryRun) return await make(request)
  const outcome = ({ status, profileId }: ClientAnswer) => ({
    status,
    ...(profileId != null && { version: profileId }),
  })
  return await audited(call, action, detail, () => make(request), outcome)
}
