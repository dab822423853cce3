// What a dead man's switch hears of a job, over a real connection; and that it never makes a job fail.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSchedule } from '../../../src/app/schedule/read-schedule.ts'
import { runDueJobs, runJob } from '../../../src/app/schedule/run-jobs.ts'
import { type Instant, parseZone } from '../../../src/base/zone.ts'
import { startWebServer } from '../../notify/web-server.ts'

const UTC = parseZone('UTC')!
const NOW = Date.parse('2026-02-02T08:00:00Z') as Instant

let root = ''
let notes: string[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'usagebook-ping-'))
  notes = []
})
afterEach(() => rmSync(root, { recursive: true }))

function jobOf(more: object = {}) {
  const job = { name: 'alerts', cron: '0 8 * * *', run: 'check', pingFrom: 'env:PING', allowPrivate: true, ...more }
  writeFileSync(join(root, 'schedule.json'), JSON.stringify({ jobs: [job] }))
  return readSchedule(root, UTC)[0]!
}

function requestOf(address: string | undefined, exitCode: number) {
  return {
    root,
    host: { now: () => NOW, hostName: 'here', environment: { PING: address } },
    runWords: async () => ({ exitCode, errors: '' }),
    note: (text: string) => void notes.push(text),
  }
}

// A check that told of something ends with 5, which is no failure of the job; the service decides what it is.
test.each([0, 1, 5])('the start is told, and the exit code %i', async exitCode => {
  const server = await startWebServer()
  const ran = await runJob(jobOf(), null, requestOf(`${server.url}ping/4f1c`, exitCode))
  expect(ran.exitCode).toBe(exitCode)
  expect(server.received.map(({ path }) => path)).toEqual(['/ping/4f1c/start', `/ping/4f1c/${exitCode}`])
  expect(server.received.map(({ body }) => body)).toEqual(['', ''])
  expect(notes).toEqual([])
})

test('a job that is due tells of itself too, and what stands behind the address stays there', async () => {
  const server = await startWebServer()
  const jobs = [jobOf()]
  expect(await runDueJobs({ ...requestOf(`${server.url}ping/?create=1`, 0), jobs })).toHaveLength(1)
  expect(server.received.map(({ path }) => path)).toEqual(['/ping/start?create=1', '/ping/0?create=1'])
})

test('an address at which nobody listens is said, and the job is as it was', async () => {
  const server = await startWebServer()
  const { url } = server
  await server.close()
  const ran = await runJob(jobOf(), null, requestOf(url, 0))
  expect(ran).toMatchObject({ exitCode: 0, problem: null })
  expect(notes).toEqual([1, 2].map(() => 'alerts: the ping was not sent: nobody listens at its address'))
})

test('an answer that is an error is said, and the job is as it was', async () => {
  const server = await startWebServer(() => ({ status: 503 }))
  const ran = await runJob(jobOf(), null, requestOf(server.url, 0))
  expect(ran).toMatchObject({ exitCode: 0, problem: null })
  expect(notes).toEqual([1, 2].map(() => 'alerts: the ping was not sent: it answered 503'))
})

test.each([undefined, 'nowhere'])('an address that is %s is said, and the job is as it was', async address => {
  const ran = await runJob(jobOf(), null, requestOf(address, 0))
  expect(ran).toMatchObject({ exitCode: 0, problem: null })
  expect(notes).toHaveLength(2)
  expect(notes[0]).toMatch(/^alerts: the ping was not sent: /)
})

test('an address in a private network hears nothing unless that is allowed', async () => {
  const server = await startWebServer()
  const ran = await runJob(jobOf({ allowPrivate: false }), null, requestOf(server.url, 0))
  expect(ran.exitCode).toBe(0)
  expect(server.received).toEqual([])
  const said = 'its address is in a private network, which "allowPrivate" does not allow'
  expect(notes).toEqual([1, 2].map(() => `alerts: the ping was not sent: ${said}`))
})
