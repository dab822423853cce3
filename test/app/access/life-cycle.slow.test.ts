// Tokens, users, logins and links from their making to their end, as a running server sees them.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readAccess, readAccessAudit } from '../../../src/access/access-file.ts'
import { sha256Of } from '../../../src/access/secret-text.ts'
import { readAccessLog } from '../../../src/app/access/audit.ts'
import { Doorkeeper } from '../../../src/app/access/identify.ts'
import { createLoginLink, logIn, logOut, useLoginLink } from '../../../src/app/access/logins.ts'
import { createLink, listLinks, revokeLink } from '../../../src/app/access/share-links.ts'
import { createToken, listTokens, revokeToken } from '../../../src/app/access/tokens.ts'
import { addUser, removeUser, setPassword } from '../../../src/app/access/users.ts'
import { makeAccessHome, readStored } from '../../access/home.ts'

const by = 'carla'
const HOUR_MS = 3_600_000
const PASSWORD = 'correct horse battery'
const requestId = 'r1'
const secretOf = ({ path }: { readonly path: string }) => path.split('/').at(-1)!

describe('a token', () => {
  test('stands for its role and clients until the instant at which it expires', async () => {
    const home = makeAccessHome()
    const doorkeeper = new Doorkeeper(home)
    const request = { by, role: 'viewer', clients: ['diageo'], name: 'grafana', expiresInMs: HOUR_MS } as const
    const { token } = await createToken(request, home)
    const identity = { role: 'viewer', clients: ['diageo'], user: null, actor: 'token t1 (grafana)', via: 'token' }
    home.at('2026-02-02T10:59:59.999Z')
    expect(doorkeeper.byToken(token)).toEqual(identity)
    home.at('2026-02-02T11:00:00Z')
    expect(doorkeeper.byToken(token)).toBeUndefined()
    expect(listTokens(home).tokens[0]!.state).toBe('expired')
  })

  test('that is revoked is refused at the next request, by its id or its name, and once in the audit', async () => {
    const home = makeAccessHome()
    const doorkeeper = new Doorkeeper(home)
    const [one, other] = [
      await createToken({ by, role: 'admin' }, home),
      await createToken({ by, role: 'admin', name: 'b' }, home),
    ]
    expect([one, other].map(({ token }) => doorkeeper.byToken(token)?.actor)).toEqual(['token t1', 'token t2 (b)'])
    await revokeToken({ by, id: 't1' }, home)
    await revokeToken({ by, id: 't1' }, home)
    expect([one, other].map(({ token }) => doorkeeper.byToken(token)?.actor)).toEqual([undefined, 'token t2 (b)'])
    await revokeToken({ by, id: 'b' }, home)
    expect(doorkeeper.byToken(other.token)).toBeUndefined()
    expect(doorkeeper.hasAccess).toBe(false)
    expect(readAccessAudit(home).filter(({ action }) => action === 'token.revoke').length).toBe(2)
  })

  test('is not mistaken for one that has its id as a name, or for a revoked one of its name', async () => {
    const home = makeAccessHome()
    await createToken({ by, role: 'admin', name: 't2' }, home)
    await createToken({ by, role: 'admin', name: 'same' }, home)
    await createToken({ by, role: 'admin', name: 'same' }, home)
    await expect(revokeToken({ by, id: 'same' }, home)).rejects.toMatchObject({ code: 'name-of-several' })
    expect((await revokeToken({ by, id: 't2' }, home)).id).toBe('t2')
    expect((await revokeToken({ by, id: 'same' }, home)).id).toBe('t3')
  })

  test('never gets the id of another', async () => {
    const home = makeAccessHome()
    await createToken({ by, role: 'admin' }, home)
    await revokeToken({ by, id: 't1' }, home)
    expect((await createToken({ by, role: 'admin' }, home)).id).toBe('t2')
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e15])(
    'is not made for %d milliseconds',
    async expiresInMs => {
      const home = makeAccessHome()
      await expect(createToken({ by, role: 'admin', expiresInMs }, home)).rejects.toMatchObject({ code: 'bad-expiry' })
      expect(readAccess(home).tokens).toEqual([])
    },
  )

  test('has its last use noted once a minute, beside those that another server notes, and also after the clock was set back', async () => {
    const home = makeAccessHome()
    const [doorkeeper, other] = [new Doorkeeper(home), new Doorkeeper(home)]
    const [one, two] = [await createToken({ by, role: 'admin' }, home), await createToken({ by, role: 'admin' }, home)]
    const usesAt = (time: string) => {
      home.at(time)
      doorkeeper.byToken(one.token)
      other.byToken(two.token)
      return listTokens(home).tokens.map(({ lastUsedAt }) => lastUsedAt)
    }
    const at = (time: string) => [time, time]
    expect(usesAt('2026-02-02T10:00:30Z')).toEqual(at('2026-02-02T10:00:30Z'))
    expect(usesAt('2026-02-02T10:01:29Z')).toEqual(at('2026-02-02T10:00:30Z'))
    expect(usesAt('2026-02-02T10:01:30Z')).toEqual(at('2026-02-02T10:01:30Z'))
    expect(usesAt('2026-02-02T08:00:00Z')).toEqual(at('2026-02-02T08:00:00Z'))
  })

  test('is let in where its use cannot be noted', async () => {
    const home = makeAccessHome()
    const { token } = await createToken({ by, role: 'admin' }, home)
    writeFileSync(join(home.root, '.usagebook', 'token-uses.json'), 'no JSON')
    expect(new Doorkeeper(home).byToken(token)?.role).toBe('admin')
  })
})

describe('a scope', () => {
  test('is empty where nothing is said, all clients where * is written, and all of an admin', async () => {
    const home = makeAccessHome()
    const doorkeeper = new Doorkeeper(home)
    const clientsOf = async (grant: Pick<Parameters<typeof createToken>[0], 'role' | 'clients' | 'user'>) =>
      doorkeeper.byToken((await createToken({ by, ...grant }, home)).token)?.clients
    expect(await clientsOf({ role: 'viewer' })).toEqual([])
    expect(await clientsOf({ role: 'manager' })).toEqual([])
    expect(await clientsOf({ role: 'viewer', clients: ['*'] })).toBe('*')
    expect(await clientsOf({ role: 'viewer', clients: ['diageo', 'diageo'] })).toEqual(['diageo'])
    expect(await clientsOf({ role: 'admin' })).toBe('*')
    expect(await clientsOf({ role: 'user', user: 'anna@diageo.com' })).toBe('*')
  })

  test.each(['dia*', '!diageo', ''])('holds names and no pattern: %j', async client => {
    const home = makeAccessHome()
    await expect(createToken({ by, role: 'viewer', clients: [client] }, home)).rejects.toMatchObject({
      code: 'client-is-a-pattern',
    })
  })
})

describe('a login link', () => {
  test('works once, and its session is an admin that can be ended', async () => {
    const home = makeAccessHome()
    const doorkeeper = new Doorkeeper(home)
    const secret = secretOf(await createLoginLink({ by }, home))
    const session = (await useLoginLink({ secret, requestId }, home))!
    expect(doorkeeper.bySession(session.secret)).toMatchObject({ role: 'admin', clients: '*', actor: 'carla' })
    expect(await useLoginLink({ secret, requestId }, home)).toBeUndefined()
    await logOut({ by: 'carla', secret: session.secret }, home)
    expect(doorkeeper.bySession(session.secret)).toBeUndefined()
  })

  test('is over after ten minutes, to the instant, and its refusal stands in the audit', async () => {
    const home = makeAccessHome()
    const [early, late] = [secretOf(await createLoginLink({ by }, home)), secretOf(await createLoginLink({ by }, home))]
    home.at('2026-02-02T10:09:59.999Z')
    expect(await useLoginLink({ secret: early, requestId }, home)).toBeDefined()
    home.at('2026-02-02T10:10:00Z')
    expect(await useLoginLink({ secret: late, requestId }, home)).toBeUndefined()
    expect(readAccess(home).loginLinks).toEqual([])
    expect(readAccessAudit(home).map(({ seq, action }) => [seq, action])).toEqual([
      [1, 'login-link.create'],
      [2, 'login-link.create'],
      [3, 'login'],
      [4, 'login.refused'],
    ])
  })

  test('opens one session for two that use it at the same time', async () => {
    const home = makeAccessHome()
    const secret = secretOf(await createLoginLink({ by }, home))
    const sessions = await Promise.all([1, 2, 3].map(() => useLoginLink({ secret, requestId }, home)))
    expect(sessions.filter(session => session !== undefined).length).toBe(1)
    expect(readAccess(home).sessions.length).toBe(1)
  })
})

describe('a user', () => {
  test('logs in with the password, and may what the user may now', async () => {
    const home = makeAccessHome()
    const doorkeeper = new Doorkeeper(home)
    await addUser({ by, name: 'anna', role: 'manager', clients: ['diageo', 'nestle'], password: PASSWORD }, home)
    expect(await logIn({ name: 'anna', password: 'wrong horse battery', requestId }, home)).toBeUndefined()
    const session = (await logIn({ name: 'anna', password: PASSWORD, requestId }, home))!
    expect(doorkeeper.bySession(session.secret)).toMatchObject({ role: 'manager', clients: ['diageo', 'nestle'] })
    const file = join(home.root, '.usagebook', 'access.json')
    const state = readAccess(home)
    writeFileSync(
      file,
      JSON.stringify({ ...state, users: [{ ...state.users[0], role: 'viewer', clients: ['nestle'] }] }),
    )
    expect(doorkeeper.bySession(session.secret)).toMatchObject({ role: 'viewer', clients: ['nestle'] })
    home.at('2026-02-02T22:00:00Z')
    expect(doorkeeper.bySession(session.secret)).toBeUndefined()
  })

  test('is logged out everywhere by another password, and by being removed', async () => {
    const home = makeAccessHome()
    const doorkeeper = new Doorkeeper(home)
    await addUser({ by, name: 'anna', role: 'viewer', password: PASSWORD }, home)
    await addUser({ by, name: 'ben', role: 'viewer', password: PASSWORD }, home)
    const open = async (name: string, password: string) => (await logIn({ name, password, requestId }, home))!.secret
    const [anna, ben] = [await open('anna', PASSWORD), await open('ben', PASSWORD)]
    await setPassword({ by, name: 'anna', password: 'another horse battery' }, home)
    expect([anna, ben].map(secret => doorkeeper.bySession(secret)?.actor)).toEqual([undefined, 'ben'])
    const again = await open('anna', 'another horse battery')
    await removeUser({ by, name: 'anna' }, home)
    await addUser({ by, name: 'anna', role: 'admin', password: PASSWORD }, home)
    expect(doorkeeper.bySession(again)).toBeUndefined()
  })

  test('that nobody is leaves no name in the audit, since it may be a password', async () => {
    const home = makeAccessHome()
    await addUser({ by, name: 'anna', role: 'viewer', password: PASSWORD }, home)
    await logIn({ name: PASSWORD, password: '', requestId }, home)
    await logIn({ name: 'anna', password: 'wrong horse battery', requestId }, home)
    expect(readAccessLog(2, home).entries.map(({ actor, action }) => [actor, action])).toEqual([
      ['nobody', 'login.refused'],
      ['anna', 'login.refused'],
    ])
  })

  test.each(['token t1', 'Link l1', ' anna', 'an\nna', '', 'x'.repeat(201)])('cannot be called %j', async name => {
    await expect(addUser({ by, name, role: 'admin' }, makeAccessHome())).rejects.toMatchObject({
      code: 'bad-user-name',
    })
  })

  test('has at most a hundred sessions, of which the oldest end first; those that are over go', async () => {
    const home = makeAccessHome()
    const doorkeeper = new Doorkeeper(home)
    const open = async () => {
      const secret = secretOf(await createLoginLink({ by }, home))
      return (await useLoginLink({ secret, requestId }, home))!.secret
    }
    const first = await open()
    const second = await open()
    for (let made = 2; made < 101; made++) await open()
    expect(readAccess(home).sessions.length).toBe(100)
    expect(doorkeeper.bySession(first)).toBeUndefined()
    expect(doorkeeper.bySession(second)).toBeDefined()
    home.at('2026-02-03T10:00:00Z')
    await open()
    expect(readAccess(home).sessions.length).toBe(1)
  })
})

describe('a share link', () => {
  test('shows its report with its filters until it is over or revoked', async () => {
    const home = makeAccessHome()
    const doorkeeper = new Doorkeeper(home)
    const parameters = { period: ['last-month'], model: ['gpt-4o'] }
    const request = { by, report: 'models', clients: ['diageo'], parameters, expiresInMs: HOUR_MS }
    const [one, other] = [await createLink(request, home), await createLink({ ...request, name: 'board' }, home)]
    expect(doorkeeper.byLink(secretOf(one))).toEqual({
      role: 'viewer',
      clients: ['diageo'],
      user: null,
      actor: 'link l1',
      via: 'link',
      locked: { report: 'models', parameters },
    })
    await revokeLink({ by, id: 'board' }, home)
    expect(doorkeeper.byLink(secretOf(other))).toBeUndefined()
    home.at('2026-02-02T11:00:00Z')
    expect(doorkeeper.byLink(secretOf(one))).toBeUndefined()
    expect(listLinks(home).links.map(({ state }) => state)).toEqual(['expired', 'revoked'])
  })

  test('keeps a value with a comma in it as one', async () => {
    const home = makeAccessHome()
    const parameters = { user: ['a,"Smith, J."', '!b'] }
    const { parameters: kept } = await createLink({ by, clients: '*', parameters, expiresInMs: HOUR_MS }, home)
    expect(kept).toEqual({ user: ['a', '"Smith, J."', '!b'] })
  })

  test.each([
    [{ client: ['nestle'] }, 'bad-link-parameter'],
    [{ startDate: ['2026-01-01'] }, 'bad-link-parameter'],
    [{ period: ['last-mont'] }, 'bad-period'],
    [{ period: ['last-month'], 'last-days': ['7'] }, 'range-twice'],
    [{ period: ['last-month'], range: ['7d'] }, 'range-twice'],
    [{ 'last-days': ['1', '2'] }, 'flag-twice'],
    [{ 'last-days': ['many'] }, 'bad-flag'],
    [{ where: ['status_code'] }, 'bad-where'],
    [{ timezone: ['Europe/Nowhere'] }, 'bad-timezone'],
    [{ model: [''] }, 'bad-flag'],
  ])('is not made with %j', async (parameters, code) => {
    const link = createLink({ by, clients: ['diageo'], parameters, expiresInMs: HOUR_MS }, makeAccessHome())
    await expect(link).rejects.toMatchObject({ code })
  })
})

test('no secret is stored', async () => {
  const home = makeAccessHome()
  const { token } = await createToken({ by, role: 'admin' }, home)
  await addUser({ by, name: 'anna', role: 'viewer', password: PASSWORD }, home)
  const links = [
    await createLink({ by, clients: '*', expiresInMs: HOUR_MS }, home),
    await createLoginLink({ by }, home),
    await createLoginLink({ by }, home),
  ]
  const session = (await useLoginLink({ secret: secretOf(links[2]!), requestId }, home))!
  const other = (await logIn({ name: 'anna', password: PASSWORD, requestId }, home))!
  new Doorkeeper(home).byToken(token)
  const stored = readStored(home)
  for (const secret of [token, token.slice(3), PASSWORD, ...links.map(secretOf), session.secret, other.secret])
    expect(stored).not.toContain(secret)
  expect(stored).toContain(sha256Of(token))
})
