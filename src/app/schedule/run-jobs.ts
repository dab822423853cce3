// Runs jobs: whatever is due, each period once, also under two schedulers; or one job by hand. What is run is told before and
// after in the state of the job, so a process that is killed in the middle leaves a period that the next look runs again.
import { ConflictError, UsageError } from '../../base/errors.ts'
import { addAll } from '../../base/lists.ts'
import { DAY_MS, type Instant } from '../../base/zone.ts'
import { duePeriods } from '../../schedule/due-periods.ts'
import { beforeMinute, type Job, lineOf } from '../../schedule/job.ts'
import type { JobRun, JobState } from '../../schedule/job-state.ts'
import { type JobStore, readJobState, withJob } from '../../schedule/job-store.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'
import { sendPing } from './ping.ts'

/** Runs a command line without "usagebook" before it, in the workspace, and says how it ended. Does not throw. */
export type RunWords = (words: readonly string[], as: RunAs) => Promise<Ended>

export interface RunAs {
  /** The time that `yesterday` is read at; null for now. */
  readonly now: Instant | null
  /** The zone of days; null for that of the workspace. */
  readonly timezone: string | null
  /** Names the job and the time that it is run for; null where somebody runs it as of now. */
  readonly occasion: string | null
}

export interface Ended {
  readonly exitCode: number
  /** What it said on standard error. */
  readonly errors: string
}

export interface JobsRequest {
  readonly root: string
  readonly jobs: readonly Job[]
  readonly host: Pick<Host, 'now' | 'hostName' | 'environment'>
  readonly runWords: RunWords
  /** Hears what somebody should know, such as that a run was killed. */
  note?(text: string): void
  /** Called with the name of each step, before it; tests kill the process there. */
  step?(name: string): void
}

export interface RanJob {
  readonly name: string
  /** Null where it was run by hand, as of now. */
  readonly period: Instant | null
  /** Null where it was given up, because it was killed every time. */
  readonly exitCode: number | null
  readonly problem: string | null
}

/** How often a period is begun whose process was killed every time. */
export const MOST_TRIES = 3
const LONGEST_PROBLEM = 2000
/** Who runs so long is told of. */
const LONG_MS = 3_600_000

/** Runs what is due, and nothing that somebody else runs right now. To be called about once a minute. */
export async function runDueJobs(request: JobsRequest): Promise<readonly RanJob[]> {
  const all: RanJob[] = []
  for (const job of request.jobs) {
    const ran = await withJob(request.root, job.name, ownerOf(request.host), store => runDue(job, store, request))
    if (ran === undefined) noteIfLong(job, request)
    else addAll(all, ran)
  }
  return all
}

/** Runs a job now, or as it would have run at an earlier time; its periods are not touched. */
export async function runJob(job: Job, at: Instant | null, request: Omit<JobsRequest, 'jobs'>): Promise<RanJob> {
  const { root, host } = request
  if (at !== null && at > host.now())
    throw new UsageError('job-in-future', 'A job cannot be run for a time that has not come.', {
      where: { option: 'at' },
      hint: 'Name a time that is over.',
    })
  const ran = await withJob(root, job.name, ownerOf(host), async store => {
    const state = stateOf(job, store.state, host.now())
    const last = await runOnce(job, at, request)
    store.write({ ...state, last })
    return ranOf(job, last)
  })
  if (ran !== undefined) return ran
  throw new ConflictError('job-runs', `${job.name} is being run right now.`, {
    hint: 'Try again when it has ended; "usagebook schedule list" says since when it runs.',
  })
}

async function runDue(job: Job, store: JobStore, request: JobsRequest): Promise<RanJob[]> {
  const { host, note } = request
  const now = host.now()
  const ran: RanJob[] = []
  let state = stateOf(job, store.state, now)
  if (state.handledTo > now + DAY_MS) {
    note?.(`${job.name}: the clock was ahead; it goes on from now`)
    state = { ...state, handledTo: beforeMinute(now), running: null }
  }
  const run = async (period: Instant, tries: number) => {
    request.step?.('begin')
    store.write({ ...state, running: { period, startedAt: host.now(), tries } })
    request.step?.('run')
    const last = await runOnce(job, period, request)
    request.step?.('end')
    state = { ...state, handledTo: Math.max(state.handledTo, period), running: null, last }
    store.write(state)
    ran.push(ranOf(job, last))
  }
  if (state !== store.state) store.write(state)
  if (state.running !== null) {
    const { period, startedAt, tries } = state.running
    const when = new Date(period).toISOString()
    if (tries < MOST_TRIES) {
      note?.(`${job.name}: the run for ${when} was killed, and is run again`)
      await run(period as Instant, tries + 1)
    } else {
      const last = { period, startedAt, endedAt: null, exitCode: null, problem: `killed ${tries} times, and given up` }
      state = { ...state, handledTo: Math.max(state.handledTo, period), running: null, last }
      store.write(state)
      ran.push(ranOf(job, last))
    }
  }
  const { periods, missed } = duePeriods(job.line, state.handledTo as Instant, now, job.catchUp)
  if (missed !== undefined) {
    state = { ...state, handledTo: missed.until - 1, missed: { ...missed, at: now } }
    store.write(state)
    const [from, until] = [missed.from, missed.until].map(instant => new Date(instant).toISOString())
    // What looks at everything until now has missed nothing.
    if (job.isAboutPeriod)
      note?.(`${job.name}: the runs from ${from} until ${until} were missed, and are not caught up`)
  }
  for (const period of periods) await run(period, 1)
  return ran
}

/** Of a job that is seen for the first time, or with another cron line, nothing before this minute is due. */
function stateOf(job: Job, found: JobState | undefined, now: Instant): JobState {
  const line = lineOf(job)
  if (found?.line === line) return found
  const last = found?.last ?? null
  return { version: 1, line, handledTo: beforeMinute(now), running: null, last, missed: null }
}

async function runOnce(job: Job, period: Instant | null, request: Omit<JobsRequest, 'jobs'>): Promise<JobRun> {
  const { host, runWords } = request
  const startedAt = host.now()
  const isToldOfStart = sendPing(job, 'start', request)
  const now = job.isAboutPeriod ? period : null
  const occasion = period === null ? null : `${job.name} ${period}`
  const { exitCode, errors } = await runWords(job.words, { now, timezone: job.ownZone, occasion })
  await isToldOfStart
  await sendPing(job, String(exitCode), request)
  const problem = exitCode === 0 || errors.trim() === '' ? null : errors.trim().slice(-LONGEST_PROBLEM)
  return { period, startedAt, endedAt: host.now(), exitCode, problem }
}

function ranOf({ name }: Job, { period, exitCode, problem }: JobRun): RanJob {
  return { name, period: period as Instant | null, exitCode, problem }
}

function noteIfLong({ name }: Job, { root, host, note }: JobsRequest): void {
  const since = readJobState(root, name)?.running?.startedAt
  if (since === undefined || host.now() - since < LONG_MS) return
  note?.(`${name} has been running since ${new Date(since).toISOString()}, and is not run meanwhile`)
}
