// Many that deliver at the same time to a web server, a mail server and a Slack double that answers 429: each message arrives at
// each target, with one id.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { deliverDue } from '../../../src/app/alert/deliver.ts'
import { outboxOf } from '../../../src/app/alert/outbox-of.ts'
import type { Instant } from '../../../src/base/zone.ts'
import { startMailServer } from '../../notify/mail-server.ts'
import { budgetMessage } from '../../notify/messages.ts'
import { startWebServer } from '../../notify/web-server.ts'

const DELIVERERS = 16
const MESSAGES = 6
const HOUR_MS = 3_600_000

test(`${DELIVERERS} at once deliver each message once to each target, however often these refuse`, async () => {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-many-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const hook = await startWebServer((_, count) => ({ status: count % 4 === 0 ? 503 : 200 }))
  const slack = await startWebServer((_, count) =>
    count % 3 === 1 ? { status: 429, headers: { 'retry-after': '60' } } : { status: 200 },
  )
  let asked = 0
  const mailServer = await startMailServer({ tls: 'none', refuse: () => (asked++ % 5 === 0 ? 451 : undefined) })
  let now = Date.parse('2026-02-02T10:00:00Z')
  const delivery = {
    root,
    host: {
      hostName: 'here',
      environment: { HOOK: hook.url, SLACK: slack.url },
      now: () => now as Instant,
      machineNow: () => Date.now(),
    },
    targets: {
      hook: { webhook: { urlFrom: 'env:HOOK', allowPrivate: true } },
      slack: { slack: { urlFrom: 'env:SLACK', allowPrivate: true } },
      mail: { mail: ['cfo@example.com'] },
    },
    mail: { host: '127.0.0.1', port: mailServer.port, tls: 'none' as const, from: 'usage@example.com' },
  }
  const outbox = outboxOf(root)
  const put = Object.keys(delivery.targets).flatMap(target =>
    Array.from({ length: MESSAGES }, (_, index) => outbox.put(budgetMessage({ rule: `budget-${index}` }), target).id),
  )
  let delivered = 0
  for (let round = 0; round < 40 && outbox.ids('waiting').length > 0; round++) {
    const outcomes = await Promise.all(Array.from({ length: DELIVERERS }, () => deliverDue(delivery)))
    delivered += outcomes.reduce((sum, outcome) => sum + outcome.delivered, 0)
    now += HOUR_MS
  }
  expect([delivered, outbox.ids('delivered').length]).toEqual([put.length, put.length])
  const arrived = hook.received.filter((_, index) => (index + 1) % 4 !== 0).map(({ headers }) => headers['webhook-id'])
  expect([arrived.length, new Set(arrived).size]).toEqual([MESSAGES, MESSAGES])
  const mails = mailServer.received.map(({ headers }) => headers['message-id'])
  expect([mails.length, new Set(mails).size]).toEqual([MESSAGES, MESSAGES])
  const texts = slack.received.filter((_, index) => (index + 1) % 3 !== 1).map(({ body }) => body)
  expect([texts.length, new Set(texts).size]).toEqual([MESSAGES, MESSAGES])
})
