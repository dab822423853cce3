// From options to the request for single events.
import type { Condition } from '../../query/condition.ts'
import type { Scope } from '../../query/scope.ts'
import type { Host } from '../host.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { buildLogRequest } from './log-request.ts'
import type { EventsOptions, RangeName } from './parameters.ts'
import type { EventFilter, EventsRequest } from './requests.ts'

/** Events a page, unless told; of a session, which is read to its end, more. */
export const DEFAULT_LIMIT = 25
export const SESSION_LIMIT = 100

/** How a page follows others, for who asks for page after page. */
export type Paging = Pick<EventsRequest['page'], 'after' | 'wantsNext'>

export async function buildEventsRequest(
  options: EventsOptions & RangeName,
  host: Host,
  workspace: Workspace,
  scope?: Scope,
  paging: Paging = {},
): Promise<EventsRequest> {
  const request = await buildLogRequest(options, host, workspace, { scope })
  const { session } = options
  return {
    ...request,
    filter: session === undefined ? request.filter : ofSession(session, request.filter),
    page: {
      limit: options.limit ?? (session === undefined ? DEFAULT_LIMIT : SESSION_LIMIT),
      offset: options.offset ?? 0,
      order: session === undefined ? 'newest' : 'oldest',
      ...paging,
    },
  }
}

function ofSession(session: string, filter: EventFilter): EventFilter {
  const test = { kind: 'patterns', accept: [session], refuse: [], match: 'exact' } as const
  const condition: Condition = { column: 'session', test }
  return {
    ...filter,
    conditions: [...filter.conditions, condition],
    asGiven: { ...filter.asGiven, session: [session] },
  }
}
