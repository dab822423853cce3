// Jobs as they are run: every default filled in.
import type { Instant, Zone } from '../base/zone.ts'
import { type CronLine, parseCronLine } from './cron-line.ts'
import { isAboutPeriod, type JobKind, kindOfWords, splitWords } from './job-words.ts'
import { type ScheduleFile, USUALLY_CAUGHT_UP, type WrittenJob } from './schedule-schema.ts'

export interface Job {
  readonly name: string
  readonly kind: JobKind
  readonly line: CronLine
  /** The zone that the job names, which is then the one of what it runs; null where it is that of the workspace. */
  readonly ownZone: string | null
  /** As it is written, and split into words. */
  readonly run: string
  readonly words: readonly string[]
  readonly isAboutPeriod: boolean
  readonly catchUp: number
  readonly ping: { readonly urlFrom: string; readonly allowPrivate: boolean } | undefined
}

/** `zone` is that of the workspace. */
export function jobsOf({ jobs }: ScheduleFile, zone: Zone): Job[] {
  return jobs.map(written => jobOf(written, zone))
}

function jobOf({ name, cron, timezone, run, catchUp, pingFrom, allowPrivate = false }: WrittenJob, zone: Zone): Job {
  const words = splitWords(run)!
  const isPeriodic = isAboutPeriod(words)
  return {
    name,
    kind: kindOfWords(words)!,
    line: parseCronLine(cron, timezone ?? zone.name) as CronLine,
    ownZone: timezone ?? null,
    ...{ run, words },
    isAboutPeriod: isPeriodic,
    catchUp: catchUp ?? (isPeriodic ? USUALLY_CAUGHT_UP : 1),
    ping: pingFrom === undefined ? undefined : { urlFrom: pingFrom, allowPrivate },
  }
}

/**
 * Names the times of a job: those of another line are others. A zone that the job does not name is left out: two schedulers
 * that do not agree about it must not take turns in beginning anew.
 */
export function lineOf({ line, ownZone }: Job): string {
  return ownZone === null ? line.text : `${line.text} ${ownZone}`
}

const MINUTE_MS = 60_000

/** The instant before the minute that an instant is in: whoever looks first takes what is due in that minute. */
export function beforeMinute(instant: Instant): Instant {
  return (Math.floor(instant / MINUTE_MS) * MINUTE_MS - 1) as Instant
}
