// The server over HTTP: sessions of the SDK's client, whose token sees what, and who is refused before anything is read.

import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { accessHome } from '../../src/app/access/home.ts'
import { createToken } from '../../src/app/access/tokens.ts'
import { quietHost } from '../../src/app/quiet-host.ts'
import { Desk } from '../../src/mcp/desk.ts'
import { serveHttp } from '../../src/mcp/serve-http.ts'
import { budgets } from '../../src/mcp/tools/budgets.ts'
import { events } from '../../src/mcp/tools/events.ts'
import { openStory } from '../support/library.ts'
import { makeFolder } from '../support/logs.ts'
import { callsOf, makeClient, NOW, REVISIONS, type Revision } from './support/session.ts'

const LINES = [
  { timestamp: '2026-02-01T09:00:00Z', client: 'diageo', user: 'anna@diageo.com', model: 'gpt-4o', input_tokens: 1000 },
  {
    timestamp: '2026-02-01T10:00:00Z',
    client: 'unilever',
    user: 'uwe@unilever.com',
    model: 'gpt-4o',
    input_tokens: 500,
  },
]

const GRANTS = {
  admin: { role: 'admin' },
  viewer: { role: 'viewer', clients: ['diageo'] },
} as const

async function run(files: Readonly<Record<string, string>> = {}) {
  const root = makeFolder()
  mkdirSync(join(root, 'usage_logs'))
  const own = { 'usage_logs/2026-02-01.jsonl': `${LINES.map(line => JSON.stringify(line)).join('\n')}\n`, ...files }
  for (const [name, text] of Object.entries(own)) writeFileSync(join(root, name), text)
  const host = { ...quietHost(root, { environment: {}, now: () => NOW }), timezone: () => 'UTC' }
  const access = accessHome(root, host)
  const tokens: Record<string, string> = {}
  for (const [name, grant] of Object.entries(GRANTS)) {
    tokens[name] = (await createToken({ ...grant, name, by: 'test' }, access)).token
  }
  const said: string[] = []
  const say = (text: string) => void said.push(text)
  const desk = new Desk({ host, workspace: { root }, version: '1', showsNames: true, fields: [], say })
  const server = await serveHttp(desk, 0, undefined)
  onTestFinished(() => server.stop(100))
  const connectAs = async (who: string, revision: Revision) => {
    const client = makeClient(revision)
    const headers = { Authorization: `Bearer ${tokens[who]}` }
    await client.connect(new StreamableHTTPClientTransport(new URL(server.address), { requestInit: { headers } }))
    return callsOf(client)
  }
  return { root, server, port: Number(new URL(server.address).port), tokens, connectAs, said }
}

describe.each(REVISIONS)('a session at revision %s', (version, revision) => {
  it('answers as the library does', async () => {
    const { root, connectAs } = await run()
    const { ask, client } = await connectAs('admin', revision)
    expect(client.getNegotiatedProtocolVersion()).toBe(version)
    await client.listTools()
    const { truncated, cursor, ...document } = await ask('report')
    expect([truncated, cursor]).toEqual([false, null])
    expect(document).toEqual(await (await openStory(root, { timezone: 'UTC' })).report())
  })

  it('sees what its token may see', async () => {
    const own = [
      { name: 'everything', per: 'month', limit: '15' },
      { name: 'diageo', client: 'diageo', per: 'month', limit: '15' },
      { name: 'unilever', client: 'unilever', per: 'month', limit: '15' },
    ]
    const { connectAs } = await run({ 'alerts.json': JSON.stringify({ budgets: own }) })
    const { ask, client, refusal } = await connectAs('viewer', revision)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['report', 'events', 'explain_price', 'budgets'])
    const { byClient, ledger } = await ask('report')
    expect(byClient.map(({ client: name }: { client: string }) => name)).toEqual(['diageo'])
    expect(ledger.read).toBeNull()
    expect((await ask('events')).total).toBe(1)
    expect((await ask('report', { client: 'unilever' })).summary.analyses).toBe(0)
    expect((await ask('budgets')).budgets.map(({ name }: { name: string }) => name)).toEqual(['diageo'])
    expect(await refusal('budgets', { name: 'unilever' })).toMatchObject({ code: 'unknown-budget' })
  })

  it.each([events, budgets])('tells how far the question of $name is, and can cancel it', async tool => {
    const line = (index: number) =>
      `{"timestamp":"2026-02-01T00:00:00Z","id":"${index}","client":"c${index % 9}","model":"gpt-4o","input_tokens":${index}}`
    const text = `${Array.from({ length: 20_000 }, (_, index) => line(index)).join('\n')}\n`
    const files = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`usage_logs/part-${index}.jsonl`, text]))
    const alerts = JSON.stringify({ budgets: [{ name: 'everything', per: 'month', limit: '15' }] })
    const { connectAs, said } = await run({ ...files, 'alerts.json': alerts })
    const { client, ask } = await connectAs('admin', revision)
    const asked = vi.spyOn(tool, 'answer')
    onTestFinished(() => asked.mockRestore())
    const controller = new AbortController()
    const running = client.callTool(
      { name: tool.name, arguments: {} },
      { signal: controller.signal, onprogress: () => controller.abort('the person has stopped it') },
    )
    await expect(running).rejects.toThrow('the person has stopped it')
    await expect(asked.mock.results[0]!.value).rejects.toThrow('Connection closed')
    expect((await ask('explain_price', { model: 'gpt-4o' })).entry).toBe('openai/gpt-4o')
    expect(said.filter(one => one.includes('    at '))).toEqual([])
  })
})

const HELLO = JSON.stringify({
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
})

/** The status of a request with these headers, sent as it is. */
async function statusOf(port: number, first: string, headers: readonly string[], body = HELLO): Promise<number> {
  const common = ['Connection: close', 'Accept: application/json, text/event-stream', `Content-Length: ${body.length}`]
  const text = `${first} HTTP/1.1\r\n${[...headers, ...common].map(line => `${line}\r\n`).join('')}\r\n${body}`
  return await new Promise((resolve, reject) => {
    let said = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8').on('data', part => {
      said += part
    })
    socket.on('end', () => resolve(Number(said.split(' ')[1])))
    socket.on('error', reject)
  })
}

describe('a request', () => {
  it('reaches nothing without the host, the origin and the token that belong to it', async () => {
    const { port, tokens } = await run()
    const json = 'Content-Type: application/json'
    const token = `Authorization: Bearer ${tokens.admin}`
    const host = `Host: 127.0.0.1:${port}`
    const tries: readonly (readonly [number, readonly string[]])[] = [
      [200, [host, token, json]],
      [200, [`Host: localhost:${port}`, token, json]],
      [200, [host, token, json, `Origin: http://127.0.0.1:${port}`]],
      [421, [`Host: evil.example:${port}`, token, json]],
      [421, ['Host: 127.0.0.1', token, json]],
      [403, [host, token, json, 'Origin: http://evil.example']],
      [403, [host, token, json, 'Origin: null']],
      [403, [host, token, json, 'Origin: http://127.0.0.1:1']],
      [403, [host, token, json, 'Sec-Fetch-Site: cross-site']],
      [401, [host, json]],
      [401, [host, json, 'Authorization: Bearer ub_wrong']],
      [401, [host, json, `Authorization: Basic ${tokens.admin}`]],
      [401, [host, json, `Cookie: auth_token=${tokens.admin}`]],
      [415, [host, token, 'Content-Type: text/plain']],
    ]
    const statuses = await Promise.all(tries.map(([, headers]) => statusOf(port, 'POST /mcp', headers)))
    expect(statuses).toEqual(tries.map(([status]) => status))
    expect(await statusOf(port, 'GET /mcp', [host, token], '')).toBe(405)
    expect(await statusOf(port, 'DELETE /mcp', [host, token], '')).toBe(405)
    expect(await statusOf(port, 'POST /', [host, token, json])).toBe(404)
    expect(await statusOf(port, 'POST /mcp', [host, token, json], ' '.repeat(2 ** 21 + 1))).toBe(413)
    expect(await statusOf(port, 'POST /mcp', [host, token, json], 'no json')).toBe(400)
  })
})

describe('a server', () => {
  it('does not start where nobody has a token', async () => {
    const root = makeFolder()
    const host = quietHost(root, { environment: {}, now: () => NOW })
    const say = () => undefined
    const desk = new Desk({ host, workspace: { root }, version: '1', showsNames: false, fields: [], say })
    await expect(serveHttp(desk, 0, undefined)).rejects.toMatchObject({ code: 'mcp-without-token' })
  })
})
