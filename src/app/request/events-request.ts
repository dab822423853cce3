// From options to the request for single events.
import { ColumnNames } from '../../query/columns.ts'
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

/** The cost of an event, logged or by the prices; `cost_usd` is what the line says. */
const COST_CLAUSE = /^\s*cost\s*[=!<>~]/

/** How a page follows others, for who asks for page after page. */
export type Paging = Pick<EventsRequest['page'], 'after' | 'wantsNext'>

export async function buildEventsRequest(
  options: EventsOptions & RangeName,
  host: Host,
  workspace: Workspace,
  scope?: Scope,
  paging: Paging = {},
): Promise<EventsRequest> {
  const { session, sort } = options
  const { where = [] } = options
  const ofCost = where.filter(text => COST_CLAUSE.test(text))
  const others = where.filter(text => !ofCost.includes(text))
  const request = await buildLogRequest({ ...options, where: others }, host, workspace, { scope })
  const filter =
    ofCost.length === 0 ? request.filter : { ...request.filter, asGiven: { ...request.filter.asGiven, where } }
  const costTests = ofCost.map(text => new ColumnNames().conditionOf(text).test)
  return {
    ...request,
    filter: session === undefined ? filter : ofSession(session, filter),
    page: {
      limit: options.limit ?? (session === undefined ? DEFAULT_LIMIT : SESSION_LIMIT),
      offset: options.offset ?? 0,
      order: session === undefined ? 'newest' : 'oldest',
      ...(sort === 'cost' ? { sort } : {}),
      ...(costTests.length > 0 ? { costTests } : {}),
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
