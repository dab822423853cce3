// The example that starts an application and the dashboard together, as "npm run example" does.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

test('the dashboard shows the demo and what the application logs meanwhile, and nothing stays behind', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'usagebook-test-'))
  const child = spawn(process.execPath, ['examples/dashboard.mjs'], {
    env: { ...process.env, TMPDIR: temporary, DASHBOARD_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const login = await new Promise<string>((tell, fail) => {
    let said = ''
    child.stdout.on('data', bytes => {
      said += bytes
      const found = /http\S+\/login\/\S+/.exec(said)?.[0]
      if (found !== undefined) tell(found)
    })
    child.once('exit', code => fail(new Error(`ended with ${code}: ${said}`)))
  })
  const entered = await fetch(login, { redirect: 'manual' })
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0]!
  const newest = async () => {
    const answer = await fetch(new URL('/api/v1/events?limit=50&event=request', login), { headers: { cookie } })
    return (await answer.json()) as { events: { endpoint?: string; demo?: boolean }[] }
  }
  await expect
    .poll(async () => (await newest()).events.some(({ endpoint }) => endpoint === '/api/checks/:brand'), {
      timeout: 60_000,
      interval: 1000,
    })
    .toBe(true)
  const page = await (await fetch(new URL('/?range=7d', login), { headers: { cookie, Accept: 'text/html' } })).text()
  expect(page).toContain('unilever')
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  expect(await ended).toEqual([0, null])
  expect(readdirSync(temporary)).toEqual([])
})
