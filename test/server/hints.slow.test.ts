// What a problem document says to do can be done by who asked: it names no command and no flag.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { UsageError } from '../../src/base/errors.ts'
import { problemOf } from '../../src/server/problem.ts'
import { ROUTES } from '../../src/server/routes/all-routes.ts'
import { runServer } from './support/running-server.ts'

const OF_COMMAND_LINE = /usagebook [a-z]|(^|[\s"'(`])--?[a-z]/

it('no route names a command', async () => {
  const server = await runServer()
  for (const { method, path } of ROUTES) {
    const asked = path.replace(/:\w+/g, 'nothing-like-it')
    for (const [who, question, body] of [
      ['nobody', '', '{}'],
      ['admin', '', '{}'],
      ['admin', '?clinet=x&start-date=nope&limit=0&hours=x', '{"nothing": 1}'],
      ['admin', '?timezone=Mars&range=9d', 'no json'],
    ] as const) {
      const sent =
        method === 'GET' || method === 'DELETE' ? {} : { body, headers: { 'Content-Type': 'application/json' } }
      const reply = await server.ask(who, `${asked}${question}`, { method, ...sent })
      const text = await reply.text()
      if (reply.ok || reply.headers.get('content-type')?.includes('problem+json') !== true) continue
      const { detail, hint = '' } = JSON.parse(text)
      expect(`${method} ${asked}${question}: ${detail} ${hint}`).not.toMatch(OF_COMMAND_LINE)
    }
  }
})

it('the hints of all errors lose what is for a command line, and nothing else', () => {
  const documented = readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8').split('\n')
  const hints = documented.filter(line => /^[A-Z].*\.$/.test(line))
  expect(hints.length).toBeGreaterThan(100)
  for (const hint of hints) {
    const said = problemOf(new UsageError('any', 'Any.', { hint }), true).hint
    expect(said ?? '').not.toMatch(OF_COMMAND_LINE)
    if (!OF_COMMAND_LINE.test(hint)) expect(said).toBe(hint)
  }
})

it('cleaning up without retention says where it is set', async () => {
  const server = await runServer()
  const reply = await server.ask('admin', '/api/usage/cleanup', { method: 'POST' })
  expect([reply.status, await reply.json()]).toEqual([
    400,
    expect.objectContaining({
      code: 'no-retention',
      hint: 'Set "retention" in the configuration of the workspace, such as {"default": "90d"}.',
    }),
  ])
})

it('a link to a report that does not exist is a mistake in the body', async () => {
  const server = await runServer()
  const body = JSON.stringify({ report: 'usgae', client: 'diageo' })
  const headers = { 'Content-Type': 'application/json' }
  const reply = await server.ask('admin', '/api/v1/access/links', { method: 'POST', body, headers })
  expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([400, 'unknown-report'])
})

it('what is written by the usage and analytics paths is written once for a key', async () => {
  const server = await runServer()
  const post = (key: string, path: string) =>
    server.ask('admin', path, { method: 'POST', headers: { 'Idempotency-Key': key } })
  for (const path of ['/api/usage/generate-report?hours=1', '/api/v1/analytics/cache/invalidate']) {
    expect((await post(`of ${path}`.replaceAll(' ', '-'), path)).status).toBe(200)
    expect((await post('no key', path)).status).toBe(400)
  }
  expect((await post('one', '/api/usage/generate-report?hours=1')).status).toBe(200)
  expect((await post('one', '/api/usage/generate-report?hours=2')).status).toBe(422)
})
