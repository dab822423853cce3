// Starts and stops the server: the listener in front of all routes, the limits on connections, the threads.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { readAccess } from '../access/access-file.ts'
import { hasAccess } from '../access/access-state.ts'
import { accessHome } from '../app/access/home.ts'
import { Doorkeeper } from '../app/access/identify.ts'
import type { Host } from '../app/host.ts'
import type { WorkspaceOptions } from '../app/workspace/workspace.ts'
import { ConfigError, InputError, optionName, systemCode, systemReason } from '../base/errors.ts'
import { AnswerPool } from './answers/answer-pool.ts'
import { AnswerShelf } from './answers/answer-shelf.ts'
import { type Bindings, buildApp } from './build-app.ts'
import { type Evaluation, NO_EVALUATION } from './evaluation/evaluation.ts'
import { cookieName } from './guard/cookies.ts'
import { guard, isProblem } from './guard/guard.ts'
import { hostList, isLoopback } from './guard/host-list.ts'
import { Throttle } from './guard/throttle.ts'
import { PageAssets } from './pages/assets.ts'
import { Notices } from './pages/notices.ts'
import { plainProblem } from './reply.ts'
import { KeptReplies } from './resources/kept-replies.ts'
import { ROUTES } from './routes/all-routes.ts'
import type { ServeSettings } from './serve-settings.ts'
import type { Services } from './services.ts'
import { WorkspaceNow } from './workspace-now.ts'

const ANSWER_LIMIT_MS = 120_000
/** How long the headers of a request may be. */
const HEADERS_BYTES = 16 * 1024

/** How long a client may take, in milliseconds. */
export interface Patience {
  /** For its headers. */
  readonly headersMs: number
  /** For all of a request. */
  readonly requestMs: number
  /** Until the next request on a connection. */
  readonly idleMs: number
  /** How often these limits are checked. */
  readonly checkMs: number
}

export const PATIENCE: Patience = { headersMs: 10_000, requestMs: 60_000, idleMs: 10_000, checkMs: 2_000 }

export interface StartOptions {
  readonly settings: ServeSettings
  readonly host: Host
  readonly workspace: WorkspaceOptions & { readonly root: string }
  readonly version: string
  readonly patience?: Patience
  /** Receives the lines of the server's own log. */
  say(text: string): void
  /** Starts what is evaluated beside the server; nothing where it is absent. */
  evaluate?(): Evaluation
}

export interface StartedServer {
  readonly port: number
  /** `http://127.0.0.1:7183/` */
  readonly address: string
  readonly services: Services
  /** Accepts no more requests, waits for those that are running, and stops. */
  stop(patienceMs: number): Promise<void>
}

/** A server that waits for nobody for ever. */
export function createPatientServer({ headersMs, requestMs, idleMs, checkMs }: Patience): Server {
  return createServer({
    maxHeaderSize: HEADERS_BYTES,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: checkMs,
  })
}

export async function startServer({
  settings,
  host,
  workspace,
  version,
  say,
  patience = PATIENCE,
  evaluate = () => NO_EVALUATION,
}: StartOptions): Promise<StartedServer> {
  const access = accessHome(workspace.root, host, text => say(`note: ${text}`))
  if (!isLoopback(settings.host) && !hasAccess(readAccess(access), host.now()) && settings.jwt === undefined)
    throw withoutAccess(settings)
  const place = { workspace, cwd: host.cwd }
  const pool = new AnswerPool({
    ...place,
    threads: Math.max(2, Math.min(4, host.processors)),
    timeLimitMs: ANSWER_LIMIT_MS,
  })
  const workspaceNow = new WorkspaceNow(place, host)
  let isReady = true
  let port = settings.port
  let evaluation = NO_EVALUATION
  const services: Services = {
    root: workspace.root,
    host,
    workspace,
    access,
    doorkeeper: new Doorkeeper(access),
    workspaceNow,
    shelf: new AnswerShelf(pool, workspaceNow, host),
    throttle: new Throttle(),
    repeats: new KeptReplies(),
    assets: PageAssets.read(),
    notices: new Notices(() => host.now()),
    evaluation: () => evaluation.status(),
    settings,
    version,
    startedAt: host.machineNow(),
    say,
    cookie: isHttps => ({ name: cookieName(port), path: settings.basePath, isHttps }),
    isReady: () => isReady,
  }
  const server = createPatientServer(patience)
  await listen(server, settings)
  ;({ port } = server.address() as AddressInfo)
  const guarded = {
    hosts: hostList(settings.host, port, settings.allowHosts),
    trustedProxies: new Set(settings.trustedProxies),
    identityHeader: settings.identityHeader,
    origins: new Set(settings.origins),
  }
  const app = buildApp(ROUTES, services)
  const passedOf = new WeakMap<IncomingMessage, Bindings>()
  const fetch = (request: Request, { incoming }: { readonly incoming: unknown }) =>
    app.fetch(request, passedOf.get(incoming as IncomingMessage))
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const passed = guard(request, guarded)
    if (isProblem(passed)) {
      const { body, headers } = plainProblem(passed)
      response.writeHead(passed.status, { ...headers, Connection: 'close' }).end(body)
      return
    }
    passedOf.set(request, { passed })
    void answer(request, response)
  })
  evaluation = evaluate()
  const shown = settings.host.includes(':') ? `[${settings.host}]` : settings.host
  return {
    port,
    address: `http://${shown}:${port}${settings.basePath}`,
    services,
    async stop(patienceMs) {
      isReady = false
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), patienceMs)
      await Promise.all([closed, evaluation.stop()])
      clearTimeout(timer)
      await pool.close()
    },
  }
}

export async function listen(server: Server, { host, port }: Pick<ServeSettings, 'host' | 'port'>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  }).catch((error: unknown) => {
    if (systemCode(error) === undefined) throw error
    const why = systemCode(error) === 'EADDRINUSE' ? 'another program is listening there' : systemReason(error)
    throw new InputError('cannot-listen', `The server cannot listen on ${host}:${port}: ${why}.`, {
      where: { option: 'port' },
      hint: `Use another ${optionName('port')} or ${optionName('host')}.`,
      cause: error,
    })
  })
}

function withoutAccess({ host }: ServeSettings): ConfigError {
  return new ConfigError('serve-without-access', `Others could reach ${host}, but nobody could log in.`, {
    where: { option: 'host' },
    hint: 'First make a token with "usagebook access token create", or a user with "usagebook access user add".',
  })
}
