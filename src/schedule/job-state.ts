// What is known of a job from one look to the next: how far its periods have been dealt with, what runs, how the last run ended.
import * as z from 'zod'

const instant = z.int()

const run = z.object({
  /** The period that it was for; null where somebody ran it by hand. */
  period: instant.nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** Null where the process was killed in the middle. */
  exitCode: z.int().nullable(),
  /** What it said on standard error, the end of it. */
  problem: z.string().nullable(),
})

export const jobStateSchema = z.object({
  version: z.literal(1),
  /** The cron line and its zone: of another one, periods count from when it is first seen. */
  line: z.string(),
  /** Up to this instant all periods have been run or given up. */
  handledTo: instant,
  /** The period that is being run, or was when its process was killed. */
  running: z.object({ period: instant, startedAt: instant, tries: z.int().min(1) }).nullable(),
  last: run.nullable(),
  /** Periods that were not caught up, the last time that there were some. */
  missed: z.object({ from: instant, until: instant, at: instant }).nullable(),
})

export type JobState = z.infer<typeof jobStateSchema>
export type JobRun = z.infer<typeof run>
