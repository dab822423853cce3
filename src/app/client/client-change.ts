// The answer to a change of a client, and the files that it writes: clients.json and one line of audit.
import { type AuditLine, formatAuditLine } from '../../profile/audit.ts'
import type { Clients } from '../../profile/clients.ts'
import type { Snapshot } from '../../profile/folder.ts'
import type { Change } from '../../profile/journal-text.ts'
import { clientsChange } from '../../profile/plan-version.ts'
import type { Author } from '../../profile/stamp.ts'
import type { ClientAnswer } from '../profile/answers.ts'
import type { ChangeRequest } from '../profile/change-request.ts'

export interface ClientRequest extends ChangeRequest {
  readonly client: string
}

/** What the audit line says beside who and when. */
export type ClientLine = Pick<AuditLine, 'action'> &
  Partial<Pick<AuditLine, 'profile' | 'fromVersion' | 'toVersion' | 'sha256' | 'clientsMoved' | 'clientsRemoved'>>

export function clientChange(
  snapshot: Snapshot,
  after: Clients,
  client: string,
  line: ClientLine,
  author: Author,
): Change {
  const auditText = formatAuditLine({
    at: author.at,
    actor: author.by,
    action: line.action,
    profile: line.profile ?? null,
    fromVersion: line.fromVersion ?? null,
    toVersion: line.toVersion ?? null,
    sha256: line.sha256 ?? null,
    message: author.message ?? null,
    clientsMoved: line.clientsMoved ?? [],
    ...(line.clientsRemoved !== undefined && { clientsRemoved: line.clientsRemoved }),
    client,
  })
  const title = `${line.action} of client ${client} by ${author.by} at ${author.at}`
  return { title, versions: [], ...clientsChange(snapshot.clients, after), auditText }
}

export function clientAnswer(
  request: ClientRequest,
  done: string,
  versions: Pick<ClientAnswer, 'profileId' | 'previousProfileId'> = {},
): ClientAnswer {
  const { client, isDryRun } = request
  return isDryRun
    ? { status: 'dry-run', message: `Nothing was changed. Without --dry-run: ${done}`, client, ...versions }
    : { status: 'success', message: done, client, ...versions }
}
