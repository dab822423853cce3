// What the server costs: a kept dashboard asked by 50 clients, its requests per second against a bare route of Hono, /livez
// while logs are read for the first time, 64 clients that ask one cold question, and memory over many requests. Run it
// after `npm run build`. --days and --lines set the size of the logs, --requests how many requests memory is watched for.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'

const PROGRAM = resolve(import.meta.dirname, '../bin/usagebook.js')
const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    lines: { type: 'string', default: '20000' },
    requests: { type: 'string', default: '100000' },
  },
})
const [days, lines, requests] = [Number(values.days), Number(values.lines), Number(values.requests)]
const DASHBOARD = '/api/v1/dashboard?range=7d'

const root = mkdtempSync(join(tmpdir(), 'usagebook-bench-'))
try {
  const sizeBytes = writeLogs()
  console.log(
    `${days} days of ${lines} events, ${(sizeBytes / 2 ** 20).toFixed(0)} MiB; load ${loadavg()[0].toFixed(1)}`,
  )
  const token = JSON.parse(await run('access', 'token', 'create', '--role', 'admin', '--format', 'json')).token
  const server = await serve()
  const ask = (path, agent) => get(server.port, path, { Authorization: `Bearer ${token}` }, agent)

  await whileCold(server, ask)
  await joined(ask)
  await kept(ask)
  await againstHono(ask)
  await memory(server, ask)
  server.child.kill('SIGTERM')
  await once(server.child, 'exit')
} finally {
  rmSync(root, { recursive: true, force: true })
}

function writeLogs() {
  mkdirSync(join(root, 'usage_logs'))
  let sizeBytes = 0
  const now = Date.now()
  for (let day = 0; day < days; day++) {
    const start = now - day * 86_400_000
    const date = new Date(start).toISOString().slice(0, 10)
    const text = Array.from({ length: lines }, (_, line) => {
      const at = new Date(Math.min(start, Date.parse(`${date}T00:00:00Z`) + line * (80_000_000 / lines))).toISOString()
      const [client, user] = [line % 8, (line * 7) % 200]
      return `{"timestamp":"${at}","event":"analysis","client":"client-${client}","user":"user-${user}@client-${client}.com","model":"gpt-4o","profile":"check_${line % 12}","feature":"review","input_tokens":${900 + (line % 700)},"output_tokens":${90 + (line % 70)},"duration_ms":${800 + (line % 900)},"status":"ok"}\n`
    }).join('')
    sizeBytes += text.length
    writeFileSync(join(root, 'usage_logs', `${date}.jsonl`), text)
  }
  return sizeBytes
}

// Whether the process that talks to clients is there while a thread reads everything.
async function whileCold(server, ask) {
  const started = performance.now()
  let isOver = false
  const cold = ask('/api/v1/reports/usage').then(() => {
    isOver = true
    return performance.now() - started
  })
  const waits = []
  while (!isOver) {
    const asked = performance.now()
    await get(server.port, '/livez', {})
    waits.push(performance.now() - asked)
  }
  report('a cold report over all logs, ms', [await cold])
  report('/livez meanwhile, ms', waits)
}

async function joined(ask) {
  const path = '/api/v1/reports/usage?group-by=client,day'
  const replies = await Promise.all(Array.from({ length: 64 }, () => ask(path)))
  // One that was kept took no time.
  const timings = new Set(replies.map(({ headers }) => headers['server-timing']).filter(text => !text.endsWith('=0.0')))
  console.log(`64 clients that ask one cold question: answered from ${timings.size} reading`)
}

async function kept(ask) {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  // Node accepts a connection at a time between answers, so the first of each client waits for those before it.
  await Promise.all(Array.from({ length: 50 }, () => ask(DASHBOARD, agent)))
  const waits = []
  const client = async () => {
    for (let count = 0; count < 40; count++) {
      const asked = performance.now()
      await ask(DASHBOARD, agent)
      waits.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: 50 }, client))
  agent.destroy()
  report('a kept dashboard, 50 clients, ms', waits)
}

async function againstHono(ask) {
  const body = JSON.stringify({ status: 'ok' })
  const app = new Hono().get('/livez', context => context.body(body, 200, { 'Content-Type': 'application/json' }))
  const bare = createServer(getRequestListener(app.fetch))
  await new Promise(done => bare.listen(0, '127.0.0.1', done))
  const rates = { bare: [], livez: [], dashboard: [] }
  for (let round = 0; round < 6; round++) {
    rates.bare.push(await rate(agent => get(bare.address().port, '/livez', {}, agent)))
    rates.livez.push(await rate(agent => ask('/livez', agent)))
    rates.dashboard.push(await rate(agent => ask(DASHBOARD, agent)))
  }
  bare.close()
  for (const [name, list] of Object.entries(rates)) report(`requests a second, ${name}`, list)
}

async function rate(askOnce) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const until = performance.now() + 1000
  let count = 0
  const client = async () => {
    while (performance.now() < until) {
      await askOnce(agent)
      count++
    }
  }
  await Promise.all(Array.from({ length: 16 }, client))
  agent.destroy()
  return count
}

async function memory({ child }, ask) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const used = []
  for (let part = 0; part < 5; part++) {
    let left = requests / 5
    const client = async () => {
      while (left-- > 0) await ask(left % 10 === 0 ? DASHBOARD : '/api/v1/reports', agent)
    }
    await Promise.all(Array.from({ length: 16 }, client))
    used.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024)
  }
  agent.destroy()
  console.log(`memory over ${requests} requests, MiB: ${used.map(value => value.toFixed(0)).join(' ')}`)
}

function report(name, list) {
  const sorted = list.toSorted((a, b) => a - b)
  const at = part => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1)
  console.log(`${name}: median ${at(0.5)}, 99th percentile ${at(0.99)}, most ${at(1)} (${list.length})`)
}

function get(port, path, headers, agent) {
  return new Promise((found, failed) => {
    request({ host: '127.0.0.1', port, path, headers, agent }, reply => {
      let sizeBytes = 0
      reply.on('data', part => {
        sizeBytes += part.length
      })
      reply.on('end', () => {
        if (reply.statusCode === 200) found({ headers: reply.headers, sizeBytes })
        else failed(new Error(`${path} answered ${reply.statusCode}`))
      })
    })
      .on('error', failed)
      .end()
  })
}

async function run(...words) {
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const part of child.stdout) said += part
  return said
}

async function serve() {
  const env = { ...process.env, XDG_CACHE_HOME: join(root, 'cache') }
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0'], { cwd: root, env })
  let said = ''
  for await (const part of child.stdout) {
    said += part
    const port = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]
    if (port !== undefined) return { child, port: Number(port) }
  }
  throw new Error('the server ended')
}
