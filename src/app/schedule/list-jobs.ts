// The jobs of a workspace as people see them: when each is due next, and what became of it last.
import { formatInstant, formatInstantUtc } from '../../base/calendar.ts'
import type { Instant } from '../../base/zone.ts'
import { type Job, lineOf } from '../../schedule/job.ts'
import type { JobRun, JobState } from '../../schedule/job-state.ts'
import { readJobState } from '../../schedule/job-store.ts'
import { zoneOf } from '../request/log-request.ts'

export interface ListedRun {
  /** The time that it was for; null where somebody ran it by hand. */
  readonly period: string | null
  readonly startedAt: string
  readonly endedAt: string | null
  readonly result: JobResult
  /** Null where the process was killed. */
  readonly exitCode: number | null
  readonly problem: string | null
}

/** `alert` is a check that told of something; `running` may also be one that was killed and will be run again. */
export type JobResult = 'ok' | 'alert' | 'failed' | 'killed'

export interface ListedJob {
  readonly name: string
  readonly kind: string
  readonly cron: string
  readonly timezone: string
  /** The command line without the name of the program. */
  readonly run: string
  /** The next time after now, as an instant in UTC and with the offset of its zone; null where there is none any more. */
  readonly next: string | null
  readonly nextLocal: string | null
  /** The first time that is due and has not been run: nothing runs the schedule, or not yet. */
  readonly overdueSince: string | null
  /** Since when it has been running, or had been when its process was killed; null where it has not. */
  readonly runningSince: string | null
  readonly last: ListedRun | null
  /** Times that were not caught up, the last time that there were some. */
  readonly missed: { readonly from: string; readonly until: string; readonly at: string } | null
}

export function listJobs(jobs: readonly Job[], root: string, now: Instant): ListedJob[] {
  return jobs.map(job => listedJob(job, readJobState(root, job.name), now))
}

function listedJob(job: Job, state: JobState | undefined, now: Instant): ListedJob {
  const { name, kind, line } = job
  const zone = zoneOf(line.zone, 'timezone')
  const next = line.nextAfter(now)
  const isSame = state?.line === lineOf(job)
  const due = isSame ? line.nextAfter(state.handledTo as Instant) : undefined
  return {
    ...{ name, kind, cron: line.text, timezone: zone.name, run: job.run },
    next: next === undefined ? null : formatInstantUtc(next),
    nextLocal: next === undefined ? null : formatInstant(next, zone),
    overdueSince: due === undefined || due > now || state?.running != null ? null : formatInstantUtc(due),
    runningSince: textOf(state?.running?.startedAt ?? null),
    last: state?.last == null ? null : listedRun(state.last),
    missed:
      state?.missed == null
        ? null
        : { from: text(state.missed.from), until: text(state.missed.until), at: text(state.missed.at) },
  }
}

function listedRun({ period, startedAt, endedAt, exitCode, problem }: JobRun): ListedRun {
  return {
    ...{ period: textOf(period), startedAt: text(startedAt), endedAt: textOf(endedAt) },
    ...{ result: resultOf(exitCode), exitCode, problem },
  }
}

/** What an exit code says of a job. */
export function resultOf(exitCode: number | null): JobResult {
  if (exitCode === null) return 'killed'
  return exitCode === 0 ? 'ok' : exitCode === 5 ? 'alert' : 'failed'
}

function text(instant: number): string {
  return formatInstantUtc(instant as Instant)
}

function textOf(instant: number | null): string | null {
  return instant === null ? null : text(instant)
}

export interface NextTime {
  readonly job: string
  readonly at: string
  readonly local: string
  readonly timezone: string
}

/** The next times of all jobs together, in their order. */
export function nextTimes(jobs: readonly Job[], now: Instant, count: number): NextTime[] {
  const times = jobs.flatMap(job => timesAfter(job, now, count))
  return times
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ job: { name, line }, at }) => {
      const zone = zoneOf(line.zone, 'timezone')
      return { job: name, at: formatInstantUtc(at), local: formatInstant(at, zone), timezone: zone.name }
    })
}

function timesAfter(job: Job, now: Instant, count: number): { readonly job: Job; readonly at: Instant }[] {
  const times: { job: Job; at: Instant }[] = []
  for (let at = job.line.nextAfter(now); at !== undefined && times.length < count; at = job.line.nextAfter(at)) {
    times.push({ job, at })
  }
  return times
}
