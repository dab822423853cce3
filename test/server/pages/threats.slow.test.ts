// The page of threats: which are open, and the form with which somebody says that they have dealt with some.
import { expect, it } from 'vitest'
import { LOGS, lines, type RunningServer, runServer, type Who } from '../support/running-server.ts'

const threat = (id: string | undefined, client: string, severity: string) => ({
  ...{ timestamp: '2026-02-02T09:00:00Z', event: 'threat', id, client, severity, threat_type: 'injection' },
})
const WITH_THREATS = {
  ...LOGS,
  'usage_logs/2026-02-02.threats.jsonl': lines(
    threat('t-1', 'diageo', 'high'),
    threat('t-2', 'diageo', '<b>odd</b> "class'),
    threat('t-3', 'unilever', 'low'),
    threat(undefined, 'diageo', 'medium'),
  ),
}
const VIEW = '/threats?range=7d'

async function pageOf(server: RunningServer, who: Who, path = VIEW): Promise<string> {
  return await (await server.ask(who, path)).text()
}

async function send(server: RunningServer, who: Who, form: readonly (readonly [string, string])[]): Promise<Response> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' }
  return await server.ask(who, VIEW, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form.map(([...one]) => one)),
  })
}

const tickable = (page: string) => [...page.matchAll(/name="id" value="([^"]*)"/g)].map(([, id]) => id).toSorted()

it('lists the open threats of the range, which those who may resolve them can tick', async () => {
  const server = await runServer(WITH_THREATS)
  const page = await pageOf(server, 'admin')
  expect(page).toContain('Open (4)')
  expect(tickable(page)).toEqual(['t-1', 't-2', 't-3'])
  expect(page).toContain('A threat that was logged without an id cannot be resolved.')
  expect(page).not.toContain('<b>odd</b>')
  expect(tickable(await pageOf(server, 'manager'))).toEqual(['t-1', 't-2'])
  const viewer = await pageOf(server, 'viewer')
  expect([tickable(viewer), viewer.includes('t-1'), viewer.includes('t-3')]).toEqual([[], true, false])
})

it('resolves what is ticked, goes back to the same view, and shows it no longer', async () => {
  const server = await runServer(WITH_THREATS)
  const done = await send(server, 'manager', [
    ['id', 't-1'],
    ['id', 't-2'],
    ['note', 'blocked'],
  ])
  const to = done.headers.get('location')!
  expect([done.status, to]).toEqual([303, expect.stringMatching(/^\/threats\?range=7d&notice=/)])
  const page = await pageOf(server, 'manager', to)
  expect(page).toContain('2 threats resolved.')
  expect(page).toContain('Open (1)')
  const all = await pageOf(server, 'manager', `${VIEW}&all=true`)
  expect(all).toContain('All (3)')
  expect(all.match(/<td>resolved<\/td>/g)).toHaveLength(2)
})

it('says that nothing is ticked, keeps what was typed, and writes nothing for who may not', async () => {
  const server = await runServer(WITH_THREATS)
  const refused = await send(server, 'manager', [['note', 'looked at it']])
  const page = await refused.text()
  expect(refused.status).toBe(400)
  expect(page).toContain('No threat is ticked.')
  expect(page).toContain('value="looked at it"')
  expect((await send(server, 'viewer', [['id', 't-1']])).status).toBe(403)
  const foreign = await send(server, 'manager', [['id', 't-3']])
  expect([foreign.status, (await foreign.text()).includes('unilever')]).toEqual([404, false])
  expect(await pageOf(server, 'admin')).toContain('Open (4)')
})
