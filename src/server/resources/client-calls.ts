// One change of a client, with its lines in the audit; and which client a request may be about.
import type { ClientAnswer } from '../../app/profile/answers.ts'
import type { ChangeRequest } from '../../app/profile/change-request.ts'
import { UsageError } from '../../base/errors.ts'
import { audited } from '../audited.ts'
import type { Call } from '../route.ts'
import { sightOf } from './profile-calls.ts'

/** The client in the path, which must be one of who asks. */
export function ownClient(call: Call): string {
  const client = call.path.id!
  const sight = sightOf(call)
  if (sight === '*' || sight.includes(client)) return client
  throw new UsageError('unknown-client', 'It is not one of the clients that you may see.')
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
