// usagebook schedule run: what is due, or one job now.
import { resolve } from 'node:path'
import { deliverMessages, hasWaiting } from '../../app/alert/messages.ts'
import { zoneOf } from '../../app/request/log-request.ts'
import { resultOf } from '../../app/schedule/list-jobs.ts'
import { jobNamed } from '../../app/schedule/read-schedule.ts'
import { type RanJob, runDueJobs, runJob } from '../../app/schedule/run-jobs.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { instantOfTime, parseTimeText } from '../../base/parse-time.ts'
import { visibleText } from '../../base/safe-text.ts'
import type { Instant } from '../../base/zone.ts'
import { type CommonOptions, defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { noteOf } from '../flags/profile-flags.ts'
import { jobsOf, SCHEDULE_FLAGS } from '../flags/schedule-flags.ts'
import { jobRunner } from '../output/job-runner.ts'

export const command = defineCommand({
  words: ['schedule', 'run'],
  summary: 'run the jobs that are due, or one job now',
  description:
    'Without a name it runs what is due and has not been run, and is silent where nothing is, so that cron can call it every minute. With a name it runs that job at once, due or not.',
  arguments: [{ name: 'name', help: 'run this job now', isOptional: true }],
  flags: [
    {
      name: 'at',
      value: 'TIME',
      group: 'Range',
      help: 'run the job as of this time, such as one that was missed: 2026-02-02T09:00, in the zone of the job',
    },
    ...SCHEDULE_FLAGS,
  ],
  examples: [
    ['usagebook schedule run', 'whatever is due, as from cron'],
    ['usagebook schedule run weekly-report', 'one job now'],
    ['usagebook schedule run weekly-report --at 2026-02-02T09:00', 'as it would have run then'],
  ],
  exitCodes: {
    1: 'a job failed; with a name, the exit code is that of the job',
    4: 'the job is being run by somebody else',
    5: 'a check told of something, and no job failed',
  },
  async run(options, context, workspace, commandLine) {
    const { root } = workspace
    const { name, at, timezone } = options
    const jobs = await jobsOf(options, context, workspace, commandLine)
    const runWords = jobRunner(commandLine, context, { root, more: sharedFlags(options, context), timezone })
    const request = { root, host: context, runWords, note: noteOf(options, context) }
    if (name === undefined) {
      if (at !== undefined) throw needsName()
      const code = tell(await runDueJobs({ ...request, jobs }), context)
      // What has not arrived is tried again, also where no job sends anything. Who waits for it is told by doctor.
      if (hasWaiting(root)) await deliverMessages(workspace, context, request.note)
      return code
    }
    const job = jobNamed(name, jobs)
    const time = at === undefined ? null : parseAt(at, job.line.zone)
    const ran = await runJob(job, time, request)
    tell([ran], context)
    return ran.exitCode ?? 1
  },
})

function sharedFlags({ config, noConfig, quiet }: CommonOptions, { cwd }: Context): string[] {
  return [
    ...(config === undefined ? [] : ['--config', resolve(cwd, config)]),
    ...(noConfig === true ? ['--no-config'] : []),
    ...(quiet === true ? ['--quiet'] : []),
  ]
}

/** Says which jobs failed, after what they said themselves, and returns the exit code of all of them. */
function tell(ran: readonly RanJob[], { stderr }: Context): number {
  for (const { name, period, exitCode, problem } of ran) {
    const when = period === null ? '' : ` for ${new Date(period).toISOString().slice(0, 16)}Z`
    if (exitCode === null) stderr.write(`error: job ${name}${when}: ${visibleText(problem ?? '')}\n`)
    else if (resultOf(exitCode) === 'failed') stderr.write(`error: job ${name}${when} ended with ${exitCode}\n`)
  }
  const results = ran.map(({ exitCode }) => resultOf(exitCode))
  if (results.some(result => result === 'failed' || result === 'killed')) return 1
  return results.includes('alert') ? 5 : 0
}

function parseAt(text: string, zoneName: string): Instant {
  const zone = zoneOf(zoneName, 'timezone')
  const time = parseTimeText(text)
  if (time !== undefined) return instantOfTime(time, { zone, logZone: zone })
  throw new UsageError('bad-time', `${optionName('at')} ${JSON.stringify(text)} is no time.`, {
    where: { option: 'at' },
    hint: 'Write it as 2026-02-02T09:00, or with an offset as 2026-02-02T09:00+01:00.',
  })
}

function needsName(): UsageError {
  return new UsageError('at-needs-job', `${optionName('at')} needs the name of a job.`, {
    where: { option: 'at' },
    hint: 'Name the job: "usagebook schedule run NAME --at TIME".',
  })
}
