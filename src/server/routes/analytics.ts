// The paths under /api/v1/analytics and /api/dashboard: reports under the names that earlier dashboards use.
import * as z from 'zod'
import { DASHBOARD, type DashboardOptions, type Parameter, type ReportOptions } from '../../app/request/parameters.ts'
import { wholeNumber } from '../../app/request/parse-option.ts'
import { ProblemError } from '../problem.ts'
import { CURSOR } from '../resources/cursor.ts'
import { repeatable } from '../resources/repeatable.ts'
import { askerOf, type Call, type Reply, type Route } from '../route.ts'
import { scopeOf } from '../scope-of.ts'
import { answerDashboard, answerEvents, answerReport } from './reports.ts'
import { SYSTEM_HEALTH_ROUTE } from './system-health.ts'

const EVERYBODY = ['admin', 'manager', 'viewer', 'user'] as const
const DATES = {
  date_from: { value: 'DATE', help: 'from this day on, or an instant' },
  date_to: { value: 'DATE', help: 'to the end of this day, or up to an instant' },
} as const satisfies Readonly<Record<string, Parameter>>
const ACTIVITY = {
  user_id: { value: 'NAME', help: 'only this user' },
  ...DATES,
  activity_type: { value: 'NAME', help: 'only events of this kind' },
  limit: { value: 'N', help: 'events a page, up to 100; default 25', parse: wholeNumber(1, 100) },
  offset: { value: 'N', help: 'events to skip first', parse: wholeNumber(0, 100_000_000) },
  ...CURSOR,
} as const satisfies Readonly<Record<string, Parameter>>
const GROUPS = {
  ...DATES,
  group_by: { value: 'NAME', help: 'activity_type (default), user or day', choices: ['activity_type', 'user', 'day'] },
} as const satisfies Readonly<Record<string, Parameter>>
const FIELD = {
  ...DATES,
  field: { value: 'NAME', help: 'the field of the categories; default feature' },
} as const satisfies Readonly<Record<string, Parameter>>
const RANGE = {
  range: DASHBOARD.range,
  start: { value: 'DATE', help: 'of a custom range' },
  end: { value: 'DATE', help: 'of a custom range' },
} as const satisfies Readonly<Record<string, Parameter>>
const RECENT = 20
interface Given {
  readonly date_from?: string
  readonly date_to?: string
  readonly user_id?: string
  readonly activity_type?: string
  readonly group_by?: string
  readonly field?: string
  readonly limit?: number
  readonly offset?: number
  readonly cursor?: string
  readonly range?: string
  readonly start?: string
  readonly end?: string
}

const ROUTES: readonly Route[] = [
  SYSTEM_HEALTH_ROUTE,
  report('user-activity', 'events of users, the newest first', ACTIVITY, 'events', async call => {
    const { user_id, activity_type, limit, offset, cursor } = given(call)
    const options = {
      ...dates(call),
      ...(user_id === undefined ? {} : { user: [user_id] }),
      ...(activity_type === undefined ? {} : { event: [activity_type] }),
      ...(limit === undefined ? {} : { limit }),
      ...(offset === undefined ? {} : { offset }),
      ...(cursor === undefined ? {} : { cursor }),
    }
    return await answerEvents(call, options, ownScope(call))
  }),
  report('activity-summary', 'how often each activity happened', GROUPS, 'activity-report', async call => {
    const by = groupOf(given(call).group_by ?? 'activity_type')
    return await answerReport(call, { ...dates(call), name: 'activity', by: [by] })
  }),
  report('metrics', 'the headline numbers, and how they changed', DATES, 'usage-report', async call =>
    answerReport(call, { ...comparable(call), name: 'usage', section: ['summary'], compare: 'previous' }),
  ),
  report('trends', 'series over time', DATES, 'trends-report', async call =>
    answerReport(call, { ...comparable(call), name: 'trends' }),
  ),
  report('categories', 'the share of each feature, or of each value of a field', FIELD, 'group-report', async call =>
    answerReport(call, { ...dates(call), name: 'usage', groupBy: [given(call).field ?? 'feature'] }),
  ),
  report('recent-activity', `the last ${RECENT} events`, DATES, 'events', async call => {
    // These are the last ones, and no page of a list.
    const { headers: { Link: _next, ...headers } = {}, ...reply } = await answerEvents(call, {
      ...dates(call),
      limit: RECENT,
    })
    return { ...reply, headers }
  }),
  report('client-performance', 'the clients, ranked by usage', DATES, 'clients-report', async call =>
    answerReport(call, { ...comparable(call), name: 'clients' }),
  ),
  report('business-impact', 'the share of each value of the field impact', DATES, 'group-report', async call =>
    answerReport(call, { ...dates(call), name: 'usage', groupBy: ['impact'] }),
  ),
  report('dashboard', 'every metric of a range in one document', RANGE, 'dashboard', dashboard),
  {
    method: 'POST',
    path: '/api/v1/analytics/cache/invalidate',
    roles: ['admin'],
    summary: 'drop the answers that are kept, so that each is computed again',
    group: 'Analytics',
    answer: z.object({ status: z.literal('success') }),
    async handle({ services }) {
      services.shelf.clear()
      return { json: { status: 'success' } }
    },
  },
  {
    method: 'GET',
    path: '/api/dashboard',
    roles: EVERYBODY,
    summary: 'every metric of a range in one document',
    group: 'Analytics',
    parameters: RANGE,
    hasOwnNames: true,
    answer: 'dashboard',
    handle: dashboard,
  },
  {
    method: 'GET',
    path: '/api/dashboard/health',
    roles: EVERYBODY,
    summary: 'whether the dashboard is available',
    group: 'Analytics',
    answer: z.object({ status: z.literal('ok') }),
    handle: async () => ({ json: { status: 'ok' } }),
  },
]

export const ANALYTICS_ROUTES: readonly Route[] = ROUTES.map(repeatable)

function report(
  name: string,
  summary: string,
  parameters: NonNullable<Route['parameters']>,
  answer: string,
  handle: Route['handle'],
): Route {
  const path = `/api/v1/analytics/${name}`
  return {
    method: 'GET',
    path,
    roles: EVERYBODY,
    summary,
    group: 'Analytics',
    parameters,
    hasOwnNames: true,
    answer,
    handle,
  }
}

function given({ options }: Call): Given {
  return options as Given
}

function dates(call: Call): { readonly startDate?: string; readonly endDate?: string } {
  const { date_from, date_to } = given(call)
  return {
    ...(date_from === undefined ? {} : { startDate: date_from }),
    ...(date_to === undefined ? {} : { endDate: date_to }),
  }
}

// All of time has no range before it to compare with, so the default is a week, which is what such pages show.
function comparable(call: Call): ReportOptions {
  const range = dates(call)
  return Object.keys(range).length > 0 ? range : { lastDays: 7 }
}

function groupOf(name: string): 'activity' | 'user' | 'day' {
  const by = { activity_type: 'activity', user: 'user', day: 'day' } as const
  if (Object.hasOwn(by, name)) return by[name as keyof typeof by]
  throw new ProblemError({
    status: 400,
    code: 'bad-flag',
    title: `group_by ${JSON.stringify(name)}: there is no such group.`,
    hint: 'Use activity_type, user or day.',
    extra: { parameter: 'group_by' },
  })
}

// Anybody but an admin or a manager sees only their own activity.
function ownScope(call: Call) {
  const asker = askerOf(call)
  const scope = scopeOf(asker)
  return asker.role === 'viewer' ? { ...scope, user: asker.actor } : scope
}

async function dashboard(call: Call): Promise<Reply> {
  const { range, start, end } = given(call)
  const hasDates = start !== undefined || end !== undefined
  if (hasDates && range !== undefined && range !== 'custom') {
    throw new ProblemError({
      status: 400,
      code: 'range-twice',
      title: 'range and start both set the range.',
      hint: 'Use range=custom with start and end.',
    })
  }
  const options = hasDates ? { startDate: start, endDate: end } : { range }
  const said = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return await answerDashboard(call, said as DashboardOptions)
}
