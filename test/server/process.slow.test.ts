// The built program as a server: how it starts, how it ends, and what a kill leaves.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { accessHome } from '../../src/app/access/home.ts'
import { createToken } from '../../src/app/access/tokens.ts'
import { quietHost } from '../../src/app/quiet-host.ts'
import type { Instant } from '../../src/base/zone.ts'
import { triesOf } from '../support/tries.ts'

const PROGRAM = resolve(import.meta.dirname, '../../bin/usagebook.js')

interface Program {
  readonly child: ChildProcess
  readonly address: string
  readonly said: string
}

async function serve(root: string, ...flags: string[]): Promise<Program> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', ...flags], {
    cwd: root,
    env: { ...process.env, XDG_CACHE_HOME: join(root, 'cache') },
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let said = ''
  const address = await new Promise<string>((found, failed) => {
    const take = (part: Buffer) => {
      said += part
      const match = /listens on (http\S+)\n[\s\S]*/.exec(said)
      if (match !== null) found(match[1]!)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('exit', () => failed(new Error(`it ended: ${said}`)))
  })
  return { child, address, said }
}

function workspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-serve-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

async function tokenOf(root: string): Promise<string> {
  const host = quietHost(root, { environment: {}, now: () => Date.now() as Instant })
  return (await createToken({ role: 'admin', by: 'test' }, accessHome(root, host))).token
}

it('ends with 0 at SIGTERM', async () => {
  const { child, address } = await serve(workspace())
  expect((await fetch(`${address}livez`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

it('says that another program is listening there', async () => {
  const root = workspace()
  const { address } = await serve(root)
  const { port } = new URL(address)
  await expect(serve(root, '--port', port)).rejects.toThrow()
})

it('refuses to be reached by others before somebody could log in', async () => {
  await expect(serve(workspace(), '--host', '0.0.0.0')).rejects.toThrow(/nobody could log in/)
})

it('keeps every token that it gave, whenever it is killed', async () => {
  const root = workspace()
  const admin = await tokenOf(root)
  const given: string[] = []
  for (let kill = 0; kill < triesOf(1, 3, 200); kill++) {
    const { child, address } = await serve(root)
    const ask = async (number: number) => {
      const reply = await fetch(`${address}api/v1/access/tokens`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ role: 'viewer', client: 'diageo', name: `n${kill}-${number}` }),
      })
      if (reply.status === 201) given.push(((await reply.json()) as { token: string }).token)
    }
    const asked = Array.from({ length: 8 }, (_, number) => ask(number).catch(() => undefined))
    await Promise.race(asked)
    child.kill('SIGKILL')
    await Promise.all([once(child, 'exit'), ...asked])
  }
  const { address } = await serve(root)
  const statuses = await Promise.all(
    given.map(
      async token =>
        (await fetch(`${address}api/v1/reports`, { headers: { Authorization: `Bearer ${token}` } })).status,
    ),
  )
  expect(given.length).toBeGreaterThan(0)
  expect(statuses).toEqual(given.map(() => 200))
  const audit = readFileSync(join(root, '.usagebook/audit.jsonl'), 'utf8').split('\n').slice(0, -1)
  const seqs = audit.map(line => (JSON.parse(line) as { seq: number }).seq)
  expect(new Set(seqs).size).toBe(Math.max(...seqs))
})
