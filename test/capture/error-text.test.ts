import { createServer, type RequestListener } from 'node:http'
import express5 from 'express'
import fastify from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { usageLog } from '../../src/capture/index.ts'
import { type LoggedEvent, openLogFolder } from './log-folder.ts'
import { listen, until } from './web-server.ts'

const PIN = '493817'

async function loggedError(error: unknown, fields: object = {}): Promise<LoggedEvent> {
  const folder = openLogFolder()
  const usage = usageLog({ dir: folder.dir })
  usage.error({ error, ...fields })
  await usage.close()
  expect(folder.text()).not.toContain(PIN)
  return folder.events()[0]!
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('the message of a parser or validator', () => {
  it.each<[string, () => unknown, object]>([
    ['JSON.parse', () => JSON.parse(`[{"pin":"${PIN}"},]`), { error: 'SyntaxError', error_type: 'SyntaxError' }],
    ['decodeURIComponent', () => decodeURIComponent(`%zz${PIN}`), { error: 'URIError', error_type: 'URIError' }],
    ['URL', () => new URL(`x${PIN}`), { error: 'ERR_INVALID_URL', error_type: 'TypeError' }],
    ['zod', () => z.object({ pin: z.enum([PIN]) }).parse({ pin: 'x' }), { error: 'ZodError', error_type: 'ZodError' }],
    [
      'a class of another library',
      () => new (class ValidationError extends Error {})(`pin ${PIN} is too short`),
      { error: 'ValidationError', error_type: 'ValidationError' },
    ],
    ['one that lists its problems', () => Object.assign(new Error(PIN), { details: [{}] }), { error: 'Error' }],
    [
      'one that keeps its input',
      () => Object.assign(new Error(PIN), { body: PIN, code: 'E_BODY' }),
      { error: 'E_BODY' },
    ],
  ])('of %s is its code or class', async (_name, work, expected) => {
    expect(await loggedError(thrownBy(work))).toMatchObject(expected)
  })

  it('is not logged as a text either', async () => {
    const error = thrownBy(() => JSON.parse(`[{"pin":"${PIN}"},]`)) as Error
    expect(await loggedError(`bad request: ${error.message}`)).toMatchObject({ error: '[redacted]' })
  })

  it('of express.json is its code', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const app = express5()
    app.use(usage.middleware(), express5.json())
    app.use(usage.errorMiddleware())
    app.use((_error: unknown, _request: unknown, response: express5.Response, _next: unknown) => {
      response.status(400).end()
    })
    const base = await listen(createServer(app as unknown as RequestListener))
    const headers = { 'content-type': 'application/json' }
    await fetch(base, { method: 'POST', headers, body: `[{"pin":"${PIN}"},]` })
    await until(() => usage.counts().logged === 1)
    await usage.close()
    expect(folder.events()[0]).toMatchObject({ error: 'entity.parse.failed', error_type: 'SyntaxError' })
    expect(folder.text()).not.toContain(PIN)
  })

  it.each([
    ['a body that is no JSON', `[{"pin":"${PIN}"},]`],
    ['a body that the schema refuses', `{"pin":"${PIN}"}`],
  ])('of fastify, for %s, is its code', async (_name, body) => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const app = fastify()
    onTestFinished(() => app.close())
    await app.register(usage.fastify())
    const schema = { body: { type: 'object', properties: { pin: { enum: ['1', '2'] } } } }
    app.post('/pin', { schema }, async () => 'ok')
    await app.inject({ method: 'POST', url: '/pin', headers: { 'content-type': 'application/json' }, body })
    await until(() => usage.counts().logged === 1)
    await usage.close()
    expect(folder.events()[0]?.error).toMatch(/^FST_ERR_|^SyntaxError$/)
    expect(folder.text()).not.toContain(PIN)
  })
})

describe('an error', () => {
  it('is logged without its cause and its stack', async () => {
    const error = new Error('no logo', { cause: new Error(`of ${PIN}`) })
    error.stack = `Error: ${PIN}`
    expect(await loggedError(error)).toMatchObject({ error: 'no logo', error_type: 'Error' })
  })

  it('of several is logged by its own message', async () => {
    const error = new AggregateError([new Error(PIN)], 'all mirrors are away')
    expect(await loggedError(error)).toMatchObject({ error: 'all mirrors are away', error_type: 'AggregateError' })
  })

  it('has no secret in its class', async () => {
    const error = Object.assign(new Error('no'), { name: `token=${PIN}` })
    expect(await loggedError(error)).toMatchObject({ error_type: 'token=[redacted]' })
    expect(await loggedError('no', { errorType: `pin: ${PIN}` })).toMatchObject({ error_type: 'pin: [redacted]' })
  })

  it('names nobody where users are replaced', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir, pseudonymize: { key: 'a key that is long enough' } })
    usage.error({ error: 'no account anna@diageo.com from 203.0.113.77', errorType: 'anna@diageo.com' })
    await usage.close()
    expect(folder.events()[0]).toMatchObject({
      error: 'no account [redacted] from [redacted]',
      error_type: '[redacted]',
    })
  })
})
