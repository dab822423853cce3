import { createServer, type RequestListener } from 'node:http'
import express5 from 'express'
import express4 from 'express4'
import { describe, expect, it } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { type LoggedEvent, openLogFolder } from './log-folder.ts'
import { listen, until } from './web-server.ts'

const versions = [
  ['express 4', express4 as unknown as typeof express5],
  ['express 5', express5],
] as const

/** What an application with a brand router logs for one request. */
async function logged(express: typeof express5, path: string, init?: RequestInit): Promise<LoggedEvent> {
  const folder = openLogFolder()
  const usage = usageLog({ dir: folder.dir })
  const app = express()
  app.use(usage.middleware({ skip: ['/health'], user: request => request.auth?.email }))
  app.use(express.json())
  app.use((request, _response, next) => {
    Object.assign(request, { auth: { email: 'anna@diageo.com' } })
    next()
  })
  const brands = express.Router({ mergeParams: true })
  brands.get('/brands/:brand/checks', (_request, response) => void response.json([]))
  brands.post('/brands', (request, response) => void response.status(201).json(request.body))
  brands.get('/broken', () => {
    throw new RangeError('no more logos')
  })
  app.use('/clients/:client', brands)
  app.get('/', (_request, response) => void response.send('hello'))
  app.use(usage.errorMiddleware())
  app.use((_error: unknown, _request: unknown, response: express5.Response, _next: unknown) => {
    response.status(500).send('sorry')
  })
  const base = await listen(createServer(app as unknown as RequestListener))
  await (await fetch(base + path, init)).text()
  await until(() => usage.counts().logged > 0)
  await usage.close()
  const events = folder.events()
  expect(events).toHaveLength(1)
  return events[0]!
}

describe.each(versions)('the middleware on %s', (_name, express) => {
  it('logs the pattern of the route with that of its mount, and the user that a later middleware found', async () => {
    expect(await logged(express, '/clients/4711/brands/guinness/checks?x=1')).toMatchObject({
      endpoint: '/clients/:client/brands/:brand/checks',
      method: 'GET',
      status_code: '200',
      user: 'anna@diageo.com',
    })
  })

  it('logs the root', async () => {
    expect(await logged(express, '/')).toMatchObject({ endpoint: '/', status_code: '200' })
  })

  it('logs a body that was sent and read by its path only', async () => {
    const event = await logged(express, '/clients/diageo/brands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"guinness","password":"geheim"}',
    })
    expect(event).toMatchObject({ endpoint: '/clients/:client/brands', method: 'POST', status_code: '201' })
    expect(JSON.stringify(event)).not.toContain('geheim')
  })

  it('logs why a handler failed', async () => {
    expect(await logged(express, '/clients/diageo/broken')).toMatchObject({
      endpoint: '/clients/:client/broken',
      status_code: '500',
      error: 'no more logos',
      error_type: 'RangeError',
    })
  })

  it('says of a path that no route took it', async () => {
    expect(await logged(express, '/nowhere/8d0f4c1a-5b8e-4c8f-9c0a-111111111111')).toMatchObject({
      endpoint: ':unmatched',
      status_code: '404',
    })
  })
})
