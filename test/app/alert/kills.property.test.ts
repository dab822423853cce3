// Processes that are killed at random instants while they put messages and deliver them to a real web server, which refuses
// some. None is lost, and a message that arrives twice, after a kill, has the same id and the same text.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliverDue } from '../../../src/app/alert/deliver.ts'
import { outboxOf } from '../../../src/app/alert/outbox-of.ts'
import type { Instant } from '../../../src/base/zone.ts'
import { startWebServer } from '../../notify/web-server.ts'
import { buildWorker } from '../../profile/build-worker.ts'
import { triesOf } from '../../support/tries.ts'

const KILLS = triesOf(8, 30, 500)
const PROCESSES = 3
const LONGEST_WAIT_MS = 150
const HOUR_MS = 3_600_000
const folder = mkdtempSync(join(tmpdir(), 'usagebook-outbox-kills-'))
let worker = ''

beforeAll(async () => {
  worker = await buildWorker(folder, join(import.meta.dirname, 'worker.ts'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test(`${KILLS} kills among ${PROCESSES} processes lose no message and make no second id`, {
  timeout: 1_800_000,
}, async () => {
  const server = await startWebServer((_, count) => ({ status: count % 9 === 0 ? 503 : 200 }))
  const root = join(folder, 'workspace')
  mkdirSync(root)
  const beganAt = Date.now()
  const put = new Set<string>()
  const begin = (number: number) => start([root, server.url, String(beganAt), String(number)], put)
  const running = await Promise.all(Array.from({ length: PROCESSES }, (_, index) => begin(index)))
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(Math.random() * LONGEST_WAIT_MS)
    const place = kill % PROCESSES
    await end(running[place]!)
    running[place] = await begin(kill * 5)
  }
  await Promise.all(running.map(end))

  let now = beganAt + 1000 * HOUR_MS
  const host = {
    hostName: hostname(),
    environment: { HOOK: server.url },
    now: () => now as Instant,
    machineNow: () => Date.now(),
  }
  const targets = { ops: { webhook: { urlFrom: 'env:HOOK', allowPrivate: true } } }
  for (let round = 0; round < 1000 && outboxOf(root).ids('waiting').length > 0; round++) {
    await deliverDue({ root, host, targets, mail: undefined })
    now += HOUR_MS
  }

  const bodies = new Map<string, Set<string>>()
  for (const { body, headers } of server.received) {
    const id = String(headers['webhook-id'])
    bodies.set(id, (bodies.get(id) ?? new Set()).add(body))
  }
  const arrived = server.received.filter((_, index) => (index + 1) % 9 !== 0)
  const ids = new Set(arrived.map(({ headers }) => headers['webhook-id']))
  expect(put.size).toBeGreaterThan(KILLS)
  expect([...put].filter(id => !ids.has(id))).toEqual([])
  expect(outboxOf(root).ids('dead')).toEqual([])
  expect(ids.size).toBe(outboxOf(root).ids('delivered').length)
  expect([...bodies.values()].filter(({ size }) => size !== 1)).toEqual([])
  // Only the one that was being sent when its sender was killed can arrive again.
  expect(arrived.length - ids.size).toBeLessThanOrEqual(KILLS + PROCESSES)
  console.log(`${KILLS} kills, ${ids.size} messages, ${arrived.length - ids.size} arrived twice`)
})

/** Resolves once the process has begun; the ids of what it has put go into `put`. */
function start(words: readonly string[], put: Set<string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [worker, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  let rest = ''
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (line.startsWith('put ')) put.add(line.slice(4))
        if (line === 'ready') resolve(child)
      }
    })
  })
}

/** Kills it, and waits until all that it printed was read. */
function end(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.on('close', () => resolve())
    child.kill('SIGKILL')
  })
}
