import fastify from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { type LoggedEvent, openLogFolder } from './log-folder.ts'
import { until } from './web-server.ts'

async function logged(path: string): Promise<LoggedEvent> {
  const folder = openLogFolder()
  const usage = usageLog({ dir: folder.dir })
  const app = fastify()
  onTestFinished(() => app.close())
  await app.register(usage.fastify({ user: () => 'anna@diageo.com', usageFrom: 'response' }))
  await app.register(async scope => {
    scope.get('/brands/:brand', async () => ({
      object: 'response',
      model: 'gpt-4o',
      usage: { input_tokens: 5, output_tokens: 6 },
    }))
    scope.get('/broken', async () => {
      throw new TypeError('no such brand')
    })
  })
  const base = await app.listen({ port: 0, host: '127.0.0.1' })
  await (await fetch(base + path)).text()
  await until(() => usage.counts().logged > 0)
  await usage.close()
  const events = folder.events()
  expect(events).toHaveLength(1)
  return events[0]!
}

describe('the plugin on fastify', () => {
  it('logs the pattern of a route that was registered below it, and the usage of the answer', async () => {
    expect(await logged('/brands/guinness?x=1')).toMatchObject({
      endpoint: '/brands/:brand',
      method: 'GET',
      status_code: '200',
      user: 'anna@diageo.com',
      model: 'gpt-4o',
      input_tokens: 5,
      output_tokens: 6,
    })
  })

  it('takes an injected request, as adapters for AWS Lambda make them, for complete', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const app = fastify()
    await app.register(usage.fastify())
    app.get('/brands', async () => 'guinness')
    expect((await app.inject('/brands')).body).toBe('guinness')
    await until(() => usage.counts().logged > 0)
    await usage.close()
    expect(folder.events()).toEqual([expect.not.objectContaining({ aborted: true })])
  })

  it('logs why a handler failed', async () => {
    expect(await logged('/broken')).toMatchObject({
      endpoint: '/broken',
      status_code: '500',
      error: 'no such brand',
      error_type: 'TypeError',
    })
  })

  it('says of a path that no route took it', async () => {
    expect(await logged('/nowhere/4711')).toMatchObject({ endpoint: ':unmatched', status_code: '404' })
  })
})
