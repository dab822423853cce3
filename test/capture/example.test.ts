import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openLogFolder } from './log-folder.ts'

const PROJECT = resolve(import.meta.dirname, '../..')

/** Starts the example where its packages are found under the names that it uses. */
async function startExample(logs: string): Promise<{ base: string; child: ChildProcess }> {
  const { dir } = openLogFolder()
  mkdirSync(join(dir, 'node_modules'))
  symlinkSync(PROJECT, join(dir, 'node_modules/usagebook'))
  symlinkSync(join(PROJECT, 'node_modules/express'), join(dir, 'node_modules/express'))
  cpSync(join(PROJECT, 'examples/express-server.mjs'), join(dir, 'server.mjs'))
  const child = spawn(process.execPath, ['server.mjs'], {
    cwd: dir,
    env: { ...process.env, PORT: '0', USAGE_LOGS: logs },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = await new Promise<string>(tell => child.stdout.once('data', bytes => tell(String(bytes))))
  return { base: said.trim().replace('listening on ', ''), child }
}

it('the example logs requests and analyses, and writes them all when it is stopped', async () => {
  const folder = openLogFolder()
  const { base, child } = await startExample(folder.dir)
  const headers = { 'content-type': 'application/json', 'x-user': 'anna@diageo.com' }
  const ask = (body: object) =>
    fetch(`${base}/api/checks/guinness`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(await (await fetch(`${base}/health`)).text()).toBe('ok')
  expect(await (await ask({ text: 'brew me' })).json()).toEqual({ brand: 'guinness', verdict: 'all is well' })
  expect((await ask({})).status).toBe(500)
  const ended = new Promise(tell => child.once('exit', tell))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(folder.events()).toEqual([
    expect.objectContaining({ event: 'analysis', model: 'gpt-4o-mini', input_tokens: 7, output_tokens: 3 }),
    expect.objectContaining({
      event: 'request',
      endpoint: '/api/checks/:brand',
      feature: 'brand check',
      user: 'anna@diageo.com',
      status_code: '200',
    }),
    expect.objectContaining({ event: 'request', status_code: '500', error: 'there is no text to check' }),
  ])
})
