// Statements through the server: made by an admin, seen by those whose clients they are about, never changed.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runInProcess } from '../support/run-in-process.ts'
import { lines, type RunningServer, runServer } from './support/running-server.ts'

const JANUARY = {
  'usage_logs/2026-01-10.jsonl': lines(
    { timestamp: '2026-01-10T09:00:00Z', client: 'diageo', model: 'gpt-4o', input_tokens: 1_000_000 },
    { timestamp: '2026-01-10T10:00:00Z', client: 'unilever', model: 'gpt-4o', input_tokens: 2_000_000 },
  ),
}
const ASKED = { period: '2026-01' }

async function make(server: RunningServer, body: object, who: 'admin' | 'manager' = 'admin') {
  const headers = { 'Content-Type': 'application/json' }
  return await server.ask(who, '/api/v1/statements', { method: 'POST', headers, body: JSON.stringify(body) })
}

async function listed(server: RunningServer, who: 'admin' | 'viewer' | 'foreign') {
  const { statements } = (await (await server.ask(who, '/api/v1/statements')).json()) as {
    statements: { number: string; total: number; kind: string }[]
  }
  return statements.map(({ number, kind, total }) => [number, kind, total])
}

it('an admin makes statements, and everybody sees those of their clients', async () => {
  const server = await runServer(JANUARY)

  const made = await make(server, ASKED)

  expect(made.status).toBe(200)
  expect(await listed(server, 'admin')).toEqual([
    ['2026-01-diageo', 'statement', 2.5],
    ['2026-01-unilever', 'statement', 5],
  ])
  expect(await listed(server, 'viewer')).toEqual([['2026-01-diageo', 'statement', 2.5]])
  expect(await listed(server, 'foreign')).toEqual([['2026-01-unilever', 'statement', 5]])
  const foreign = await server.ask('viewer', '/api/v1/statements/2026-01-unilever.csv')
  expect([foreign.status, (await make(server, ASKED, 'manager')).status]).toEqual([404, 403])
})

it.each(['json', 'csv', 'html'])('a statement as %s is the file of the command line', async form => {
  const server = await runServer(JANUARY)
  await make(server, ASKED)

  const text = await (await server.ask('admin', `/api/v1/statements/2026-01-diageo.${form}`)).text()

  const words = ['export', 'chargeback', '--period', '2026-01', '--dir', 'out', '-q']
  await runInProcess(words, server.root, { USAGEBOOK_NOW: '2026-02-03T12:00:00Z', TZ: 'UTC' }, undefined)
  expect(text).toBe(readFileSync(join(server.root, `out/2026-01-diageo.${form}`), 'utf8'))
})

it('what comes later is told, and becomes a note when it is asked for', async () => {
  const server = await runServer(JANUARY)
  await make(server, ASKED)
  const late = { timestamp: '2026-01-11T09:00:00Z', client: 'diageo', model: 'gpt-4o', input_tokens: 400_000 }
  appendFileSync(join(server.root, 'usage_logs/2026-01-11.jsonl'), lines(late))

  const again = (await (await make(server, ASKED)).json()) as { outdated: string[] }
  await make(server, { ...ASKED, corrections: true })

  expect(again.outdated).toEqual(['2026-01-diageo'])
  expect(await listed(server, 'viewer')).toEqual([
    ['2026-01-diageo', 'statement', 2.5],
    ['2026-01-diageo-note-1', 'debit-note', 1],
  ])
})

it('a period that runs has none, and a check that passes stops nothing', async () => {
  const server = await runServer(JANUARY)

  const running = await make(server, { period: '2026-02' })
  const strict = await make(server, { ...ASKED, strict: true })

  const { statements } = (await strict.json()) as { statements: unknown[] }
  expect([running.status, strict.status, statements.length]).toEqual([400, 200, 2])
  expect(existsSync(join(server.root, '.usagebook/statements/2026-02'))).toBe(false)
})

it('the page of exports lists them with their files, and makes them', async () => {
  const server = await runServer(JANUARY)

  const before = await (await server.ask('admin', '/reports/exports')).text()
  await make(server, ASKED)
  const after = await (await server.ask('viewer', '/reports/exports')).text()

  expect(before).toContain('None was made yet.')
  expect(before).toContain('Make statements')
  expect(after).not.toContain('Make statements')
  expect(after).toContain('href="/api/v1/statements/2026-01-diageo.csv"')
  expect(after).toContain('$2.50')
  expect(after).not.toContain('unilever')
})

it('the page that explains has the sentence, the waterfall and the lines', async () => {
  const server = await runServer()

  const page = await (await server.ask('admin', '/reports/explain?period=2026-02-02&compare=2026-02-01')).text()

  expect(page).toContain('requests that cost less')
  expect(page).toContain('From the cost before to the cost now')
  expect(page).toContain('id="explain-table"')
})
