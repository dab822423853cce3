// Reads `schedule.json` of a workspace: what is wrong with it is an error that names every place.
import { join } from 'node:path'
import { ConfigError, InputError, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import type { Zone } from '../../base/zone.ts'
import { type Job, jobsOf } from '../../schedule/job.ts'
import { SCHEDULE_VERSION, scheduleSchema } from '../../schedule/schedule-schema.ts'
import { type EditedFile, parseEditedText, readEditedText } from '../workspace/edited-file.ts'

export const SCHEDULE_FILE = 'schedule.json'

const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(scheduleSchema.shape),
  jobs: Object.keys(scheduleSchema.shape.jobs.element.shape),
}

/** What is wrong with the words of a job, which only the command line can say; undefined where nothing is. */
export type JudgeWords = (words: readonly string[]) => string | undefined

/** The jobs of a workspace; none where it has no `schedule.json`. `zone` is that of the workspace. */
export function readSchedule(root: string, zone: Zone, judge?: JudgeWords): readonly Job[] {
  const edited: EditedFile<typeof scheduleSchema> = {
    file: join(root, SCHEDULE_FILE),
    ...{ schema: scheduleSchema, keys: KEYS, page: 'docs/schedule.md' },
    wrong: (message, details) => new ConfigError('bad-schedule', message, details),
    unreadable: (message, details) => new InputError('schedule-unreadable', message, details),
    refuse: refuseNewer,
    more: file => (judge === undefined ? [] : wrongWords(jobsOf(file, zone), judge)),
  }
  const text = readEditedText(edited)
  return text === undefined ? [] : jobsOf(parseEditedText(text, edited), zone)
}

function wrongWords(jobs: readonly Job[], judge: JudgeWords) {
  return jobs.flatMap(({ words }, index) => {
    const message = judge(words)
    return message === undefined ? [] : [{ path: ['jobs', index, 'run'], message }]
  })
}

// Of a newer version nothing else is to be said: what is a mistake in this one may be right in that.
function refuseNewer(value: unknown, file: string): void {
  const version = (value as { version?: unknown } | null)?.version
  if (typeof version !== 'number' || version <= SCHEDULE_VERSION) return
  throw new ConfigError(
    'newer-schedule',
    `${file} is of version ${version}, and this usagebook knows ${SCHEDULE_VERSION}.`,
    {
      where: { file, path: 'version' },
      hint: 'Update usagebook.',
    },
  )
}

/** The job of a name. */
export function jobNamed(name: string, jobs: readonly Job[]): Job {
  const found = jobs.find(job => job.name === name)
  if (found !== undefined) return found
  const known = jobs.map(job => job.name)
  const near = nearestNames(name, known, 1)[0]
  const all = known.length === 0 ? `Add one to ${SCHEDULE_FILE}.` : `Use one of ${known.join(', ')}.`
  throw new UsageError('unknown-job', `There is no job ${JSON.stringify(name)}.`, {
    hint: near === undefined ? all : `Use ${near}, or see "usagebook schedule list".`,
  })
}
