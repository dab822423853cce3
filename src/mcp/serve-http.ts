// The protocol over HTTP, for this machine alone: host, origin and token are checked as by the server before anything is read.
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { readAccess } from '../access/access-file.ts'
import { hasAccess } from '../access/access-state.ts'
import { type Identity, seesAll } from '../access/identity.ts'
import { accessHome } from '../app/access/home.ts'
import { Doorkeeper } from '../app/access/identify.ts'
import { ConfigError } from '../base/errors.ts'
import { guard, isProblem } from '../server/guard/guard.ts'
import { hostList } from '../server/guard/host-list.ts'
import { byAuthorization, refused, type TokenCheck } from '../server/guard/who-asks.ts'
import { ProblemError } from '../server/problem.ts'
import { plainProblem } from '../server/reply.ts'
import { scopeOf } from '../server/scope-of.ts'
import type { ServeSettings } from '../server/serve-settings.ts'
import { createPatientServer, listen, PATIENCE } from '../server/start-server.ts'
import { Cancellations } from './cancellations.ts'
import type { Desk } from './desk.ts'
import { makeServer } from './make-server.ts'

export const DEFAULT_PORT = 7184
const HOST = '127.0.0.1'
const PATH = '/mcp'

export interface HttpServer {
  readonly address: string
  stop(patienceMs: number): Promise<void>
}

export async function serveHttp(desk: Desk, port: number, jwt: ServeSettings['jwt']): Promise<HttpServer> {
  const { root, host, say } = desk
  const access = accessHome(root, host, text => say(`note: ${text}`))
  if (jwt === undefined && !hasAccess({ ...readAccess(access), users: [] }, host.now())) throw withoutToken()
  const check: TokenCheck = { doorkeeper: new Doorkeeper(access), root, host, settings: { jwt } }
  const handler = createMcpHandler(
    ({ authInfo }) => {
      const { identity } = authInfo!.extra as { readonly identity: Identity }
      return makeServer(desk, scopeOf(identity), seesAll(identity))
    },
    { onerror: error => say(error.message) },
  )
  const cancellations = new Cancellations()
  const server = createPatientServer(PATIENCE)
  await listen(server, { host: HOST, port })
  const { port: ownPort } = server.address() as AddressInfo
  const guarded = {
    hosts: hostList(HOST, ownPort, []),
    trustedProxies: new Set<string>(),
    identityHeader: undefined,
    origins: new Set<string>(),
  }
  const answer = getRequestListener(
    async request => {
      try {
        refuseOther(request)
        const authorization = request.headers.get('authorization')
        if (authorization === null) throw refused('No token was sent.')
        const identity = await byAuthorization(authorization, check)
        const authInfo = { token: '', clientId: identity.actor, scopes: [], extra: { identity } }
        return await cancellations.watch(request, watched => handler.fetch(watched, { authInfo }))
      } catch (error) {
        return problemResponse(error, say)
      }
    },
    { overrideGlobalObjects: false },
  )
  server.on('request', (request: IncomingMessage, response) => {
    const passed = guard(request, guarded)
    if (!isProblem(passed)) return void answer(request, response)
    const { body, headers } = plainProblem(passed)
    response.writeHead(passed.status, { ...headers, Connection: 'close' }).end(body)
  })
  return {
    address: `http://${HOST}:${ownPort}${PATH}`,
    async stop(patienceMs) {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), patienceMs)
      await handler.close()
      await closed
      clearTimeout(timer)
    },
  }
}

function refuseOther({ url, method }: Request): void {
  if (new URL(url).pathname !== PATH) {
    throw new ProblemError({
      status: 404,
      code: 'not-found',
      title: 'There is nothing at this address.',
      hint: `Use ${PATH}.`,
    })
  }
  if (method === 'POST') return
  const title = `${method} is not possible here.`
  throw new ProblemError({ status: 405, code: 'wrong-method', title, hint: 'Use POST.' }, { Allow: 'POST' })
}

function problemResponse(error: unknown, say: Desk['say']): Response {
  if (!(error instanceof ProblemError)) say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  const bug = { status: 500, code: 'bug', title: 'This is a bug in usagebook.', hint: 'Report it, with the output.' }
  const problem = error instanceof ProblemError ? error.problem : bug
  const { body, headers } = plainProblem(problem)
  const more = error instanceof ProblemError ? error.headers : {}
  return new Response(body, { status: problem.status, headers: { ...headers, ...more } })
}

function withoutToken(): ConfigError {
  return new ConfigError('mcp-without-token', 'Nobody could connect over HTTP: there is no token.', {
    where: { option: 'http' },
    hint: 'First make one with "usagebook access token create".',
  })
}
