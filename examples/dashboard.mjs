// Everything at once, in a folder of its own that is removed afterwards: three weeks of demo events, a small application
// that logs what it does, a visitor who keeps it busy, and the dashboard over its logs. Run it in the repository:
//
//   npm run example
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const USAGEBOOK = join(PROJECT, 'bin', 'usagebook.js')
const USERS = ['anna@diageo.com', 'ben@diageo.com', 'chloe@diageo.com']
const EVERY_MS = 2000

const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
const root = mkdtempSync(join(tmpdir(), 'usagebook-example-'))
for (const name of ['profiles', 'clients.json']) cpSync(join(PROJECT, name), join(root, name), { recursive: true })
const demo = spawnSync(process.execPath, [USAGEBOOK, 'log', 'demo', '--days', '21', '--users', '12', '--root', root])
if (demo.status !== 0) throw new Error(String(demo.stderr))

const application = spawn(process.execPath, [join(PROJECT, 'examples', 'express-server.mjs')], {
  // Express prints every error unless it is told that this is a test.
  env: { ...process.env, NODE_ENV: 'test', PORT: '0', USAGE_LOGS: join(root, 'usage_logs') },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [said] = await once(application.stdout, 'data')
const address = /http\S+/.exec(String(said))[0]
console.log(`The application listens on ${address} and is visited every other second.`)

const port = process.env.DASHBOARD_PORT ?? '7183'
const dashboard = spawn(process.execPath, [USAGEBOOK, 'serve', '--port', port, '--root', root], {
  stdio: ['ignore', 'inherit', 'inherit'],
})

let visits = 0
const visiting = setInterval(async () => {
  visits += 1
  // Every tenth visitor forgets the text, which is an error for the dashboard to show.
  const body = visits % 10 === 0 ? {} : { text: 'Enjoy it, and drink responsibly.'.repeat(1 + (visits % 7)) }
  const headers = { 'Content-Type': 'application/json', 'X-User': USERS[visits % USERS.length] }
  await fetch(`${address}/api/checks/guinness`, { method: 'POST', headers, body: JSON.stringify(body) })
}, EVERY_MS)

const ended = [once(application, 'exit'), once(dashboard, 'exit')]
await Promise.race([interrupted, ...ended])
clearInterval(visiting)
for (const child of [application, dashboard]) child.kill('SIGTERM')
await Promise.all(ended)
rmSync(root, { recursive: true, force: true })
