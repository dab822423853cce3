// Secrets of mail, webhooks and Slack are in nothing that is stored, printed or shown by the system: whatever goes wrong.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startMailServer } from '../../notify/mail-server.ts'
import { type Received, startWebServer } from '../../notify/web-server.ts'
import { makeFolder } from '../../support/logs.ts'
import { type Ended, fixedEnvironment, PROGRAM, runProgram } from '../../support/program.ts'

// The mail server repeats the password in its answer.
const PASSWORD = 'hunter2'
const HOOK_PATH = 'path-of-the-webhook'
const SLACK_PATH = 'T0/B0/path-of-slack'
const SIGNING = Buffer.from('what signs the webhook').toString('base64')
const PLANTED = [PASSWORD, HOOK_PATH, SLACK_PATH, SIGNING]
const FORMS = PLANTED.flatMap(secret => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
const STATUSES = [500, 401, 302]
const ERRORS = Array.from({ length: 5 }, (_, second) => ({
  ...{ timestamp: `2026-03-10T07:50:0${second}Z`, client: 'diageo', user: 'anna', status: 'error' },
}))

interface Desk {
  readonly root: string
  /** What the system showed of each process that was sending. */
  readonly shown: string[]
  /** Runs the program while the servers of this test answer it. */
  run(words: string, environment?: Readonly<Record<string, string>>): Promise<Ended>
}

async function openDesk(): Promise<Desk> {
  const shown: string[] = []
  let processId = 0
  const answer = ({ path }: Received, count: number) => {
    if (existsSync('/proc/self/cmdline')) shown.push(...commandLines(processId))
    return { status: STATUSES[count % STATUSES.length]!, headers: { location: `http://127.0.0.1${path}` } }
  }
  const hook = await startWebServer(answer)
  const slack = await startWebServer(answer)
  const mail = await startMailServer({ tls: 'none', password: 'another' })
  const targets = {
    hook: { webhook: { urlFrom: 'env:HOOK', secretFrom: 'file:secrets/signing', allowPrivate: true } },
    slack: { slack: { urlFrom: 'file:secrets/slack', allowPrivate: true } },
    mail: { mail: ['cfo@example.com'] },
  }
  const server = { host: '127.0.0.1', port: mail.port, tls: 'none', from: 'usage@example.com' }
  const root = makeFolder({
    'alerts.json': JSON.stringify({ targets }),
    'usagebook.config.json': JSON.stringify({ mail: { ...server, user: 'usage', passwordFrom: 'env:SMTP_PASSWORD' } }),
    'schedule.json': JSON.stringify({ jobs: [{ name: 'watch', cron: '* * * * *', run: 'check' }] }),
  })
  for (const folder of ['usage_logs', 'secrets']) mkdirSync(join(root, folder))
  writeFileSync(
    join(root, 'usage_logs', '2026-03-10.jsonl'),
    ERRORS.map(event => `${JSON.stringify(event)}\n`).join(''),
  )
  writeFileSync(join(root, 'secrets', 'signing'), `whsec_${SIGNING}\n`)
  writeFileSync(join(root, 'secrets', 'slack'), `${slack.url}${SLACK_PATH}\n`)
  const secrets = { HOOK: `${hook.url}${HOOK_PATH}`, SMTP_PASSWORD: PASSWORD, XDG_CACHE_HOME: join(root, 'cache') }
  const run = (words: string, environment: Readonly<Record<string, string>> = {}) =>
    new Promise<Ended>((resolve, reject) => {
      const env = fixedEnvironment({ ...secrets, ...environment })
      const child = spawn(process.execPath, [PROGRAM, ...words.split(' ')], { cwd: root, env })
      processId = child.pid ?? 0
      const [stdout, stderr]: [string[], string[]] = [[], []]
      child.stdout.on('data', text => stdout.push(String(text)))
      child.stderr.on('data', text => stderr.push(String(text)))
      child.on('error', reject)
      child.on('close', code => resolve({ code, stdout: stdout.join(''), stderr: stderr.join('') }))
    })
  return { root, shown, run }
}

/** Of a process and those that it started. */
function commandLines(processId: number): string[] {
  const children = readFileSync(`/proc/${processId}/task/${processId}/children`, 'utf8').split(' ').filter(Boolean)
  return [readFileSync(`/proc/${processId}/cmdline`, 'utf8'), ...children.flatMap(child => commandLines(Number(child)))]
}

/** The files of a folder that hold a secret, but for those that are the place of one; and how many there are. */
function searchFiles(root: string): { readonly all: number; readonly withSecret: readonly string[] } {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const files = entries.map(entry => join(entry.parentPath, entry.name)).filter(file => !file.includes('/secrets/'))
  return { all: files.length, withSecret: files.filter(file => secretsIn(readFileSync(file, 'latin1')).length > 0) }
}

function secretsIn(text: string): string[] {
  return FORMS.filter(form => text.includes(form))
}

test('targets that fail get nothing of a secret stored or told', async () => {
  const { root, shown, run } = await openDesk()
  for (const words of [
    'check',
    'check --format json',
    'outbox list --all',
    'outbox retry',
    'outbox list --all --format json',
    'alert test hook',
    'alert test slack',
    'alert test mail',
    'alert list --format json',
    'report --mail mail',
    'schedule run watch',
    'schedule list --format json',
    'doctor',
  ]) {
    const { stdout, stderr } = await run(words)
    expect([words, secretsIn(stdout + stderr)]).toEqual([words, []])
  }
  const errors = await run('outbox retry', { USAGEBOOK_ERRORS: 'json' })
  expect(secretsIn(errors.stdout + errors.stderr)).toEqual([])
  const { all, withSecret } = searchFiles(root)
  expect(withSecret).toEqual([])
  expect(all).toBeGreaterThan(8)
  expect(shown.filter(line => secretsIn(line).length > 0)).toEqual([])
  if (existsSync('/proc/self/cmdline')) expect(shown.length).toBeGreaterThan(5)
})

test.each([
  ['in the midst of sending', 'throw new TypeError("boom")', 'this is a bug in usagebook'],
  ['where nobody waits for it', 'setImmediate(() => { throw new TypeError("boom") })', 'boom'],
])('a crash %s says nothing of a secret', async (_, crash, said) => {
  const { root, run } = await openDesk()
  const preload = join(root, 'crash.cjs')
  const patch = `const real = crypto.createHmac; crypto.createHmac = (...values) => { ${crash}; return real(...values) }`
  writeFileSync(
    preload,
    `const crypto = require('node:crypto'); ${patch}; require('node:module').syncBuiltinESMExports()\n`,
  )
  const { code, stdout, stderr } = await run('check', { NODE_OPTIONS: `--require ${preload}` })
  expect([code, stderr]).toEqual([1, expect.stringContaining(said)])
  expect(stderr).toContain('boom')
  expect(secretsIn(stdout + stderr)).toEqual([])
  expect(searchFiles(root).withSecret).toEqual([])
})

const SLACK_URL = `https://hooks.slack.example/${SLACK_PATH}`
test.each([
  ['the address of Slack', 'alerts.json', { targets: { ops: { slack: { urlFrom: SLACK_URL } } } }],
  ['the address of Slack as a name', 'alerts.json', { targets: { ops: { slack: { urlFrom: `env:${SLACK_URL}` } } } }],
  ['the address of Slack as another key', 'alerts.json', { targets: { ops: { slack: { url: SLACK_URL } } } }],
  ['the address of Slack in place of a target', 'alerts.json', { targets: { ops: SLACK_URL } }],
  [
    'the secret of a webhook',
    'alerts.json',
    {
      targets: { ops: { webhook: { urlFrom: 'env:HOOK', secretFrom: `whsec_${SIGNING}` } } },
    },
  ],
  ['a password', 'usagebook.config.json', { mail: { host: 'mail', from: 'a@b.example', passwordFrom: PASSWORD } }],
  [
    'a password as another key',
    'usagebook.config.json',
    {
      mail: { host: 'mail', from: 'a@b.example', password: PASSWORD },
    },
  ],
  ['a ping', 'schedule.json', { jobs: [{ name: 'a', cron: '* * * * *', run: 'check', pingFrom: SLACK_URL }] }],
])('%s that was written into a file itself is refused without being repeated', (_, name, written) => {
  const folder = makeFolder({ [name]: JSON.stringify(written) })
  mkdirSync(join(folder, 'usage_logs'))
  const words = name === 'schedule.json' ? ['schedule', 'list'] : ['check']
  for (const more of [[], ['--format', 'json']]) {
    const { code, stdout, stderr } = runProgram(folder, [...words, ...more])
    expect([code, stderr]).toEqual([2, expect.stringContaining(name)])
    expect(secretsIn(stdout + stderr)).toEqual([])
  }
})
