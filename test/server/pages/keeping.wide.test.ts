// The pages of clients, prices, reports, health and access, as a browser without a script sees them.
import { expect, it } from 'vitest'
import { linksFor } from '../../../src/server/pages/navigation.ts'
import { FOREIGN, PROFILES } from '../support/profile-story.ts'
import { LOGS, type RunningServer, runServer, type Who, writeInto } from '../support/running-server.ts'

const FILES = { ...PROFILES, ...LOGS }
const HTML = { Accept: 'text/html' }

async function read(server: RunningServer, who: Who, path: string): Promise<string> {
  return await (await server.ask(who, path, { headers: HTML })).text()
}

/** Sends a form and follows to where it leads. */
async function send(server: RunningServer, who: Who, path: string, fields: Record<string, string>): Promise<string> {
  const reply = await server.ask(who, path, { method: 'POST', headers: HTML, body: new URLSearchParams(fields) })
  return reply.status === 303 ? await read(server, who, reply.headers.get('location')!) : await reply.text()
}

it('a token is made, shown once, and refused after it was revoked', async () => {
  const server = await runServer(FILES)
  const form = { name: 'cron', role: 'viewer', client: 'diageo', expires: '90d' }
  const made = await server.ask('admin', '/access', { method: 'POST', body: new URLSearchParams(form) })
  const page = made.headers.get('location')!
  const token = /ub_\w{30,}/.exec(await read(server, 'admin', page))![0]
  expect(await read(server, 'admin', page)).not.toContain(token)
  const asked = () => fetch(`${server.address}api/v1/identity`, { headers: { Authorization: `Bearer ${token}` } })
  expect(await (await asked()).json()).toMatchObject({ role: 'viewer', clients: ['diageo'] })
  const id = /tokens\/(t\d+)\/revoke">Revoke<span class="hidden"> cron/.exec(await read(server, 'admin', '/access'))![1]
  expect(await read(server, 'admin', `/access/tokens/${id}/revoke`)).toContain('It cannot be undone.')
  expect(await send(server, 'admin', `/access/tokens/${id}/revoke`, {})).toContain('The token cron is revoked.')
  expect((await asked()).status).toBe(401)
})

it('what is wrong in a form of access is told at its field, and what was typed stays', async () => {
  const server = await runServer(FILES)
  const text = await send(server, 'admin', '/access', { name: 'cron', role: 'viewer', expires: 'soon' })
  expect(text).toMatch(/<a href="#f-expires">[\s\S]*value="cron"/)
  const short = { name: 'ann', role: 'viewer', client: 'diageo', password: 'short' }
  const user = await send(server, 'admin', '/access/users', short)
  expect(user).toMatch(/<a href="#f-password">/)
  expect(user).not.toContain('value="short"')
})

it('a user is added and removed, a link made and revoked, and the log has all of it', async () => {
  const server = await runServer(FILES)
  const ann = { name: 'ann', role: 'viewer', client: 'diageo', password: 'correct horse' }
  expect(await send(server, 'admin', '/access/users', ann)).toContain('The user ann is added.')
  expect(await send(server, 'admin', '/access/users/ann', { do: 'remove' })).toContain('The user ann is removed.')
  const link = await send(server, 'admin', '/access/links', { name: 'board', report: 'dashboard', client: 'diageo' })
  expect((await fetch(/http[^<]*\/share\/[\w-]+/.exec(link)![0])).status).toBe(200)
  expect(await send(server, 'admin', '/access/links/l1/revoke', {})).toContain('The link board is revoked.')
  const log = await read(server, 'admin', '/access/log')
  for (const action of ['user.add', 'user.remove', 'link.create', 'link.revoke'])
    expect(log).toContain(`<td>${action}</td>`)
})

it('a report is made now, and downloaded', async () => {
  const server = await runServer(FILES)
  expect(await send(server, 'admin', '/reports', { hours: '0' })).toContain('<a href="#f-hours">')
  const page = await send(server, 'admin', '/reports', { hours: '72' })
  const file = await server.ask('admin', /href="([^"]*generated-reports[^"]*)"/.exec(page)![1]!)
  expect(file.headers.get('content-disposition')).toContain('usage_report.json')
  expect(await file.json()).toMatchObject({ total_requests: 0 })
})

it('a client is added, uses a profile and no longer, and is removed', async () => {
  const server = await runServer(FILES)
  expect(await send(server, 'admin', '/clients', { id: 'diageo' })).toContain('<a href="#f-id">')
  expect(await send(server, 'admin', '/clients', { id: 'nestle', name: 'Nestlé' })).toContain(
    'Client "nestle" added'.replaceAll('"', '&#34;'),
  )
  expect(await send(server, 'admin', '/clients/nestle', { profile: 'house_rules' })).toContain('house_rules')
  expect(await send(server, 'admin', '/clients/nestle', { unassign: 'house_rules' })).toContain(
    'It uses no profile yet.',
  )
  expect(await send(server, 'admin', '/clients/nestle/remove', {})).not.toContain('Nestlé')
})

it('prices are found, and a request is explained', async () => {
  const server = await runServer(FILES)
  expect(await read(server, 'viewer', '/prices?model=gpt-4o&provider=')).toContain('gpt-4o')
  expect(await read(server, 'viewer', '/prices/explain?model=gpt-4o&input=1000000&output=')).toContain(
    '<strong>$2.5</strong>',
  )
})

it('who sees one client finds nothing of others on any of these pages', async () => {
  const server = await runServer(FILES)
  for (const path of ['/clients', '/clients/diageo', '/clients/unilever', '/prices', '/reports', '/health']) {
    const text = (await read(server, 'manager', path)).replaceAll('/clients/unilever', '')
    expect(`${path} ${text}`.replace('/clients/unilever', '')).not.toMatch(FOREIGN)
  }
  expect((await server.ask('manager', '/access', { headers: HTML })).status).toBe(403)
  expect(await send(server, 'manager', '/clients/unilever', { profile: 'house_rules' })).not.toMatch(/unilever" uses/)
})

it('without logs the pages say so', async () => {
  const server = await runServer({})
  expect(await read(server, 'admin', '/health')).toContain('There are no logs')
  expect(await read(server, 'admin', '/profiles')).toContain('There are no profiles yet.')
})

it('without logs every page opens, and what is logged later is there', async () => {
  const server = await runServer({})
  for (const { path } of linksFor('admin')) {
    expect([path, (await server.ask('admin', path, { headers: HTML })).status]).toEqual([path, 200])
  }
  const analyses = async () => JSON.parse(await read(server, 'admin', '/api/v1/reports/usage.json')).summary.analyses
  expect(await analyses()).toBe(0)
  const event = { timestamp: '2026-02-02T09:00:00Z', client: 'diageo', model: 'gpt-4o', input_tokens: 9 }
  writeInto(server.root, 'usage_logs/2026-02-02.jsonl', `${JSON.stringify(event)}\n`)
  expect(await analyses()).toBe(1)
})

it('logs that the configuration names and that are missing are a problem, and told as one', async () => {
  const server = await runServer({ 'usagebook.config.json': '{"logs": "elsewhere"}' })
  const reply = await server.ask('admin', '/api/v1/reports/usage')
  expect([reply.status, await reply.json()]).toEqual([500, expect.objectContaining({ code: 'no-such-logs' })])
  expect(await read(server, 'admin', '/health')).toContain('There are no logs')
})
