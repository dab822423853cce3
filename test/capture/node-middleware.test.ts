import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type RequestOptions, type UsageLog, type UsageLogOptions, usageLog } from '../../src/capture/index.ts'
import { type LoggedEvent, openLogFolder } from './log-folder.ts'
import { hangUp, listen, until } from './web-server.ts'

interface TestServer {
  base: string
  usage: UsageLog
  /** Waits until so many requests are logged, and closes the log. */
  events(count: number): Promise<LoggedEvent[]>
}

async function serve(
  handler: RequestListener,
  options?: RequestOptions<IncomingMessage>,
  logOptions: Partial<UsageLogOptions> = {},
): Promise<TestServer> {
  const folder = openLogFolder()
  const usage = usageLog({ dir: folder.dir, ...logOptions })
  const log = usage.middleware(options)
  const base = await listen(
    createServer((request, response) => log(request, response, () => handler(request, response))),
  )
  return {
    base,
    usage,
    async events(count) {
      await until(() => usage.counts().logged >= count)
      await usage.close()
      return folder.events()
    },
  }
}

const answerOk: RequestListener = (_request, response) => response.end('ok')

// How the session of one cookie begins in a log of its own.
async function sessionOf(key: string | undefined): Promise<string> {
  const server = await serve(
    answerOk,
    { session: { cookie: 'sid' } },
    key === undefined ? {} : { pseudonymize: { key } },
  )
  await fetch(server.base, { headers: { cookie: 'sid=s3cr3t-anna' } })
  const [event] = await server.events(1)
  return String(event!.session).split('.')[0]!
}

describe('the middleware on node:http', () => {
  it('logs a request with its path, method, code, duration, address and program', async () => {
    const server = await serve(answerOk, { endpoints: ['/api/brands/:brand/checks'] })
    await fetch(`${server.base}/api/brands/42/checks?page=2`, { headers: { 'user-agent': 'diageo-app/1.0' } })
    const [event] = await server.events(1)
    expect(event).toMatchObject({
      event: 'request',
      endpoint: '/api/brands/:brand/checks',
      method: 'GET',
      status_code: '200',
      ip: '127.0.0.0',
      user_agent: 'diageo-app/1.0',
    })
    expect(event?.duration_ms).toBeGreaterThanOrEqual(0)
  })

  it('leaves out what it is told to skip', async () => {
    const server = await serve(answerOk, { skip: ['/health', '/static/*', /\.ico$/] })
    for (const path of ['/health', '/health?deep=1', '/static/app/logo.png', '/favicon.ico', '/healthy'])
      await (await fetch(server.base + path)).text()
    expect((await server.events(1)).map(event => event.endpoint)).toEqual(['/*'])
  })

  it('asks for user and client, and takes the feature from its table', async () => {
    const server = await serve(answerOk, {
      user: request => request.headers['x-user'] as string,
      client: () => 'diageo',
      features: { '/api/chat/*': 'chat', '/api/*': 'api' },
    })
    await fetch(`${server.base}/api/chat/today`, { headers: { 'x-user': 'anna@diageo.com' } })
    expect((await server.events(1))[0]).toMatchObject({ user: 'anna@diageo.com', client: 'diageo', feature: 'chat' })
  })

  it('answers on where a function of the application throws', async () => {
    const server = await serve(answerOk, {
      user: () => {
        throw new Error('no session')
      },
    })
    const answer = await fetch(server.base)
    expect(await answer.text()).toBe('ok')
    const [event] = await server.events(1)
    expect(event).not.toHaveProperty('user')
    expect(server.usage.counts().invalidValues).toBe(1)
  })

  it('logs only those query parameters that are allowed', async () => {
    const server = await serve(answerOk, { query: ['page', 'sort'] })
    await fetch(`${server.base}/api/brands?page=2&token=geheim`)
    expect((await server.events(1))[0]).toMatchObject({ query_params: { page: '2' } })
  })

  it('finds the caller behind trusted proxies, and the country in a header', async () => {
    const server = await serve(answerOk, { trustedProxies: ['loopback', 'private'], country: 'CF-IPCountry' })
    await fetch(server.base, {
      headers: { 'x-forwarded-for': '1.1.1.1, 203.0.113.77, 10.0.0.4', 'cf-ipcountry': 'DE' },
    })
    expect((await server.events(1))[0]).toMatchObject({ ip: '203.0.113.0', country: 'DE' })
  })

  it('looks a country up by the whole address', async () => {
    const server = await serve(answerOk, { country: (_request, address) => (address === '127.0.0.1' ? 'IE' : 'XX') })
    await fetch(server.base)
    expect((await server.events(1))[0]).toMatchObject({ country: 'IE', ip: '127.0.0.0' })
  })

  it('gives requests with one cookie one session, which is not the cookie', async () => {
    const server = await serve(answerOk, { session: { cookie: 'sid' } })
    for (const cookie of ['lang=de; sid=s3cr3t-anna', 'sid=s3cr3t-anna', 'sid=s3cr3t-ben'])
      await fetch(server.base, { headers: { cookie } })
    const sessions = (await server.events(3)).map(event => String(event.session))
    expect(sessions[0]).toBe(sessions[1])
    expect(sessions[0]).not.toBe(sessions[2])
    expect(sessions.join()).not.toContain('s3cr3t')
  })

  it('hashes a cookie with a key: another one in each log, or that of the log', async () => {
    const [random, another, keyed, alike, other] = await Promise.all(
      [undefined, undefined, 'a key of some length', 'a key of some length', 'some other long key'].map(sessionOf),
    )
    expect(new Set([random, another, keyed, other]).size).toBe(4)
    expect(alike).toBe(keyed)
  })

  it('logs once, as aborted, a request whose caller left before an answer', async () => {
    const server = await serve(() => undefined)
    await hangUp(server.base, '/slow', false)
    const events = await server.events(1)
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ endpoint: '/*', aborted: true, status: 'error', error_type: 'aborted' })
    expect(events[0]).not.toHaveProperty('status_code')
  })

  it('logs once, as aborted, a request whose caller left in the middle of the answer', async () => {
    const server = await serve((_request, response) => void response.write('the first of many'))
    await hangUp(server.base, '/stream', true)
    const events = await server.events(1)
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ aborted: true, status_code: '200' })
  })

  it('logs a handler that throws and lets it throw', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const log = usage.middleware()
    const server = createServer((request, response) => {
      const work = () => {
        throw new TypeError('the brand has no logo')
      }
      expect(() => log(request, response, work)).toThrow('the brand has no logo')
      response.writeHead(500).end()
    })
    await (await fetch(await listen(server))).text()
    await usage.close()
    expect(folder.events()).toHaveLength(1)
    expect(folder.events()[0]).toMatchObject({
      status_code: '500',
      error: 'the brand has no logo',
      error_type: 'TypeError',
    })
  })

  it('logs a handler that rejects and lets it reject', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const log = usage.middleware()
    const server = createServer(async (request, response) => {
      const work = async () => Promise.reject(new Error('the model is away'))
      await expect(log(request, response, work)).rejects.toThrow('the model is away')
      response.writeHead(500).end()
    })
    await (await fetch(await listen(server))).text()
    await usage.close()
    expect(folder.events().map(event => event.error)).toEqual(['the model is away'])
  })

  it('works beside a handler that it does not call', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const log = usage.middleware()
    const server = createServer((request, response) => {
      log(request, response)
      response.writeHead(404).end()
    })
    await fetch(await listen(server))
    await usage.close()
    expect(folder.events()[0]).toMatchObject({ status_code: '404', endpoint: '/' })
  })

  it('takes path and no credentials from a target that is a whole URL', async () => {
    const server = await serve(answerOk)
    await hangUp(server.base, 'http://anna:geheim@brands.example/api/brands?key=1', true)
    expect((await server.events(1))[0]).toMatchObject({ endpoint: '/api/*' })
  })
})

describe('usageFrom response', () => {
  it('takes model and tokens from an answer in one piece', async () => {
    const answer = {
      object: 'chat.completion',
      model: 'gpt-4o-mini',
      choices: [{ message: { content: 'a text with "usage":{"prompt_tokens":1} in it' } }],
      usage: { prompt_tokens: 900, completion_tokens: 80, prompt_tokens_details: { cached_tokens: 100 } },
    }
    const send: RequestListener = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
    }
    const server = await serve(send, { usageFrom: 'response' })
    expect(await (await fetch(server.base)).json()).toEqual(answer)
    expect((await server.events(1))[0]).toMatchObject({
      model: 'gpt-4o-mini',
      input_tokens: 900,
      output_tokens: 80,
      cache_read_tokens: 100,
    })
  })

  it('hands on each piece of a stream before the next is made, unchanged', async () => {
    const pieces = [
      'data: {"type":"message_start","message":{"type":"message","model":"claude-sonnet-4-5","usage":{"input_tokens":25,"output_tokens":1}}}\n\n',
      'data: {"type":"content_block_delta","delta":{"text":"Grüße"}}\n\n',
      'data: {"type":"message_delta","usage":{"output_tokens":15}}\n\n',
    ]
    let sendNext: () => void = () => undefined
    const server = await serve(
      (_request, response) => {
        const waiting = [...pieces]
        response.setHeader('content-type', 'text/event-stream')
        sendNext = () => {
          const piece = waiting.shift()
          if (piece === undefined) response.end()
          else response.write(Buffer.from(piece))
        }
        sendNext()
      },
      { usageFrom: 'response' },
    )
    const answer = await fetch(server.base)
    const got: string[] = []
    for await (const bytes of answer.body!) {
      got.push(Buffer.from(bytes).toString())
      sendNext()
    }
    expect(got).toEqual(pieces)
    expect((await server.events(1))[0]).toMatchObject({
      model: 'claude-sonnet-4-5',
      input_tokens: 25,
      output_tokens: 15,
    })
  })

  it('reads a stream that a middleware before it packs', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const log = usage.middleware({ usageFrom: 'response' })
    const server = createServer((request, response) => {
      const { write } = response
      response.write = function (this: ServerResponse, ...given: unknown[]) {
        if (!response.headersSent) response.setHeader('content-encoding', 'identity')
        return Reflect.apply(write, this, given) as boolean
      } as typeof write
      log(request, response, () => {
        const chunk = '"object":"chat.completion.chunk","model":"gpt-4o","choices":[]'
        response.setHeader('content-type', 'text/event-stream')
        response.write(`data: {${chunk},"usage":null}\n\n`)
        response.write(`data: {${chunk},"usage":{"prompt_tokens":7,"completion_tokens":9}}\n\n`)
        response.end()
      })
    })
    await (await fetch(await listen(server))).text()
    await until(() => usage.counts().logged === 1)
    await usage.close()
    expect(folder.events()[0]).toMatchObject({ model: 'gpt-4o', input_tokens: 7, output_tokens: 9 })
  })

  it('finds usage at the end of an answer that is too long to keep', async () => {
    const server = await serve(
      (_request, response) => {
        response.setHeader('content-type', 'application/json')
        response.write('{"object":"response","model":"gpt-4o","text":"')
        for (let part = 0; part < 40; part++) response.write('x'.repeat(10_000))
        response.end('","usage":{"input_tokens":7,"output_tokens":9}}')
      },
      { usageFrom: 'response' },
    )
    expect((await (await fetch(server.base)).text()).length).toBe(400_093)
    expect((await server.events(1))[0]).toMatchObject({ model: 'gpt-4o', input_tokens: 7, output_tokens: 9 })
  })
})
