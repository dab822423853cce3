// usagebook schedule list
import { type ListedJob, listJobs } from '../../app/schedule/list-jobs.ts'
import { visibleText } from '../../base/safe-text.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { isJson } from '../flags/profile-flags.ts'
import { jobsOf, NO_JOBS, SCHEDULE_FLAGS } from '../flags/schedule-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['schedule', 'list'],
  summary: 'the jobs: when each is due next, and how it ended last',
  description: 'The jobs of schedule.json. Nothing is run.',
  flags: [...SCHEDULE_FLAGS, formatFlag(['text', 'json'])],
  examples: [
    ['usagebook schedule list', 'how things stand'],
    ['usagebook schedule list --format json', 'for a program'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace, commandLine) {
    const jobs = listJobs(await jobsOf(options, context, workspace, commandLine), workspace.root, context.now())
    if (isJson(options)) writeJson(context, { jobs })
    else if (jobs.length === 0) writeLines(context, [NO_JOBS])
    else {
      const rows = jobs.map(job => [
        job.name,
        localText(job.nextLocal, job.timezone),
        utcText(job.next),
        stateText(job),
      ])
      writeLines(context, [...(await listWithHeader(HEADER, rows, context.columns)), ...jobs.flatMap(detailsOf)])
    }
    return 0
  },
})

const HEADER = ['job', 'next', 'in UTC', 'last run']

/** `2026-02-09 09:00 Europe/Berlin` */
export function localText(local: string | null, timezone: string): string {
  return local === null ? 'never again' : `${local.slice(0, 16).replace('T', ' ')} ${timezone}`
}

export function utcText(instant: string | null): string {
  return instant === null ? '' : `${instant.slice(0, 16).replace('T', ' ')}Z`
}

function stateText({ last, overdueSince, runningSince }: ListedJob): string {
  if (runningSince !== null) return `running since ${utcText(runningSince)}`
  if (overdueSince !== null) return `overdue since ${utcText(overdueSince)}`
  if (last === null) return 'none yet'
  const code = last.result === 'failed' ? ` (${last.exitCode})` : ''
  return `${last.result}${code}, ${utcText(last.startedAt)}`
}

function detailsOf({ name, last, missed }: ListedJob): string[] {
  const problem = last?.problem?.trimEnd().split('\n') ?? []
  return [
    ...(last?.result === 'failed' || last?.result === 'killed'
      ? ['', `${name}:`, ...problem.map(line => `  ${visibleText(line)}`)]
      : []),
    ...(missed === null
      ? []
      : ['', `${name}: not caught up from ${utcText(missed.from)} until ${utcText(missed.until)}`]),
  ]
}
