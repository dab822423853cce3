// `usagebook check` as cron runs it, killed at random instants and many at a time, against a web server, a mail server and a
// Slack double that answers 429: every message arrives at every target, and one that arrives twice, after a kill, has the same id.
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readAlertState } from '../../../src/alert/alert-store.ts'
import { BUILT_IN_NAMES } from '../../../src/alert/built-in-rules.ts'
import { outboxOf } from '../../../src/app/alert/outbox-of.ts'
import { episodeName } from '../../../src/app/alert/rule-messages.ts'
import { wordsOf } from '../../../src/notify/letter-words.ts'
import { letterId } from '../../../src/notify/outbox.ts'
import { slackBody } from '../../../src/notify/slack.ts'
import { startMailServer } from '../../notify/mail-server.ts'
import { budgetMessage } from '../../notify/messages.ts'
import { type Received, startWebServer } from '../../notify/web-server.ts'
import { makeFolder } from '../../support/logs.ts'
import { fixedEnvironment, PROGRAM } from '../../support/program.ts'
import { triesOf } from '../../support/tries.ts'

const KILLS = triesOf(6, 25, 500)
const AT_ONCE = 16
/** Of so many kills one round is of many checks at once. */
const KILLS_A_CROWD = 100
const USERS = 10
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const MIDNIGHT = Date.parse('2026-03-10T00:00:00Z')

test(`${KILLS} kills of checks and ${AT_ONCE} at once lose no message and send no second id`, {
  timeout: 3_600_000,
}, async () => {
  const hook = await startWebServer((_, count) => ({ status: count % 9 === 0 ? 503 : 200 }))
  const slackArrived: string[] = []
  const slack = await startWebServer(({ body }, count) => {
    if (count % 7 === 0) return { status: 429, headers: { 'retry-after': '90' } }
    slackArrived.push(body)
    return { status: 200 }
  })
  let asked = 0
  const mail = await startMailServer({ tls: 'none', refuse: () => (++asked % 11 === 0 ? 451 : undefined) })
  const root = workspace(mail.port)
  const secrets = { HOOK: hook.url, SLACK: slack.url, XDG_CACHE_HOME: join(root, 'cache') }
  const checkAt = (now: number) => startCheck(root, { ...secrets, USAGEBOOK_NOW: new Date(now).toISOString() })

  let rounds = 0
  let kills = 0
  let nextCrowd = 0
  const began = performance.now()
  await endOf(checkAt(MIDNIGHT))
  const longestMs = (performance.now() - began) * 1.2
  while (kills < KILLS) {
    const now = writeErrors(root, rounds++)
    const isCrowd = kills >= nextCrowd
    if (isCrowd) nextCrowd += KILLS_A_CROWD
    const checks = Array.from({ length: isCrowd ? AT_ONCE : 1 }, () => checkAt(now))
    // Of a crowd every other one is killed.
    const ends = checks.map(async (check, index) => {
      if (index % 2 === 0) killAfter(check, Math.random() * longestMs * (isCrowd ? AT_ONCE / 2 : 1))
      return await endOf(check)
    })
    for (const signal of await Promise.all(ends)) if (signal === 'SIGKILL') kills++
  }
  // The last alerts end, and what was refused is tried again.
  let now = MIDNIGHT + (rounds + 10) * MINUTE_MS
  writeEvents(root, [{ timestamp: new Date(now).toISOString(), user: 'carla', input_tokens: 1 }])
  for (let tries = 0; tries === 0 || (outboxOf(root).ids('waiting').length > 0 && tries < 40); tries++) {
    const crowd = Array.from({ length: tries === 0 ? AT_ONCE : 1 }, () => checkAt(now))
    await Promise.all(crowd.map(endOf))
    now += HOUR_MS
  }

  const outbox = outboxOf(root)
  const hookArrived = hook.received.filter((_, index) => (index + 1) % 9 !== 0)
  const mailArrived = mail.received.map(({ headers }) => /<(msg_\w+)@/.exec(headers['message-id'] ?? '')?.[1] ?? '')
  const slackExpected = idsOf(rounds, 'slack').map(id => JSON.stringify(slackBody(wordsOf(outbox.letter(id).message))))
  const arrived = { hook: hookArrived.map(idOf), mail: mailArrived, slack: slackArrived }
  expect(distinct(arrived.hook)).toEqual(idsOf(rounds, 'hook').toSorted())
  expect(distinct(arrived.mail)).toEqual(idsOf(rounds, 'mail').toSorted())
  expect(distinct(arrived.slack)).toEqual(slackExpected.toSorted())
  expect(distinct(slackExpected)).toHaveLength(rounds * 2)
  expect(outbox.ids('delivered')).toHaveLength(rounds * 2 * 3)
  expect(outbox.ids()).toHaveLength(rounds * 2 * 3)
  // The same id says the same, at every try.
  expect(distinct(hook.received.map(one => `${idOf(one)} ${one.body}`))).toHaveLength(rounds * 2)
  const twice = Object.values(arrived).map(all => all.length - new Set(all).size)
  expect(twice.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(kills * 3)
  expect(readAlertState(root).toTell).toEqual([])
  const lines = readFileSync(join(root, '.usagebook', 'alert-transitions.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  expect(new Set(lines).size).toBe(lines.length)
  console.log(`${kills} kills, ${rounds * 6} messages, ${twice.join(', ')} arrived twice at ${Object.keys(arrived)}`)
})

function workspace(mailPort: number): string {
  const rules = Array.from({ length: USERS }, (_, user) => ({
    ...{ name: `user-${user}`, when: 'errors >= 5', over: '2m', user: `user-${user}` },
  }))
  const targets = {
    hook: { webhook: { urlFrom: 'env:HOOK', allowPrivate: true } },
    mail: { mail: ['cfo@example.com'] },
    slack: { slack: { urlFrom: 'env:SLACK', allowPrivate: true } },
  }
  const builtIn = Object.fromEntries(BUILT_IN_NAMES.map(name => [name, false]))
  const root = makeFolder({
    'alerts.json': JSON.stringify({ builtIn, rules, targets }),
    'usagebook.config.json': JSON.stringify({
      mail: { host: '127.0.0.1', port: mailPort, tls: 'none', from: 'usage@example.com' },
    }),
  })
  mkdirSync(join(root, 'usage_logs'))
  return root
}

/** Five errors of one user in the minute of a round; the end of the minute. */
function writeErrors(root: string, round: number): number {
  const minute = MIDNIGHT + round * MINUTE_MS
  const errors = Array.from({ length: 5 }, (_, second) => ({
    ...{ timestamp: new Date(minute + second * 1000).toISOString(), status: 'error' },
    user: `user-${round % USERS}`,
  }))
  writeEvents(root, errors)
  return minute + MINUTE_MS
}

function writeEvents(root: string, events: readonly object[]): void {
  const text = events.map(event => `${JSON.stringify(event)}\n`).join('')
  appendFileSync(join(root, 'usage_logs', '2026-03-10.jsonl'), text)
}

/** Of the beginning and the end of the alert of each round. */
function idsOf(rounds: number, target: string): string[] {
  return Array.from({ length: rounds }, (_, round) => {
    const episode = episodeName(MIDNIGHT + round * MINUTE_MS + 4000)
    const alert = { rule: `user-${round % USERS}`, labels: {}, episode, period: '' }
    return (['fire', 'resolve'] as const).map(kind => letterId(budgetMessage({ ...alert, kind }), target))
  }).flat()
}

function startCheck(root: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [PROGRAM, 'check'], {
    ...{ cwd: root, env: fixedEnvironment(environment) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

function killAfter(check: ChildProcess, ms: number): void {
  void sleep(ms).then(() => check.kill('SIGKILL'))
}

/** By which signal it ended, if by any. One that ends by itself has told, or says what could not be delivered. */
function endOf(check: ChildProcess): Promise<NodeJS.Signals | null> {
  let said = ''
  check.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return new Promise((resolve, reject) => {
    check.on('error', reject)
    check.on('close', (code, signal) => {
      const isUndelivered = code === 1 && /has not got/.test(said)
      if (signal === 'SIGKILL' || code === 0 || code === 5 || isUndelivered) resolve(signal)
      else reject(new Error(`a check ended with ${code ?? signal}: ${said}`))
    })
  })
}

function idOf({ headers }: Received): string {
  return String(headers['webhook-id'])
}

function distinct(all: readonly string[]): string[] {
  return [...new Set(all)].toSorted()
}
