// Reports by mail, over a real SMTP server: what arrives, that it arrives once, and that it is what mail programs show.
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { partOf, type ReceivedMail, startMailServer } from '../notify/mail-server.ts'
import { runInProcess } from '../support/run-in-process.ts'

const REPOSITORY = join(import.meta.dirname, '..', '..')
const LARGEST_BYTES = 100_000

let root = ''
let received: readonly ReceivedMail[] = []

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'usagebook-report-mail-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  cpSync(join(REPOSITORY, 'usage_logs'), join(root, 'usage_logs'), { recursive: true })
  const server = await startMailServer({ tls: 'none' })
  received = server.received
  const mail = { host: 'localhost', port: server.port, tls: 'none', from: 'usage@example.com' }
  writeFileSync(join(root, 'usagebook.config.json'), JSON.stringify({ mail }))
  const targets = { finance: { mail: ['cfo@example.com'] }, ops: { command: ['true'] } }
  writeFileSync(join(root, 'alerts.json'), JSON.stringify({ targets }))
})

function run(words: string, now = '2026-02-03T08:00:00Z') {
  return runInProcess(words.split(' '), root, { USAGEBOOK_NOW: now, TZ: 'UTC' }, undefined)
}

test('a report arrives as text and as HTML, with what was to be attached, and nothing is printed', async () => {
  const ran = await run('report --period 2026-01-26 --mail finance --mail-attach csv,html')
  expect(ran).toEqual({ stdout: '', stderr: '', code: '0' })
  const [mail] = received
  expect(mail!.headers.subject).toBe('Usage, 2026-01-26, 26 January 2026')
  const csv = (await run('report --period 2026-01-26 --format csv --bom')).stdout
  expect(partOf(mail!, 'text/csv').replaceAll('\r\n', '\n')).toBe(csv)
  for (const type of ['text/plain', 'text/html']) expect(partOf(mail!, type)).toContain('unilever')
  expect(mail!.source).toContain('usage-2026-01-26-26-january-2026.html')
})

test('the same report is sent once, whoever asks again; a target that is new still gets it', async () => {
  await run('report --period 2026-01-26 --mail finance')
  const again = await run('report --period 2026-01-26 --mail finance')
  expect(again.stderr).toContain('note: finance has been sent this mail before, and is not sent it again')
  await run('report --period 2026-01-27 --mail finance')
  expect(received.length).toBe(2)
  expect(new Set(received.map(({ headers }) => headers['message-id'])).size).toBe(2)
})

test('the mail of a job is the same one however often the job is run for a time, also while logs grow', async () => {
  const jobs = [
    { name: 'daily', cron: '0 8 * * *', run: 'report --period yesterday --mail finance --mail-attach html' },
  ]
  writeFileSync(join(root, 'schedule.json'), JSON.stringify({ jobs }))
  await run('schedule run', '2026-01-27T08:00:10Z')
  writeFileSync(join(root, 'usage_logs', '2026-01-26.extra.jsonl'), '')
  await run('schedule run daily --at 2026-01-27T08:00', '2026-01-27T09:00:00Z')
  await run('schedule run', '2026-01-28T10:00:00Z')
  expect(received.map(({ headers }) => headers.subject)).toEqual([
    'Usage, yesterday, 26 January 2026',
    'Usage, yesterday, 27 January 2026',
  ])
})

test('what cannot be sent now is sent by a later run of the schedule', async () => {
  writeFileSync(join(root, 'schedule.json'), JSON.stringify({ jobs: [] }))
  const { port } = await startMailServer({ tls: 'none', refuse: () => 451 })
  const mail = { host: 'localhost', port, tls: 'none', from: 'usage@example.com' }
  writeFileSync(join(root, 'broken.json'), JSON.stringify({ mail }))
  const failed = await run(`report --period 2026-01-26 --mail finance --config broken.json --root ${root} --no-config`)
  expect([failed.code, failed.stderr]).toEqual(['1', expect.stringContaining('error: finance has not got "Usage')])
  await run('schedule run', '2026-02-03T09:00:00Z')
  expect(received.length).toBe(1)
})

test('a check that fails sends nothing', async () => {
  const ran = await run('report --period 2026-01-23 --strict --mail finance')
  expect([ran.code, received.length, ran.stderr]).toEqual(['3', 0, expect.stringContaining('Nothing was sent.')])
})

test('every report is HTML that Outlook shows: tables, no script, picture or style sheet, below 100 kB', async () => {
  const names = ['usage', 'errors', 'latency', 'activity', 'trends', 'requests', 'feedback', 'threats', 'users-of-none']
  for (const name of names.slice(0, -1)) await run(`report ${name} --mail finance --top 0`)
  expect(received.length).toBe(names.length - 1)
  for (const mail of received) {
    const html = partOf(mail, 'text/html')
    expect(html).toMatch(/<table /)
    expect(html).not.toMatch(/<(svg|script|img|style|link|iframe|div|form)|url\(|src=|class=/i)
    expect(Buffer.byteLength(html)).toBeLessThan(LARGEST_BYTES)
  }
  const usage = partOf(received[0]!, 'text/html')
  expect(usage).toMatch(/<td width="80" height="6" bgcolor="#0969da"/)
})

test('a report of very many groups is cut, and says so', async () => {
  const lines = Array.from({ length: 3000 }, (_, at) =>
    JSON.stringify({
      ...{ timestamp: '2026-01-10T10:00:00Z', event: 'analysis', client: `client ${at} ${'<'.repeat(80)}` },
      ...{ model: 'gpt-4o', input_tokens: 1000 + at, output_tokens: 10 },
    }),
  )
  for (const name of readdirSync(join(root, 'usage_logs'))) rmSync(join(root, 'usage_logs', name), { recursive: true })
  writeFileSync(join(root, 'usage_logs', '2026-01-10.jsonl'), `${lines.join('\n')}\n`)
  await run('report --mail finance --top 0')
  const html = partOf(received[0]!, 'text/html')
  expect(Buffer.byteLength(html)).toBeLessThan(LARGEST_BYTES)
  expect(html).toMatch(/and 2,9\d\d more rows/)
  expect(partOf(received[0]!, 'text/plain')).toMatch(/… \d+ more lines/)
})
