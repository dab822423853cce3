// From routes to a server: every request passes guard, identity, role and parameters before its route sees it.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Identity } from '../access/identity.ts'
import type { Problem } from './answers/question.ts'
import type { Passed } from './guard/guard.ts'
import { whoAsks } from './guard/who-asks.ts'
import { problemPage } from './pages/problem-page.ts'
import { ProblemError } from './problem.ts'
import { NO_BODY, readBody, readForm, readQuery } from './read-request.ts'
import { respond, respondProblem } from './reply.ts'
import type { Call, Method, Route } from './route.ts'
import type { Services } from './services.ts'

/** What the listener already knows about a request. */
export interface Bindings {
  readonly passed: Passed
}

type Handled = Context<{ Bindings: Bindings }>

export function buildApp(routes: readonly Route[], services: Services): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>({ strict: false })
  const { basePath } = services.settings
  // Where a last slash does not matter, none may stand in a path.
  const at = (path: string) => `${basePath.slice(0, -1)}${path}`.replace(/(?<=.)\/$/, '')
  const byPath = new Map<string, Map<Method, Route>>()
  for (const route of routes) byPath.set(route.path, (byPath.get(route.path) ?? new Map()).set(route.method, route))
  for (const [path, methods] of byPath) app.all(at(path), context => answerOne(context, methods, services))
  app.all('*', context => answerOne(context, new Map(), services))
  return app
}

async function answerOne(context: Handled, methods: ReadonlyMap<Method, Route>, services: Services): Promise<Response> {
  const requestId = requestIdOf(context.req.header('x-request-id'))
  const { method } = context.req
  let identity: Identity | undefined
  const route = methods.get((method === 'HEAD' ? 'GET' : method) as Method)
  try {
    if (route === undefined && methods.size === 0) throw notFound()
    if (route === undefined) throw wrongMethod(methods)
    const { passed } = context.env
    const isOpen = route.roles.includes('anybody')
    identity = isOpen
      ? await whoAsksIfAnybody(context, services)
      : await whoAsks(context.req.raw.headers, passed, services)
    refuseRole(route, identity)
    const url = new URL(context.req.url)
    const { options, refused } = readOptions(url, route)
    const body = route.body === undefined ? NO_BODY : await readBody(context.req.raw, route)
    const form = route.takesForm === true ? await readForm(context.req.raw) : new URLSearchParams()
    const call: Call = {
      identity,
      path: { ...(context.req.param() as Record<string, string>) },
      options,
      body: body.value,
      bodyText: body.text,
      form,
      headers: context.req.raw.headers,
      method,
      url,
      passed,
      requestId,
      services,
    }
    const reply = refused === undefined ? await route.handle(call) : await route.whenRefused!(call, refused)
    return respond(call, route, reply)
  } catch (error) {
    const asked = { request: context.req.raw, passed: context.env.passed, identity, services, requestId }
    const pageFor = (problem: Problem) => problemPage(problem, asked)
    return respondProblem(error, requestId, identity, services, { route, pageOf: pageFor })
  }
}

function readOptions(url: URL, route: Route): { readonly options: Call['options']; readonly refused?: unknown } {
  try {
    return { options: readQuery(url, route) }
  } catch (error) {
    if (route.whenRefused === undefined) throw error
    return { options: {}, refused: error }
  }
}

// A page for anybody is not refused because of a wrong token.
async function whoAsksIfAnybody(context: Handled, services: Services): Promise<Identity | undefined> {
  try {
    return await whoAsks(context.req.raw.headers, context.env.passed, services)
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

function refuseRole(route: Route, identity: Identity | undefined): void {
  if (route.roles.includes('anybody')) return
  if (identity === undefined) {
    throw new ProblemError(
      {
        status: 401,
        code: 'not-logged-in',
        title: 'Log in first.',
        hint: 'Send a token: "Authorization: Bearer ub_…".',
      },
      { 'WWW-Authenticate': 'Bearer realm="usagebook"' },
    )
  }
  if (!route.roles.includes(identity.role))
    throw new ProblemError({ status: 403, code: 'not-allowed', title: 'You may not do that.' })
}

// The client's own id is used if it can do no harm in a log.
function requestIdOf(given: string | undefined): string {
  return given !== undefined && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID()
}

function notFound(): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'not-found',
    title: 'There is nothing at this address.',
    hint: 'See /api/openapi.json.',
  })
}

function wrongMethod(methods: ReadonlyMap<Method, Route>): ProblemError {
  const allowed = [...methods.keys(), ...(methods.has('GET') ? ['HEAD'] : [])].join(', ')
  return new ProblemError(
    { status: 405, code: 'wrong-method', title: `This address takes ${allowed}.` },
    { Allow: allowed },
  )
}
