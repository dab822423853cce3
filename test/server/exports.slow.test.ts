// Files for finance and for a warehouse, and why the cost changed: through the server they are what the command line writes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openWorkspace } from '../../src/index.ts'
import { runInProcess } from '../support/run-in-process.ts'
import { NOW, type RunningServer, runServer } from './support/running-server.ts'

const ENVIRONMENT = { USAGEBOOK_NOW: new Date(NOW).toISOString(), TZ: 'UTC' }

/** The bytes that a command writes to a file outside the workspace. */
async function written(server: RunningServer, words: readonly string[], ending: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-export-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, `export${ending}`)
  await runInProcess([...words, '-o', file, '-q'], server.root, ENVIRONMENT, undefined)
  return readFileSync(file)
}

it.each([
  [
    '/api/v1/exports/focus?period=2026-02&tag=user',
    ['export', 'focus', '--period', '2026-02', '--tag', 'user'],
    '.csv',
  ],
  ['/api/v1/exports/focus?focus-version=1.2', ['export', 'focus', '--focus-version', '1.2'], '.csv'],
  ['/api/v1/exports/events?client=diageo', ['export', 'events', '--client', 'diageo'], '.csv'],
  ['/api/v1/exports/events?format=parquet', ['export', 'events'], '.parquet'],
])('%s is what the command line writes', async (path, words, ending) => {
  const server = await runServer()

  const reply = await server.ask('admin', path)

  const bytes = Buffer.from(await reply.arrayBuffer())
  expect([reply.status, reply.headers.get('content-disposition')]).toEqual([200, expect.stringContaining(ending)])
  expect(bytes.equals(await written(server, words, ending))).toBe(true)
})

it('a file has only what its asker may see', async () => {
  const server = await runServer()

  for (const path of ['/api/v1/exports/focus', '/api/v1/exports/events']) {
    const text = await (await server.ask('viewer', path)).text()
    expect(text).toContain('diageo')
    expect(text).not.toMatch(/unilever|uwe|soap/)
  }
})

it('a check that fails makes no file', async () => {
  const server = await runServer()

  const reply = await server.ask('admin', '/api/v1/exports/focus?strict')

  expect([reply.status, await reply.json()]).toEqual([422, expect.objectContaining({ code: 'check-failed' })])
})

it('why the cost changed has the same digits through every door', async () => {
  const server = await runServer()
  const words = [
    '--period',
    '2026-02-02',
    '--compare',
    '2026-02-01',
    '--explain',
    '--explain-by',
    'client,kind',
    '--json',
  ]

  const api = await server.ask('admin', '/api/v1/explain?period=2026-02-02&compare=2026-02-01&explain-by=client,kind')

  const told = (await runInProcess(words, server.root, ENVIRONMENT, undefined)).stdout.toString()
  const workspace = await openWorkspace(server.root, { timezone: 'UTC', money: 'string', now: () => new Date(NOW) })
  const asked = { period: '2026-02-02', compare: '2026-02-01', explain: true, explainBy: ['client', 'kind'] }
  const { explain } = (await workspace.report(asked)) as unknown as { explain: unknown }
  expect(await api.text()).toBe(told)
  expect(JSON.stringify(explain)).toBe(JSON.stringify(withTexts(told).explain))
  expect(withTexts(told).explain.total.change).toMatch(/^-0\.\d+$/)
})

// Money as the library's texts; counts of analyses stay numbers there.
function withTexts(json: string): { readonly explain: { readonly total: { readonly change: string } } } {
  const money = /("(?:volume|mix|price|new|lost|unpriced|change)": )(-?[\d.]+)|("(?:before|after)": )(-?\d+\.\d+)/g
  return JSON.parse(
    json.replace(money, (_, part = '', digits = '', side = '', more = '') => `${part}${side}"${digits}${more}"`),
  )
}
