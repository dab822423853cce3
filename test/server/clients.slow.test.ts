import { describe, expect, it } from 'vitest'
import { expectAlike, FOREIGN, runProfiles } from './support/profile-story.ts'
import type { Who } from './support/running-server.ts'

describe('clients', () => {
  it('are listed with what they use', async () => {
    const server = await runProfiles()
    const list = await server.hear('admin', 'GET /api/v1/clients?limit=1')
    expect(list.json).toMatchObject({ total: 2, clients: [{ id: 'diageo', name: 'Diageo' }] })
    expect(list.headers.get('link')).toMatch(/^<\/api\/v1\/clients\?limit=1&cursor=[\w.-]+>; rel="next"$/)
    const shown = await server.hear('viewer', 'GET /api/v1/clients/diageo')
    expect(shown.json).toMatchObject({ id: 'diageo', maySee: ['late_check'] })
    expect(shown.json.uses[0]).toEqual({ profileId: 'brand_check_v2', version: 2, newestVersion: 2 })
  })

  it('are told what to run, with the whole content and a tag', async () => {
    const server = await runProfiles()
    const run = await server.hear('viewer', 'GET /api/v1/clients/diageo/profiles')
    expect(run.json).toMatchObject({
      client: 'diageo',
      profiles: [
        { profile: 'brand_check', profileId: 'brand_check_v2', version: 2, content: { pass_threshold: 85 } },
        { profileId: 'house_rules', version: 1 },
        { profileId: 'shared_check_v3', content: { visible_to_clients: ['diageo'] } },
      ],
    })
    expect(run.text).toContain('"exact":0.12345678901234567891')
    const headers = { 'If-None-Match': run.headers.get('etag')! }
    const again = await server.hear('viewer', 'GET /api/v1/clients/diageo/profiles', undefined, headers)
    expect([again.status, again.text]).toEqual([304, ''])
    await server.hear('manager', 'PUT /api/v1/clients/diageo/profiles/brand_check@1')
    const changed = await server.hear('viewer', 'GET /api/v1/clients/diageo/profiles', undefined, headers)
    // Version 1 is what is named, although there is a newer one.
    expect(changed.json.profiles[0]).toMatchObject({ profileId: 'brand_check', content: { pass_threshold: 80 } })
  })

  it('are added and removed, and each change is in the audit', async () => {
    const server = await runProfiles()
    const dry = await server.hear('admin', 'POST /api/v1/clients', { id: 'loreal', dryRun: true })
    expect([dry.status, dry.json.status]).toEqual([200, 'dry-run'])
    const added = await server.hear('admin', 'POST /api/v1/clients', { id: 'loreal', name: "L'Oréal" })
    expect([added.status, added.headers.get('location'), added.json.status]).toEqual([
      201,
      '/api/v1/clients/loreal',
      'success',
    ])
    const again = await server.hear('admin', 'POST /api/v1/clients', { id: 'loreal' })
    expect([again.status, again.json.code]).toEqual([409, 'client-exists'])
    const bad = await server.hear('admin', 'POST /api/v1/clients', { id: '../x' })
    expect([bad.status, bad.json.code]).toEqual([400, 'bad-client-id'])
    expect((await server.hear('admin', 'DELETE /api/v1/clients/loreal')).json.status).toBe('success')
    const used = await server.hear('admin', 'DELETE /api/v1/clients/diageo')
    expect([used.status, used.json.code]).toEqual([400, 'client-in-use'])
    const gone = await server.hear('admin', 'DELETE /api/v1/clients/loreal')
    expect([gone.status, gone.json.code]).toEqual([404, 'unknown-client'])
    expect(server.audit().map(({ action }) => action)).toEqual([
      'client.add.asked',
      'client.add',
      'client.add.asked',
      'client.add.failed',
      'client.add.asked',
      'client.add.failed',
      'client.remove.asked',
      'client.remove',
      'client.remove.asked',
      'client.remove.failed',
      'client.remove.asked',
      'client.remove.failed',
    ])
  })

  it('are given profiles, and lose them', async () => {
    const server = await runProfiles()
    const dry = await server.hear('manager', 'PUT /api/v1/clients/diageo/profiles/late_check?dry-run=true')
    expect(dry.json.status).toBe('dry-run')
    const given = await server.hear('manager', 'PUT /api/v1/clients/diageo/profiles/late_check?message=new')
    expect(given.json).toMatchObject({ status: 'success', profileId: 'late_check_v2', previousProfileId: null })
    const same = await server.hear('manager', 'PUT /api/v1/clients/diageo/profiles/late_check')
    expect(same.json.status).toBe('unchanged')
    const taken = await server.hear('manager', 'DELETE /api/v1/clients/diageo/profiles/late_check')
    expect(taken.json).toMatchObject({ status: 'success', previousProfileId: 'late_check_v2' })
    const none = await server.hear('manager', 'DELETE /api/v1/clients/diageo/profiles/late_check')
    expect([none.status, none.json.code]).toEqual([400, 'not-assigned'])
    const hidden = await server.hear('admin', 'PUT /api/v1/clients/diageo/profiles/soap_check')
    expect([hidden.status, hidden.json.code]).toEqual([400, 'not-visible'])
  })
})

describe('clients of others', () => {
  it('are in no answer', async () => {
    const server = await runProfiles()
    for (const path of ['', '/diageo', '/diageo/profiles']) {
      const { status, text } = await server.hear('viewer', `GET /api/v1/clients${path}`)
      expect([path, status, FOREIGN.test(text)]).toEqual([path, 200, false])
    }
    expect((await server.hear('nothing', 'GET /api/v1/clients')).json).toMatchObject({ clients: [], total: 0 })
  })

  it.each([
    ['GET', ''],
    ['GET', '/profiles'],
    ['PUT', '/profiles/house_rules'],
    ['DELETE', '/profiles/house_rules'],
  ])('are as clients that are not there: %s %s', async (method, end) => {
    const server = await runProfiles()
    const ask = (client: string) => server.hear('manager', `${method} /api/v1/clients/${client}${end}`)
    const foreign = await ask('unilever')
    expect([foreign.status, FOREIGN.test(foreign.text)]).toEqual([404, false])
    expectAlike(foreign, await ask('unileve'))
  })

  it('have profiles that are as those that are not there', async () => {
    const server = await runProfiles()
    const give = (profile: string) => server.hear('manager', `PUT /api/v1/clients/diageo/profiles/${profile}`)
    const foreign = await give('soap_check')
    expect([foreign.status, FOREIGN.test(foreign.text)]).toEqual([404, false])
    expectAlike(foreign, await give('soap_chec'))
    expectAlike(foreign, await give('late_check@1'))
  })
})

describe('roles', () => {
  const ROUTES: readonly [string, unknown, Readonly<Partial<Record<Who, number>>>][] = [
    ['GET /api/v1/clients', undefined, { admin: 200, manager: 200, viewer: 200, foreign: 200, nothing: 200 }],
    ['GET /api/v1/clients/diageo', undefined, { admin: 200, manager: 200, viewer: 200, foreign: 404, nothing: 404 }],
    [
      'GET /api/v1/clients/diageo/profiles',
      undefined,
      { admin: 200, manager: 200, viewer: 200, foreign: 404, nothing: 404 },
    ],
    ['POST /api/v1/clients?dry-run=true', { id: 'loreal' }, { admin: 200 }],
    ['DELETE /api/v1/clients/diageo?dry-run=true', undefined, { admin: 400 }],
    ['PUT /api/v1/clients/diageo/profiles/house_rules?dry-run=true', undefined, { admin: 200, manager: 200 }],
    ['DELETE /api/v1/clients/diageo/profiles/house_rules?dry-run=true', undefined, { admin: 200, manager: 200 }],
  ]

  it('may do what they may do, and nothing else', async () => {
    const server = await runProfiles()
    for (const [request, body, allowed] of ROUTES) {
      const refused = { nobody: 401, manager: 403, viewer: 403, foreign: 403, nothing: 403, user: 403 }
      for (const [who, status] of Object.entries({ ...refused, ...allowed })) {
        const heard = await server.hear(who as Who, request, body)
        expect([request, who, heard.status]).toEqual([request, who, status])
      }
    }
  })
})
