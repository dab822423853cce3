// What is due is run once: after a stop, under two schedulers, after a kill, with another line, with a clock that was wrong.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listJobs } from '../../../src/app/schedule/list-jobs.ts'
import { readSchedule } from '../../../src/app/schedule/read-schedule.ts'
import { type JobsRequest, runDueJobs, runJob } from '../../../src/app/schedule/run-jobs.ts'
import { type Instant, parseZone } from '../../../src/base/zone.ts'

const BERLIN = parseZone('Europe/Berlin')!
const DAILY = { name: 'daily', cron: '0 8 * * *', run: 'report --period yesterday -o reports/{period}.csv' }

let root = ''
let ran: string[] = []
let notes: string[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'usagebook-jobs-'))
  ran = []
  notes = []
})
afterEach(() => rmSync(root, { recursive: true }))

function at(text: string): Instant {
  return Date.parse(text) as Instant
}

function jobsOf(...jobs: object[]) {
  writeFileSync(join(root, 'schedule.json'), JSON.stringify({ jobs }))
  return readSchedule(root, BERLIN)
}

function request(now: string, jobs: JobsRequest['jobs'], more: Partial<JobsRequest> = {}): JobsRequest {
  return {
    ...{ root, jobs, host: { now: () => at(now), hostName: 'here', environment: {} } },
    runWords: async (words, as) => {
      ran.push(`${words[0]} ${as.now === null ? 'now' : new Date(as.now).toISOString().slice(0, 16)}`)
      return { exitCode: 0, errors: '' }
    },
    note: text => notes.push(text),
    ...more,
  }
}

test('nothing is due when a job is new, except in its very minute', async () => {
  const jobs = jobsOf(DAILY)
  await runDueJobs(request('2026-02-02T10:00:00Z', jobs))
  expect(ran).toEqual([])
  rmSync(join(root, '.usagebook'), { recursive: true })
  await runDueJobs(request('2026-02-02T07:00:30Z', jobs))
  expect(ran).toEqual(['report 2026-02-02T07:00'])
})

test('after a stop of a week each day is made up, as of its own time, and only once', async () => {
  const jobs = jobsOf(DAILY)
  await runDueJobs(request('2026-02-02T07:00:00Z', jobs))
  await runDueJobs(request('2026-02-09T12:00:00Z', jobs))
  await runDueJobs(request('2026-02-09T12:01:00Z', jobs))
  expect(ran).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map(day => `report 2026-02-0${day}T07:00`))
  expect(notes).toEqual([])
})

test('what is not about a time is run once, as of now, and nothing is said', async () => {
  const jobs = jobsOf({ name: 'alerts', cron: '*/5 * * * *', run: 'check' })
  await runDueJobs(request('2026-02-02T07:00:00Z', jobs))
  await runDueJobs(request('2026-02-09T12:00:00Z', jobs))
  expect(ran).toEqual(['check now', 'check now'])
  expect(notes).toEqual([])
})

test('what is too much to catch up is told', async () => {
  const jobs = jobsOf({ ...DAILY, catchUp: 2 })
  await runDueJobs(request('2026-02-02T07:00:00Z', jobs))
  await runDueJobs(request('2026-02-09T12:00:00Z', jobs))
  expect(ran.slice(1)).toEqual(['report 2026-02-08T07:00', 'report 2026-02-09T07:00'])
  expect(notes).toEqual([
    'daily: the runs from 2026-02-03T07:00:00.000Z until 2026-02-08T07:00:00.000Z were missed, and are not caught up',
  ])
  expect(listJobs(jobs, root, at('2026-02-09T12:00:00Z'))[0]!.missed).toEqual({
    from: '2026-02-03T07:00:00Z',
    until: '2026-02-08T07:00:00Z',
    at: '2026-02-09T12:00:00Z',
  })
})

test('two schedulers at once run each period once, and do not wait for each other', async () => {
  const jobs = jobsOf(DAILY, { ...DAILY, name: 'other' })
  await runDueJobs(request('2026-02-02T07:00:00Z', jobs))
  ran = []
  const slow: Partial<JobsRequest> = {
    runWords: async (_, as) => {
      ran.push(new Date(as.now!).toISOString().slice(0, 10))
      await new Promise(resolve => setTimeout(resolve, 20))
      return { exitCode: 0, errors: '' }
    },
  }
  const now = '2026-02-05T12:00:00Z'
  await Promise.all([1, 2, 3].map(() => runDueJobs(request(now, jobs, slow))))
  expect(ran.sort()).toEqual([3, 3, 4, 4, 5, 5].map(day => `2026-02-0${day}`))
})

test('a run that was killed is told and run again; after three it is given up, and the next is run', async () => {
  const jobs = jobsOf(DAILY)
  await runDueJobs(request('2026-02-02T07:00:00Z', jobs))
  const die = { runWords: () => Promise.reject(new Error('killed')) }
  for (let time = 0; time < 3; time++) {
    await expect(runDueJobs(request('2026-02-03T07:00:00Z', jobs, die))).rejects.toThrow('killed')
  }
  expect(notes).toEqual([1, 2].map(() => 'daily: the run for 2026-02-03T07:00:00.000Z was killed, and is run again'))
  expect(listJobs(jobs, root, at('2026-02-03T08:00:00Z'))[0]).toMatchObject({
    runningSince: '2026-02-03T07:00:00Z',
    overdueSince: null,
  })
  const all = await runDueJobs(request('2026-02-04T07:00:00Z', jobs))
  expect(all.map(({ exitCode, problem }) => [exitCode, problem])).toEqual([
    [null, 'killed 3 times, and given up'],
    [0, null],
  ])
})

test('with another line a job goes on from now', async () => {
  await runDueJobs(request('2026-02-02T07:00:00Z', jobsOf(DAILY)))
  const hourly = jobsOf({ ...DAILY, cron: '5 * * * *' })
  await runDueJobs(request('2026-02-09T12:30:00Z', hourly))
  await runDueJobs(request('2026-02-09T13:05:00Z', hourly))
  expect(ran.slice(1)).toEqual(['report 2026-02-09T13:05'])
})

test('a clock that was ahead for a while stops nothing for ever', async () => {
  const jobs = jobsOf(DAILY)
  await runDueJobs(request('2036-02-02T07:00:00Z', jobs))
  await runDueJobs(request('2026-02-02T09:00:00Z', jobs))
  await runDueJobs(request('2026-02-03T07:00:00Z', jobs))
  expect(notes).toEqual(['daily: the clock was ahead; it goes on from now'])
  expect(ran.at(-1)).toBe('report 2026-02-03T07:00')
  // A step of a second back is no reason to run again what was just run.
  await runDueJobs(request('2026-02-03T06:59:59Z', jobs))
  await runDueJobs(request('2026-02-03T07:00:00Z', jobs))
  expect(ran.length).toBe(2)
})

test('the list says when a job is due, in its zone too, and how it ended', async () => {
  const jobs = jobsOf({ ...DAILY, timezone: 'Asia/Kathmandu' }, { ...DAILY, name: 'never' })
  const fail = { runWords: async () => ({ exitCode: 1, errors: 'error: no log\n' }) }
  await runDueJobs(request('2026-02-02T02:15:00Z', jobs, fail))
  const [daily, never] = listJobs(jobs, root, at('2026-02-02T09:00:00Z'))
  expect(daily).toMatchObject({
    timezone: 'Asia/Kathmandu',
    next: '2026-02-03T02:15:00Z',
    nextLocal: '2026-02-03T08:00:00+05:45',
    last: { period: '2026-02-02T02:15:00Z', result: 'failed', exitCode: 1, problem: 'error: no log' },
    overdueSince: null,
  })
  expect(never).toMatchObject({ next: '2026-02-03T07:00:00Z', overdueSince: '2026-02-02T07:00:00Z', last: null })
})

test('a job that is run by hand keeps its periods', async () => {
  const jobs = jobsOf(DAILY)
  await runDueJobs(request('2026-02-02T07:00:00Z', jobs))
  await runJob(jobs[0]!, at('2026-01-15T07:00:00Z'), request('2026-02-02T09:00:00Z', jobs))
  await runJob(jobs[0]!, null, request('2026-02-02T09:00:00Z', jobs))
  await runDueJobs(request('2026-02-03T07:00:00Z', jobs))
  expect(ran).toEqual(['report 2026-02-02T07:00', 'report 2026-01-15T07:00', 'report now', 'report 2026-02-03T07:00'])
  await expect(runJob(jobs[0]!, at('2027-01-15T07:00:00Z'), request('2026-02-02T09:00:00Z', jobs))).rejects.toThrow(
    'a time that has not come',
  )
})
