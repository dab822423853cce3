// What every page has: the way in, the frame, assets, problems for people.
import { expect, it } from 'vitest'
import { addUser } from '../../../src/app/access/users.ts'
import { runServer } from '../support/running-server.ts'

const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const FORM = { ...BROWSER, 'Content-Type': 'application/x-www-form-urlencoded' }

it('a browser without a login is sent to the form, and with it to what it asked for', async () => {
  const server = await runServer()
  await addUser(
    { name: 'ann', role: 'viewer', clients: ['diageo'], password: 'correct horse', by: 'test' },
    server.services.access,
  )
  const refused = await server.ask('nobody', '/?range=7d', { headers: BROWSER })
  expect([refused.status, refused.headers.get('location')]).toEqual([303, '/login?next=%2F%3Frange%3D7d'])
  const login = (password: string, next: string) =>
    server.ask('nobody', '/login', {
      method: 'POST',
      headers: FORM,
      body: new URLSearchParams({ name: 'ann', password, next }),
    })
  const wrong = await login('wrong', '/?range=7d')
  expect(wrong.status).toBe(401)
  const again = await wrong.text()
  expect(again).toContain('The name or the password is wrong.')
  expect(again).toContain('value="ann"')
  const right = await login('correct horse', '/?range=7d')
  expect([right.status, right.headers.get('location')]).toEqual([303, '/?range=7d'])
  const cookie = right.headers.get('set-cookie')!.split(';')[0]!
  const page = await server.ask('nobody', '/?range=7d', { headers: { ...BROWSER, cookie } })
  expect(await page.text()).toContain('Log out')
  const out = await server.ask('nobody', '/logout', { method: 'POST', headers: { ...FORM, cookie } })
  expect([out.status, out.headers.get('location')]).toEqual([303, '/login'])
  expect((await server.ask('nobody', '/', { headers: { ...BROWSER, cookie } })).status).toBe(303)
})

it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'a login leads to no other place: %s',
  async next => {
    const server = await runServer()
    await addUser(
      { name: 'ann', role: 'viewer', clients: ['diageo'], password: 'correct horse', by: 'test' },
      server.services.access,
    )
    const body = new URLSearchParams({ name: 'ann', password: 'correct horse', next })
    const reply = await server.ask('nobody', '/login', { method: 'POST', headers: FORM, body })
    expect(reply.headers.get('location')).toBe('/')
  },
)

it('a problem is a page for a browser and a document for a program', async () => {
  const server = await runServer()
  const page = await server.ask('admin', '/?range=9y', { headers: BROWSER })
  expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8'])
  expect(await page.text()).toMatch(/<h1>That did not work<\/h1>[\s\S]*9y/)
  const program = await server.ask('admin', '/?range=9y')
  expect(program.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
})

it.each(['/', '/threats', '/errors', '/activity', '/users', '/reports/view/usage'])(
  'a range that is said twice is a problem of who asks for %s, and of nobody else',
  async path => {
    const server = await runServer()
    const twice = await server.ask('viewer', `${path}?range=7d&end-date=2026-01-01`, { headers: BROWSER })
    expect([twice.status, (await twice.text()).includes('range and end-date both set the range.')]).toEqual([400, true])
    expect((await server.ask('viewer', path)).status).toBe(200)
  },
)

it('below a base path all addresses of a page are below it, and its files are kept for ever', async () => {
  const server = await runServer(undefined, { basePath: '/usage' })
  const page = await (await server.ask('admin', '/')).text()
  const addresses = [...page.matchAll(/(?:href|src|action)="([^"#]+)"/g)].map(([, address]) => address!)
  expect(addresses.filter(address => !address.startsWith('/usage/'))).toEqual([])
  const files = addresses.filter(address => address.includes('/assets/'))
  expect(files.length).toBeGreaterThan(2)
  for (const file of files) {
    const reply = await server.ask('nobody', file.replace('/usage', ''))
    expect([reply.status, reply.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
  }
})

it('a page has no style and no script of its own', async () => {
  const server = await runServer()
  const page = await (await server.ask('admin', '/')).text()
  expect(page.match(/<style|style="|<script(?! src=| type="application\/json")| on\w+="/g)).toBeNull()
})

it('a message is shown to who it was left for, and to nobody else', async () => {
  const server = await runServer()
  const { actor } = server.services.doorkeeper.byToken(server.tokens.admin)!
  const id = server.services.notices.leave(actor, 'Profile <b> updated.')
  const shown = await (await server.ask('admin', `/?notice=${id}`)).text()
  expect(shown).toContain('Profile &#60;b&#62; updated.')
  expect(await (await server.ask('viewer', `/?notice=${id}`)).text()).not.toContain('updated.')
})
