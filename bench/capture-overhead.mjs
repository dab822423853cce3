// What usagebook/capture costs: the requests per second of a plain node:http server with the middleware against those
// without and with one that only notes when a request began and is over, the time of a call, and a million events through a
// bounded memory. Run it after `npm run build`.
import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { usageLog } from '../dist/capture.js'

const ROUNDS = 60
const ROUND_MS = 250
const CONNECTIONS = 32
const REQUEST =
  'GET /api/analyses/4711?page=2 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench/1.0\r\nAccept: */*\r\n' +
  'Accept-Encoding: gzip\r\nConnection: keep-alive\r\n\r\n'

const [, , role, dir] = process.argv
if (['plain', 'listening', 'logged'].includes(role)) serve(role, dir)
else if (role === 'calls') measureCalls(dir)
else if (role === 'stream') await measureStream(dir)
else await measureAll()

async function measureAll() {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-bench-'))
  try {
    await measureServers(folder)
    await runChild('calls', join(folder, 'calls'))
    await runChild('stream', join(folder, 'stream'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureServers(folder) {
  const plain = await startServer('plain', folder)
  const listening = await startServer('listening', folder)
  const logged = await startServer('logged', join(folder, 'requests'))
  const servers = [plain, listening, logged]
  for (const server of servers) for (let warmUp = 0; warmUp < 4; warmUp++) await runRound(server)
  const rates = { plain: [], listening: [], logged: [] }
  const cpus = { plain: [], listening: [], logged: [] }
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? servers : servers.toReversed()
    for (const server of order) {
      const { perSecond, cpu } = await runRound(server)
      rates[server.role].push(perSecond)
      cpus[server.role].push(cpu)
    }
  }
  for (const { role } of servers) {
    const perSecond = Math.round(median(rates[role]))
    console.log(`${role}: ${perSecond} requests/s, ${median(cpus[role]).toFixed(2)} us of CPU a request, all threads`)
  }
  for (const { role } of [logged, listening]) {
    const ratios = rates.plain.map((value, round) => rates[role][round] / value)
    const cpuRatios = cpus.plain.map((value, round) => value / cpus[role][round])
    console.log(`${role} against plain: median of the ratios of ${ROUNDS} rounds ${median(ratios).toFixed(3)}`)
    console.log(`of CPU a request, which other work on the machine disturbs less, ${median(cpuRatios).toFixed(3)}`)
  }
  console.log(`load of the machine ${loadavg()[0].toFixed(1)} on ${availableParallelism()} processors`)
  for (const server of servers) await stop(server)
  const lines = countLines(join(folder, 'requests'))
  if (lines < logged.served) throw new Error(`${logged.served} requests were answered and ${lines} logged`)
}

function serve(role, folder) {
  const answer = (_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end('{"status":"ok"}')
  }
  const server = createServer(handlerOf(role, folder, answer))
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
  process.on('message', question => {
    const { user, system } = process.cpuUsage()
    if (question === 'cpu') process.send(user + system)
    else process.disconnect()
    if (question === 'stop') server.close().closeAllConnections()
  })
}

function handlerOf(role, folder, answer) {
  if (role === 'plain') return answer
  if (role === 'listening') return listening(answer)
  const log = usageLog({ dir: folder }).middleware()
  return (request, response) => log(request, response, () => answer(request, response))
}

// What no middleware that logs durations can do without.
function listening(answer) {
  const sum = { ms: 0 }
  return (request, response) => {
    const startMs = performance.now()
    response.on('close', () => {
      sum.ms += performance.now() - startMs
    })
    answer(request, response)
  }
}

async function startServer(role, folder) {
  const child = fork(fileURLToPath(import.meta.url), [role, folder])
  const port = await new Promise(resolve => child.once('message', resolve))
  const server = { role, child, served: 0, isRunning: false }
  server.sockets = Array.from({ length: CONNECTIONS }, () => openConnection(server, port))
  return server
}

function ask(server, question) {
  const answer = new Promise(resolve => server.child.once('message', resolve))
  server.child.send(question)
  return answer
}

async function stop(server) {
  const ended = new Promise(resolve => server.child.once('exit', resolve))
  for (const socket of server.sockets) socket.destroy()
  server.child.send('stop')
  await ended
}

// Answers are told apart by their last byte, a brace, of which each has one.
function openConnection(server, port) {
  const socket = connect(port, '127.0.0.1').setNoDelay()
  socket.on('data', bytes => {
    if (bytes[bytes.length - 1] !== 0x7d) return
    server.served++
    if (server.isRunning) socket.write(REQUEST)
  })
  return socket
}

async function runRound(server) {
  const cpuBefore = await ask(server, 'cpu')
  const before = server.served
  const start = performance.now()
  server.isRunning = true
  for (const socket of server.sockets) socket.write(REQUEST)
  await new Promise(resolve => setTimeout(resolve, ROUND_MS))
  server.isRunning = false
  const perSecond = ((server.served - before) / (performance.now() - start)) * 1000
  await new Promise(resolve => setTimeout(resolve, 20))
  const cpu = ((await ask(server, 'cpu')) - cpuBefore) / (server.served - before)
  return { perSecond, cpu }
}

function measureCalls(folder) {
  const usage = usageLog({ dir: folder, maxBufferBytes: 1e9 })
  const times = []
  for (let call = 0; call < 200_000; call++) {
    const start = process.hrtime.bigint()
    usage.analysis(analysis(call))
    times.push(Number(process.hrtime.bigint() - start) / 1000)
  }
  const half = times.slice(100_000).sort((a, b) => a - b)
  console.log(`a call: median ${median(half).toFixed(2)} us, p99 ${half[99_000].toFixed(2)} us`)
}

async function measureStream(folder) {
  const usage = usageLog({ dir: folder })
  let peak = 0
  const start = performance.now()
  for (let call = 0; call < 1_000_000; call++) {
    usage.analysis(analysis(call))
    if (call % 1000 === 0) {
      await usage.flush()
      peak = Math.max(peak, process.memoryUsage.rss())
    }
  }
  await usage.close()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const lines = countLines(folder)
  if (lines !== 1_000_000) throw new Error(`1,000,000 events were logged and ${lines} are there`)
  console.log(`1,000,000 events: ${seconds} s, peak memory ${(peak / 1024 / 1024).toFixed(0)} MiB, all on disk`)
}

function analysis(call) {
  return {
    client: 'diageo',
    user: 'anna@diageo.com',
    profile: 'brand_check',
    model: 'gpt-4o',
    inputTokens: 900 + (call % 100),
    outputTokens: 80,
    checks: 12,
    durationMs: 812.4,
  }
}

function countLines(folder) {
  return readdirSync(folder).reduce((sum, name) => sum + countNewlines(readFileSync(join(folder, name))), 0)
}

function countNewlines(bytes) {
  let count = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++
  return count
}

async function runChild(role, folder) {
  const child = fork(fileURLToPath(import.meta.url), [role, folder])
  const code = await new Promise(resolve => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${role} ended with ${code}`)
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
