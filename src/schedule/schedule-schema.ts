// The schema of `schedule.json`: jobs as people write them.
import * as z from 'zod'
import { nearestNames } from '../base/nearest.ts'
import { parseZone } from '../base/zone.ts'
import { reference } from '../notify/secret-reference-schema.ts'
import { parseCronLine } from './cron-line.ts'
import { JOB_COMMANDS, kindOfWords, splitWords } from './job-words.ts'

export const SCHEDULE_VERSION = 1
export const MOST_CAUGHT_UP = 1000
/** A week of an hourly job. */
export const USUALLY_CAUGHT_UP = 168

const job = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9_-]{0,63}$/,
      'use small letters, digits, - and _, at most 64, beginning with a letter or digit',
    )
    .describe('what it is called'),
  cron: z
    .string()
    .superRefine((text, check) => {
      const line = parseCronLine(text, 'UTC')
      if (typeof line === 'string') check.addIssue({ code: 'custom', message: line })
    })
    .describe('when it is due: minute, hour, day, month, weekday, such as 0 9 * * 1'),
  timezone: z
    .string()
    .refine(name => parseZone(name) !== undefined, 'there is no such time zone; write one like Europe/Berlin')
    .optional()
    .describe('IANA time zone of the cron line, and of the days of what it runs; default that of the workspace'),
  run: z
    .string()
    .superRefine((text, check) => {
      const problem = problemOfRun(text)
      if (problem !== undefined) check.addIssue({ code: 'custom', message: problem })
    })
    .describe(`a command line without "usagebook" before it: ${JOB_COMMANDS.join(', ')}, and its flags`),
  catchUp: z
    .int()
    .min(1)
    .max(MOST_CAUGHT_UP)
    .optional()
    .describe(
      `how many periods that are due are run at most, the newest; default ${USUALLY_CAUGHT_UP} of reports and exports, 1 of others`,
    ),
  pingFrom: reference
    .optional()
    .describe('where the address is that is told of the start and the end: env:NAME or file:PATH'),
  allowPrivate: z.boolean().optional().describe('whether that address may be in a private network; default false'),
})

export const scheduleSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(SCHEDULE_VERSION).optional().describe(`of this file; default ${SCHEDULE_VERSION}`),
    jobs: z.array(job),
  })
  .superRefine(({ jobs }, check) => {
    const seen = new Set<string>()
    for (const [index, { name }] of jobs.entries()) {
      const refuse = () =>
        check.addIssue({ code: 'custom', path: ['jobs', index, 'name'], message: `${name} is the name of another job` })
      if (seen.has(name)) refuse()
      seen.add(name)
    }
  })

export type ScheduleFile = z.infer<typeof scheduleSchema>
export type WrittenJob = z.infer<typeof job>

function problemOfRun(text: string): string | undefined {
  const words = splitWords(text)
  if (words === undefined) return 'a quote in it is not closed'
  if (kindOfWords(words) !== undefined) return undefined
  if (words[0] === 'usagebook') return 'leave the word "usagebook" out'
  const typed = words.slice(0, words[1]?.startsWith('-') === false ? 2 : 1).join(' ')
  const near = nearestNames(typed, JOB_COMMANDS, 1)[0]
  const known = `use one of ${JOB_COMMANDS.join(', ')}`
  return `no job can run ${JSON.stringify(typed)}; ${near === undefined ? known : `did you mean ${near}?`}`
}
