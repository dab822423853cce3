// The guides to the server and its API: every curl of them is answered, every configuration in them is one.
import { spawn } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseSettings } from '../../src/app/workspace/configuration.ts'
import { lines as asLines, runServer, writeInto } from '../server/support/running-server.ts'

const PROJECT = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(PROJECT, 'docs', name), 'utf8')
const pages = ['server.md', 'api.md'].map(read)
const blocks = pages.flatMap(page =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({ kind, text: text! })),
)
const lines = blocks.filter(({ kind }) => kind === 'bash').flatMap(({ text }) => text.split('\n'))

test('every curl of the guides is answered', async () => {
  const server = await runServer({})
  for (const part of ['usage_logs', 'profiles', 'clients.json']) {
    cpSync(join(PROJECT, part), join(server.root, part), { recursive: true })
  }
  const threat = (id: string) => ({ timestamp: '2026-02-02T10:00:00Z', event: 'threat', id, client: 'diageo' })
  writeInto(server.root, 'usage_logs/threats-2026-02-02.jsonl', asLines(threat('t-17'), threat('t-18')))
  const budget = { name: 'diageo', client: 'diageo', per: 'month', limit: '500' }
  writeInto(server.root, 'alerts.json', JSON.stringify({ budgets: [budget] }))
  const curls = lines.filter(line => line.startsWith('curl '))
  expect(curls.length).toBeGreaterThan(5)
  for (const line of curls) {
    const command = line.replaceAll('127.0.0.1:7183', `127.0.0.1:${server.port}`)
    const done = await run(command, { TOKEN: server.tokens.admin })
    expect([line, done.status, done.stdout.length > 0, done.stderr]).toEqual([line, 0, true, ''])
  }
})

test('each configuration of the guide is one', () => {
  const settings = blocks.filter(({ kind, text }) => kind === 'json' && text.includes('"serve"'))
  expect(settings.length).toBeGreaterThan(2)
  for (const { text } of settings) expect(Object.keys(parseSettings(text, 'x'))).toEqual(['serve'])
})

// Not to be waited for in this thread, in which the server answers.
async function run(command: string, env: Readonly<Record<string, string>>) {
  return await new Promise<{ status: number | null; stdout: string; stderr: string }>(resolve => {
    const child = spawn('sh', ['-c', command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, ...env },
    })
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', (part: Buffer) => {
      said.stdout += part
    })
    child.stderr.on('data', (part: Buffer) => {
      said.stderr += part
    })
    child.on('close', status => resolve({ status, ...said }))
  })
}
