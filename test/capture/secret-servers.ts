// The same small application on every framework that the library serves, and a way to send it a request.
import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  request as send,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import express5 from 'express'
import express4 from 'express4'
import fastify from 'fastify'
import { Hono } from 'hono'
import type { RequestOptions, UsageLog } from '../../src/capture/index.ts'
import type { SecretRequest } from './secret-requests.ts'

export interface SecretServer {
  send(request: SecretRequest): Promise<void>
  close(): Promise<void>
}

type Open = (usage: UsageLog) => Promise<SecretServer>
type Failures = Map<string, () => unknown>

/** Everything that looks at more of a request. */
const OPTIONS = {
  session: { cookie: 'sid' },
  query: ['page'],
  usageFrom: 'response',
  trustedProxies: ['loopback'],
  features: { '/reset/*': 'reset' },
} satisfies RequestOptions<unknown>
const PATTERNS = { endpoints: ['/reset/:token', '/accounts/:account/keys/:key'] }
const CASE = 'x-case'

export const SECRET_SERVERS: Readonly<Record<string, Open>> = {
  'node:http': usage => {
    const failures: Failures = new Map()
    const log = usage.middleware({ ...OPTIONS, ...PATTERNS })
    return overNetwork(failures, (request, response) => {
      try {
        log(request, response, () => answer(request, response, failures))
      } catch {
        response.writeHead(500).end()
      }
    })
  },
  connect: usage => {
    const failures: Failures = new Map()
    const log = usage.middleware({ ...OPTIONS, ...PATTERNS })
    const logError = usage.errorMiddleware()
    return overNetwork(failures, (request, response) => {
      log(request, response, () => {
        const refuse = () => response.writeHead(500).end()
        try {
          // As Connect does for what is mounted.
          Object.assign(request, { originalUrl: request.url })
          request.url = `/${request.url?.split('/').slice(2).join('/')}`
          answer(request, response, failures)
        } catch (error) {
          logError(error, request, response, refuse)
        }
      })
    })
  },
  'express 4': usage => openExpress(usage, express4 as unknown as typeof express5),
  'express 5': usage => openExpress(usage, express5),
  fastify: async usage => {
    const failures: Failures = new Map()
    const app = fastify()
    await app.register(usage.fastify(OPTIONS))
    app.post('/brands', async () => ({ ok: true }))
    const pin = { type: 'string', pattern: '^\\d{4}$' }
    app.post('/checked', { schema: { body: { type: 'object', properties: { pin } } } }, async () => ({ ok: true }))
    app.get('/brands', async () => ({ ok: true }))
    app.get('/reset/:token', async () => ({ ok: true }))
    const keys = async (scope: typeof app) => void scope.get('/keys/:key', async () => ({ ok: true }))
    await app.register(keys as never, { prefix: '/accounts/:account' })
    app.get('/fail', async request => {
      throw failures.get(String(request.headers[CASE]))?.()
    })
    await app.ready()
    return {
      async send(request) {
        const { method, target, headers, body } = prepared(request, failures)
        await app.inject({
          method: method as 'GET',
          url: target,
          headers,
          ...(body === undefined ? {} : { payload: body }),
        })
      },
      close: () => app.close(),
    }
  },
  hono: async usage => {
    const failures: Failures = new Map()
    const app = new Hono()
    app.use(usage.hono(OPTIONS))
    app.onError((_error, context) => context.text('sorry', 500))
    app.get('/brands', context => context.json({ ok: true }))
    app.post('/brands', async context => context.json({ ok: (await context.req.json()) !== null }))
    app.post('/checked', async context => context.json({ ok: (await context.req.json()) !== null }))
    app.get('/reset/:token', context => context.json({ ok: true }))
    app.route(
      '/accounts/:account',
      new Hono().get('/keys/:key', context => context.json({ ok: true })),
    )
    app.get('/fail', context => {
      throw asError(failures.get(context.req.header(CASE) ?? '')?.())
    })
    return overFetch(failures, async request => app.fetch(request))
  },
  fetch: async usage => {
    const failures: Failures = new Map()
    const handler = async (request: Request) => {
      const failure = failures.get(request.headers.get(CASE) ?? '')
      if (failure !== undefined) throw failure()
      return Response.json({ ok: request.method === 'POST' ? await request.json() : null }).clone()
    }
    return overFetch(failures, usage.fetch(handler, { ...OPTIONS, ...PATTERNS, remoteAddress: () => '127.0.0.1' }))
  },
}

async function openExpress(usage: UsageLog, express: typeof express5): Promise<SecretServer> {
  const failures: Failures = new Map()
  const app = express()
  app.use(usage.middleware(OPTIONS), express.json())
  const ok = (_request: unknown, response: express5.Response) => void response.json({ ok: true })
  app.get('/brands', ok)
  app.post(['/brands', '/checked'], ok)
  app.use('/reset/:token', express.Router().get('/', ok))
  const keys = express.Router().use('/', express.Router().get(/^\/keys\/[^/]+$/, ok))
  app.use('/accounts/:account', keys)
  app.get('/fail', request => {
    throw failures.get(String(request.headers[CASE]))?.()
  })
  app.use(usage.errorMiddleware())
  app.use((_error: unknown, _request: unknown, response: express5.Response, _next: unknown) => {
    response.status(500).end()
  })
  return overNetwork(failures, app as unknown as RequestListener)
}

/** What the applications without a framework do. */
function answer(request: IncomingMessage, response: ServerResponse, failures: Failures): void {
  const failure = failures.get(String(request.headers[CASE]))
  if (failure !== undefined) throw failure()
  response.setHeader('content-type', 'application/json')
  response.end('{"ok":true}')
}

async function overNetwork(failures: Failures, listener: RequestListener): Promise<SecretServer> {
  const server = createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  return {
    send(request) {
      const { method, target, headers, body } = prepared(request, failures)
      return new Promise((resolve, reject) => {
        const sent = send({ port, agent, method, path: target, headers }, response => {
          response.resume().on('end', resolve)
        })
        sent.on('error', reject).end(body)
      })
    },
    async close() {
      agent.destroy()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function overFetch(failures: Failures, handle: (request: Request) => Promise<Response>): SecretServer {
  return {
    async send(request) {
      const { method, target, headers, body } = prepared(request, failures)
      const init = { method, headers, ...(body === undefined ? {} : { body }) }
      try {
        await (await handle(new Request(`http://brands.example${target}`, init))).arrayBuffer()
      } catch {
        // The server of such a handler answers with an error.
      }
    },
    close: async () => undefined,
  }
}

/** The request with the name of its failure, which the handler looks up. */
function prepared(request: SecretRequest, failures: Failures): SecretRequest {
  failures.clear()
  if (request.failure === undefined) return request
  failures.set('it', request.failure)
  return { ...request, headers: { ...request.headers, [CASE]: 'it' } }
}

/** Hono hands on only errors. */
function asError(value: unknown): unknown {
  return value instanceof Error ? value : new Error('sorry')
}
