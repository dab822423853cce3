import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { streamText } from 'hono/streaming'
import { describe, expect, it } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { openLogFolder } from './log-folder.ts'
import { hangUp, listen, until } from './web-server.ts'

const ANSWER = { object: 'response', model: 'gpt-4o', usage: { input_tokens: 5, output_tokens: 6 } }

type Environment = { Variables: { email: string } }

function openApp() {
  const folder = openLogFolder()
  const usage = usageLog({ dir: folder.dir })
  const app = new Hono<Environment>()
  app.use(usage.hono<Context<Environment>>({ user: context => context.get('email'), usageFrom: 'response' }))
  app.use(async (context, next) => {
    context.set('email', 'anna@diageo.com')
    await next()
  })
  app.get('/brands/:brand', context => {
    context.header('set-cookie', 'a=1', { append: true })
    context.header('set-cookie', 'b=2', { append: true })
    return context.json(ANSWER)
  })
  app.get('/broken', () => {
    throw new TypeError('no such brand')
  })
  app.get('/endless', context =>
    streamText(context, async stream => {
      await stream.write('the first of many')
      await new Promise<void>(resolve => stream.onAbort(resolve))
    }),
  )
  const events = async () => {
    await until(() => usage.counts().logged > 0)
    await usage.close()
    return folder.events()
  }
  return { app, events }
}

describe('the middleware on hono', () => {
  it('logs the pattern of the route, the user, and the usage of the answer', async () => {
    const { app, events } = openApp()
    const answer = await app.request('/brands/guinness?x=1', { headers: { 'user-agent': 'diageo-app/1.0' } })
    expect(await answer.json()).toEqual(ANSWER)
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await events()).toEqual([
      expect.objectContaining({
        endpoint: '/brands/:brand',
        method: 'GET',
        status_code: '200',
        user: 'anna@diageo.com',
        user_agent: 'diageo-app/1.0',
        model: 'gpt-4o',
        input_tokens: 5,
        output_tokens: 6,
      }),
    ])
  })

  it('logs why a handler failed', async () => {
    const { app, events } = openApp()
    app.onError((_error, context) => context.text('sorry', 500))
    expect(await (await app.request('/broken')).text()).toBe('sorry')
    expect(await events()).toEqual([
      expect.objectContaining({
        endpoint: '/broken',
        status_code: '500',
        error: 'no such brand',
        error_type: 'TypeError',
      }),
    ])
  })

  it.each([
    ['/nowhere/4711', ':unmatched', '404'],
    ['/reset/4711/x', '/reset/:token/x', '200'],
    ['/static/4711/app.js', '/static/*', '200'],
    ['/gone/4711', '/gone/*', '404'],
    ['/private/4711', '/private/*', '401'],
    ['/any/4711', '/any/:id{.+}', '200'],
  ])('logs %s as %s', async (path, endpoint, status) => {
    const { app, events } = openApp()
    app.route('/reset/:token', new Hono().get('/x', context => context.text('ok')) as never)
    app.get('/static/*', context => context.text('ok'))
    app.all('/gone/*', context => context.text('gone', 404))
    app.all('/any/:id{.+}', context => context.text('ok'))
    app.use('/private/*', async (context, _next) => context.text('who are you?', 401))
    await (await app.request(path)).text()
    expect(await events()).toEqual([expect.objectContaining({ endpoint, status_code: status })])
  })

  it('logs the address, and once a caller that leaves in the middle of a stream', async () => {
    const { app, events } = openApp()
    const base = await listen(createAdaptorServer({ fetch: app.fetch }) as Server)
    await hangUp(base, '/endless', true)
    expect(await events()).toEqual([
      expect.objectContaining({ endpoint: '/endless', aborted: true, status_code: '200', ip: '127.0.0.0' }),
    ])
  })
})
