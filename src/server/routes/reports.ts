// Reports, the dashboard and single events: every parameter of the command line that names no file, in every format.
import * as z from 'zod'
import {
  CHECKS,
  DASHBOARD,
  DASHBOARD_VIEW,
  type DashboardOptions,
  EVENTS,
  type EventsOptions,
  FILTERS,
  INPUT,
  MONEY,
  OUTPUT,
  RANGE,
  type ReportOptions,
} from '../../app/request/parameters.ts'
import { overSettings } from '../../app/request/settings-options.ts'
import type { Scope } from '../../query/scope.ts'
import type { Format } from '../../render/render.ts'
import { REPORTS } from '../../report/catalogue.ts'
import type { Answer } from '../answers/answer-shelf.ts'
import type { Question } from '../answers/question.ts'
import { ProblemError } from '../problem.ts'
import { CURSOR, nextLink, PLACE_IN_EVENTS, readCursor } from '../resources/cursor.ts'
import type { Call, Reply, Route } from '../route.ts'
import { ask } from './documents.ts'
import { formatOf, TYPES, withEnding } from './forms.ts'

// Callers have no say in the server's files or in its number of threads.
const { logs: _logs, rejects: _rejects, threads: _threads, cache: _cache, ...INPUTS } = INPUT
const { output: _output, ...VIEW } = OUTPUT
const { columns, header, bom, format } = OUTPUT
const LOOK = { columns, header, bom, format }

export const REPORT_PARAMETERS = { ...DASHBOARD, ...RANGE, ...FILTERS, ...INPUTS, ...VIEW, ...MONEY, ...CHECKS }
export const EVENT_PARAMETERS = { ...DASHBOARD, ...RANGE, ...FILTERS, ...INPUTS, ...EVENTS, ...LOOK, ...CURSOR }
export const DASHBOARD_PARAMETERS = {
  ...DASHBOARD,
  ...DASHBOARD_VIEW,
  section: OUTPUT.section,
  compare: OUTPUT.compare,
  ...RANGE,
  ...FILTERS,
  ...INPUTS,
  cost: MONEY.cost,
  idle: OUTPUT.idle,
  format,
}

const EVERYBODY = ['admin', 'manager', 'viewer', 'user'] as const
const list = z.object({ reports: z.array(z.object({ name: z.string(), summary: z.string(), href: z.string() })) })

export const REPORT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/reports',
    roles: EVERYBODY,
    summary: 'the reports that there are',
    group: 'Reports',
    answer: list,
    async handle({ services }) {
      const reports = REPORTS.map(({ name, summary }) => ({
        name,
        summary,
        href: `${services.settings.basePath}api/v1/reports/${name}`,
      }))
      return { json: { reports } }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/reports/:name',
    roles: EVERYBODY,
    summary: 'a report; its name may end in .json, .csv, .tsv, .md, .html or .txt',
    group: 'Reports',
    parameters: REPORT_PARAMETERS,
    answer: 'report',
    types: Object.values(TYPES),
    async handle(call) {
      const { name, ending } = withEnding(call.path.name!)
      const options = await merged<ReportOptions>(call, REPORT_PARAMETERS)
      checkReport(name)
      return await answerReport(call, { ...options, name }, ending)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/dashboard',
    roles: EVERYBODY,
    summary: 'every metric of a range in one document',
    group: 'Reports',
    parameters: DASHBOARD_PARAMETERS,
    answer: 'dashboard',
    types: Object.values(TYPES),
    async handle(call) {
      return await answerDashboard(call, await merged<DashboardOptions>(call, DASHBOARD_PARAMETERS))
    },
  },
  {
    method: 'GET',
    path: '/api/v1/events',
    roles: EVERYBODY,
    summary: 'single events, the newest first',
    group: 'Events',
    parameters: EVENT_PARAMETERS,
    answer: 'events',
    types: Object.values(TYPES),
    async handle(call) {
      return await answerEvents(call, await merged<EventsOptions>(call, EVENT_PARAMETERS))
    },
  },
  {
    method: 'GET',
    path: '/api/v1/sessions/:id',
    roles: EVERYBODY,
    summary: 'one session, in order of time',
    group: 'Events',
    parameters: EVENT_PARAMETERS,
    answer: 'events',
    types: Object.values(TYPES),
    async handle(call) {
      const options = await merged<EventsOptions>(call, EVENT_PARAMETERS)
      return await answerEvents(call, { ...options, session: call.path.id! })
    },
  },
]

interface Looks {
  readonly format?: Format | undefined
  readonly columns?: readonly string[] | undefined
  readonly header?: boolean | undefined
  readonly bom?: boolean | undefined
}

/** The options of a request, which override those of the configuration. */
export async function merged<Options extends object>(
  { options, services }: Call,
  parameters: Parameters<typeof overSettings>[1],
): Promise<Options & Looks> {
  const { settings } = (await services.workspaceNow.look()).workspace
  return overSettings(options as Options & Looks, parameters, settings)
}

export async function answerReport(call: Call, options: ReportOptions & Looks, ending?: Format): Promise<Reply> {
  const { format: asked, columns, header, bom, ...rest } = options
  const form = formatOf(ending ?? asked, call.headers)
  const answer = await ask(call, { kind: 'report', options: rest, format: form, ...lookOf({ columns, header, bom }) })
  const [refusal] = answer.notes.refusals
  if (refusal !== undefined) throw refused(answer.notes.refusals)
  return fileReply(answer, form, options.name ?? 'usage')
}

export async function answerDashboard(
  call: Call,
  { format: asked, ...options }: DashboardOptions & Looks,
): Promise<Reply> {
  const form = formatOf(asked, call.headers)
  return fileReply(await ask(call, { kind: 'dashboard', options, format: form }), form, 'dashboard')
}

/** `scope` is given if it is narrower than the caller's. */
export async function answerEvents(
  call: Call,
  options: EventsOptions & Looks & { readonly cursor?: string },
  scope?: Scope,
): Promise<Reply> {
  const { format: asked, columns, header, bom, cursor, ...rest } = options
  const form = formatOf(asked, call.headers)
  const after = cursor === undefined ? undefined : readCursor(call, cursor, PLACE_IN_EVENTS)
  const answer = await ask(
    call,
    { kind: 'events', options: rest, ...(after && { after }), format: form, ...lookOf({ columns, header, bom }) },
    scope,
  )
  const reply = fileReply(answer, form, 'events')
  return { ...reply, headers: { ...reply.headers, ...nextLink(call, answer.notes.next, rest.limit) } }
}

function lookOf(look: Looks): Pick<Question, 'look'> {
  const given = Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined))
  return Object.keys(given).length === 0 ? {} : { look: given }
}

function fileReply({ body, etag, tookMs }: Answer, form: Format, name: string): Reply {
  // A page to be passed on contains its own style and script, which this server's security policy would not let run.
  const disposition =
    form === 'json' || form === 'text' ? {} : { 'Content-Disposition': `attachment; filename="${name}.${form}"` }
  return { bytes: body, type: TYPES[form], etag, tookMs, headers: disposition }
}

export function checkReport(name: string): void {
  if (REPORTS.some(report => report.name === name)) return
  const names = REPORTS.map(report => report.name).join(', ')
  throw new ProblemError({
    status: 404,
    code: 'unknown-report',
    title: `There is no report ${JSON.stringify(name)}.`,
    hint: `Use one of ${names}.`,
  })
}

export function refused(refusals: Answer['notes']['refusals']): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'check-failed',
    title: `A check failed: ${refusals.map(({ why }) => why).join('; ')}.`,
    hint: 'Leave the check out to see the report.',
    extra: { checks: refusals.map(({ option, why }) => ({ check: option, why })) },
  })
}
