import { createServer, type RequestListener } from 'node:http'
import express5 from 'express'
import express4 from 'express4'
import { describe, expect, it } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { openLogFolder } from './log-folder.ts'
import { listen, until } from './web-server.ts'

type Express = typeof express5
type App = ReturnType<Express>

const versions = [
  ['express 4', express4 as unknown as Express],
  ['express 5', express5],
] as const

const TOKEN = 'qWxYzAbCd'

/** The endpoints that an application logs for paths. */
async function endpointsOf(express: Express, build: (app: App) => void, paths: readonly string[]): Promise<unknown[]> {
  const folder = openLogFolder()
  const usage = usageLog({ dir: folder.dir })
  const app = express()
  app.use(usage.middleware({ endpoints: ['/named/:token'] }))
  build(app)
  app.use(usage.errorMiddleware())
  app.use((_error: unknown, _request: unknown, response: express5.Response, _next: unknown) => {
    response.status(500).end()
  })
  const base = await listen(createServer(app as unknown as RequestListener))
  for (const [index, path] of paths.entries()) {
    await (await fetch(base + path)).text()
    await until(() => usage.counts().logged > index)
  }
  await usage.close()
  expect(folder.text()).not.toContain(TOKEN)
  return folder.events().map(event => event.endpoint)
}

const answer = (_request: unknown, response: express5.Response) => void response.send('ok')
const fail = () => {
  throw new Error('no more logos')
}

describe.each(versions)('the route of %s', (_name, express) => {
  const routerWith = (path: string | RegExp | string[]) => express.Router().get(path as string, answer)

  it.each<[string, (app: App) => void, string, string]>([
    ['of a parameter', app => app.get('/reset/:token', answer), `/reset/${TOKEN}`, '/reset/:token'],
    ['of a mounted router', app => app.use('/reset/:token', routerWith('/')), `/reset/${TOKEN}`, '/reset/:token'],
    ['below a mount', app => app.use('/r/:token', routerWith('/x/:id')), `/r/${TOKEN}/x/1`, '/r/:token/x/:id'],
    [
      'of routers in routers',
      app => nest(app, express, answer),
      `/api/${TOKEN}/v1/b/9?x=1`,
      '/api/:client/v1/b/:brand',
    ],
    [
      'of an error in routers in routers',
      app => nest(app, express, fail),
      `/api/${TOKEN}/v1/b/9`,
      '/api/:client/v1/b/:brand',
    ],
    ['mounted twice', app => twice(app, routerWith('/x')), `/two/${TOKEN}/x`, '/two/:key/x'],
    [
      'of a token like a word of the pattern',
      app => app.use('/reset/:token', routerWith('/')),
      '/reset/reset',
      '/reset/:token',
    ],
    ['of a list of paths', app => app.get(['/a/:x', '/b/:y'] as never, answer), `/b/${TOKEN}`, '/b/:y'],
    ['of a list of mounts', app => app.use(['/a/:x', '/b/:y'], routerWith('/z')), `/b/${TOKEN}/z`, '/b/:y/z'],
    ['of an expression', app => app.get(/^\/reset\/([a-z]+)$/i, answer), `/reset/${TOKEN}`, '/^\\/reset\\/([a-z]+)$/i'],
    ['of an application in it', app => app.use('/in/:key', inner(express)), `/in/${TOKEN}/y/2`, '/in/:key/y/:id'],
    [
      'of an application in a router',
      app => app.use('/r', express.Router().use('/:k', inner(express))),
      `/r/${TOKEN}/y/2`,
      '/r/:k/y/:id',
    ],
    ['of the root', app => app.get('/', answer), '/', '/'],
    ['with words of another case', app => app.use('/Reset', routerWith('/:x')), `/reset/${TOKEN}`, '/Reset/:x'],
    ['with a slash at its end', app => app.use('/reset/', routerWith('/:x/')), `/reset/${TOKEN}/`, '/reset/:x/'],
    ['of a path with what is written by percents', app => app.use('/r/:x', routerWith('/')), `/r/%41${TOKEN}`, '/r/:x'],
  ])('%s', async (_case, build, path, endpoint) => {
    expect(await endpointsOf(express, build, [path])).toEqual([endpoint])
  })

  it('of a mount that is an expression is no path', async () => {
    const build = (app: App) => void app.use(/^\/reset\/[a-z]+/i, routerWith('/x'))
    const [endpoint] = await endpointsOf(express, build, [`/reset/${TOKEN}/x`])
    expect(['/*/x', '/^\\/reset\\/[a-z]+/i/x']).toContain(endpoint)
  })

  it('is said to be none where none took the request', async () => {
    expect(await endpointsOf(express, () => undefined, [`/${TOKEN}`, `/a/b/${TOKEN}`])).toEqual([
      ':unmatched',
      ':unmatched',
    ])
  })

  it('is the one that would have been, or what the options name, or the first segment, where a middleware answers', async () => {
    const build = (app: App) => void app.use(answer).get('/routed/:token', answer).post('/files/:x', answer)
    const paths = [
      `/named/${TOKEN}`,
      `/routed/${TOKEN}`,
      `/files/${TOKEN}`,
      `/${TOKEN}`,
      `/files;jsessionid=${TOKEN}/x`,
      '/',
    ]
    expect(await endpointsOf(express, build, paths)).toEqual([
      '/named/:token',
      '/routed/:token',
      '/files/*',
      '/*',
      '/*',
      '/',
    ])
  })
})

describe('the route of express 5 before its routers kept their patterns', () => {
  const forget = (node: unknown): void => {
    const { stack = [] } = node as { stack?: { rawPath?: unknown; handle: unknown }[] }
    for (const layer of stack) {
      Reflect.deleteProperty(layer, 'rawPath')
      forget(layer.handle)
    }
  }
  const endpointOf = async (build: (app: App) => void, path: string) => {
    const paths = await endpointsOf(express5, app => [build(app), forget(app.router)], [path])
    return paths[0]
  }

  it('is put together from what the mounts found', async () => {
    expect(await endpointOf(app => nest(app, express5, answer), `/api/${TOKEN}/v1/b/9`)).toBe(
      '/api/:client/v1/b/:brand',
    )
    const rest = express5.Router().get('/x', answer)
    expect(await endpointOf(app => app.use('/reset/:token', rest), '/reset/reset/x')).toMatch(/^\/(:token|reset)/)
  })

  it('is not put together where a mount found a part of a segment, or is an expression', async () => {
    const rest = express5.Router().get('/x', answer)
    expect(await endpointOf(app => app.use('/v:version', rest), `/v${TOKEN}/x`)).toBe('/*/x')
    expect(await endpointOf(app => app.use(/^\/reset\/([a-z]+)/i, rest), `/reset/${TOKEN}/x`)).toBe('/*/x')
  })
})

function nest(app: App, express: Express, handler: express5.RequestHandler): void {
  const brands = express.Router({ mergeParams: true })
  brands.get('/b/:brand', handler)
  app.use('/other', brands)
  app.use('/api/:client', express.Router().use('/', express.Router().use('/v1', brands)))
}

function twice(app: App, router: express5.Router): void {
  app.use('/one', router)
  app.use('/two/:key', router)
}

function inner(express: Express): App {
  const app = express()
  app.get('/y/:id', answer)
  return app
}
