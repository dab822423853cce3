// What was said of single events as a request.
import type { Condition } from '../../query/condition.ts'
import type { EventsRequest } from '../event/list-events.ts'
import type { Host } from '../host.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { buildLogRequest } from './log-request.ts'
import type { EventsOptions } from './parameters.ts'

/** Events a page, unless told; of a session, which is read to its end, more. */
export const DEFAULT_LIMIT = 25
export const SESSION_LIMIT = 100

export async function buildEventsRequest(
  options: EventsOptions,
  host: Host,
  workspace: Workspace,
): Promise<EventsRequest> {
  const logs = await buildLogRequest(options, host, workspace)
  const { session } = options
  return {
    ...logs,
    ...(session === undefined ? {} : ofSession(session, logs)),
    limit: options.limit ?? (session === undefined ? DEFAULT_LIMIT : SESSION_LIMIT),
    offset: options.offset ?? 0,
    order: session === undefined ? 'newest' : 'oldest',
  }
}

function ofSession(session: string, { conditions, filters }: Pick<EventsRequest, 'conditions' | 'filters'>) {
  const test = { kind: 'patterns', accept: [session], refuse: [], match: 'exact' } as const
  const condition: Condition = { column: 'session', test }
  return { conditions: [...conditions, condition], filters: { ...filters, session: [session] } }
}
