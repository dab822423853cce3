import { describe, expect, it } from 'vitest'
import { runProfiles } from './support/profile-story.ts'
import type { Who } from './support/running-server.ts'

describe('who asks', () => {
  it.each([
    ['admin', { role: 'admin', clients: '*', user: null, via: 'token' }],
    ['manager', { role: 'manager', clients: ['diageo'], user: null }],
    ['user', { role: 'user', clients: '*', user: 'anna@diageo.com' }],
  ] as const)('is told who they are: %s', async (who, identity) => {
    const server = await runProfiles()
    const heard = await server.hear(who, 'GET /api/v1/identity')
    expect(heard.json).toMatchObject(identity)
    expect((await server.hear('nobody', 'GET /api/v1/identity')).status).toBe(401)
  })
})

describe('tokens', () => {
  it('are shown once, work, and stop when they are revoked', async () => {
    const server = await runProfiles()
    const body = { role: 'viewer', client: 'diageo', name: 'grafana', expires: '90d' }
    const made = await server.hear('admin', 'POST /api/v1/access/tokens', body)
    expect([made.status, made.json.expiresAt, made.json.state]).toEqual([201, '2026-05-04T12:00:00Z', 'active'])
    const { id, token } = made.json
    const ask = () => server.hear('nobody', 'GET /api/v1/identity', undefined, { Authorization: `Bearer ${token}` })
    expect((await ask()).json).toMatchObject({ role: 'viewer', clients: ['diageo'] })
    const list = await server.hear('admin', 'GET /api/v1/access/tokens?offset=6')
    expect(list.json).toMatchObject({ total: 7, tokens: [{ id, name: 'grafana' }] })
    expect(list.text).not.toContain(token)
    expect(list.text).not.toContain('sha256')
    expect((await server.hear('admin', `DELETE /api/v1/access/tokens/${id}`)).json.state).toBe('revoked')
    expect((await ask()).status).toBe(401)
    const log = await server.hear('admin', 'GET /api/v1/access/log?limit=2')
    expect(log.json.entries).toMatchObject([
      { action: 'token.create', requestId: made.headers.get('x-request-id') },
      { action: 'token.revoke', detail: { token: id } },
    ])
  })

  it('are made once for one key', async () => {
    const server = await runProfiles()
    const ask = () => server.hear('admin', 'POST /api/v1/access/tokens', { role: 'viewer' }, { 'Idempotency-Key': 'k' })
    const [first, second] = [await ask(), await ask()]
    expect([second.status, second.json]).toEqual([201, first.json])
  })

  it.each([
    [{ role: 'viewer', expires: 'soon' }, 400, 'bad-flag'],
    [{ role: 'user' }, 400, 'user-needed'],
    [{ role: 'admin', client: ['diageo'] }, 400, 'admin-sees-all'],
    [{ role: 'boss' }, 400, 'bad-body'],
    [{ role: 'viewer', clients: ['diageo'] }, 400, 'bad-body'],
  ])('are not made of %j', async (body, status, code) => {
    const server = await runProfiles()
    const heard = await server.hear('admin', 'POST /api/v1/access/tokens', body)
    expect([heard.status, heard.json.code]).toEqual([status, code])
    const gone = await server.hear('admin', 'DELETE /api/v1/access/tokens/t99')
    expect([gone.status, gone.json.code]).toEqual([404, 'unknown-token'])
  })
})

describe('users', () => {
  it('are added, given another password, and removed', async () => {
    const server = await runProfiles()
    const user = { name: 'anna@diageo.com', role: 'manager', client: ['diageo'], password: 'correct horse' }
    const made = await server.hear('admin', 'POST /api/v1/access/users', user)
    expect([made.status, made.json.hasPassword, made.headers.get('location')]).toEqual([
      201,
      true,
      '/api/v1/access/users/anna%40diageo.com',
    ])
    const path = made.headers.get('location')!
    const logIn = async (password: string) =>
      (await server.hear('nobody', 'POST /api/v1/session', { name: user.name, password })).status
    expect(await logIn('correct horse')).toBe(200)
    const changed = await server.hear('admin', `PUT ${path}/password`, { password: 'battery staple' })
    expect(changed.json).toMatchObject({ name: user.name })
    expect([await logIn('correct horse'), await logIn('battery staple')]).toEqual([401, 200])
    const list = await server.hear('admin', 'GET /api/v1/access/users')
    expect(list.json).toMatchObject({ total: 1, users: [{ name: user.name, clients: ['diageo'] }] })
    expect(list.text).not.toContain('scrypt')
    const again = await server.hear('admin', 'POST /api/v1/access/users', user)
    expect([again.status, again.json.code]).toEqual([400, 'user-exists'])
    const short = await server.hear('admin', 'POST /api/v1/access/users', { ...user, name: 'ben', password: 'short' })
    expect([short.status, short.json.code]).toEqual([400, 'bad-password'])
    expect((await server.hear('admin', `DELETE ${path}`)).status).toBe(200)
    const gone = await server.hear('admin', `DELETE ${path}`)
    expect([gone.status, gone.json.code]).toEqual([404, 'unknown-user'])
  })
})

describe('share links', () => {
  it('are made, listed and revoked', async () => {
    const server = await runProfiles()
    const body = {
      report: 'models',
      client: 'diageo',
      parameters: { period: ['2026-01'] },
      expires: '7d',
      name: 'board',
    }
    const made = await server.hear('admin', 'POST /api/v1/access/links', body)
    expect([made.status, made.json.expiresAt]).toEqual([201, '2026-02-10T12:00:00Z'])
    expect(made.json.path).toMatch(/^\/share\/\w{40}$/)
    const list = await server.hear('admin', 'GET /api/v1/access/links')
    expect(list.json).toMatchObject({ total: 1, links: [{ name: 'board', clients: ['diageo'], state: 'active' }] })
    expect(list.text).not.toContain(made.json.path.slice(7))
    const revoked = await server.hear('admin', `DELETE /api/v1/access/links/${made.json.id}`)
    expect(revoked.json.state).toBe('revoked')
    const gone = await server.hear('admin', 'DELETE /api/v1/access/links/l9')
    expect([gone.status, gone.json.code]).toEqual([404, 'unknown-link'])
    const wrong = await server.hear('admin', 'POST /api/v1/access/links', { ...body, parameters: { output: ['x'] } })
    expect([wrong.status, wrong.json.code]).toEqual([400, 'bad-link-parameter'])
  })
})

describe('access', () => {
  const ROUTES: readonly [string, unknown?][] = [
    ['GET /api/v1/access/tokens'],
    ['POST /api/v1/access/tokens', { role: 'viewer' }],
    ['DELETE /api/v1/access/tokens/t9'],
    ['GET /api/v1/access/users'],
    ['POST /api/v1/access/users', { name: 'ben', role: 'viewer' }],
    ['DELETE /api/v1/access/users/carl'],
    ['PUT /api/v1/access/users/carl/password', { password: 'long enough' }],
    ['GET /api/v1/access/links'],
    ['POST /api/v1/access/links', { client: 'diageo' }],
    ['DELETE /api/v1/access/links/l9'],
    ['GET /api/v1/access/log'],
  ]

  it('is for admins alone', async () => {
    const server = await runProfiles()
    for (const [request, body] of ROUTES) {
      for (const who of ['nobody', 'manager', 'viewer', 'foreign', 'nothing', 'user'] as Who[]) {
        const heard = await server.hear(who, request, body)
        expect([request, who, heard.status]).toEqual([request, who, who === 'nobody' ? 401 : 403])
      }
      const heard = await server.hear('admin', request, body)
      expect([request, [200, 201, 404].includes(heard.status)]).toEqual([request, true])
    }
  })
})
