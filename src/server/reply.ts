// Replies and problems as responses, with the headers that every answer of this server has.
import { randomUUID } from 'node:crypto'
import type { Identity } from '../access/identity.ts'
import { etagOf } from './answers/answer-shelf.ts'
import type { Problem } from './answers/question.ts'
import type { ProblemPage } from './pages/problem-page.ts'
import { ProblemError, problemJson, problemOf } from './problem.ts'
import type { Call, Reply, Route } from './route.ts'
import { TYPES } from './routes/forms.ts'
import type { Services } from './services.ts'

export function respond(call: Call, route: Route, reply: Reply): Response {
  const { json, tookMs } = reply
  const body = json === undefined ? (reply.bytes ?? null) : `${JSON.stringify(json)}\n`
  const etag = reply.etag ?? (body !== null && route.method === 'GET' ? etagOf(body) : undefined)
  const headers = new Headers(safeHeaders(call.requestId))
  headers.set('Cache-Control', 'private, no-cache')
  if (reply.type !== undefined || json !== undefined)
    headers.set('Content-Type', reply.type ?? 'application/json; charset=utf-8')
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.set(name, value)
  if (etag !== undefined) headers.set('ETag', etag)
  if (tookMs !== undefined && call.identity?.role === 'admin')
    headers.set('Server-Timing', `answer;dur=${tookMs.toFixed(1)}`)
  const status = reply.status ?? route.status ?? 200
  // Only for GET: other methods have already made their change.
  if (route.method === 'GET' && etag !== undefined && matches(call.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers })
  const isEmpty = status === 204 || status === 303 || call.method === 'HEAD'
  if (body !== null && call.method === 'HEAD') headers.set('Content-Length', String(Buffer.byteLength(body)))
  return new Response(isEmpty ? null : (body as ConstructorParameters<typeof Response>[0]), { status, headers })
}

/** Whether a header like `"a", W/"b"` or `*` names a tag. */
export function matches(header: string | null, etag: string): boolean {
  if (header === null) return false
  return header.split(',').some(part => ['*', etag, `W/${etag}`].includes(part.trim()))
}

export interface ProblemReply {
  /** Undefined where there is nothing at the address. */
  readonly route: Route | undefined
  /** The page that shows it to a browser. */
  readonly pageOf: (problem: Problem) => ProblemPage | undefined
}

/** Why the request failed, as far as the caller may know; the rest goes to the server's log. */
export function respondProblem(
  error: unknown,
  requestId: string,
  identity: Identity | undefined,
  { say }: Pick<Services, 'say'>,
  { route, pageOf }: ProblemReply,
): Response {
  const isNamed = route === undefined || route.method === 'GET' || route.path.includes(':')
  const problem = problemOf(error, identity?.role === 'admin', isNamed)
  if (problem.status >= 500 && problem.status !== 503) say(`${requestId}: ${stackOf(error)}`)
  const own = error instanceof ProblemError ? error.headers : {}
  const page = pageOf(problem)
  if (page !== undefined) {
    const { body, location } = page
    const where: Record<string, string> = location === undefined ? {} : { Location: location }
    return new Response(location === undefined ? body : null, {
      status: location === undefined ? problem.status : 303,
      headers: { ...problemHeaders(requestId, own), 'Content-Type': TYPES.html, ...where },
    })
  }
  return new Response(problemJson(problem, requestId), {
    status: problem.status,
    headers: problemHeaders(requestId, own),
  })
}

export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function problemHeaders(requestId: string, own: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    ...safeHeaders(requestId),
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...own,
  }
}

// In every answer: load nothing from other sites, do not show it in a frame, do not guess its type.
function safeHeaders(requestId: string): Record<string, string> {
  return {
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Resource-Policy': 'same-origin',
    Vary: 'Accept, Authorization, Cookie',
    'X-Request-Id': requestId,
  }
}

/** For a listener that has no route to answer for it. */
export function plainProblem(problem: Problem): { readonly body: string; readonly headers: Record<string, string> } {
  const requestId = randomUUID()
  return { body: problemJson(problem, requestId), headers: problemHeaders(requestId) }
}
