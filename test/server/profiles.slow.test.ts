import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectAlike, FOREIGN, runProfiles } from './support/profile-story.ts'
import type { Who } from './support/running-server.ts'

const NEWEST = { 'If-Match': '"brand_check@2"' }
const NEW = { name: 'Tone check', visibility: 'client_specific', visible_to_clients: ['diageo'], checks: {} }

describe('reading profiles', () => {
  it('lists them a page at a time', async () => {
    const server = await runProfiles()
    const first = await server.hear('admin', 'GET /api/v1/profiles?limit=2')
    expect(first.json).toMatchObject({ total: 5, limit: 2, offset: 0, broken: [] })
    expect(first.json.profiles[0]).toMatchObject({ profileId: 'brand_check_v2', usedBy: [{ client: 'diageo' }] })
    expect(first.headers.get('link')).toMatch(/^<\/api\/v1\/profiles\?limit=2&cursor=[\w.-]+>/)
    const last = await server.hear('admin', 'GET /api/v1/profiles?limit=2&offset=4')
    expect([last.json.profiles.length, last.headers.get('link')]).toEqual([1, null])
    const all = await server.hear('admin', 'GET /api/v1/profiles?all-versions=true&client=unilever')
    expect(all.json.profiles.map(({ profileId }: { profileId: string }) => profileId)).toEqual([
      'house_rules',
      'late_check',
      'shared_check_v2',
      'shared_check_v3',
      'soap_check',
    ])
  })

  it('shows the file as it is, with the version as its tag', async () => {
    const server = await runProfiles()
    const { text, headers } = await server.hear('admin', 'GET /api/v1/profiles/brand_check')
    expect(text).toBe(readFileSync(join(server.root, 'profiles/brand_check_v2.json'), 'utf8'))
    expect([headers.get('etag'), headers.get('content-location')]).toEqual([
      '"brand_check@2"',
      '/api/v1/profiles/brand_check@2',
    ])
    const again = await server.hear('admin', 'GET /api/v1/profiles/brand_check', undefined, {
      'If-None-Match': '"brand_check@2"',
    })
    expect(again.status).toBe(304)
    expect((await server.hear('admin', 'GET /api/v1/profiles/brand_check@1')).json.pass_threshold).toBe(80)
  })

  it('tells history, differences and users', async () => {
    const server = await runProfiles()
    const history = await server.hear('admin', 'GET /api/v1/profiles/brand_check/history')
    expect(history.json.versions).toMatchObject([{ version: 2, by: 'anna@diageo.com', clients: ['diageo'] }, {}])
    const diff = await server.hear('admin', 'GET /api/v1/profiles/brand_check/diff?from=1&to=2')
    expect(diff.json.differences[0]).toEqual({ path: 'pass_threshold', before: 80, after: 85 })
    expect(diff.text).toContain('"after":0.12345678901234567891')
    expect((await server.hear('admin', 'GET /api/v1/profiles/brand_check/diff')).json).toEqual(diff.json)
    const uses = await server.hear('admin', 'GET /api/v1/profiles/shared_check/who-uses')
    expect(uses.json.uses.map(({ client }: { client: string }) => client)).toEqual(['diageo', 'unilever'])
  })
})

describe('changing profiles', () => {
  it('creates one, and says where it is', async () => {
    const server = await runProfiles()
    const made = await server.hear(
      'manager',
      'POST /api/v1/profiles?message=first',
      { ...NEW, id: 'tone' },
      { 'If-None-Match': '*' },
    )
    expect([made.status, made.headers.get('location'), made.headers.get('etag')]).toEqual([
      201,
      '/api/v1/profiles/tone',
      '"tone@1"',
    ])
    expect(made.json).toMatchObject({ status: 'success', profileId: 'tone', version: 1 })
    const shown = await server.hear('admin', 'GET /api/v1/profiles/tone')
    expect(shown.json).toMatchObject({ ...NEW, created_by: 'token t2 (manager)' })
    expect(shown.json).not.toHaveProperty('id')
    const again = await server.hear('admin', 'POST /api/v1/profiles', { ...NEW, id: 'tone' })
    expect([again.status, again.json.code, again.json.detail]).toEqual([
      409,
      'profile-exists',
      'There is a profile "tone" already: version 1, by token t2 (manager).',
    ])
  })

  it('edits as a whole or by paths, from the version that is known', async () => {
    const server = await runProfiles()
    const patched = await server.hear(
      'manager',
      'PATCH /api/v1/profiles/brand_check',
      { set: { pass_threshold: 90, 'checks.logo.weight': 2 }, unset: ['exact'], message: 'stricter' },
      NEWEST,
    )
    expect(patched.json).toMatchObject({ profileId: 'brand_check_v3', clientsMoved: ['diageo'] })
    expect(patched.headers.get('etag')).toBe('"brand_check@3"')
    const { json: content } = await server.hear('manager', 'GET /api/v1/profiles/brand_check')
    const put = await server.hear(
      'manager',
      'PUT /api/v1/profiles/brand_check',
      { ...content, pass_threshold: 95 },
      { 'If-Match': patched.headers.get('etag')! },
    )
    expect(put.json.message).toBe('Profile updated to version 4. Original kept as "brand_check_v3"')
    const history = await server.hear('admin', 'GET /api/v1/profiles/brand_check/history')
    expect(history.json.versions[1]).toMatchObject({ message: 'stricter', by: 'token t2 (manager)' })
    expect(history.json.versions[0].changes).toEqual(['pass_threshold 90 → 95'])
  })

  it.each([
    ['PUT /api/v1/profiles/brand_check', { name: 'Brand check' }],
    ['PATCH /api/v1/profiles/brand_check', { set: { pass_threshold: 1 } }],
    ['PUT /api/v1/profiles/brand_check/visibility', { all: true }],
    ['POST /api/v1/profiles/brand_check/rollback', { to: 1 }],
  ])('%s needs If-Match, of the newest version', async (request, body) => {
    const server = await runProfiles()
    const none = await server.hear('admin', request, body)
    expect([none.status, none.json.code]).toEqual([428, 'if-match-needed'])
    const stale = await server.hear('admin', request, body, { 'If-Match': '"brand_check@1"' })
    expect([stale.status, stale.json.code]).toEqual([412, 'version-conflict'])
    expect(stale.json.detail).toContain('anna@diageo.com made it at 2026-02-01T10:00:00Z')
    for (const tag of ['"other@2"', 'W/"brand_check@2"', '"brand_check@02"', 'x']) {
      expect((await server.hear('admin', request, body, { 'If-Match': tag })).status).toBe(412)
    }
    const dry = await server.hear('admin', `${request}?dry-run=true`, body, NEWEST)
    expect([dry.status, dry.json.status, dry.json.version]).toEqual([200, 'dry-run', 3])
    const one = await server.hear('admin', request, body, { 'If-Match': '"other@7", "brand_check@2"' })
    expect([one.status, one.json.profileId]).toEqual([200, 'brand_check_v3'])
    expect((await server.hear('admin', request, { ...body, ...{} }, { 'If-Match': '*' })).status).toBe(200)
  })

  it('keeps every digit and the order of keys', async () => {
    const server = await runProfiles()
    const number = '0.12345678901234567891'
    const send = (request: string, body: string, more: Record<string, string> = {}) => {
      const [method = '', path = ''] = request.split(' ')
      return server.ask('admin', path, { method, body, headers: { 'Content-Type': 'application/json', ...more } })
    }
    const text = () => readFileSync(join(server.root, 'profiles/brand_check_v3.json'), 'utf8')
    await send('PATCH /api/v1/profiles/brand_check', `{"set": {"more": ${number}}}`, NEWEST)
    expect(text()).toContain(`"more": ${number}`)
    await send('POST /api/v1/profiles', `{"id": "z", "name": "Z", "b": 1, "10": ${number}}`)
    expect(readFileSync(join(server.root, 'profiles/z.json'), 'utf8')).toMatch(
      /^\{\n {2}"name": "Z",[\s\S]*"b": 1,\n {2}"10": 0\.12345678901234567891\n\}\n$/,
    )
    const twice = await send('PUT /api/v1/profiles/z', '{"name": "Z", "b": 1, "b": 2}', { 'If-Match': '*' })
    expect([twice.status, await twice.text()]).toEqual([400, expect.stringContaining('stands twice')])
  })

  it('of an old version says what is not in it', async () => {
    const server = await runProfiles()
    const path = 'PATCH /api/v1/profiles/brand_check@1'
    const heard = await server.hear('admin', path, { set: { pass_threshold: 1 } }, NEWEST)
    expect(heard.json).toMatchObject({
      previousProfileId: 'brand_check',
      notes: ['made from version 1: what version 2 changed is not in it'],
    })
  })

  it('says what is wrong with an edit, and changes nothing', async () => {
    const server = await runProfiles()
    const path = 'PATCH /api/v1/profiles/brand_check'
    const wrong = await server.hear('admin', path, { set: { pass_threshold: 300, 'checks.logo.weight': -1 } }, NEWEST)
    expect([wrong.status, wrong.json.code, wrong.json.problems.length]).toEqual([400, 'invalid-profile', 2])
    const empty = await server.hear('admin', path, { set: {} }, NEWEST)
    expect([empty.status, empty.json.code]).toEqual([400, 'nothing-to-edit'])
    const unknown = await server.hear('admin', path, { sets: {} }, NEWEST)
    expect([unknown.status, unknown.json.code]).toEqual([400, 'bad-body'])
    const same = await server.hear('admin', path, { set: { pass_threshold: 85 } }, NEWEST)
    expect([same.status, same.json.status]).toEqual([200, 'unchanged'])
    const deep = `{"set": {"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}}`
    const sent = { method: 'PATCH', body: deep, headers: { 'Content-Type': 'application/json', ...NEWEST } }
    const refused = await server.ask('admin', '/api/v1/profiles/brand_check', sent)
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('200 levels')])
  })

  it('lets one of two win who change the same version at once', async () => {
    const server = await runProfiles()
    const edit = (value: number) =>
      server.hear('admin', 'PATCH /api/v1/profiles/brand_check', { set: { pass_threshold: value } }, NEWEST)
    const heard = await Promise.all([edit(1), edit(2), edit(3)])
    expect(heard.map(({ status }) => status).sort()).toEqual([200, 412, 412])
  })

  it('edits many at once, all or none', async () => {
    const server = await runProfiles()
    const body = { pattern: '*', set: { pass_threshold: 70 } }
    const dry = await server.hear('admin', 'PATCH /api/v1/profiles', { ...body, dryRun: true })
    expect([dry.json.status, dry.json.profiles.length]).toEqual(['dry-run', 5])
    const own = await server.hear('manager', 'PATCH /api/v1/profiles', body)
    expect(own.json.profiles.map(({ profileId }: { profileId: string }) => profileId)).toEqual([
      'brand_check_v3',
      'late_check_v3',
    ])
    const none = await server.hear('manager', 'PATCH /api/v1/profiles', { ...body, pattern: 'soap_*' })
    expectAlike(none, await server.hear('manager', 'PATCH /api/v1/profiles', { ...body, pattern: 'nothing_*' }))
  })

  it('writes what was asked for, and what came of it, into the audit', async () => {
    const server = await runProfiles()
    const headers = { ...NEWEST, 'X-Request-Id': 'request-1' }
    await server.hear('manager', 'PATCH /api/v1/profiles/brand_check', { set: { pass_threshold: 300 } }, headers)
    await server.hear('manager', 'PATCH /api/v1/profiles/brand_check', { set: { pass_threshold: 90 } }, headers)
    const detail = { profile: 'brand_check' }
    const line = { actor: 'token t2 (manager)', requestId: 'request-1' }
    expect(server.audit()).toMatchObject([
      { ...line, action: 'profile.edit.asked', detail },
      { ...line, action: 'profile.edit.failed', detail: { ...detail, code: 'invalid-profile' } },
      { ...line, action: 'profile.edit.asked', detail },
      { ...line, action: 'profile.edit', detail: { ...detail, version: 'brand_check_v3' } },
    ])
  })
})

describe('a key for a request that is sent again', () => {
  const key = { 'Idempotency-Key': 'a-1' }

  it('gives the first answer again, and nothing is done twice', async () => {
    const server = await runProfiles()
    const heard = await Promise.all([1, 2].map(() => server.hear('manager', 'POST /api/v1/profiles', NEW, key)))
    expect(heard.map(({ status, json }) => [status, json.profileId])).toEqual([
      [201, 'tone_check'],
      [201, 'tone_check'],
    ])
    expect((await server.hear('manager', 'POST /api/v1/profiles', NEW)).status).toBe(409)
  })

  it('is of one request and one actor', async () => {
    const server = await runProfiles()
    await server.hear('manager', 'POST /api/v1/profiles', NEW, key)
    const other = await server.hear('manager', 'POST /api/v1/profiles', { ...NEW, name: 'Other' }, key)
    expect([other.status, other.json.code]).toEqual([422, 'key-used'])
    expect((await server.hear('admin', 'POST /api/v1/profiles', NEW, key)).status).toBe(409)
    const bad = await server.hear('admin', 'POST /api/v1/profiles', NEW, { 'Idempotency-Key': 'a b' })
    expect([bad.status, bad.json.code]).toEqual([400, 'bad-idempotency-key'])
  })

  it('that failed can be tried again', async () => {
    const server = await runProfiles()
    const wrong = { ...NEW, pass_threshold: 300 }
    const first = await server.hear('manager', 'POST /api/v1/profiles', wrong, key)
    const second = await server.hear('manager', 'POST /api/v1/profiles', NEW, key)
    expect([first.status, second.status]).toEqual([400, 201])
  })
})

describe('addresses of before', () => {
  it.each(['', '/'])('answer in their own shapes, with "%s" at the end', async slash => {
    const server = await runProfiles()
    const body = { name: 'My Profile', visibility: 'client_specific', visible_to_clients: ['diageo'] }
    const made = await server.hear('admin', `POST /api/profiles${slash}`, body)
    expect([made.status, made.json]).toEqual([
      201,
      {
        status: 'success',
        message: 'Profile "My Profile" created successfully',
        profile_id: 'my_profile',
        visibility: 'client_specific',
      },
    ])
    const { json: shown } = await server.hear('admin', `GET /api/profiles/my_profile${slash}`)
    expect(shown).toMatchObject({ profile_id: 'my_profile', version: 1, ...body })
    const put = await server.hear('admin', `PUT /api/profiles/my_profile${slash}`, { ...shown, pass_threshold: 5 })
    expect([put.status, put.json]).toEqual([
      200,
      {
        status: 'success',
        message: 'Profile updated to version 2. Original kept as "my_profile"',
        profile_id: 'my_profile_v2',
        previous_profile_id: 'my_profile',
        version: 2,
      },
    ])
    const list = await server.hear('admin', `GET /api/profiles${slash}?limit=1&offset=4`)
    expect(list.json).toMatchObject({ status: 'success', total: 6, profiles: [{ profile_id: 'shared_check_v3' }] })
    const shape = readFileSync(join(server.root, 'profiles/my_profile_v2.json'), 'utf8')
    expect(shape).not.toContain('profile_id')
  })

  it('honour If-Match where it is sent', async () => {
    const server = await runProfiles()
    const put = (tag: string) =>
      server.hear('admin', 'PUT /api/profiles/brand_check', { name: 'B' }, { 'If-Match': tag })
    expect([(await put('"brand_check@1"')).status, (await put('"brand_check@2"')).status]).toEqual([412, 200])
  })
})

describe('somebody who sees some clients only', () => {
  const READING = [
    '/api/v1/profiles',
    '/api/v1/profiles?all-versions',
    '/api/v1/profiles?client=diageo',
    '/api/v1/profiles/shared_check',
    '/api/v1/profiles/shared_check/history',
    '/api/v1/profiles/shared_check/diff',
    '/api/v1/profiles/shared_check/diff?from=1&to=2',
    '/api/v1/profiles/shared_check/who-uses',
    '/api/v1/profiles/late_check',
    '/api/v1/profiles/late_check/history',
    '/api/v1/profiles/house_rules',
    '/api/profiles',
    '/api/profiles/shared_check',
  ]

  it.each(['manager', 'viewer'] as const)('is shown nothing of others: %s', async who => {
    const server = await runProfiles()
    for (const path of READING) {
      const { status, text } = await server.hear(who, `GET ${path}`)
      expect([path, status, FOREIGN.exec(text)?.[0]]).toEqual([path, 200, undefined])
    }
    const history = await server.hear(who, 'GET /api/v1/profiles/shared_check/history')
    expect(history.json.versions.map(({ version, changes }: never) => [version, changes])).toEqual([
      [3, ['pass_threshold 50 → 60']],
      [1, []],
    ])
    const diff = await server.hear(who, 'GET /api/v1/profiles/shared_check/diff?from=1&to=2')
    expect(diff.json.differences).toEqual([])
  })

  it('sees nothing where no client is its own', async () => {
    const server = await runProfiles()
    expect((await server.hear('nothing', 'GET /api/v1/profiles')).json.profiles).toEqual([])
    expect((await server.hear('nothing', 'GET /api/v1/profiles/house_rules')).status).toBe(404)
  })

  it.each([
    ['GET', ''],
    ['GET', '/history'],
    ['GET', '/diff'],
    ['GET', '/who-uses'],
    ['PUT', ''],
    ['PATCH', ''],
    ['PUT', '/visibility'],
    ['POST', '/rollback'],
  ])('cannot tell a foreign profile from one that is not there: %s %s', async (method, end) => {
    const server = await runProfiles()
    const body = method === 'GET' ? undefined : { name: 'x' }
    const given = end === '' ? (method === 'PATCH' ? { set: { a: 1 } } : body) : body === undefined ? undefined : {}
    const ask = (id: string) => server.hear('manager', `${method} /api/v1/profiles/${id}${end}`, given, NEWEST)
    const foreign = await ask('soap_check')
    expect([foreign.status, FOREIGN.test(foreign.text)]).toEqual([404, false])
    // Near enough to be proposed.
    expectAlike(foreign, await ask('soap_chec'))
    // A history is of all versions.
    if (end !== '/history') expectAlike(foreign, await ask('late_check@1'))
  })

  it('cannot tell a foreign client from one that is not there', async () => {
    const server = await runProfiles()
    const list = (client: string) => server.hear('viewer', `GET /api/v1/profiles?client=${client}`)
    expectAlike(await list('unilever'), await list('unileve'))
    const set = async (client: string) => {
      const body = { set: { visible_to_clients: ['diageo', client], pass_threshold: 300 } }
      const heard = await server.hear('manager', 'PATCH /api/v1/profiles/brand_check', body, NEWEST)
      return { ...heard, json: JSON.parse(heard.text.replaceAll(client, 'CLIENT')) }
    }
    expectAlike(await set('unilever'), await set('nobody'))
    const show = async (client: string) => {
      const path = 'PUT /api/v1/profiles/brand_check/visibility'
      const heard = await server.hear('manager', path, { add: [client] }, NEWEST)
      return { ...heard, json: JSON.parse(heard.text.replaceAll(client, 'CLIENT')) }
    }
    expectAlike(await show('unilever'), await show('nobody'))
    const create = async (client: string) => {
      const heard = await server.hear('manager', 'POST /api/v1/profiles', { ...NEW, visible_to_clients: [client] })
      return { ...heard, json: JSON.parse(heard.text.replaceAll(client, 'CLIENT')) }
    }
    expectAlike(await create('unilever'), await create('nobody'))
  })

  it('changes only what is of its own clients alone', async () => {
    const server = await runProfiles()
    const asking: readonly [string, unknown, string][] = [
      ['PATCH /api/v1/profiles/shared_check', { set: { a: 1 } }, '"shared_check@3"'],
      ['PATCH /api/v1/profiles/house_rules', { set: { a: 1 } }, '"house_rules@1"'],
      ['PUT /api/profiles/house_rules', { name: 'x' }, '"house_rules@1"'],
      ['POST /api/v1/profiles/shared_check/rollback', {}, '"shared_check@3"'],
    ]
    for (const [request, body, tag] of asking) {
      const { status, text } = await server.hear('manager', request, body, { 'If-Match': tag })
      expect([request, status, FOREIGN.test(text)]).toEqual([request, 403, false])
    }
    const all = await server.hear('manager', 'PUT /api/v1/profiles/brand_check/visibility', { all: true }, NEWEST)
    expect([all.status, all.json.problems[0].path]).toEqual([400, 'visibility'])
    const shown = await server.hear('manager', 'POST /api/v1/profiles', { name: 'For all' })
    expect([shown.status, shown.json.problems[0].path]).toEqual([400, 'visibility'])
    const taken = await server.hear('manager', 'POST /api/v1/profiles', { ...NEW, id: 'soap_check' })
    expect([taken.status, FOREIGN.test(taken.text)]).toEqual([409, false])
    const back = await server.hear('manager', 'POST /api/v1/profiles/late_check/rollback', {}, { 'If-Match': '*' })
    expect([back.status, FOREIGN.test(back.text)]).toEqual([400, false])
    expect(server.audit().every(({ action }) => /\.(asked|failed)$/.test(action))).toBe(true)
  })
})

describe('roles', () => {
  const ROUTES: readonly [string, unknown, Readonly<Partial<Record<Who, number>>>][] = [
    ['GET /api/v1/profiles', undefined, { admin: 200, manager: 200, viewer: 200 }],
    ['GET /api/v1/profiles/brand_check', undefined, { admin: 200, manager: 200, viewer: 200, foreign: 404 }],
    ['GET /api/v1/profiles/brand_check/history', undefined, { admin: 200, manager: 200, viewer: 200, foreign: 404 }],
    ['GET /api/v1/profiles/brand_check/diff', undefined, { admin: 200, manager: 200, viewer: 200, foreign: 404 }],
    ['GET /api/v1/profiles/brand_check/who-uses', undefined, { admin: 200, manager: 200, viewer: 200, foreign: 404 }],
    ['GET /api/profiles', undefined, { admin: 200, manager: 200, viewer: 200 }],
    ['GET /api/profiles/brand_check', undefined, { admin: 200, manager: 200, viewer: 200, foreign: 404 }],
    ['POST /api/v1/profiles?dry-run=true', NEW, { admin: 200, manager: 200 }],
    ['PATCH /api/v1/profiles?dry-run=true', { pattern: 'b*', set: { a: 1 } }, { admin: 200, manager: 200 }],
    ['PUT /api/v1/profiles/brand_check?dry-run=true', { name: 'x' }, { admin: 200, manager: 400 }],
    ['PATCH /api/v1/profiles/brand_check?dry-run=true', { set: { a: 1 } }, { admin: 200, manager: 200 }],
    ['PUT /api/v1/profiles/brand_check/visibility?dry-run=true', { all: true }, { admin: 200, manager: 400 }],
    ['POST /api/v1/profiles/brand_check/rollback?dry-run=true', {}, { admin: 200, manager: 200 }],
    ['POST /api/profiles', {}, { admin: 400, manager: 400 }],
    ['PUT /api/profiles/brand_check', {}, { admin: 400, manager: 400 }],
  ]

  it('may do what they may do, and nothing else', async () => {
    const server = await runProfiles()
    for (const [request, body, allowed] of ROUTES) {
      const readers = body === undefined ? { foreign: 200, nothing: allowed.foreign ?? 200 } : {}
      const expected = { nobody: 401, viewer: 403, foreign: 403, nothing: 403, user: 403, ...readers, ...allowed }
      for (const [who, status] of Object.entries(expected)) {
        const heard = await server.hear(who as Who, request, body, NEWEST)
        expect([request, who, heard.status]).toEqual([request, who, status])
      }
    }
  })
})
