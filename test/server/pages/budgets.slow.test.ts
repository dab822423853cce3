// The page of budgets and alerts: what stands on it for whom, and its forms; and the jobs on the page of reports.
import { expect, it } from 'vitest'
import { runAlerts } from '../support/alert-story.ts'
import { type RunningServer, runServer, type Who, writeInto } from '../support/running-server.ts'

const HTML = { Accept: 'text/html' }

async function read(server: RunningServer, who: Who, path = '/budgets'): Promise<string> {
  return await (await server.ask(who, path, { headers: HTML })).text()
}

async function send(server: RunningServer, who: Who, path: string, form: Record<string, string>): Promise<Response> {
  const headers = { ...HTML, 'Content-Type': 'application/x-www-form-urlencoded' }
  return await server.ask(who, path, { method: 'POST', headers, body: new URLSearchParams(form) })
}

it('shows what fires, what is used, what is silent and what has not arrived', async () => {
  const server = await runAlerts()
  const page = await read(server, 'admin')
  for (const rule of ['client-errors', 'soap-errors', 'own-errors', 'all-errors']) expect(page).toContain(rule)
  expect(page).toContain('like-diageo')
  expect(page).toContain('class="used')
  expect(page).toContain('soap launch')
  expect(page).toContain('Messages that have not arrived')
  expect(page).toContain('Send again')
  expect(await read(server, 'admin', '/?range=7d')).toMatch(/\d alerts fire/)
})

it('shows nobody what is about other clients', async () => {
  const server = await runAlerts()
  for (const path of ['/budgets', '/?range=7d']) {
    const page = await read(server, 'viewer', path)
    expect(page).toContain('client-errors')
    expect(page).not.toMatch(/unilever|uwe|soap|whole|all-errors|like-/)
  }
  expect(await read(server, 'viewer')).not.toContain('<form class="panel slim"')
  expect((await send(server, 'viewer', '/budgets/silences', { match: 'rule=x', until: '2h' })).status).toBe(403)
  expect((await server.ask('user', '/budgets', { headers: HTML })).status).toBe(403)
})

it('a silence is made and ended, and a wrong one keeps what was typed', async () => {
  const server = await runAlerts()
  const wrong = await send(server, 'admin', '/budgets/silences', {
    match: 'client',
    until: '2h',
    why: 'for the launch',
  })
  const shown = await wrong.text()
  expect(wrong.status).toBe(400)
  expect(shown).toContain('value="for the launch"')
  expect(shown).toContain('id="f-match-error"')
  const made = await send(server, 'admin', '/budgets/silences', {
    match: 'rule=own-errors, user=anna*',
    until: '2h',
  })
  expect(made.status).toBe(303)
  const page = await read(server, 'admin')
  expect(page).toContain('rule own-errors, user anna*')
  expect(page).toContain('silent until')
  const { silences } = (await server.hear('admin', 'GET /api/v1/silences')).json
  const { id } = silences.find(({ match }: { match: object }) => JSON.stringify(match).includes('own-errors'))
  expect((await send(server, 'admin', '/budgets/silences/end', { id })).status).toBe(303)
  expect((await send(server, 'admin', '/budgets/silences/end', { id: 'nothing' })).status).toBe(404)
})

it('a message is sent again, or given up', async () => {
  const server = await runAlerts()
  const { messages } = (await server.hear('admin', 'GET /api/v1/outbox')).json
  const { id } = messages[0]
  expect((await send(server, 'admin', '/budgets/messages/retry', { id })).status).toBe(303)
  expect(await read(server, 'admin')).toContain(`value="${id}"`)
  expect((await send(server, 'admin', '/budgets/messages/drop', { id })).status).toBe(303)
  expect(await read(server, 'admin')).not.toContain(`value="${id}"`)
})

it('a mistake in alerts.json does not keep anybody from the overview', async () => {
  const server = await runAlerts()
  writeInto(server.root, 'alerts.json', '{"rules": 1}')
  const page = await read(server, 'admin', '/?range=7d')
  expect(page).toContain('The rules of alerts cannot be read.')
  expect(await read(server, 'admin')).toContain('alerts.json has a mistake')
  const viewed = await read(server, 'viewer')
  expect(viewed).toContain('nothing is checked')
  expect(viewed).not.toContain('alerts.json')
})

it('jobs stand on the page of reports, for who sees all clients', async () => {
  const jobs = [{ name: 'weekly', cron: '0 9 * * 1', timezone: 'Asia/Kathmandu', run: 'report --client soap' }]
  const server = await runServer({ 'schedule.json': JSON.stringify({ jobs }) })
  const page = await read(server, 'admin', '/reports')
  for (const words of ['weekly', 'Asia/Kathmandu', '2026-02-09 03:15', 'has not run yet']) expect(page).toContain(words)
  for (const who of ['manager', 'viewer'] as const) expect(await read(server, who, '/reports')).not.toContain('weekly')
})
