// What the API and the pages do with threats: list those that whoever asks may see, and say that some are resolved.
import type { LogOptions, RangeName } from '../../app/request/parameters.ts'
import { buildResolveRequest } from '../../app/request/threats-request.ts'
import type { FoundThreat } from '../../app/threat/find-threats.ts'
import type { ResolveAnswer } from '../../app/threat/resolve-answer.ts'
import { resolveThreats } from '../../app/threat/resolve-threats.ts'
import { audited } from '../audited.ts'
import type { Call } from '../route.ts'
import { askDocument } from '../routes/documents.ts'

/** Who may say that somebody has dealt with a threat. */
export const KEEPERS = ['admin', 'manager'] as const

export async function threatsOf(call: Call, options: LogOptions & RangeName): Promise<readonly FoundThreat[]> {
  return await askDocument(call, { kind: 'threats', options })
}

export async function resolveOf(call: Call, ids: readonly string[], note: string | undefined): Promise<ResolveAnswer> {
  const { workspaceNow, host } = call.services
  const { workspace } = await workspaceNow.look()
  const request = await buildResolveRequest({ ids, note }, host, workspace)
  return await audited(
    call,
    'threat.resolve',
    { ids, ...(note === undefined ? {} : { note }) },
    () => resolveThreats(request, () => threatsOf(call, { dedupe: 'off' })),
    ({ resolved }) => ({ resolved: resolved.length }),
  )
}
