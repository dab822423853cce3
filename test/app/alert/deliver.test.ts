import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Delivery, deliverDue } from '../../../src/app/alert/deliver.ts'
import { outboxOf } from '../../../src/app/alert/outbox-of.ts'
import type { Instant } from '../../../src/base/zone.ts'
import type { Target } from '../../../src/notify/targets.ts'
import { signatureOf } from '../../../src/notify/webhook.ts'
import { budgetMessage } from '../../notify/messages.ts'
import { startWebServer } from '../../notify/web-server.ts'

const HOUR_MS = 3_600_000
const SECRET = Buffer.from('a secret of the webhook').toString('base64')

interface Desk extends Delivery {
  /** Turns the clock on. */
  later(ms: number): void
}

function openDesk(urlOfHook: string, hook: Partial<Extract<Target, { webhook: unknown }>['webhook']> = {}): Desk {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-deliver-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  let now = Date.parse('2026-02-02T10:00:00Z')
  return {
    root,
    host: {
      hostName: 'here',
      environment: { HOOK: urlOfHook, HOOK_SECRET: `whsec_${SECRET}` },
      now: () => now as Instant,
      machineNow: () => Date.now(),
    },
    targets: { ops: { webhook: { urlFrom: 'env:HOOK', secretFrom: 'env:HOOK_SECRET', allowPrivate: true, ...hook } } },
    mail: undefined,
    random: () => 0.5,
    later: ms => {
      now += ms
    },
  }
}

test('a message is delivered once, signed as Standard Webhooks say', async () => {
  const server = await startWebServer()
  const desk = openDesk(server.url)
  const { id } = outboxOf(desk.root).put(budgetMessage(), 'ops')
  expect(await deliverDue(desk)).toEqual({ delivered: 1, undelivered: [] })
  expect(await deliverDue(desk)).toEqual({ delivered: 0, undelivered: [] })
  expect(server.received.length).toBe(1)
  const { headers, body } = server.received[0]!
  expect(JSON.parse(body)).toEqual({
    id,
    type: 'alert.fire',
    timestamp: '2026-01-24T10:00:00.000Z',
    data: budgetMessage(),
  })
  const timestamp = String(Date.parse('2026-02-02T10:00:00Z') / 1000)
  expect([headers['webhook-id'], headers['webhook-timestamp']]).toEqual([id, timestamp])
  expect(headers['webhook-signature']).toBe(signatureOf(Buffer.from('a secret of the webhook'), id, timestamp, body))
})

test('a signature is that of the example of Standard Webhooks', () => {
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
  expect(signatureOf(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

test('what fails is tried again later and later, with the same id and the same text', async () => {
  const server = await startWebServer((_, count) => ({ status: count < 4 ? 500 : 204 }))
  const desk = openDesk(server.url)
  const { id } = outboxOf(desk.root).put(budgetMessage(), 'ops')
  const first = await deliverDue(desk)
  expect(first.undelivered).toEqual([
    {
      id,
      target: 'ops',
      rule: 'diageo',
      title: budgetMessage().title,
      state: 'waiting',
      tries: 1,
      problem: 'it answered 500',
      nextAt: Date.parse('2026-02-02T10:00:30Z'),
    },
  ])
  desk.later(29_000)
  expect((await deliverDue(desk)).undelivered.map(({ tries }) => tries)).toEqual([1])
  desk.later(1000)
  expect((await deliverDue(desk)).undelivered.map(({ tries }) => tries)).toEqual([2])
  desk.later(60_000)
  expect((await deliverDue(desk)).undelivered.map(({ tries }) => tries)).toEqual([3])
  desk.later(120_000)
  expect(await deliverDue(desk)).toEqual({ delivered: 1, undelivered: [] })
  expect(server.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id, id, id])
  expect(new Set(server.received.map(({ body }) => body)).size).toBe(1)
})

test('after three days a message is given up, and stays in the list', async () => {
  const server = await startWebServer(() => ({ status: 500 }))
  const desk = openDesk(server.url)
  outboxOf(desk.root).put(budgetMessage(), 'ops')
  for (let hours = 0; hours < 72; hours += 2) {
    await deliverDue(desk)
    desk.later(2 * HOUR_MS)
  }
  expect((await deliverDue(desk)).undelivered).toMatchObject([{ state: 'dead', tries: 37, nextAt: null }])
  desk.later(2 * HOUR_MS)
  expect((await deliverDue(desk)).undelivered.length).toBe(1)
  expect(server.received.length).toBe(37)
})

test('what Retry-After asks for holds for all messages to the target, those put later too', async () => {
  const server = await startWebServer((_, count) =>
    count === 1 ? { status: 429, headers: { 'retry-after': '600' } } : { status: 200 },
  )
  const desk = openDesk(server.url)
  const outbox = outboxOf(desk.root)
  outbox.put(budgetMessage(), 'ops')
  outbox.put(budgetMessage({ rule: 'unilever', since: '2026-01-25T00:00:00.000Z' }), 'ops')
  await deliverDue(desk)
  desk.later(100_000)
  outbox.put(budgetMessage({ rule: 'bayer' }), 'ops')
  await deliverDue(desk)
  desk.later(499_999)
  expect((await deliverDue(desk)).undelivered.length).toBe(3)
  expect(server.received.length).toBe(1)
  desk.later(1)
  await deliverDue(desk)
  desk.later(60_000)
  expect((await deliverDue(desk)).undelivered).toEqual([])
  expect(server.received.length).toBe(4)
})

test('one target that is down does not hold up another', async () => {
  const server = await startWebServer()
  const desk = openDesk(server.url)
  const targets: Delivery['targets'] = { ...desk.targets, down: { webhook: { urlFrom: 'env:NOWHERE' } } }
  outboxOf(desk.root).put(budgetMessage(), 'down')
  outboxOf(desk.root).put(budgetMessage(), 'ops')
  const { delivered, undelivered } = await deliverDue({ ...desk, targets })
  expect([delivered, undelivered.map(({ problem }) => problem)]).toEqual([1, ['the variable NOWHERE is not set']])
})

test('the end of an episode is not told before its beginning', async () => {
  const server = await startWebServer(({ body }, count) => ({ status: count === 1 && /fire/.test(body) ? 422 : 200 }))
  const desk = openDesk(server.url)
  const outbox = outboxOf(desk.root)
  outbox.put(budgetMessage({ kind: 'resolve' }), 'ops')
  outbox.put(budgetMessage({ kind: 'remind', period: '10' }), 'ops')
  outbox.put(budgetMessage({ kind: 'remind', period: '9' }), 'ops')
  outbox.put(budgetMessage(), 'ops')
  await deliverDue(desk)
  expect(server.received.length).toBe(1)
  desk.later(60_000)
  await deliverDue(desk)
  const order = server.received.map(({ body }) => JSON.parse(body).data).map(({ kind, period }) => `${kind} ${period}`)
  expect(order.slice(1)).toEqual(['fire 2026-01/80', 'remind 9', 'remind 10', 'resolve 2026-01/80'])
})

test('a message to a target that is not there waits for it', async () => {
  const server = await startWebServer()
  const desk = openDesk(server.url)
  outboxOf(desk.root).put(budgetMessage(), 'constructor')
  const { undelivered } = await deliverDue(desk)
  expect(undelivered.map(({ problem }) => problem)).toEqual(['there is no target constructor in alerts.json'])
})

test('many that deliver at once send each message once', async () => {
  const server = await startWebServer()
  const desk = openDesk(server.url)
  const outbox = outboxOf(desk.root)
  for (let index = 0; index < 5; index++) outbox.put(budgetMessage({ period: `${index}` }), 'ops')
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => deliverDue(desk)))
  expect(outcomes.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(5)
  expect(server.received.length).toBe(5)
})

test('no secret is stored or told', async () => {
  const server = await startWebServer(() => ({ status: 500 }))
  const desk = openDesk(`${server.url}T0/B0/path-secret`)
  outboxOf(desk.root).put(budgetMessage(), 'ops')
  const told = JSON.stringify(await deliverDue(desk))
  const folder = join(desk.root, '.usagebook', 'outbox')
  const stored = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
  expect(`${told}${stored.join('')}`).not.toMatch(new RegExp(`path-secret|${SECRET}|127\\.0\\.0\\.1`))
})
