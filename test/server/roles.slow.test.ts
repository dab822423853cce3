// Every route lets in whom it names, and nobody else; and no answer to somebody with some clients names the others.
import { expect, it } from 'vitest'
import type { Route } from '../../src/server/route.ts'
import { ROUTES } from '../../src/server/routes/all-routes.ts'
import { type RunningServer, runServer, type Who } from './support/running-server.ts'

const ASKERS: readonly (readonly [Who, string])[] = [
  ['admin', 'admin'],
  ['manager', 'manager'],
  ['viewer', 'viewer'],
  ['user', 'user'],
]

async function expectItsRolesOnly(server: RunningServer, { method, path, roles }: Route): Promise<void> {
  const isOpen = roles.includes('anybody')
  const nobody = await statusOf(server, 'nobody', method, path)
  // A login link that is none is refused in the same words as no login.
  if (!isOpen) expect([method, path, nobody]).toEqual([method, path, 401])
  for (const [who, role] of ASKERS) {
    const status = await statusOf(server, who, method, path)
    const isAllowed = isOpen || (roles as readonly string[]).includes(role)
    if (isAllowed && !isOpen) expect([method, path, who, status]).not.toEqual([method, path, who, 401])
    else if (!isAllowed) expect([method, path, who, status]).toEqual([method, path, who, 403])
  }
}

async function statusOf(server: RunningServer, who: Who, method: string, path: string): Promise<number> {
  const asked = path.replace(/:\w+/g, 'soap-1')
  const body =
    method === 'GET' || method === 'DELETE' ? {} : { body: '{}', headers: { 'Content-Type': 'application/json' } }
  const reply = await server.ask(who, asked, { method, ...body })
  const text = await reply.text()
  if (who !== 'admin' && who !== 'user')
    expect(`${method} ${path} ${text}`.replaceAll('soap-1', '')).not.toMatch(/unilever|uwe|soap/)
  return reply.status
}

// What only reads needs no server of its own.
it('every route that only reads', async () => {
  const server = await runServer()
  for (const route of ROUTES.filter(({ method }) => method === 'GET')) await expectItsRolesOnly(server, route)
})

const WRITING = ROUTES.filter(({ method }) => method !== 'GET')
it.each(WRITING.map(route => [`${route.method} ${route.path}`, route] as const))('%s', async (_, route) => {
  await expectItsRolesOnly(await runServer(), route)
})

it('no route is there twice, and none is without a role', () => {
  const names = ROUTES.map(({ method, path }) => `${method} ${path}`)
  expect(new Set(names).size).toBe(names.length)
  expect(ROUTES.filter(({ roles }) => roles.length === 0)).toEqual([])
})
