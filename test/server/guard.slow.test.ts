import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Settings } from '../../src/app/workspace/configuration.ts'
import { type RunningServer, runServer } from './support/running-server.ts'

/** Sends bytes as they are and gives what comes back, up to the end of the connection. */
async function send(server: RunningServer, text: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
    let said = ''
    socket.setEncoding('utf8')
    socket.on('data', part => {
      said += part
    })
    socket.on('end', () => resolve(said))
    socket.on('error', reject)
  })
}

function request(
  server: RunningServer,
  first: string,
  headers: readonly string[],
  host = `127.0.0.1:${server.port}`,
): string {
  return `${first} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${headers.map(line => `${line}\r\n`).join('')}\r\n`
}

async function statusOf(
  server: RunningServer,
  first: string,
  headers: readonly string[],
  host?: string,
): Promise<number> {
  return Number((await send(server, request(server, first, headers, host))).split(' ')[1])
}

describe('the host', () => {
  it('is one of a list that has the port in it', async () => {
    const server = await runServer(undefined, { allowHosts: ['usage.example.com'] })
    const { port } = server
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, 'usage.example.com', 'USAGE.example.com']
    const others = ['localhost', 'localhost:1', 'evil.example', `evil.example:${port}`, 'usage.example.com:8080', '']
    const statuses = async (list: readonly string[]) =>
      await Promise.all(list.map(host => statusOf(server, 'GET /livez', [], host)))
    expect(await statuses(hosts)).toEqual(hosts.map(() => 200))
    expect(await statuses(others)).toEqual([421, 421, 421, 421, 421, 421])
  })

  it('is named once', async () => {
    const server = await runServer()
    expect(await statusOf(server, 'GET /livez', [`Host: 127.0.0.1:${server.port}`])).toBeGreaterThanOrEqual(400)
  })

  it('is looked at before anything else', async () => {
    const server = await runServer()
    const token = `Authorization: Bearer ${server.tokens.admin}`
    expect(await statusOf(server, 'GET /api/v1/reports/usage', [token], 'evil.example')).toBe(421)
    expect(await statusOf(server, 'GET http://evil.example/livez', [])).toBe(400)
  })
})

describe('a request that changes something', () => {
  const body = 'Content-Type: text/plain'

  it.each([
    ['Origin: http://evil.example', 403],
    ['Origin: null', 403],
    ['Origin: http://127.0.0.1:1', 403],
    ['Origin: http://localhost', 403],
    ['Sec-Fetch-Site: cross-site', 403],
    ['Sec-Fetch-Site: same-site', 403],
    ['Sec-Fetch-Site: same-origin', 415],
    ['Sec-Fetch-Site: none', 415],
    ['X-Nothing: 1', 415],
  ])('with %s and any content type gets %d', async (header, status) => {
    const server = await runServer()
    expect(await statusOf(server, 'POST /api/v1/session', [header, body, 'Content-Length: 0'])).toBe(status)
  })

  it('may come from the server itself, and from sites that are listed', async () => {
    const server = await runServer(undefined, { origins: ['https://app.example.com'] })
    const own = `Origin: http://127.0.0.1:${server.port}`
    const listed = 'Origin: https://app.example.com'
    const status = (...headers: string[]) =>
      statusOf(server, 'POST /api/v1/session', [...headers, body, 'Content-Length: 0'])
    expect([await status(own), await status(listed, 'Sec-Fetch-Site: cross-site')]).toEqual([415, 415])
  })
})

describe('the header of a proxy', () => {
  const proxied: Settings['serve'] = { trustedProxies: ['127.0.0.1'], identityHeader: 'X-Remote-User' }
  const path = 'GET /api/v1/reports'

  it.each([
    [['X-Remote-User: nobody-known'], 401],
    [['X-Remote-User: a', 'X-Remote-User: b'], 400],
    [['X-Remote-User: a', 'X_Remote_User: b'], 400],
    [['X_Remote_User: b'], 400],
    [['x-remote-user: a', 'X-REMOTE-USER: a'], 400],
    [['X-Remote-User: '], 401],
  ])('%j gets %d', async (headers, status) => {
    const server = await runServer(undefined, proxied)
    expect(await statusOf(server, path, headers)).toBe(status)
  })

  it('says who asks, where it comes from a proxy that is trusted, and else nothing', async () => {
    const { addUser } = await import('../../src/app/access/users.ts')
    const server = await runServer(undefined, proxied)
    await addUser({ name: 'ann', role: 'admin', by: 'test' }, server.services.access)
    expect(await statusOf(server, path, ['X-Remote-User: ann'])).toBe(200)
    const open = await runServer(undefined, { ...proxied, trustedProxies: ['10.0.0.1'] })
    await addUser({ name: 'ann', role: 'admin', by: 'test' }, open.services.access)
    expect(await statusOf(open, path, ['X-Remote-User: ann'])).toBe(401)
  })
})

describe('ways in', () => {
  it.each([
    ['no token', undefined, 401],
    ['a token that is none', 'Bearer ub_000000000000000000000000000000', 401],
    ['another scheme', 'Basic YTpi', 401],
    ['an empty token', 'Bearer ', 401],
  ])('are closed for %s', async (_, authorization, status) => {
    const server = await runServer()
    const reply = await server.ask(
      'nobody',
      '/api/v1/reports',
      authorization === undefined ? {} : { headers: { authorization } },
    )
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([status, 'Bearer realm="usagebook"'])
  })

  it('take a token from the cookie auth_token, but not where a browser may have sent it', async () => {
    const server = await runServer()
    const cookie = `auth_token=${server.tokens.admin}`
    const plain = await server.ask('nobody', '/api/v1/reports', { headers: { cookie } })
    const origin = `http://127.0.0.1:${server.port}`
    const browser = await server.ask('nobody', '/api/v1/reports', { headers: { cookie, origin } })
    expect([plain.status, browser.status]).toEqual([200, 401])
  })

  it('are a link that works once, and the session that it opens, until it ends', async () => {
    const { createLoginLink } = await import('../../src/app/access/logins.ts')
    const server = await runServer()
    const { path } = await createLoginLink({ by: 'root' }, server.services.access)
    await server.ask('nobody', path, { method: 'HEAD' })
    const first = await server.ask('nobody', path)
    const second = await server.ask('nobody', path)
    const cookie = first.headers.get('set-cookie')!
    expect([first.status, first.headers.get('location'), second.status]).toEqual([303, '/', 401])
    expect(cookie).toMatch(
      new RegExp(`^usagebook_${server.port}=\\w{40}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax$`),
    )
    const session = { headers: { cookie: cookie.split(';')[0]! } }
    expect((await server.ask('nobody', '/api/v1/reports', session)).status).toBe(200)
    const home = await server.ask('nobody', '/', session)
    expect([home.status, home.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await server.ask('nobody', '/api/v1/session', { ...session, method: 'DELETE' })).status).toBe(204)
    expect((await server.ask('nobody', '/api/v1/reports', session)).status).toBe(401)
  })

  it('are a name and its password, slower after each that is refused', async () => {
    const { addUser } = await import('../../src/app/access/users.ts')
    const server = await runServer()
    await addUser(
      { name: 'ann', role: 'viewer', clients: ['diageo'], password: 'correct horse', by: 'test' },
      server.services.access,
    )
    const log = (password: string) =>
      server.ask('nobody', '/api/v1/session', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'ann', password }),
      })
    expect((await log('correct horse')).status).toBe(200)
    const statuses: number[] = []
    for (let attempt = 0; attempt < 6; attempt++) statuses.push((await log('wrong')).status)
    const right = await log('correct horse')
    expect([statuses, right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([
      [401, 401, 401, 401, 401, 429],
      429,
      true,
    ])
  })

  it('are a JWT of the host application, with its algorithm, issuer and audience', async () => {
    const { SignJWT } = await import('jose')
    const secret = 'a secret of thirty-two characters!'
    const jwt = {
      algorithms: ['HS256' as const],
      issuer: 'app',
      audience: 'usagebook',
      secretEnvironment: 'JWT_SECRET',
    }
    const server = await runServer(undefined, { jwt }, { JWT_SECRET: secret })
    const signed = (
      claims: Record<string, unknown>,
      changed: { alg?: string; issuer?: string; audience?: string; key?: string; at?: number } = {},
    ) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: changed.alg ?? 'HS256' })
        .setSubject('ann')
        .setIssuer(changed.issuer ?? 'app')
        .setAudience(changed.audience ?? 'usagebook')
        .setExpirationTime(changed.at ?? Date.parse('2026-02-03T13:00:00Z') / 1000)
        .sign(new TextEncoder().encode(changed.key ?? secret))
    const status = async (token: string) =>
      (await server.ask('nobody', '/api/v1/reports', { headers: { authorization: `Bearer ${token}` } })).status
    const claims = { role: 'admin', clients: '*' }
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"ann","role":"admin","iss":"app","aud":"usagebook","exp":9999999999}').toString('base64url')}.`
    expect([
      await status(await signed(claims)),
      await status(await signed({ role: 'root' })),
      await status(await signed(claims, { issuer: 'evil' })),
      await status(await signed(claims, { audience: 'other' })),
      await status(await signed(claims, { key: 'another secret of thirty-two chars' })),
      await status(await signed(claims, { alg: 'HS512' })),
      await status(await signed(claims, { at: Date.parse('2026-02-03T11:00:00Z') / 1000 })),
      await status(unsigned),
    ]).toEqual([200, 401, 401, 401, 401, 401, 401, 401])
  })
})

describe('a share link', () => {
  it('shows one report of its clients, as a page that may run its own script, until it is taken back', async () => {
    const { createLink, revokeLink } = await import('../../src/app/access/share-links.ts')
    const server = await runServer()
    const asked = { by: 'test', clients: ['diageo'], report: 'usage', expiresInMs: 86_400_000 }
    const { path, id } = await createLink({ ...asked, parameters: { period: ['2026-02-01'] } }, server.services.access)
    const page = await server.ask('nobody', path)
    const text = await page.text()
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect([text.includes('anna@diageo.com'), /unilever|dan@/.test(text)]).toEqual([true, false])
    const asJson = (await (await server.ask('nobody', `${path}.json?client=unilever&period=2026`)).json()) as object
    expect(asJson).toMatchObject({ code: 'unknown-option' })
    const own = (await (await server.ask('nobody', `${path}.json`)).json()) as { summary: { analyses: number } }
    expect(own.summary.analyses).toBe(1)
    expect(
      (await server.ask('nobody', '/api/v1/reports/usage', { headers: { authorization: `Bearer ${path.slice(7)}` } }))
        .status,
    ).toBe(401)
    await revokeLink({ by: 'test', id }, server.services.access)
    expect((await server.ask('nobody', path)).status).toBe(404)
  })
})

describe('every answer', () => {
  it('has the headers that keep it to itself', async () => {
    const server = await runServer()
    for (const path of ['/livez', '/api/v1/reports', '/api/v1/nothing']) {
      const { headers } = await server.ask('admin', path)
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('x-request-id')).toMatch(/^[\w-]+$/)
    }
  })

  it('has the id that the request brought, where it is harmless', async () => {
    const server = await runServer()
    const idOf = async (id: string) =>
      (await server.ask('admin', '/livez', { headers: { 'X-Request-Id': id } })).headers.get('x-request-id')
    expect(await idOf('abc-1')).toBe('abc-1')
    expect(await idOf('a b{}')).not.toBe('a b{}')
  })
})
