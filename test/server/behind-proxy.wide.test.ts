// The server behind nginx and Caddy from Debian, set up as its guide says: under a path, over HTTPS, with people that the proxy
// has logged in.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { accessHome } from '../../src/app/access/home.ts'
import { createLoginLink } from '../../src/app/access/logins.ts'
import { addUser } from '../../src/app/access/users.ts'
import { quietHost } from '../../src/app/quiet-host.ts'
import type { Settings } from '../../src/app/workspace/configuration.ts'
import { freePort } from '../support/free-port.ts'
import { has } from '../support/needs.ts'
import { NOW, type RunningServer, runServer } from './support/running-server.ts'

const hasProxies = has({
  tests: 'the server behind real proxies',
  isThere: existsSync('/usr/sbin/nginx') && existsSync('/usr/bin/caddy'),
  missing: '/usr/sbin/nginx or /usr/bin/caddy is not there.',
  how: 'Install both ("apt-get install nginx-light caddy"), then run "WIDE=1 npx vitest run test/server/behind-proxy.wide.test.ts".',
  variable: 'USAGEBOOK_REQUIRE_PROXIES',
})

const GUIDE = readFileSync(join(import.meta.dirname, '../../docs/server.md'), 'utf8')
const HOST = 'ai.example.com'

/** A block of code of the guide. */
function block(language: string, holding: string): string {
  const blocks = [...GUIDE.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  const found = blocks.find(([, name, text]) => name === language && text!.includes(holding))
  return found![2]!
}

const settings = (holding: string) => (JSON.parse(block('json', holding)) as { serve: Settings['serve'] }).serve

interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

type Ask = (path: string, asked?: Asked) => Promise<Reply>

/** Asks a proxy on a port as a browser asks for its name. */
function asker(port: number, isSecure: boolean): Ask {
  return (path, { method = 'GET', headers = {}, body = '' } = {}) =>
    new Promise((resolve, reject) => {
      const options = {
        ...{ host: '127.0.0.1', port, path, method, servername: HOST, rejectUnauthorized: false },
        headers: { Host: HOST, Accept: 'text/html', ...headers },
      }
      const asked = (isSecure ? requestSecure : requestPlain)(options, reply => {
        let text = ''
        reply.setEncoding('utf8')
        reply.on('data', part => {
          text += part
        })
        reply.on('end', () => resolve({ status: reply.statusCode!, headers: reply.headers, text }))
      })
      asked.on('error', reject)
      asked.end(body)
    })
}

async function startProxy(command: string, args: readonly string[], folder: string, ask: Ask): Promise<void> {
  const child = spawn(command, args, { cwd: folder, stdio: 'ignore', env: { PATH: process.env.PATH, HOME: folder } })
  const ended = new Promise(resolve => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  for (let round = 0; round < 300; round++) {
    const isThere = await ask('/').then(
      () => true,
      () => false,
    )
    if (isThere) return
    await sleep(100)
  }
  throw new Error(`${command} does not answer`)
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-proxy-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What nginx writes for itself goes into its folder, which its workers can read as the one who starts it. */
async function behindNginx(server: RunningServer, location: string): Promise<Ask> {
  const [folder, port] = [makeFolder(), await freePort()]
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${folder}/${name};`)
  writeFileSync(
    join(folder, 'nginx.conf'),
    `${process.getuid!() === 0 ? 'user root;' : ''} daemon off; pid ${folder}/pid; error_log ${folder}/errors; events {}
http { access_log off; ${paths.join(' ')}
server { listen 127.0.0.1:${port}; server_name ${HOST};
${location.replaceAll('127.0.0.1:7183', `127.0.0.1:${server.port}`)} } }
`,
  )
  const ask = asker(port, false)
  await startProxy('nginx', ['-p', folder, '-c', 'nginx.conf', '-e', `${folder}/errors`], folder, ask)
  return ask
}

/** With a certificate of its own making. */
async function behindCaddy(server: RunningServer): Promise<Ask> {
  const [folder, port] = [makeFolder(), await freePort()]
  const site = block('caddy', 'reverse_proxy')
    .replace(HOST, `${HOST}:${port}`)
    .replace('{\n', '{\n    tls internal\n')
    .replaceAll('127.0.0.1:7183', `127.0.0.1:${server.port}`)
  const quiet = '{\n    admin off\n    skip_install_trust\n    auto_https disable_redirects\n}\n'
  writeFileSync(join(folder, 'Caddyfile'), `${quiet}${site}`)
  const ask = asker(port, true)
  await startProxy('caddy', ['run', '--config', 'Caddyfile', '--adapter', 'caddyfile'], folder, ask)
  return ask
}

const homeOf = ({ root }: RunningServer) => accessHome(root, quietHost(root, { environment: {}, now: () => NOW }))
const UNDER_A_PATH = settings('basePath')

describe.skipIf(!hasProxies)('behind', () => {
  test.each([
    ['nginx', (server: RunningServer) => behindNginx(server, block('nginx', 'location /usage/')), 'http'],
    ['Caddy', behindCaddy, 'https'],
  ] as const)('%s somebody logs in by a link, looks around and changes something', async (_, start, scheme) => {
    const server = await runServer(undefined, UNDER_A_PATH)
    const ask = await start(server)
    const { path } = await createLoginLink({ by: 'test' }, homeOf(server))
    const login = await ask(`/usage${path}`)
    expect(login.status).toBe(303)
    expect(login.headers.location).toBe('/usage/')
    const cookie = login.headers['set-cookie']![0]!
    expect(cookie).toContain('Path=/usage')
    expect(cookie.includes('Secure')).toBe(scheme === 'https')
    const Cookie = cookie.split(';')[0]!
    const page = await ask('/usage/', { headers: { Cookie } })
    expect(page.status).toBe(200)
    const links = [...page.text.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, link]) => link!)
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter(link => !link.startsWith('/usage/'))).toEqual([])
    for (const link of links.filter(one => one.includes('assets'))) expect((await ask(link)).status).toBe(200)
    const form = { method: 'POST', body: 'id=nestle&name=Nestl%C3%A9' }
    const headers = { Cookie, 'Content-Type': 'application/x-www-form-urlencoded' }
    const foreign = await ask('/usage/clients', { ...form, headers: { ...headers, Origin: 'https://evil.example' } })
    expect(foreign.status).toBe(403)
    const own = await ask('/usage/clients', { ...form, headers: { ...headers, Origin: `${scheme}://${HOST}` } })
    expect([own.status, own.headers.location]).toEqual([303, expect.stringMatching(/^\/usage\/clients/)])
    const asked = await ask('/usage/api/v1/clients', { headers: { Authorization: `Bearer ${server.tokens.admin}` } })
    expect(asked.text).toContain('Nestlé')
  })

  test('nginx, which says who it is: nobody else can', async () => {
    const server = await runServer(undefined, settings('identityHeader'))
    const by = { by: 'test', role: 'viewer', clients: ['diageo'] } as const
    await addUser({ ...by, name: 'anna@example.com' }, homeOf(server))
    const folder = makeFolder()
    // nginx takes the passwords as crypt writes them.
    writeFileSync(join(folder, 'people'), 'anna@example.com:{PLAIN}secret\n')
    const ask = await behindNginx(
      server,
      `location / { auth_basic "usage"; auth_basic_user_file ${folder}/people; proxy_pass http://127.0.0.1:7183;
proxy_set_header Host $host; proxy_set_header X-Forwarded-Email $remote_user; }`,
    )
    const basic = (word: string) => `Basic ${Buffer.from(`anna@example.com:${word}`).toString('base64')}`
    expect((await ask('/', { headers: { 'X-Forwarded-Email': 'root@example.com' } })).status).toBe(401)
    const headers = { Authorization: basic('secret'), 'X-Forwarded-Email': 'root@example.com' }
    const page = await ask('/', { headers })
    expect(page.status).toBe(200)
    expect(page.text).toContain('anna@example.com')
    expect(page.text).not.toContain('unilever')
    const plain = await asker(server.port, false)('/', { headers: { 'X-Forwarded-Email': 'root@example.com' } })
    expect(plain.status).not.toBe(200)
  })

  test('nginx, attempts to log in are counted by the address that it names', async () => {
    const server = await runServer(undefined, UNDER_A_PATH)
    const ask = await behindNginx(server, block('nginx', 'location /usage/'))
    const attempt = (address: string) =>
      ask('/usage/login', {
        ...{ method: 'POST', body: 'name=nobody&password=wrong' },
        headers: {
          ...{ 'Content-Type': 'application/x-www-form-urlencoded', Origin: `http://${HOST}` },
          'X-Forwarded-For': address,
        },
      })
    const statuses: number[] = []
    for (let count = 0; count < 8; count++) statuses.push((await attempt(`10.0.0.${count}`)).status)
    expect(statuses.at(-1)).toBe(429)
  })
})

const hasSystemd = has({
  tests: 'the unit of the guide of the server',
  isThere: existsSync('/usr/bin/systemd-analyze'),
  missing: '/usr/bin/systemd-analyze is not there.',
  how: 'Install it ("apt-get install systemd").',
  variable: 'USAGEBOOK_REQUIRE_SYSTEMD',
})

test.skipIf(!hasSystemd)('the unit of the guide is one', () => {
  const folder = makeFolder()
  const unit = block('ini', '[Service]')
    .replace('User=usagebook', 'User=root')
    .replace('/usr/bin/npx', process.execPath)
  writeFileSync(join(folder, 'usagebook.service'), unit)
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', join(folder, 'usagebook.service')], {
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
})
