// Every answer is held against the document that describes it.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type * as z from 'zod'
import { schemaNamed } from '../../src/server/openapi.ts'
import type { Route } from '../../src/server/route.ts'
import { ROUTES } from '../../src/server/routes/all-routes.ts'
import { triesOf } from '../support/tries.ts'
import { type RunningServer, runServer } from './support/running-server.ts'
import '../fixed-seed.ts'

const REDOCLY = resolve(import.meta.dirname, '../../node_modules/.bin/redocly')

it('is a document that linters find nothing wrong with', async () => {
  const server = await runServer()
  const file = join(server.root, 'openapi.json')
  writeFileSync(file, await (await server.ask('admin', '/api/openapi.json')).text())
  const { stdout, stderr, status } = spawnSync(
    REDOCLY,
    ['lint', file, '--extends', 'recommended', '--format', 'stylish'],
    {
      encoding: 'utf8',
      cwd: server.root,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' },
    },
  )
  expect([status, `${stdout}${stderr}`]).toEqual([0, expect.anything()])
})

/** Texts that parameters are given, sensible and hostile. */
const texts = fc.oneof(
  fc.constantFrom(
    '1',
    '0',
    '-1',
    '24',
    'true',
    'false',
    'client',
    'diageo',
    'user,day',
    '2026-02',
    '2026-02-02',
    'UTC',
    'json',
    'csv',
    'previous',
    '7d',
    'name=a',
    'model!=gpt-4o',
  ),
  fc.constantFrom(
    '',
    '*',
    "' or 1=1 --",
    '../../etc/passwd',
    '\u0000',
    '💥',
    '=cmd()',
    '9'.repeat(400),
    '%',
    '"',
    '[z-a]',
    '$(id)',
    '\r\nX: 1',
  ),
  fc.string({ maxLength: 20 }),
)

it.each(
  ROUTES.filter(({ method, isPage }) => method === 'GET' && isPage !== true).map(route => [route.path, route] as const),
)('GET %s answers what it says, whatever it is asked', async (_, route) => {
  const server = await runServer()
  const names = Object.keys(route.parameters ?? {})
  const query = fc.array(fc.tuple(names.length === 0 ? fc.constant('x') : fc.constantFrom(...names, 'x'), texts), {
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(
      query,
      fc.constantFrom('usage', 'errors', 'sessions', 'brand-1', '..', '%00', 'x'.repeat(200)),
      async (pairs, name) => {
        await expectTrue(server, route, pairs, name)
      },
    ),
    { numRuns: triesOf(4, 12, 200) },
  )
})

async function expectTrue(
  server: RunningServer,
  route: Route,
  pairs: readonly (readonly [string, string])[],
  name: string,
) {
  const named = pairs.map(
    ([key, value]) =>
      [route.hasOwnNames === true ? key : key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`), value] as [
        string,
        string,
      ],
  )
  const path = route.path.replace(/:\w+/g, () => encodeURIComponent(name))
  const reply = await server.ask('admin', `${path}?${new URLSearchParams(named)}`)
  const text = await reply.text()
  const told = `${path} ${JSON.stringify(named)} ${text.slice(0, 300)}`
  expect([told, reply.status < 500]).toEqual([told, true])
  expect(server.said).toEqual([])
  const isJson = reply.headers.get('content-type')?.startsWith('application/json') === true
  if (!isJson || reply.status !== 200 || route.answer === undefined) return
  const { success, error } = schemasOf(route, JSON.parse(text)).safeParse(JSON.parse(text))
  expect([told, success ? undefined : error?.issues.slice(0, 3)]).toEqual([told, undefined])
}

function schemasOf({ answer }: Route, document: { readonly schema?: string }): z.ZodType {
  if (typeof answer !== 'string') return answer!
  // A document names its schema, and usage by any field has one of its own.
  return schemaNamed(document.schema?.replace(/^usagebook\/|@\d+$/g, '') ?? answer)
}
